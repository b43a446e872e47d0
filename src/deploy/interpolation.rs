//! `${NAME:-default}` in values of compose and environment files.
//!
//! The forms are those of
//! [Compose](https://docs.docker.com/reference/compose-file/interpolation/): `$A`, `${A}`, `${A:-default}`, `${A-default}`,
//! `${A:?error}`, `${A?error}`, `${A:+replacement}`, `${A+replacement}`; `$$` is a dollar sign.

use super::setting::Reference;
use crate::source::location::Location;

/// Defaults may hold references themselves, to this depth.
const MAX_DEPTH: usize = 8;

/// A part of a value.
enum Part<'a> {
    Text(&'a str),
    Variable {
        name: &'a str,
        operator: &'a str,
        word: &'a str,
    },
}

/// The variables that a value reads, those in defaults included.
#[must_use]
pub fn references(value: &str, location: &Location) -> Vec<Reference> {
    let mut found = Vec::new();
    collect(value, location, MAX_DEPTH, &mut found);
    found
}

fn collect(value: &str, location: &Location, depth: usize, found: &mut Vec<Reference>) {
    for part in parts(value) {
        let Part::Variable { name, operator, word } = part else {
            continue;
        };
        let is_default = operator.ends_with('-');
        found.push(Reference {
            name: name.to_owned(),
            default: is_default.then(|| word.to_owned()),
            is_required: operator.ends_with('?'),
            is_secret: false,
            location: location.clone(),
        });
        if depth > 0 && !operator.ends_with('?') {
            collect(word, location, depth - 1, found);
        }
    }
}

/// The value with each variable replaced by what `lookup` knows or by its default; nothing if one stays open.
#[must_use]
pub fn expand(value: &str, lookup: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    expand_to(value, lookup, MAX_DEPTH)
}

fn expand_to(value: &str, lookup: &dyn Fn(&str) -> Option<String>, depth: usize) -> Option<String> {
    let mut out = String::new();
    for part in parts(value) {
        match part {
            Part::Text(text) => out.push_str(text),
            Part::Variable { .. } if depth == 0 => return None,
            Part::Variable { name, operator, word } => {
                let known = lookup(name).filter(|known| !operator.starts_with(':') || !known.is_empty());
                match (operator.trim_start_matches(':'), known) {
                    ("+", None) => {}
                    ("+", Some(_)) => out.push_str(&expand_to(word, lookup, depth - 1)?),
                    (_, Some(known)) => out.push_str(&known),
                    ("-", None) => out.push_str(&expand_to(word, lookup, depth - 1)?),
                    (_, None) => return None,
                }
            }
        }
    }
    Some(out)
}

fn parts(value: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = value;
    while let Some(index) = rest.find('$') {
        let (before, after) = (&rest[..index], &rest[index + 1..]);
        if !before.is_empty() {
            parts.push(Part::Text(before));
        }
        if let Some(tail) = after.strip_prefix('$') {
            parts.push(Part::Text("$"));
            rest = tail;
        } else if let Some((part, tail)) = braced(after).or_else(|| bare(after)) {
            parts.push(part);
            rest = tail;
        } else {
            parts.push(Part::Text("$"));
            rest = after;
        }
    }
    if !rest.is_empty() {
        parts.push(Part::Text(rest));
    }
    parts
}

fn name_length(text: &str) -> usize {
    let is_name = |(index, byte): (usize, u8)| {
        byte == b'_' || byte.is_ascii_alphabetic() || index > 0 && byte.is_ascii_digit()
    };
    text.bytes().enumerate().take_while(|pair| is_name(*pair)).count()
}

fn bare(text: &str) -> Option<(Part<'_>, &str)> {
    let length = name_length(text);
    let (name, rest) = text.split_at(length);
    let variable = Part::Variable {
        name,
        operator: "",
        word: "",
    };
    (length > 0).then_some((variable, rest))
}

fn braced(text: &str) -> Option<(Part<'_>, &str)> {
    let inner = text.strip_prefix('{')?;
    let (name, rest) = inner.split_at(name_length(inner));
    if name.is_empty() {
        return None;
    }
    let operators = [":-", ":?", ":+", "-", "?", "+", ""];
    let operator = operators.iter().find(|operator| rest.starts_with(**operator))?;
    let word = &rest[operator.len()..];
    let mut depth = 1;
    for (index, character) in word.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let (word, tail) = (&word[..index], &word[index + 1..]);
            // `${A.b}` is none of the forms.
            let is_known = !operator.is_empty() || word.is_empty();
            return is_known.then_some((Part::Variable { name, operator, word }, tail));
        }
    }
    None
}
