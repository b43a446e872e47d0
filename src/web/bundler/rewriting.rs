//! What functions and tables make of a path.

use ecow::EcoString;

use super::proxy::{Begin, Replacement, Rewrite};
use crate::web::{
    syntax::{regular_expression::with_braced_groups, tree::ExpressionKind as Kind},
    values::{Closure, Evaluator, Site, Text, TextPart, Value},
};

/// A function of a path, by calling it with paths that begin in a way it may tell apart and go on unknown.
pub(super) fn of_function(evaluator: &Evaluator<'_>, context: &str, functions: &[Value]) -> Rewrite {
    let Some(function) = functions.first() else {
        return Rewrite::Nothing;
    };
    let Value::Function(closure) = function else {
        return Rewrite::Unknown;
    };
    let mut cases: Vec<Begin> = vec![];
    for from in begins(evaluator, context, closure) {
        match begin(evaluator, function, &from) {
            Some(case) => cases.push(case),
            None => return Rewrite::Unknown,
        }
    }
    Rewrite::Begin(cases)
}

/// [`pathRewrite`](https://github.com/chimurai/http-proxy-middleware#pathrewrite-objectfunction): regular expressions and
/// what stands there instead.
pub(super) fn of_table(evaluator: &Evaluator<'_>, table: &[(EcoString, Site)]) -> Rewrite {
    let mut replacements = vec![];
    for (pattern, site) in table {
        match evaluator.values_at(site).iter().find_map(Value::as_literal) {
            Some(replacement) => replacements.push(Replacement {
                pattern: pattern.replace("\\/", "/").to_string(),
                replacement: with_braced_groups(&replacement),
            }),
            None => return Rewrite::Unknown,
        }
    }
    Rewrite::Replace(replacements)
}

/// A context with `*` as a regular expression: `*` is for one part of a path, `**` for any.
pub(super) fn of_glob(context: &str) -> String {
    if context.starts_with('^') || !context.contains('*') {
        return context.to_owned();
    }
    let escaped = regex::escape(context);
    let pattern = escaped
        .replace("/\\*\\*", "(?:/.*)?")
        .replace("\\*\\*", ".*")
        .replace("\\*", "[^/]*");
    format!("^{pattern}$")
}

/// The context with and without a slash, and the longer texts that the function itself names.
fn begins(evaluator: &Evaluator<'_>, context: &str, closure: &Closure) -> Vec<String> {
    let context = literal_begin(context.trim_start_matches('^'));
    let mut begins = vec![context.clone(), format!("{}/", context.trim_end_matches('/'))];
    let script = evaluator.project.script(closure.module);
    for expression in &script.expressions {
        if expression.function != closure.function {
            continue;
        }
        let named = match &expression.kind {
            Kind::Text(text) => text.to_string(),
            Kind::Regex(written) => {
                let body = written.trim_start_matches('/').rsplit_once('/');
                literal_begin(body.map_or("", |(body, _)| body).trim_start_matches('^'))
            }
            _ => continue,
        };
        if named.starts_with(&context) && !begins.contains(&named) {
            begins.push(named);
        }
    }
    begins
}

/// The text that a regular expression begins with.
fn literal_begin(pattern: &str) -> String {
    let mut literal = String::new();
    let mut characters = pattern.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some(escaped) if !escaped.is_alphanumeric() => literal.push(escaped),
                _ => break,
            },
            '?' | '*' => {
                literal.pop();
                break;
            }
            '.' | '(' | '[' | '{' | '$' | '|' | '+' | ')' => break,
            other => literal.push(other),
        }
    }
    literal
}

/// What a function makes of a text and anything behind it; nothing unless the rest stands in the result once.
fn begin(evaluator: &Evaluator<'_>, function: &Value, from: &str) -> Option<Begin> {
    let mut path = Text::literal(from);
    path.push(&Text::hole("rest".into(), Value::Unknown));
    let results = evaluator.apply_all(std::slice::from_ref(function), &[vec![Value::Text(path)]], 0);
    let [Value::Text(result)] = results.as_slice() else {
        return None;
    };
    let (before, after) = match result.parts.as_slice() {
        [TextPart::Hole { .. }] => ("", ""),
        [TextPart::Literal(before), TextPart::Hole { .. }] => (before.as_str(), ""),
        [TextPart::Hole { .. }, TextPart::Literal(after)] => ("", after.as_str()),
        [
            TextPart::Literal(before),
            TextPart::Hole { .. },
            TextPart::Literal(after),
        ] => (before.as_str(), after.as_str()),
        _ => return None,
    };
    Some(Begin {
        from: from.to_owned(),
        before: before.to_owned(),
        after: after.to_owned(),
    })
}
