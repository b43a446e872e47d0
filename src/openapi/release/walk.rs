//! Where the schemas of a document stand.

use serde_json::{Map, Value as Json};

/// Keys below which everything is an author's value and no part of the document's structure.
const VALUES: &[&str] = &[
    "example",
    "examples",
    "default",
    "enum",
    "const",
    "mapping",
    "scopes",
    "variables",
];

/// Replaces every outermost schema of a document; those inside a schema are the callback's own to reach.
pub(super) fn each_schema(document: &mut Json, change: &mut impl FnMut(&mut Json)) {
    let Json::Object(document) = document else { return };
    for (key, part) in document {
        match (key.as_str(), part) {
            ("components", Json::Object(components)) => {
                for (kind, named) in components {
                    let Json::Object(named) = named else { continue };
                    for component in named.values_mut() {
                        if kind == "schemas" {
                            change(component);
                        } else {
                            inside(component, change);
                        }
                    }
                }
            }
            (_, part) => inside(part, change),
        }
    }
}

/// Replaces the schemas inside a part of a document that is none itself.
fn inside(part: &mut Json, change: &mut impl FnMut(&mut Json)) {
    match part {
        Json::Object(map) => {
            let is_described = is_parameter_or_media(map);
            for (key, value) in map {
                if key == "schema" && is_described {
                    change(value);
                } else if !VALUES.contains(&key.as_str()) && !key.starts_with("x-") {
                    inside(value, change);
                }
            }
        }
        Json::Array(items) => items.iter_mut().for_each(|item| inside(item, change)),
        _ => {}
    }
}

/// A map of names, such as that of headers, may hold `schema` as a name: then it stands beside objects only.
fn is_parameter_or_media(map: &Map<String, Json>) -> bool {
    map.get("schema").is_some_and(|schema| {
        schema.get("schema").is_none_or(|inner| !inner.is_object()) || schema.get("$ref").is_some()
    })
}

/// Changes the schemas directly below a schema.
pub(super) fn each_child(schema: &mut Map<String, Json>, change: &mut impl FnMut(&mut Json)) {
    const NAMED: &[&str] = &[
        "properties",
        "patternProperties",
        "$defs",
        "definitions",
        "dependentSchemas",
    ];
    const LISTED: &[&str] = &["allOf", "anyOf", "oneOf", "prefixItems"];
    const SINGLE: &[&str] = &[
        "items",
        "not",
        "contains",
        "propertyNames",
        "contentSchema",
        "if",
        "then",
        "else",
    ];
    for (key, value) in schema {
        match (key.as_str(), value) {
            (key, Json::Object(named)) if NAMED.contains(&key) => named.values_mut().for_each(&mut *change),
            (key, Json::Array(items)) if LISTED.contains(&key) => items.iter_mut().for_each(&mut *change),
            (key, value) if SINGLE.contains(&key) => change(value),
            ("additionalProperties" | "unevaluatedProperties", value) if value.is_object() => change(value),
            _ => {}
        }
    }
}
