//! Lock files.

use serde_json::Value;

use super::{Mention, requirement::normal};

/// The `[[package]]` tables of `uv.lock`, `poetry.lock` and `pdm.lock`, which put name and version on lines of their own.
///
/// They are read by line: such a file has tens of thousands, and nothing else in it is wanted.
pub(super) fn toml(text: &str) -> Vec<Mention> {
    let mut mentions = Vec::new();
    let mut name = None;
    for (number, line) in (1..).zip(text.lines()) {
        if line.starts_with('[') {
            name = None;
        } else if let Some(value) = string(line, "name") {
            name = Some(normal(value));
        } else if let Some(version) = string(line, "version")
            && let Some(name) = name.take()
        {
            mentions.push(locked(name, version, number));
        }
    }
    mentions
}

fn string<'l>(line: &'l str, key: &str) -> Option<&'l str> {
    line.strip_prefix(key)?
        .trim_start()
        .strip_prefix('=')?
        .trim()
        .strip_prefix('"')?
        .strip_suffix('"')
}

fn locked(name: String, version: &str, line: u32) -> Mention {
    Mention {
        name,
        requirement: String::new(),
        exact: Some(version.to_owned()),
        line,
        is_declared: false,
    }
}

/// `Pipfile.lock`.
pub(super) fn pipfile(text: &str) -> Vec<Mention> {
    let Ok(document) = serde_json::from_str::<Value>(text) else {
        return Vec::new();
    };
    let mut mentions = Vec::new();
    for group in ["default", "develop"] {
        for (name, package) in document
            .get(group)
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
        {
            let version = package.get("version").and_then(Value::as_str);
            if let Some(version) = version.and_then(|version| version.strip_prefix("==")) {
                mentions.push(locked(
                    normal(name),
                    version,
                    line_of(text, &format!("\"{name}\":")),
                ));
            }
        }
    }
    mentions
}

/// One-based line of the first occurrence of a text, 1 if there is none.
pub(super) fn line_of(text: &str, needle: &str) -> u32 {
    let at = text.find(needle).unwrap_or(0);
    text[..at].bytes().filter(|&byte| byte == b'\n').count() as u32 + 1
}
