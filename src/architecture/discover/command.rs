//! Commands that start an application, in the files that deploy it.

use toml::Table;

use crate::source::manifest::lookup;
use crate::source::tree::file_name;

/// Text files beyond this many bytes are not written by hand.
const MAX_BYTES: usize = 256 << 10;

/// Lines between a server's name and what it serves, as in a list of arguments in YAML.
const REACH: usize = 8;

/// Programs that serve an application.
const SERVERS: [&str; 7] = [
    "uvicorn",
    "gunicorn",
    "hypercorn",
    "granian",
    "daphne",
    "fastapi",
    "uvicorn.workers",
];

/// A command that names an application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Command {
    /// Where it stands.
    pub(super) file: String,
    /// One-based.
    pub(super) line: u32,
    /// The server, or what else names it.
    pub(super) what: String,
    /// Dotted name, or path ending with `.py`.
    pub(super) module: String,
    /// What in the module; anything, if the command names only a file.
    pub(super) attribute: Option<String>,
    /// Whether the attribute is to be called.
    pub(super) is_factory: bool,
    /// How much it says.
    pub(super) weight: i32,
}

/// Whether a file may hold commands.
pub(super) fn is_wanted(path: &str) -> bool {
    let name = file_name(path).to_lowercase();
    let names = [
        "makefile",
        "gnumakefile",
        "justfile",
        "procfile",
        "pyproject.toml",
        "package.json",
        "fly.toml",
        "railway.toml",
        "nixpacks.toml",
        "railway.json",
        "vercel.json",
        "tasks.json",
        "supervisord.conf",
        "readme.md",
    ];
    let ends = [
        ".sh",
        ".bash",
        ".yml",
        ".yaml",
        ".dockerfile",
        ".service",
        ".conf",
        ".mk",
        ".ps1",
        ".bat",
    ];
    let starts = [
        "dockerfile",
        "containerfile",
        "procfile",
        "docker-compose",
        "compose",
        "entrypoint",
    ];
    names.contains(&name.as_str())
        || ends.iter().any(|end| name.ends_with(end))
        || starts.iter().any(|start| name.starts_with(start))
}

/// The commands in a file.
pub(super) fn commands(file: &str, text: &str) -> Vec<Command> {
    if text.len() > MAX_BYTES {
        return Vec::new();
    }
    let weight = if file_name(file).to_lowercase().starts_with("readme") {
        10
    } else {
        40
    };
    // In TOML a task is one line; the lines around name dependencies.
    let reach = if file.ends_with(".toml") { 0 } else { REACH };
    let mut commands = entrypoint(file, text);
    let mut server: Option<(usize, &str)> = None;
    let lines: Vec<&str> = text.lines().collect();
    for (number, line) in lines.iter().enumerate() {
        let trimmed = line.trim_start();
        if trimmed.starts_with('#') || trimmed.starts_with("//") {
            continue;
        }
        let words: Vec<&str> = words(line).collect();
        for (at, word) in words.iter().enumerate() {
            if let Some(name) = SERVERS
                .iter()
                .find(|name| word.rsplit('/').next() == Some(**name))
            {
                // `fastapi = "fastapi.cli:main"` is a script of that name.
                if words.get(at + 1) != Some(&"=") {
                    server = Some((number, name));
                }
                continue;
            }
            let Some((_, name)) = server.filter(|(seen, _)| number - seen <= reach) else {
                continue;
            };
            let path = || name == "fastapi" && words[..at].iter().any(|word| ["run", "dev"].contains(word));
            let found = import_string(word).or_else(|| path().then(|| python_path(word)).flatten());
            if let Some((module, attribute, called)) = found {
                let nearby = &lines[number..lines.len().min(number + REACH)];
                commands.push(Command {
                    file: file.to_owned(),
                    line: number as u32 + 1,
                    what: format!("`{name} {word}`"),
                    module,
                    attribute,
                    is_factory: called || nearby.iter().any(|line| line.contains("--factory")),
                    weight,
                });
                server = None;
            }
        }
    }
    commands
}

/// `entrypoint` of `[tool.fastapi]`, which [the FastAPI command](https://fastapi.tiangolo.com/fastapi-cli/) reads.
fn entrypoint(file: &str, text: &str) -> Vec<Command> {
    if file_name(file) != "pyproject.toml" {
        return Vec::new();
    }
    let Ok(document) = text.parse::<Table>() else {
        return Vec::new();
    };
    let Some(written) =
        lookup(&document, &["tool", "fastapi", "entrypoint"]).and_then(|value| value.as_str())
    else {
        return Vec::new();
    };
    let line = (1..)
        .zip(text.lines())
        .find(|(_, line)| line.contains("entrypoint") && line.contains(written));
    let found = import_string(written).map(|(module, attribute, called)| Command {
        file: file.to_owned(),
        line: line.map_or(1, |(number, _)| number),
        what: "`[tool.fastapi] entrypoint`".to_owned(),
        module,
        attribute,
        is_factory: called,
        weight: 60,
    });
    found.into_iter().collect()
}

/// The words of a shell command, a list in JSON or YAML, or a quoted argument.
fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| c.is_whitespace() || "\"',[]`;&|{}".contains(c))
        .filter(|word| !word.is_empty())
}

/// Module, attribute and whether it is called, of `module:attribute` or `module:factory()`.
pub(super) fn import_string(word: &str) -> Option<(String, Option<String>, bool)> {
    let (module, attribute) = word.split_once(':')?;
    let called = attribute.ends_with(')');
    let attribute = attribute.split('(').next().unwrap_or(attribute);
    let is_dotted = |text: &str| text.split('.').all(is_identifier);
    let is_name = is_dotted(module) && is_dotted(attribute) && !attribute.is_empty();
    is_name.then(|| (module.to_owned(), Some(attribute.to_owned()), called))
}

fn python_path(word: &str) -> Option<(String, Option<String>, bool)> {
    let path = word.strip_prefix("./").unwrap_or(word);
    (path.ends_with(".py") && !path.starts_with('/')).then(|| (path.to_owned(), None, false))
}

fn is_identifier(name: &str) -> bool {
    let mut characters = name.chars();
    characters
        .next()
        .is_some_and(|first| first.is_alphabetic() || first == '_')
        && characters.all(|character| character.is_alphanumeric() || character == '_')
}
