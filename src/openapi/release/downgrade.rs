//! OpenAPI 3.1 as 3.0 (<https://learn.openapis.org/upgrading/v3.0-to-v3.1.html>, read backwards).
//!
//! What 3.0 cannot say becomes weaker, never stronger: a value that was valid stays valid. Keywords that it does not
//! know are kept under `x-`.

use serde_json::{Map, Value as Json, json};

use super::{
    Release,
    walk::{each_child, each_schema},
};

/// The keywords of a [schema object](https://spec.openapis.org/oas/v3.0.3#schema-object).
const KEYWORDS: &[&str] = &[
    "title",
    "multipleOf",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "maxProperties",
    "minProperties",
    "required",
    "enum",
    "type",
    "not",
    "allOf",
    "oneOf",
    "anyOf",
    "items",
    "properties",
    "additionalProperties",
    "description",
    "format",
    "default",
    "nullable",
    "discriminator",
    "readOnly",
    "writeOnly",
    "example",
    "externalDocs",
    "deprecated",
    "xml",
    "$ref",
];

pub(super) fn downgrade(mut document: Json) -> Json {
    if Release::of(&document) != Some(Release::V3_0) {
        document["openapi"] = "3.0.3".into();
    }
    if let Json::Object(map) = &mut document {
        for key in ["webhooks", "jsonSchemaDialect"] {
            as_extension(map, key);
        }
        if let Some(Json::Object(info)) = map.get_mut("info") {
            as_extension(info, "summary");
            if let Some(Json::Object(license)) = info.get_mut("license") {
                as_extension(license, "identifier");
            }
        }
        if let Some(Json::Object(components)) = map.get_mut("components") {
            as_extension(components, "pathItems");
        }
        map.entry("paths").or_insert_with(|| json!({}));
    }
    each_schema(&mut document, &mut schema);
    streams(&mut document);
    document
}

/// Keeps what the release does not know where it does no harm.
fn as_extension(map: &mut Map<String, Json>, key: &str) {
    if let Some(value) = map.shift_remove(key) {
        map.insert(format!("x-{}", key.trim_start_matches('$')), value);
    }
}

/// The items of a stream have no schema in 3.0: its body is text.
fn streams(part: &mut Json) {
    match part {
        Json::Object(map) => {
            if map.contains_key("itemSchema") {
                as_extension(map, "itemSchema");
                map.entry("schema").or_insert_with(|| json!({ "type": "string" }));
            }
            map.iter_mut()
                .filter(|(key, _)| !key.starts_with("x-"))
                .for_each(|(_, value)| streams(value));
        }
        Json::Array(items) => items.iter_mut().for_each(streams),
        _ => {}
    }
}

fn schema(value: &mut Json) {
    match value {
        Json::Bool(true) => *value = json!({}),
        Json::Bool(false) => *value = json!({ "not": {} }),
        Json::Object(map) => {
            nulls(map);
            each_child(map, &mut schema);
            constant(map);
            for (exclusive, inclusive) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
                limit(map, exclusive, inclusive);
            }
            example(map);
            tuple(map);
            content(map);
            dictionary(map);
            let unknown = |key: &&String| !KEYWORDS.contains(&key.as_str()) && !key.starts_with("x-");
            let unknown: Vec<String> = map.keys().filter(unknown).cloned().collect();
            unknown.iter().for_each(|key| as_extension(map, key));
            reference(map);
        }
        _ => {}
    }
}

fn is_null(schema: &Json) -> bool {
    schema.get("type").is_some_and(|kind| kind == "null")
}

/// `null` is no type: what admits it is `nullable`.
fn nulls(map: &mut Map<String, Json>) {
    let mut is_nullable = false;
    for key in ["anyOf", "oneOf"] {
        let Some(Json::Array(members)) = map.get_mut(key) else {
            continue;
        };
        let count = members.len();
        members.retain(|member| !is_null(member));
        if members.len() == count {
            continue;
        }
        is_nullable = true;
        let only = (members.len() == 1).then(|| members.remove(0));
        if members.is_empty() {
            map.shift_remove(key);
            match only {
                Some(only) => merge(map, only),
                None => _ = map.insert("enum".into(), json!([null])),
            }
        }
    }
    match map.get("type").cloned() {
        Some(Json::String(kind)) if kind == "null" => {
            map.shift_remove("type");
            map.insert("enum".into(), json!([null]));
            is_nullable = true;
        }
        Some(Json::Array(kinds)) => {
            let known: Vec<Json> = kinds.iter().filter(|kind| **kind != "null").cloned().collect();
            is_nullable |= known.len() < kinds.len();
            one_type(map, known);
        }
        _ => {}
    }
    let lists_null = map
        .get("enum")
        .and_then(Json::as_array)
        .is_some_and(|values| values.contains(&Json::Null));
    if is_nullable || lists_null {
        map.insert("nullable".into(), true.into());
    }
}

/// Several types are alternatives, each with the keywords of all.
fn one_type(map: &mut Map<String, Json>, mut kinds: Vec<Json>) {
    match kinds.len() {
        0 => {
            map.shift_remove("type");
            map.insert("enum".into(), json!([null]));
        }
        1 => _ = map.insert("type".into(), kinds.remove(0)),
        _ => {
            map.shift_remove("type");
            let items = map.get("items").cloned().unwrap_or_else(|| json!({}));
            let members = kinds.into_iter().map(|kind| match kind.as_str() {
                Some("array") => json!({ "type": kind, "items": items }),
                _ => json!({ "type": kind }),
            });
            all_of(map, json!({ "anyOf": members.collect::<Vec<_>>() }));
        }
    }
}

