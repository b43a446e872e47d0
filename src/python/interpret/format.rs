//! Formatting text: `format()` specifications, `%`, and `str.format`.

use ecow::EcoString;

use super::{
    repr::{display, repr},
    unknown::{Piece, Unknown},
    value::Value,
};

/// `format(value, spec)` for the parts of the
/// [mini-language](https://docs.python.org/3/library/string.html#formatspec) that architecture-relevant text uses:
/// fill, alignment, zero padding, width, precision, and the types `d f x X b o e s %`.
#[must_use]
pub fn format_spec(value: &Value, spec: &str) -> EcoString {
    let mut rest: Vec<char> = spec.chars().collect();
    let (mut fill, mut align) = (' ', None);
    if rest.len() >= 2 && matches!(rest[1], '<' | '>' | '^' | '=') {
        (fill, align) = (rest[0], Some(rest[1]));
        rest.drain(..2);
    } else if rest.first().is_some_and(|c| matches!(c, '<' | '>' | '^' | '=')) {
        align = Some(rest.remove(0));
    }
    rest.retain(|c| !matches!(c, '+' | '#'));
    if rest.first() == Some(&'0') {
        (fill, align) = ('0', align.or(Some('>')));
        rest.remove(0);
    }
    let text: String = rest.into_iter().collect();
    let kind = text
        .chars()
        .last()
        .filter(char::is_ascii_alphabetic)
        .or_else(|| text.ends_with('%').then_some('%'));
    let numbers = text.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
    let grouped = numbers.contains(',') || numbers.contains('_');
    let numbers = numbers.replace([',', '_'], "");
    let (width, precision) = numbers.split_once('.').unwrap_or((&numbers, ""));
    let body = format_body(value, kind, precision.parse().ok(), grouped);
    let width: usize = width.parse().unwrap_or(0).min(10_000);
    let missing = width.saturating_sub(body.chars().count());
    let is_number = matches!(value, Value::Int(_) | Value::Float(_));
    let (left, right) = match align.unwrap_or(if is_number { '>' } else { '<' }) {
        '<' => (0, missing),
        '^' => (missing / 2, missing - missing / 2),
        _ => (missing, 0),
    };
    let pad = |count: usize| fill.to_string().repeat(count);
    format!("{}{body}{}", pad(left), pad(right)).into()
}

fn format_body(value: &Value, kind: Option<char>, precision: Option<usize>, grouped: bool) -> String {
    match (kind, value) {
        (Some('x'), Value::Int(number)) => format!("{number:x}"),
        (Some('X'), Value::Int(number)) => format!("{number:X}"),
        (Some('b'), Value::Int(number)) => format!("{number:b}"),
        (Some('o'), Value::Int(number)) => format!("{number:o}"),
        (Some('f' | 'F'), Value::Int(number)) => format!("{:.*}", precision.unwrap_or(6), *number as f64),
        (Some('f' | 'F'), Value::Float(number)) => format!("{number:.*}", precision.unwrap_or(6)),
        (Some('%'), Value::Float(number)) => format!("{:.*}%", precision.unwrap_or(6), number * 100.0),
        (_, Value::Int(number)) if grouped => group(&number.to_string()),
        (None | Some('s'), _) => {
            let text = display(value);
            precision.map_or_else(|| text.to_string(), |limit| text.chars().take(limit).collect())
        }
        _ => display(value).to_string(),
    }
}

fn group(digits: &str) -> String {
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `format % value`.
#[must_use]
pub fn percent(format: &str, value: &Value) -> Value {
    let given = match value {
        Value::Tuple(items) => items.to_vec(),
        other => vec![other.clone()],
    };
    let mut arguments = given.into_iter();
    let mut pieces = vec![];
    let mut rest = format;
    while let Some(index) = rest.find('%') {
        pieces.push(Piece::Text(rest[..index].into()));
        rest = &rest[index + 1..];
        if let Some(tail) = rest.strip_prefix('%') {
            pieces.push(Piece::Text("%".into()));
            rest = tail;
            continue;
        }
        let mut item = None;
        if let Some(tail) = rest.strip_prefix('(')
            && let Some((name, tail)) = tail.split_once(')')
        {
            item = match value {
                Value::Dict(entries) => entries
                    .borrow()
                    .get(&super::key::Key::Str(name.into()))
                    .map(|(_, value)| value.clone()),
                _ => None,
            };
            rest = tail;
        } else if !rest.is_empty() {
            item = arguments.next();
        }
        let end = rest.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(rest.len());
        let (flags, tail) = rest.split_at(end);
        let kind = tail.chars().next();
        rest = tail.get(1..).unwrap_or_default();
        pieces.extend(match (item, kind) {
            (Some(item), Some('r')) if !item.is_unknown() => vec![Piece::Text(repr(&item))],
            (Some(item), Some(_)) if !flags.is_empty() && !item.is_unknown() => {
                vec![Piece::Text(format_spec(
                    &item,
                    &format!("{flags}{}", kind.unwrap_or('s')),
                ))]
            }
            (Some(item), _) => Unknown::pieces(&item),
            (None, _) => vec![Piece::Hole("?".into())],
        });
    }
    pieces.push(Piece::Text(rest.into()));
    Unknown::text(pieces)
}

/// A replacement field of `str.format`: what stands between the braces, taken apart.
#[derive(Debug, PartialEq, Eq)]
pub enum FormatPart {
    /// Text between fields.
    Text(EcoString),
    /// `{name.attribute[index]!r:spec}`: the whole name, the conversion and the specification.
    Field(EcoString, Option<char>, EcoString),
}

/// Takes a `str.format` template apart.
#[must_use]
pub fn format_parts(template: &str) -> Vec<FormatPart> {
    let mut parts = vec![];
    let mut text = String::new();
    let mut rest = template;
    while let Some(index) = rest.find(['{', '}']) {
        text.push_str(&rest[..index]);
        let brace = &rest[index..=index];
        rest = &rest[index + 1..];
        if let Some(tail) = rest.strip_prefix(brace) {
            text.push_str(brace);
            rest = tail;
        } else if brace == "{"
            && let Some(end) = rest.find('}')
        {
            parts.push(FormatPart::Text(std::mem::take(&mut text).into()));
            let field = &rest[..end];
            rest = &rest[end + 1..];
            let (name, spec) = field.split_once(':').unwrap_or((field, ""));
            let (name, conversion) = name
                .split_once('!')
                .map_or((name, None), |(n, c)| (n, c.chars().next()));
            parts.push(FormatPart::Field(name.into(), conversion, spec.into()));
        }
    }
    text.push_str(rest);
    parts.push(FormatPart::Text(text.into()));
    parts
}
