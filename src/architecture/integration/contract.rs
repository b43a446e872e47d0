//! Fields that frontend and backend do not agree on.

use serde_json::Value as Json;

use super::router::Operation;
use crate::{
    architecture::model::{Application, FieldMismatch, FieldMismatchKind},
    web::network::NetworkCall,
};

/// References that are followed, one after the other.
const MAX_DEPTH: u32 = 16;

/// What strings, lists and numbers have themselves.
const OF_LISTS: [&str; 39] = [
    "length",
    "map",
    "forEach",
    "filter",
    "find",
    "findIndex",
    "some",
    "every",
    "reduce",
    "slice",
    "sort",
    "join",
    "includes",
    "indexOf",
    "push",
    "concat",
    "flat",
    "flatMap",
    "at",
    "entries",
    "keys",
    "values",
    "reverse",
    "toString",
    "pop",
    "shift",
    "unshift",
    "splice",
    "reduceRight",
    "findLast",
    "findLastIndex",
    "lastIndexOf",
    "fill",
    "toSorted",
    "toReversed",
    "toSpliced",
    "with",
    "copyWithin",
    "toLocaleString",
];

/// Fields that one side knows and the other does not.
#[must_use]
pub fn mismatches(call: &NetworkCall, operation: &Operation<'_>) -> Vec<FieldMismatch> {
    let Some(endpoint) = operation.endpoint else {
        return vec![];
    };
    let application = operation.application;
    let mut found = vec![];
    if let Some(body) = &endpoint.request_body {
        sent(
            &call.body_fields,
            &body.schema,
            &body.annotation,
            application,
            &mut found,
        );
    }
    let schemas: Vec<&Json> = endpoint
        .responses
        .iter()
        .filter_map(|response| response.schema.as_ref())
        .collect();
    let success = endpoint
        .responses
        .iter()
        .filter(|response| response.status.starts_with('2'));
    // A response that says nothing of itself may have any field.
    let is_described =
        success.clone().count() > 0 && success.clone().all(|response| response.schema.is_some());
    if is_described {
        let model = success
            .filter_map(|response| response.annotation.clone())
            .collect::<Vec<_>>()
            .join(" | ");
        for field in &call.reads {
            let steps: Vec<&str> = field.split('.').collect();
            let has = schemas
                .iter()
                .any(|schema| has_field(schema, &steps, application, 0));
            if !has && !matches!(steps[0], "detail" | "") {
                found.push(FieldMismatch {
                    kind: FieldMismatchKind::UnknownResponseField,
                    field: field.clone(),
                    model: model.clone(),
                });
            }
        }
    }
    found
}

fn sent(
    fields: &[String],
    schema: &Json,
    annotation: &str,
    application: &Application,
    found: &mut Vec<FieldMismatch>,
) {
    let is_whole = !fields.iter().any(|field| field.starts_with("..."));
    let fields: Vec<&String> = fields.iter().filter(|field| !field.starts_with("...")).collect();
    if fields.is_empty() {
        return;
    }
    let Some(schema) = object(schema, application) else {
        return;
    };
    let Some(properties) = schema.get("properties").and_then(Json::as_object) else {
        return;
    };
    let is_open = schema
        .get("additionalProperties")
        .is_some_and(|open| *open != Json::Bool(false));
    let mut mismatch = |kind, field: &str| {
        found.push(FieldMismatch {
            kind,
            field: field.to_owned(),
            model: annotation.to_owned(),
        });
    };
    if !is_open {
        for field in &fields {
            if !properties.contains_key(field.as_str()) {
                mismatch(FieldMismatchKind::UnknownBodyField, field);
            }
        }
    }
    let required = schema
        .get("required")
        .and_then(Json::as_array)
        .into_iter()
        .flatten();
    for field in required.filter_map(Json::as_str).filter(|_| is_whole) {
        if !fields.iter().any(|sent| *sent == field) {
            mismatch(FieldMismatchKind::MissingBodyField, field);
        }
    }
}

/// The schema of one object, references followed; nothing where it may be one of several.
fn object<'a>(schema: &'a Json, application: &'a Application) -> Option<&'a Json> {
    let mut schema = schema;
    for _ in 0..MAX_DEPTH {
        if let Some(target) = reference(schema, application) {
            schema = target;
            continue;
        }
        match schema.get("allOf").and_then(Json::as_array).map(Vec::as_slice) {
            Some([only]) => schema = only,
            Some(_) => return None,
            None => return schema.get("properties").map(|_| schema),
        }
    }
    None
}

fn reference<'a>(schema: &Json, application: &'a Application) -> Option<&'a Json> {
    let name = schema
        .get("$ref")?
        .as_str()?
        .strip_prefix("#/components/schemas/")?;
    application
        .schemas
        .iter()
        .find(|(known, _)| known == name)
        .map(|(_, schema)| schema)
}

/// Whether a value of a schema may have what is read of it.
fn has_field(schema: &Json, steps: &[&str], application: &Application, depth: u32) -> bool {
    let Some((step, rest)) = steps.split_first() else {
        return true;
    };
    if depth > MAX_DEPTH {
        return true;
    }
    if schema.get("$ref").is_some() {
        return reference(schema, application)
            .is_none_or(|target| has_field(target, steps, application, depth + 1));
    }
    for key in ["anyOf", "oneOf", "allOf"] {
        if let Some(variants) = schema.get(key).and_then(Json::as_array) {
            return variants
                .iter()
                .any(|variant| has_field(variant, steps, application, depth + 1));
        }
    }
    match schema.get("type").and_then(Json::as_str) {
        Some("array") => {
            let is_item = matches!(*step, "[]" | "*") || step.parse::<u32>().is_ok();
            let item = |steps: &[&str]| {
                schema
                    .get("items")
                    .is_none_or(|items| has_field(items, steps, application, depth + 1))
            };
            if is_item {
                item(rest)
            } else {
                OF_LISTS.contains(step)
            }
        }
        Some("object") | None => {
            let properties = schema.get("properties").and_then(Json::as_object);
            let is_open = match schema.get("additionalProperties") {
                Some(open) => *open != Json::Bool(false),
                None => properties.is_none(),
            };
            // `limits[unit].days`: one of the fields, whichever.
            if matches!(*step, "[]" | "*")
                && let Some(properties) = properties
            {
                return is_open
                    || properties
                        .values()
                        .any(|property| has_field(property, rest, application, depth + 1));
            }
            match properties.and_then(|properties| properties.get(*step)) {
                Some(property) => has_field(property, rest, application, depth + 1),
                None => is_open,
            }
        }
        Some("null") => false,
        // Of strings and numbers only the language's own methods are read.
        Some(_) => true,
    }
}
