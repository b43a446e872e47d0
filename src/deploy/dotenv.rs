//! `.env` files, as [python-dotenv](https://saurabh-kumar.com/python-dotenv/reference/) and Compose read them.

use super::Source;
use super::setting::Setting;
use crate::source::location::Finding;

/// A `.env` file.
#[derive(Clone, Debug, Default)]
pub struct EnvironmentFile {
    /// Its path.
    pub path: String,
    /// The variables it sets, in order.
    pub settings: Vec<Setting>,
    /// Whether it shows what to set and is not read itself: `.env.example`, `.env.sample`, …
    pub is_template: bool,
    /// The part of its name that tells it from others: `production` of `.env.production`.
    pub variant: Option<String>,
}

/// Words of a file's name that make it a template.
const TEMPLATE: [&str; 6] = ["example", "sample", "template", "dist", "tmpl", "default"];

/// Whether a file of this lower-case name holds variables.
pub(super) fn is_environment_file(name: &str) -> bool {
    let is_code = [
        ".py", ".ts", ".js", ".mjs", ".cjs", ".rs", ".md", ".enc", ".gpg", ".vault",
    ]
    .iter()
    .any(|end| name.ends_with(end));
    !is_code
        && (name == ".env"
            || name.starts_with(".env.")
            || name.starts_with(".env-")
            || name.starts_with(".env_")
            || name == ".flaskenv"
            || name.ends_with(".env")
            || name.starts_with("env.") && TEMPLATE.iter().any(|word| name.ends_with(word)))
}

pub(super) fn read(source: Source<'_>, findings: &mut Vec<Finding>) -> EnvironmentFile {
    let name = crate::source::tree::file_name(source.path);
    let parts = || {
        name.split(['.', '-', '_'])
            .filter(|part| !part.is_empty() && *part != "env")
    };
    let is_template = parts().any(|part| TEMPLATE.contains(&part.to_ascii_lowercase().as_str()));
    let variant: Vec<&str> = parts()
        .filter(|part| !TEMPLATE.contains(&part.to_ascii_lowercase().as_str()))
        .collect();
    EnvironmentFile {
        path: source.path.to_owned(),
        settings: settings(source, findings),
        is_template,
        variant: (!variant.is_empty()).then(|| variant.join(".")),
    }
}

fn settings(source: Source<'_>, findings: &mut Vec<Finding>) -> Vec<Setting> {
    let mut settings = Vec::new();
    let mut lines = source.text.lines().enumerate();
    while let Some((index, line)) = lines.next() {
        let number = index as u32 + 1;
        let text = line.trim();
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        let text = text.strip_prefix("export ").map_or(text, str::trim_start);
        let (name, value) = match text.split_once('=') {
            Some((name, value)) => (name.trim(), Some(value.trim_start())),
            None => (text, None),
        };
        if !is_name(name) {
            let message = format!("`{}` is no variable.", name.chars().take(40).collect::<String>());
            findings.push(source.finding(
                number,
                "invalid-environment-file",
                message,
                Some("write `NAME=value`"),
            ));
            continue;
        }
        let value = value.map(|value| match quote_of(value) {
            Some(quote) => quoted(value, quote, &mut lines),
            None => unquoted(value),
        });
        settings.push(Setting {
            name: name.to_owned(),
            value,
            source: None,
            location: source.at(number),
        });
    }
    settings
}

/// Whether this may be a variable's name.
pub(super) fn is_name(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with(|c: char| c.is_ascii_digit())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-'))
}

fn quote_of(value: &str) -> Option<char> {
    value
        .chars()
        .next()
        .filter(|first| matches!(first, '"' | '\'' | '`'))
}

/// A comment begins with a `#` behind white space.
fn unquoted(value: &str) -> String {
    let mut end = value.len();
    for (index, _) in value.match_indices('#') {
        if index == 0 || value[..index].ends_with(char::is_whitespace) {
            end = index;
            break;
        }
    }
    value[..end].trim_end().to_owned()
}

/// The text between quotes, which may go over several lines; without a closing quote it is the rest of its line.
fn quoted<'a>(
    value: &'a str,
    quote: char,
    lines: &mut (impl Iterator<Item = (usize, &'a str)> + Clone),
) -> String {
    let mut out = String::new();
    let mut ahead = lines.clone();
    let mut rest = &value[1..];
    loop {
        let mut characters = rest.char_indices();
        while let Some((_, character)) = characters.next() {
            match character {
                '\\' if quote == '"' => match characters.next() {
                    Some((_, 'n')) => out.push('\n'),
                    Some((_, 't')) => out.push('\t'),
                    Some((_, 'r')) => out.push('\r'),
                    Some((_, escaped)) => out.push(escaped),
                    None => out.push('\\'),
                },
                _ if character == quote => {
                    *lines = ahead;
                    return out;
                }
                _ => out.push(character),
            }
        }
        match ahead.next() {
            Some((_, line)) => {
                out.push('\n');
                rest = line;
            }
            None => return unquoted(value),
        }
    }
}
