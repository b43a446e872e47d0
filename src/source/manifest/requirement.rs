//! Requirements as in `requirements.txt`.

use super::Mention;

/// A name in its normal form: lower case, one `-` for each run of `-`, `_` and `.`.
pub(super) fn normal(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for part in name.split(['-', '_', '.']).filter(|part| !part.is_empty()) {
        if !out.is_empty() {
            out.push('-');
        }
        out.push_str(&part.to_lowercase());
    }
    out
}

/// Name and version specifier of a [dependency specifier](https://packaging.python.org/en/latest/specifications/dependency-specifiers/);
/// extras and markers are left out.
pub(super) fn parse(text: &str) -> Option<(String, String)> {
    let text = text.trim();
    let end = text
        .find(|c: char| !(c.is_ascii_alphanumeric() || "-_.".contains(c)))
        .unwrap_or(text.len());
    let (name, mut rest) = text.split_at(end);
    if !name.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    rest = rest.trim_start();
    if let Some(extras) = rest.strip_prefix('[') {
        rest = extras.split_once(']')?.1.trim_start();
    }
    let rest = rest.split(';').next().unwrap_or_default().trim();
    let specifier = match rest.chars().next() {
        None => String::new(),
        Some('@') => rest.trim_start_matches('@').trim().to_owned(),
        Some('(') => rest.trim_matches(['(', ')']).trim().to_owned(),
        Some('=' | '<' | '>' | '~' | '!') => rest.split(" --").next().unwrap_or(rest).trim().to_owned(),
        Some(_) => return None,
    };
    Some((normal(name), specifier))
}

/// The version of a specifier that allows only one.
pub(super) fn exact(specifier: &str) -> Option<String> {
    let version = specifier
        .strip_prefix("===")
        .or_else(|| specifier.strip_prefix("=="))?
        .trim();
    let is_one = !version.is_empty() && !version.contains(['*', ',', ' ']);
    is_one.then(|| version.to_owned())
}

/// A mention of a requirement, nothing if it is none.
pub(super) fn mention(text: &str, line: u32) -> Option<Mention> {
    let (name, requirement) = parse(text)?;
    let exact = exact(&requirement);
    Some(Mention {
        name,
        requirement,
        exact,
        line,
        is_declared: true,
    })
}

/// The lines of a `requirements.txt`; options and included files are left out.
pub(super) fn file(text: &str) -> Vec<Mention> {
    let mut mentions = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let line = line
            .split(" #")
            .next()
            .unwrap_or_default()
            .trim()
            .trim_end_matches('\\');
        if !line.starts_with(['#', '-']) {
            mentions.extend(mention(line, number));
        }
    }
    mentions
}
