//! Two values of a document, key by key.

use serde_json::{Map, Value as Json};

use super::Detail;

/// Lists whose order has no meaning.
const UNORDERED: &[&str] = &["required", "enum", "anyOf", "oneOf", "allOf", "type", "security"];

/// Flags that are `false` when they are left out.
const FLAGS: &[&str] = &["required", "deprecated"];

/// A JSON Pointer of keys (<https://www.rfc-editor.org/rfc/rfc6901#section-3>).
pub(super) fn pointer(keys: &[&str]) -> String {
    keys.iter().fold(String::new(), |before, key| below(&before, key))
}

fn below(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}

/// Gathers what differs below a pointer.
pub(super) fn compare(pointer: &str, kept: &Json, published: &Json, out: &mut Vec<Detail>) {
    match (kept, published) {
        (Json::Object(kept), Json::Object(published)) => objects(pointer, kept, published, out),
        (Json::Array(kept), Json::Array(published)) if pointer.ends_with("/parameters") => {
            parameters(pointer, kept, published, out);
        }
        (Json::Array(one), Json::Array(other)) if one.len() == other.len() && !is_unordered(pointer) => {
            for (index, (kept, published)) in one.iter().zip(other).enumerate() {
                compare(&below(pointer, &index.to_string()), kept, published, out);
            }
        }
        (Json::Array(one), Json::Array(other)) if one.len() == other.len() && is_combination(pointer) => {
            if sorted(one) != sorted(other) {
                for (index, (kept, published)) in one.iter().zip(other).enumerate() {
                    compare(&below(pointer, &index.to_string()), kept, published, out);
                }
            }
        }
        _ if is_same(pointer, kept, published) => {}
        _ => out.push(Detail {
            pointer: pointer.to_owned(),
            kept: Some(kept.clone()),
            published: Some(published.clone()),
        }),
    }
}

fn objects(pointer: &str, kept: &Map<String, Json>, published: &Map<String, Json>, out: &mut Vec<Detail>) {
    for (key, value) in kept {
        let pointer = below(pointer, key);
        match published.get(key) {
            Some(other) => compare(&pointer, value, other, out),
            None if is_default(key, value) => {}
            None => out.push(Detail {
                pointer,
                kept: Some(value.clone()),
                published: None,
            }),
        }
    }
    for (key, value) in published {
        if !kept.contains_key(key) && !is_default(key, value) {
            let pointer = below(pointer, key);
            out.push(Detail {
                pointer,
                kept: None,
                published: Some(value.clone()),
            });
        }
    }
}

fn is_default(key: &str, value: &Json) -> bool {
    *value == Json::Bool(false) && FLAGS.contains(&key)
}

/// Parameters are told apart by place and name.
fn parameters(pointer: &str, kept: &[Json], published: &[Json], out: &mut Vec<Detail>) {
    let name = |parameter: &Json| {
        let text = |key: &str| {
            parameter
                .get(key)
                .and_then(Json::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        (text("in"), text("name"), text("$ref"))
    };
    for (index, parameter) in kept.iter().enumerate() {
        let pointer = below(pointer, &index.to_string());
        match published.iter().find(|other| name(other) == name(parameter)) {
            Some(other) => compare(&pointer, parameter, other, out),
            None => out.push(Detail {
                pointer,
                kept: Some(parameter.clone()),
                published: None,
            }),
        }
    }
    for (index, parameter) in published.iter().enumerate() {
        if !kept.iter().any(|other| name(other) == name(parameter)) {
            let pointer = below(pointer, &index.to_string());
            out.push(Detail {
                pointer,
                kept: None,
                published: Some(parameter.clone()),
            });
        }
    }
}

fn last(pointer: &str) -> &str {
    pointer.rsplit('/').next().unwrap_or_default()
}

fn is_unordered(pointer: &str) -> bool {
    UNORDERED.contains(&last(pointer))
}

fn is_combination(pointer: &str) -> bool {
    matches!(last(pointer), "anyOf" | "oneOf" | "allOf")
}

fn is_same(pointer: &str, kept: &Json, published: &Json) -> bool {
    match (kept, published) {
        (Json::Array(kept), Json::Array(published)) if is_unordered(pointer) => {
            sorted(kept) == sorted(published)
        }
        // `1` and `1.0` are one number.
        (Json::Number(kept), Json::Number(published)) => kept.as_f64() == published.as_f64(),
        _ => kept == published,
    }
}

fn sorted(items: &[Json]) -> Vec<String> {
    let mut texts: Vec<String> = items.iter().map(|item| ordered(item).to_string()).collect();
    texts.sort();
    texts
}

/// A value with the keys of its objects in alphabetical order.
fn ordered(value: &Json) -> Json {
    match value {
        Json::Object(map) => {
            let mut entries: Vec<(String, Json)> = map
                .iter()
                .map(|(key, value)| (key.clone(), ordered(value)))
                .collect();
            entries.sort_by(|a, b| a.0.cmp(&b.0));
            Json::Object(entries.into_iter().collect())
        }
        Json::Array(items) => Json::Array(items.iter().map(ordered).collect()),
        other => other.clone(),
    }
}
