//! Documents in both releases, beside the schema that the OpenAPI Initiative publishes for 3.0
//! (`tests/openapi-3.0.schema.json`, <https://spec.openapis.org/oas/3.0/schema/2021-09-28>).

use expect_test::{Expect, expect};
use serde_json::{Value as Json, json};

use super::{Release, in_release};

const OFFICIAL: &str = include_str!("tests/openapi-3.0.schema.json");

fn document(schema: &Json) -> Json {
    json!({
        "openapi": "3.1.0",
        "info": { "title": "T", "version": "1", "summary": "S", "license": { "name": "MIT", "identifier": "MIT" } },
        "paths": { "/x": { "get": {
            "parameters": [{ "name": "q", "in": "query", "schema": schema, "examples": { "a": { "value": null } } }],
            "responses": { "200": { "description": "ok", "content": { "application/json": { "schema": schema } } } },
        } } },
        "webhooks": { "made": {} },
        "components": { "schemas": { "X": schema, "Y": { "type": "object" } } },
    })
}

/// What breaks the rules of 3.0, by place.
pub(in crate::openapi) fn problems(document: &Json) -> Vec<String> {
    let official: Json = serde_json::from_str(OFFICIAL).expect("the schema is JSON");
    let validator = jsonschema::options()
        .with_draft(jsonschema::Draft::Draft4)
        .build(&official)
        .expect("the schema is one");
    let problems = validator.iter_errors(document);
    problems
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

#[track_caller]
fn check(schema: Json, expected: Expect) {
    let lowered = in_release(&document(&schema), Release::V3_0);
    assert_eq!(problems(&lowered), Vec::<String>::new(), "{lowered:#}");
    let again = in_release(&lowered, Release::V3_0);
    assert_eq!(lowered, again, "what is in 3.0 stays as it is");
    expected.assert_eq(&lowered["components"]["schemas"]["X"].to_string());
}

#[test]
fn null_is_no_type() {
    check(
        json!({ "anyOf": [{ "type": "string", "maxLength": 3 }, { "type": "null" }], "title": "N", "default": null }),
        expect![[r#"{"title":"N","default":null,"type":"string","maxLength":3,"nullable":true}"#]],
    );
    check(
        json!({ "anyOf": [{ "$ref": "#/components/schemas/Y" }, { "type": "null" }] }),
        expect![[r##"{"allOf":[{"$ref":"#/components/schemas/Y"}],"nullable":true}"##]],
    );
    check(
        json!({ "anyOf": [{ "type": "string" }, { "type": "integer" }, { "type": "null" }] }),
        expect![[r#"{"anyOf":[{"type":"string"},{"type":"integer"}],"nullable":true}"#]],
    );
    check(
        json!({ "type": ["string", "null"] }),
        expect![[r#"{"type":"string","nullable":true}"#]],
    );
    check(
        json!({ "type": ["string", "array"], "minLength": 1 }),
        expect![[r#"{"minLength":1,"allOf":[{"anyOf":[{"type":"string"},{"type":"array","items":{}}]}]}"#]],
    );
    check(
        json!({ "type": "null" }),
        expect![[r#"{"enum":[null],"nullable":true}"#]],
    );
    check(
        json!({ "enum": ["a", null] }),
        expect![[r#"{"enum":["a",null],"nullable":true}"#]],
    );
}

#[test]
fn constants_limits_and_examples() {
    check(
        json!({ "const": "a", "type": "string" }),
        expect![[r#"{"type":"string","enum":["a"]}"#]],
    );
    check(
        json!({ "type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 9, "maximum": 5 }),
        expect![[r#"{"type":"number","maximum":5,"minimum":0,"exclusiveMinimum":true}"#]],
    );
    check(
        json!({ "type": "integer", "examples": [3, 4] }),
        expect![[r#"{"type":"integer","example":3}"#]],
    );
}

#[test]
fn arrays_have_one_kind_of_items() {
    check(
        json!({ "type": "array", "prefixItems": [{ "type": "integer" }, { "type": "string" }], "minItems": 2, "maxItems": 2 }),
        expect![[
            r#"{"type":"array","minItems":2,"maxItems":2,"items":{"anyOf":[{"type":"integer"},{"type":"string"}]}}"#
        ]],
    );
    check(
        json!({ "type": "array", "prefixItems": [{ "type": "integer" }], "items": false }),
        expect![[r#"{"type":"array","items":{"type":"integer"}}"#]],
    );
    check(
        json!({ "type": "array" }),
        expect![[r#"{"type":"array","items":{}}"#]],
    );
}

#[test]
fn texts_have_formats_and_references_stand_alone() {
    check(
        json!({ "type": "string", "contentMediaType": "application/octet-stream" }),
        expect![[r#"{"type":"string","format":"binary"}"#]],
    );
    check(
        json!({ "$ref": "#/components/schemas/Y", "description": "D" }),
        expect![[r##"{"description":"D","allOf":[{"$ref":"#/components/schemas/Y"}]}"##]],
    );
    check(
        json!({ "type": "object", "patternProperties": { "^a": { "type": "integer" } }, "propertyNames": { "minLength": 1 } }),
        expect![[
            r#"{"type":"object","additionalProperties":{"anyOf":[{"type":"integer"},{}]},"x-propertyNames":{"minLength":1}}"#
        ]],
    );
    check(
        json!({ "type": "object", "properties": { "const": { "const": 1 } }, "additionalProperties": true, "mine": 1 }),
        expect![[
            r#"{"type":"object","properties":{"const":{"enum":[1]}},"additionalProperties":true,"x-mine":1}"#
        ]],
    );
}

#[test]
fn the_document_around_the_schemas() {
    let lowered = in_release(&document(&json!({})), Release::V3_0);
    expect![[r#"
        {
          "openapi": "3.0.3",
          "info": {
            "title": "T",
            "version": "1",
            "license": {
              "name": "MIT",
              "x-identifier": "MIT"
            },
            "x-summary": "S"
          },
          "x-webhooks": {
            "made": {}
          }
        }"#]]
    .assert_eq(&{
        let mut rest = lowered.clone();
        for key in ["paths", "components"] {
            rest.as_object_mut().expect("an object").shift_remove(key);
        }
        format!("{rest:#}")
    });
    let examples = &lowered["paths"]["/x"]["get"]["parameters"][0]["examples"];
    assert_eq!(
        *examples,
        json!({ "a": { "value": null } }),
        "an author's values stay"
    );
}

#[test]
fn a_stream_is_text() {
    let mut streaming = document(&json!({}));
    streaming["paths"]["/x"]["get"]["responses"]["200"]["content"] =
        json!({ "application/jsonl": { "itemSchema": { "type": "integer" } } });
    let lowered = in_release(&streaming, Release::V3_0);
    assert_eq!(problems(&lowered), Vec::<String>::new());
    assert_eq!(
        lowered["paths"]["/x"]["get"]["responses"]["200"]["content"]["application/jsonl"],
        json!({ "schema": { "type": "string" }, "x-itemSchema": { "type": "integer" } })
    );
}

#[test]
fn an_older_document_is_raised() {
    let older = json!({
        "openapi": "3.0.2",
        "components": { "schemas": { "X": { "type": "object", "properties": {
            "a": { "type": "string", "nullable": true },
            "b": { "type": "number", "minimum": 0, "exclusiveMinimum": true },
            "c": { "allOf": [{ "$ref": "#/components/schemas/Y" }], "nullable": true },
        } } } },
    });
    let raised = in_release(&older, Release::V3_1);
    assert_eq!(raised["openapi"], "3.1.0");
    expect![[r##"{"a":{"type":["string","null"]},"b":{"type":"number","exclusiveMinimum":0},"c":{"anyOf":[{"allOf":[{"$ref":"#/components/schemas/Y"}]},{"type":"null"}]}}"##]]
    .assert_eq(&raised["components"]["schemas"]["X"]["properties"].to_string());
}
