//! What is known of texts with holes and of other values when they are compared.

use ecow::EcoString;

use super::{Text, TextPart, Value};

/// `text.startsWith(part)`, `text.endsWith(part)`, `text.includes(part)`, if the holes leave that open no more.
pub(super) fn holds(text: &Text, method: &str, part: &str) -> Option<bool> {
    if let Some(whole) = text.as_literal() {
        return Some(match method {
            "startsWith" => whole.starts_with(part),
            "endsWith" => whole.ends_with(part),
            "includes" => whole.contains(part),
            _ => return None,
        });
    }
    let literal = |part: Option<&TextPart>| match part {
        Some(TextPart::Literal(literal)) => literal.clone(),
        _ => EcoString::new(),
    };
    match method {
        "startsWith" => {
            let head = literal(text.parts.first());
            let is_open = head.len() < part.len() && part.starts_with(head.as_str());
            (!is_open).then(|| head.starts_with(part))
        }
        "endsWith" => {
            let tail = literal(text.parts.last());
            let is_open = tail.len() < part.len() && part.ends_with(tail.as_str());
            (!is_open).then(|| tail.ends_with(part))
        }
        "includes" => {
            let mut literals = text.parts.iter().map(|piece| literal(Some(piece)));
            literals.any(|literal| literal.contains(part)).then_some(true)
        }
        _ => None,
    }
}

/// Whether a regular expression matches; of a text with holes, only where its first letters rule it out.
pub(super) fn matches_pattern(written: &str, text: &Text) -> Option<bool> {
    let (body, flags) = written.strip_prefix('/')?.rsplit_once('/')?;
    let ignores_case = flags.contains('i');
    let body = body.replace("\\/", "/");
    if let Some(whole) = text.as_literal() {
        let pattern = regex::RegexBuilder::new(&body)
            .case_insensitive(ignores_case)
            .build();
        return Some(pattern.ok()?.is_match(&whole));
    }
    let Some(TextPart::Literal(head)) = text.parts.first() else {
        return None;
    };
    let start = first_letters(&body)?;
    let (start, head) = if ignores_case {
        (start.to_lowercase(), head.as_str().to_lowercase())
    } else {
        (start, String::from(head.as_str()))
    };
    let is_ruled_out = !start.starts_with(&head) && !head.starts_with(&start);
    is_ruled_out.then_some(false)
}

/// The letters that every match of an anchored pattern begins with.
fn first_letters(pattern: &str) -> Option<String> {
    let pattern = pattern.strip_prefix('^')?;
    if pattern.contains('|') {
        return None;
    }
    let is_plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '/' | ':' | '-' | '_');
    let mut start: String = pattern.chars().take_while(|letter| is_plain(*letter)).collect();
    if pattern[start.len()..].starts_with(['?', '*', '{']) {
        start.pop();
    }
    (!start.is_empty()).then_some(start)
}

/// <https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Operators/typeof>
pub(super) fn type_of(value: &Value) -> Option<&'static str> {
    Some(match value {
        Value::Text(_) | Value::File(_) => "string",
        Value::Number(_) => "number",
        Value::Boolean(_) => "boolean",
        Value::Undefined => "undefined",
        Value::Function(_) | Value::Class(_) => "function",
        Value::Null
        | Value::Object(_)
        | Value::Record(_)
        | Value::Array(_)
        | Value::List(_)
        | Value::Instance(_)
        | Value::Namespace(_)
        | Value::Element(_) => "object",
        Value::External(_) | Value::Parameter(_) | Value::Unknown => return None,
    })
}

pub(super) fn same(left: &Value, right: &Value, is_loose: bool) -> Option<bool> {
    let is_nothing = |value: &Value| matches!(value, Value::Null | Value::Undefined);
    match (left, right) {
        (Value::Text(left), Value::Text(right)) => match (left.as_literal(), right.as_literal()) {
            (Some(left), Some(right)) => Some(left == right),
            (None, Some(literal)) => differs(left, &literal).then_some(false),
            (Some(literal), None) => differs(right, &literal).then_some(false),
            (None, None) => None,
        },
        (left, right) if is_nothing(left) && is_nothing(right) => Some(is_loose || left == right),
        (left, right) if is_nothing(left) || is_nothing(right) => {
            let other = if is_nothing(left) { right } else { left };
            type_of(other).map(|_| false)
        }
        (Value::Number(left), Value::Number(right)) => Some((left - right).abs() < f64::EPSILON),
        (Value::Boolean(left), Value::Boolean(right)) => Some(left == right),
        _ => None,
    }
}

/// Whether a text with holes cannot be this one.
fn differs(text: &Text, literal: &str) -> bool {
    let is_ruled_out = |part: Option<&TextPart>, is_at: fn(&str, &str) -> bool| match part {
        Some(TextPart::Literal(part)) => !is_at(literal, part),
        _ => false,
    };
    is_ruled_out(text.parts.first(), |whole, part| whole.starts_with(part))
        || is_ruled_out(text.parts.last(), |whole, part| whole.ends_with(part))
}
