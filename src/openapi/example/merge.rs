//! Several schemas as one that asks for all they ask for.

use serde_json::{Map, Value as Json, json};

/// A schema without some of its keys, and without what only describes it.
pub(super) fn without(map: &Map<String, Json>, keys: &[&str]) -> Map<String, Json> {
    map.iter()
        .filter(|(key, _)| {
            !keys.contains(&key.as_str()) && !["title", "description", "deprecated"].contains(&key.as_str())
        })
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}

/// Both schemas: properties and required names united, the narrower limit kept, of the rest the second's.
pub(super) fn merged(mut first: Map<String, Json>, second: &Map<String, Json>) -> Map<String, Json> {
    for (key, value) in second {
        let both = match (first.get(key), key.as_str()) {
            (Some(Json::Object(known)), "properties") => Json::Object(properties(known.clone(), value)),
            (Some(Json::Array(known)), "required" | "allOf") => {
                let more = value.as_array().into_iter().flatten().cloned();
                Json::Array(known.iter().cloned().chain(more).collect())
            }
            (Some(known), "minimum" | "exclusiveMinimum" | "minLength" | "minItems" | "minProperties") => {
                if known.as_f64() > value.as_f64() {
                    known.clone()
                } else {
                    value.clone()
                }
            }
            (Some(known), "maximum" | "exclusiveMaximum" | "maxLength" | "maxItems" | "maxProperties") => {
                if known.as_f64() < value.as_f64() {
                    known.clone()
                } else {
                    value.clone()
                }
            }
            (Some(Json::Bool(false)), "additionalProperties") => Json::Bool(false),
            _ => value.clone(),
        };
        first.insert(key.clone(), both);
    }
    first
}

fn properties(mut known: Map<String, Json>, more: &Json) -> Map<String, Json> {
    for (name, schema) in more.as_object().into_iter().flatten() {
        let both = match known.get(name) {
            Some(first) if first != schema => json!({ "allOf": [first, schema] }),
            _ => schema.clone(),
        };
        known.insert(name.clone(), both);
    }
    known
}