/// Puts the keywords of a schema beside others, which stand for it where they differ in what they only describe.
fn merge(map: &mut Map<String, Json>, inner: Json) {
    const DESCRIBES: &[&str] = &[
        "title",
        "description",
        "default",
        "example",
        "examples",
        "deprecated",
    ];
    match inner {
        Json::Object(inner)
            if !inner.contains_key("$ref")
                && inner
                    .keys()
                    .all(|key| !map.contains_key(key) || DESCRIBES.contains(&key.as_str())) =>
        {
            for (key, value) in inner {
                map.entry(key).or_insert(value);
            }
        }
        other => all_of(map, other),
    }
}

fn all_of(map: &mut Map<String, Json>, member: Json) {
    if let Json::Array(members) = map.entry("allOf").or_insert_with(|| json!([])) {
        members.push(member);
    }
}

fn constant(map: &mut Map<String, Json>) {
    if let Some(value) = map.shift_remove("const") {
        if value.is_null() {
            map.insert("nullable".into(), true.into());
        }
        map.insert("enum".into(), json!([value]));
    }
    // A list of no values is not allowed; nothing is valid against it.
    if map
        .get("enum")
        .and_then(Json::as_array)
        .is_some_and(Vec::is_empty)
    {
        map.shift_remove("enum");
        map.insert("not".into(), json!({}));
    }
}

/// A limit that is excluded is a flag beside it; of two limits the tighter one counts.
fn limit(map: &mut Map<String, Json>, exclusive: &str, inclusive: &str) {
    let Some(bound) = map.get(exclusive).and_then(Json::as_f64) else {
        return;
    };
    let other = map.get(inclusive).and_then(Json::as_f64);
    let is_tighter = other.is_none_or(|other| {
        if inclusive == "minimum" {
            bound >= other
        } else {
            bound <= other
        }
    });
    let Some(bound) = map.shift_remove(exclusive) else {
        return;
    };
    if is_tighter {
        map.insert(inclusive.into(), bound);
        map.insert(exclusive.into(), true.into());
    }
}

/// Of several examples the first is kept.
fn example(map: &mut Map<String, Json>) {
    match map.get("examples") {
        Some(Json::Array(examples)) => {
            let first = examples.first().cloned();
            map.shift_remove("examples");
            if let Some(first) = first {
                map.entry("example").or_insert(first);
            }
        }
        Some(_) => as_extension(map, "examples"),
        None => {}
    }
}

/// The items of a tuple are any of its items' types.
fn tuple(map: &mut Map<String, Json>) {
    if let Some(Json::Array(items)) = map.shift_remove("prefixItems") {
        let mut members: Vec<Json> = vec![];
        // `not: {}` is what `items: false` became: there is no further item.
        let rest = map
            .shift_remove("items")
            .filter(|rest| *rest != json!({ "not": {} }));
        for item in items.into_iter().chain(rest) {
            if !members.contains(&item) {
                members.push(item);
            }
        }
        let item = if members.len() == 1 {
            members.remove(0)
        } else {
            json!({ "anyOf": members })
        };
        map.insert("items".into(), item);
    }
    if map.get("type").is_some_and(|kind| kind == "array") {
        map.entry("items").or_insert_with(|| json!({}));
    }
}

/// What a text holds is a format.
fn content(map: &mut Map<String, Json>) {
    let text = |map: &Map<String, Json>, key: &str| map.get(key).and_then(Json::as_str).map(str::to_owned);
    let format = match (
        text(map, "contentEncoding").as_deref(),
        text(map, "contentMediaType").as_deref(),
    ) {
        (Some("base64"), _) => "byte",
        (None, Some("application/octet-stream")) => "binary",
        _ => return,
    };
    map.shift_remove("contentEncoding");
    map.shift_remove("contentMediaType");
    map.entry("format").or_insert_with(|| format.into());
}

/// Values by a pattern of keys are values by any key.
fn dictionary(map: &mut Map<String, Json>) {
    let Some(Json::Object(patterns)) = map.shift_remove("patternProperties") else {
        return;
    };
    let mut members: Vec<Json> = patterns.into_values().collect();
    members.dedup();
    match map.shift_remove("additionalProperties") {
        // Every other key is refused, or its type is not known either.
        Some(Json::Bool(false)) => {}
        Some(other @ Json::Object(_)) => members.push(other),
        _ => members.push(json!({})),
    }
    let values = if members.len() == 1 {
        members.remove(0)
    } else {
        json!({ "anyOf": members })
    };
    map.insert("additionalProperties".into(), values);
}

/// A reference stands alone.
fn reference(map: &mut Map<String, Json>) {
    if map.len() > 1
        && let Some(target) = map.shift_remove("$ref")
    {
        let mut members = vec![json!({ "$ref": target })];
        if let Some(Json::Array(others)) = map.shift_remove("allOf") {
            members.extend(others);
        }
        map.insert("allOf".into(), members.into());
    }
}
