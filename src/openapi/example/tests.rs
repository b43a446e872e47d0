use expect_test::expect;
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::example;
use crate::architecture::{self, Scope};

/// Asks a validator that knows all of JSON Schema, formats included.
fn validates(schema: &Json, components: &[(String, Json)], value: &Json) -> Result<(), String> {
    let components: serde_json::Map<String, Json> = components.iter().cloned().collect();
    // The references are kept as they are: the components stand in the same place of the same document.
    let document = json!({ "allOf": [schema], "components": { "schemas": components } });
    let validator = jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .should_validate_formats(true)
        .build(&document)
        .map_err(|error| error.to_string())?;
    validator
        .validate(value)
        .map_err(|error| format!("{value}: {error}"))
}

fn made(schema: &Json, components: &[(String, Json)]) -> String {
    let Some(value) = example(schema, components) else {
        return "none".to_owned();
    };
    match validates(schema, components, &value) {
        Ok(()) => value.to_string(),
        Err(error) => panic!("{schema}\n{error}"),
    }
}

#[test]
fn each_kind_of_schema_has_its_example() {
    let schemas = [
        json!({}),
        json!({ "type": "string", "minLength": 8, "maxLength": 9 }),
        json!({ "type": "string", "maxLength": 3 }),
        json!({ "type": "string", "format": "uuid" }),
        json!({ "type": "string", "format": "date-time" }),
        json!({ "type": "string", "pattern": "^[A-Z]{2}-\\d{4}$" }),
        json!({ "type": "string", "pattern": "^[a-z0-9-]+$", "minLength": 5 }),
        json!({ "type": "string", "pattern": "^(red|green)$" }),
        json!({ "type": "integer", "exclusiveMinimum": 5, "multipleOf": 4 }),
        json!({ "type": "integer", "maximum": 0 }),
        json!({ "type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 0.5 }),
        json!({ "type": "number", "minimum": 1.05, "multipleOf": 0.1 }),
        json!({ "type": "array", "items": { "type": "integer", "minimum": 3 }, "minItems": 3, "uniqueItems": true }),
        json!({ "type": "array", "items": { "enum": ["a", "b"] }, "minItems": 2, "uniqueItems": true }),
        json!({ "type": "array", "prefixItems": [{ "type": "string" }, { "type": "boolean" }], "minItems": 2, "maxItems": 2 }),
        json!({ "anyOf": [{ "type": "null" }, { "type": "string", "format": "email" }] }),
        json!({ "oneOf": [{ "type": "integer" }, { "type": "number", "minimum": 1.5 }] }),
        json!({ "allOf": [{ "type": "integer", "minimum": 3 }, { "maximum": 4, "minimum": 4 }] }),
        json!({ "type": "object", "additionalProperties": { "type": "integer" }, "minProperties": 2 }),
        json!({ "type": "object", "additionalProperties": true, "propertyNames": { "enum": ["x", "y"] }, "minProperties": 1 }),
        json!({ "type": "object", "properties": { "a": { "type": "string", "default": 7 }, "b": { "type": "integer", "default": 9 } } }),
        json!({ "type": "integer", "examples": ["wrong", 42] }),
        json!({ "type": "integer", "minimum": 3, "maximum": 2 }),
        json!({ "type": ["null", "boolean"] }),
    ];
    let out: Vec<String> = schemas.iter().map(|schema| made(schema, &[])).collect();
    expect![[r#"
        "string"
        "stringst"
        "str"
        "6f1d2c3e-8a4b-4c5d-9e6f-0a1b2c3d4e5f"
        "2026-01-31T09:30:00Z"
        "AA-1111"
        "aaaaa"
        "red"
        8
        0
        0.25
        1.1
        [3,4,5]
        ["a","b"]
        ["string",true]
        "ada@example.com"
        1
        4
        {"key1":1,"key2":1}
        {"x":"string"}
        {"a":"string","b":9}
        42
        none
        true"#]]
    .assert_eq(&out.join("\n"));
}

#[test]
fn recursion_ends() {
    let reference = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let components = [
        (
            "Cat".to_owned(),
            json!({ "type": "object", "properties": { "kind": { "const": "cat" }, "lives": { "type": "integer", "minimum": 9 } }, "required": ["kind", "lives"] }),
        ),
        (
            "Dog".to_owned(),
            json!({ "type": "object", "properties": { "kind": { "const": "dog" } }, "required": ["kind"] }),
        ),
        (
            "Endless".to_owned(),
            json!({ "type": "object", "properties": { "next": reference("Endless") }, "required": ["next"] }),
        ),
        (
            "Node".to_owned(),
            json!({ "type": "object", "properties": {
                "children": { "type": "array", "items": reference("Node") },
                "parent": { "anyOf": [reference("Node"), { "type": "null" }] },
                "other": reference("Node"),
            }, "required": ["children", "parent"] }),
        ),
    ];
    let pets =
        json!({ "oneOf": [reference("Cat"), reference("Dog")], "discriminator": { "propertyName": "kind" } });
    let out = [
        made(&reference("Node"), &components),
        made(&reference("Endless"), &components),
        made(&pets, &components),
        made(
            &json!({ "type": "array", "items": pets, "minItems": 2 }),
            &components,
        ),
    ];
    expect![[r#"
        {"children":[],"parent":null}
        none
        {"kind":"cat","lives":9}
        [{"kind":"cat","lives":9},{"kind":"cat","lives":9}]"#]]
    .assert_eq(&out.join("\n"));
}

/// Schemas of a few levels, with limits that do not exclude each other.
fn schema() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        (0u64..20, 0u64..20).prop_map(|(a, b)| json!({ "type": "string", "minLength": a, "maxLength": a + b })),
        (-50i64..50, 1i64..20, 1i64..6).prop_map(
            |(low, room, step)| json!({ "type": "integer", "minimum": low, "maximum": low + room + step, "multipleOf": step })
        ),
        (-9.0f64..9.0, 0.1f64..9.0).prop_map(
            |(low, room)| json!({ "type": "number", "exclusiveMinimum": low, "exclusiveMaximum": low + room })
        ),
        prop::sample::select(vec!["date", "date-time", "email", "uuid", "uri", "ipv4", "ipv6", "time", "duration"])
            .prop_map(|format| json!({ "type": "string", "format": format })),
        prop::sample::select(vec!["^a+$", "^[^a-z]{3,}$", "x\\dy", "^\\w+@\\w+\\.\\w{2,3}$", "^(a|bc)*$"])
            .prop_map(|pattern| json!({ "type": "string", "pattern": pattern })),
        Just(json!({ "enum": [1, "two", null] })),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            (inner.clone(), 0u64..4).prop_map(|(items, least)| json!({ "type": "array", "items": items, "minItems": least })),
            prop::collection::vec((inner.clone(), any::<bool>()), 0..4).prop_map(|properties| {
                let required: Vec<String> =
                    (0..properties.len()).filter(|i| properties[*i].1).map(|i| format!("p{i}")).collect();
                let properties: serde_json::Map<String, Json> =
                    properties.into_iter().enumerate().map(|(i, (schema, _))| (format!("p{i}"), schema)).collect();
                json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
            }),
            prop::collection::vec(inner.clone(), 1..3).prop_map(|variants| json!({ "anyOf": variants })),
            inner.prop_map(|values| json!({ "type": "object", "additionalProperties": values })),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_made_is_valid(schema in schema()) {
        let value = example(&schema, &[]);
        prop_assert!(value.is_some(), "{schema}");
        prop_assert_eq!(validates(&schema, &[], &value.unwrap()), Ok(()));
    }
}

#[test]
fn every_contract_of_the_example_repository_has_a_valid_example() {
    let options = architecture::Options {
        root: std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("book-example"),
        app: None,
        environment: vec![],
        libraries: vec![],
        scope: Scope {
            traces: false,
            data_layer: false,
            ..Scope::default()
        },
        ..architecture::Options::default()
    };
    let architecture = architecture::analyse(&options).unwrap();
    let application = &architecture.applications[0];
    assert!(application.schemas.len() > 20, "{}", application.schemas.len());
    for (name, schema) in &application.schemas {
        let value = example(schema, &application.schemas).unwrap_or_else(|| panic!("no example of {name}"));
        assert_eq!(validates(schema, &application.schemas, &value), Ok(()), "{name}");
    }
}

/// `ARCH_DOCUMENTS=DIR cargo test --lib examples_of_documents -- --ignored` with what `export openapi` wrote of any applications;
/// a file may hold one document or several by name.
#[test]
#[ignore = "needs documents in ARCH_DOCUMENTS"]
fn examples_of_documents_are_valid() {
    let folder = std::env::var("ARCH_DOCUMENTS").expect("ARCH_DOCUMENTS is a folder");
    let (mut valid, mut without, mut wrong) = (0, vec![], vec![]);
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("the folder can be read")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.to_string_lossy().ends_with("openapi.json"))
        .collect();
    files.sort();
    for file in files {
        let text = std::fs::read(&file).expect("the file can be read");
        let document: Json = serde_json::from_slice(&text).expect("JSON");
        let documents: Vec<&Json> = match document.get("openapi") {
            Some(_) => vec![&document],
            None => document
                .as_object()
                .into_iter()
                .flat_map(|all| all.values())
                .collect(),
        };
        for document in documents {
            let schemas = document["components"]["schemas"]
                .as_object()
                .cloned()
                .unwrap_or_default();
            let schemas: Vec<(String, Json)> = schemas.into_iter().collect();
            for (name, schema) in &schemas {
                let Some(value) = example(schema, &schemas) else {
                    without.push(name.clone());
                    continue;
                };
                match validates(schema, &schemas, &value) {
                    Ok(()) => valid += 1,
                    Err(error) => wrong.push(format!("{} {name}: {error}", file.display())),
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{valid} are valid, not these:\n{}",
        wrong.join("\n")
    );
    assert!(
        valid > without.len(),
        "{valid} examples are valid; without one: {without:?}"
    );
}
