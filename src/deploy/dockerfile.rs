//! Dockerfiles, by the [Dockerfile reference](https://docs.docker.com/reference/dockerfile/).

use super::Source;
use super::setting::{Setting, ValueSource};
use crate::source::location::Location;

/// A Dockerfile.
#[derive(Clone, Debug, Default)]
pub struct Dockerfile {
    /// Its path.
    pub path: String,
    /// `ARG`s in front of the first `FROM`.
    pub arguments: Vec<Setting>,
    /// In order; the last one is the image unless a target is named.
    pub stages: Vec<Stage>,
}

/// One `FROM` and what follows it.
#[derive(Clone, Debug, Default)]
pub struct Stage {
    /// The name behind `AS`.
    pub name: Option<String>,
    /// The image or stage it begins with, as written.
    pub base: String,
    /// `ENV`.
    pub settings: Vec<Setting>,
    /// `ARG`.
    pub arguments: Vec<Setting>,
    /// `EXPOSE`.
    pub ports: Vec<String>,
    /// `CMD`, words joined by spaces.
    pub command: Option<String>,
    /// `ENTRYPOINT`, words joined by spaces.
    pub entrypoint: Option<String>,
    /// The command of `HEALTHCHECK`.
    pub health_check: Option<String>,
    /// `USER`.
    pub user: Option<String>,
    /// `WORKDIR`, the last one.
    pub directory: Option<String>,
    /// Stages and images that `COPY --from` takes files from, in order.
    pub copies_from: Vec<String>,
    /// Where it begins.
    pub location: Location,
}

/// Whether a file of this lower-case name is a Dockerfile.
pub(super) fn is_dockerfile_name(name: &str) -> bool {
    let is_code = [
        ".js",
        ".ts",
        ".py",
        ".md",
        ".txt",
        ".dockerignore",
        ".j2",
        ".jinja",
    ]
    .iter()
    .any(|end| name.ends_with(end));
    !is_code
        && (matches!(name, "dockerfile" | "containerfile")
            || name.starts_with("dockerfile.")
            || name.starts_with("dockerfile-")
            || name.starts_with("containerfile.")
            || name.ends_with(".dockerfile"))
}

pub(super) fn read(source: Source<'_>) -> Dockerfile {
    let mut file = Dockerfile {
        path: source.path.to_owned(),
        ..Dockerfile::default()
    };
    for (line, text) in instructions(source.text) {
        let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((&text, ""));
        apply(
            &mut file,
            &word.to_ascii_uppercase(),
            rest.trim(),
            source.at(line),
        );
    }
    file
}

fn apply(file: &mut Dockerfile, instruction: &str, rest: &str, location: Location) {
    if instruction == "FROM" {
        let words: Vec<&str> = rest
            .split_whitespace()
            .filter(|word| !word.starts_with("--"))
            .collect();
        let is_named = words.get(1).is_some_and(|word| word.eq_ignore_ascii_case("as"));
        file.stages.push(Stage {
            base: words.first().copied().unwrap_or_default().to_owned(),
            name: words.get(2).filter(|_| is_named).map(|name| (*name).to_owned()),
            location,
            ..Stage::default()
        });
        return;
    }
    let Some(stage) = file.stages.last_mut() else {
        if instruction == "ARG" {
            file.arguments.extend(arguments(rest, &location));
        }
        return;
    };
    match instruction {
        "ENV" => stage.settings.extend(variables(rest, &location)),
        "ARG" => stage.arguments.extend(arguments(rest, &location)),
        "EXPOSE" => stage.ports.extend(rest.split_whitespace().map(str::to_owned)),
        "CMD" => stage.command = Some(command(rest)),
        "ENTRYPOINT" => stage.entrypoint = Some(command(rest)),
        "USER" => stage.user = Some(rest.to_owned()),
        "WORKDIR" => stage.directory = Some(rest.to_owned()),
        "HEALTHCHECK" => {
            let test = rest.split_once("CMD").map(|(_, test)| command(test.trim()));
            stage.health_check = test.filter(|test| !test.is_empty());
        }
        "COPY" => {
            let from = rest
                .split_whitespace()
                .find_map(|word| word.strip_prefix("--from="));
            stage.copies_from.extend(from.map(str::to_owned));
        }
        _ => {}
    }
}

/// Instructions with the lines they begin on: continued lines joined, comments and here-documents left out.
fn instructions(text: &str) -> Vec<(u32, String)> {
    let mut found: Vec<(u32, String)> = Vec::new();
    let mut open: Option<(u32, String)> = None;
    let mut lines = text.lines().enumerate();
    while let Some((index, line)) = lines.next() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (part, continues) = match line.strip_suffix('\\') {
            Some(part) => (part, true),
            None => (line, false),
        };
        let (_, joined) = open.get_or_insert_with(|| (index as u32 + 1, String::new()));
        joined.push_str(part);
        joined.push(' ');
        if continues {
            continue;
        }
        if let Some((start, joined)) = open.take() {
            if let Some(end) = here_document(&joined) {
                let is_end = |line: &str| line.trim() == end;
                lines.by_ref().find(|(_, line)| is_end(line));
            }
            found.push((start, joined.trim().to_owned()));
        }
    }
    found.extend(open.map(|(start, joined)| (start, joined.trim().to_owned())));
    found
}

/// The word that ends a here-document, if the instruction begins one.
fn here_document(instruction: &str) -> Option<String> {
    let is_run = ["RUN", "COPY"].iter().any(|word| {
        instruction
            .get(..word.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(word))
    });
    let (_, after) = instruction.split_once("<<").filter(|_| is_run)?;
    let word: String = after
        .trim_start_matches('-')
        .chars()
        .take_while(|c| !c.is_whitespace())
        .filter(|c| !matches!(c, '"' | '\''))
        .collect();
    let is_word = !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || c == '_');
    is_word.then_some(word)
}

/// `A=1 B="two words"`, or the old `A value`.
fn variables(rest: &str, location: &Location) -> Vec<Setting> {
    let words = words(rest);
    let setting = |name: &str, value: &str| Setting {
        name: name.to_owned(),
        value: Some(value.to_owned()),
        source: None,
        location: location.clone(),
    };
    if !words.first().is_some_and(|word| word.contains('=')) {
        return match rest.split_once(char::is_whitespace) {
            Some((name, value)) => vec![setting(name, value.trim())],
            None => Vec::new(),
        };
    }
    words
        .iter()
        .filter_map(|word| word.split_once('='))
        .map(|(name, value)| setting(name, value))
        .collect()
}

fn arguments(rest: &str, location: &Location) -> Vec<Setting> {
    let one = |word: &String| {
        let (name, value) = match word.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (word.as_str(), None),
        };
        Setting {
            name: name.to_owned(),
            source: value.is_none().then_some(ValueSource::Caller),
            value,
            location: location.clone(),
        }
    };
    words(rest).iter().map(one).collect()
}

/// Words between white space, quotes removed.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quote = None;
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match (character, quote) {
            ('\\', _) => word.extend(characters.next()),
            (c, Some(open)) if c == open => quote = None,
            ('"' | '\'', None) => quote = Some(character),
            (c, None) if c.is_whitespace() => {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
            }
            (c, _) => word.push(c),
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// `["a", "b"]` as `a b`; the shell's form as it is.
fn command(rest: &str) -> String {
    match serde_json::from_str::<Vec<String>>(rest) {
        Ok(words) => words.join(" "),
        Err(_) => rest.to_owned(),
    }
}
