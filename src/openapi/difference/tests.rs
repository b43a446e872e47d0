//! What differs between two documents, as lines.

use std::fmt::Write as _;

use expect_test::{Expect, expect};
use serde_json::{Value as Json, json};

use super::{Subject, differences};

#[track_caller]
fn check(kept: &Json, published: &Json, expected: Expect) {
    let mut out = String::new();
    for difference in differences(kept, published) {
        let subject = match &difference.subject {
            Subject::Document { name } => name.clone(),
            Subject::Operation { method, path } => format!("{method} {path}"),
            Subject::Path { path } => format!("path {path}"),
            Subject::Component { component, name } => format!("{component} {name}"),
        };
        let _ = writeln!(out, "{:?} {subject} at {}", difference.change, difference.pointer);
        for detail in difference.details {
            let text = |value: Option<Json>| value.map_or("absent".to_owned(), |value| value.to_string());
            let _ = writeln!(
                out,
                "  {}: {} -> {}",
                detail.pointer,
                text(detail.kept),
                text(detail.published)
            );
        }
    }
    expected.assert_eq(&out);
}

fn document(paths: Json, schemas: Json) -> Json {
    json!({ "openapi": "3.1.0", "info": { "title": "T", "version": "1" }, "paths": paths, "components": { "schemas": schemas } })
}

#[test]
fn operations_and_schemas_are_named() {
    check(
        &document(
            json!({ "/a/{id}": { "get": { "summary": "A" }, "delete": {} } }),
            json!({ "Gone": {}, "User": { "properties": { "age": { "maximum": 9 }, "name": {} } } }),
        ),
        &document(
            json!({ "/a/{id}": { "get": { "summary": "B" } }, "/b": { "post": {} } }),
            json!({ "New": {}, "User": { "properties": { "age": { "maximum": 10, "minimum": 1 } } } }),
        ),
        expect![[r#"
            Changed GET /a/{id} at /paths/~1a~1{id}/get
              /paths/~1a~1{id}/get/summary: "A" -> "B"
            Removed DELETE /a/{id} at /paths/~1a~1{id}/delete
            Added POST /b at /paths/~1b/post
            Removed schemas Gone at /components/schemas/Gone
            Added schemas New at /components/schemas/New
            Changed schemas User at /components/schemas/User
              /components/schemas/User/properties/age/maximum: 9 -> 10
              /components/schemas/User/properties/age/minimum: absent -> 1
              /components/schemas/User/properties/name: {} -> absent
        "#]],
    );
}

#[test]
fn order_counts_where_it_has_a_meaning() {
    let parameter = |name: &str| json!({ "name": name, "in": "query", "schema": {} });
    check(
        &document(
            json!({ "/a": { "get": { "parameters": [parameter("x"), parameter("y")], "tags": ["a", "b"] } } }),
            json!({ "X": { "required": ["a", "b"], "enum": [1, 2], "maximum": 1.0, "deprecated": false,
                "anyOf": [{ "type": "string" }, { "type": "array", "items": {} }] } }),
        ),
        &document(
            json!({ "/a": { "get": { "parameters": [parameter("y"), parameter("x")], "tags": ["b", "a"] } } }),
            json!({ "X": { "enum": [2, 1], "required": ["b", "a"], "maximum": 1,
                "anyOf": [{ "items": {}, "type": "array" }, { "type": "string" }] } }),
        ),
        expect![[r#"
            Changed GET /a at /paths/~1a/get
              /paths/~1a/get/tags/0: "a" -> "b"
              /paths/~1a/get/tags/1: "b" -> "a"
        "#]],
    );
}

#[test]
fn parameters_and_the_rest_of_the_document() {
    let mut published = document(
        json!({ "/a": { "get": { "parameters": [{ "name": "p", "in": "query" }] } } }),
        json!({}),
    );
    published["info"]["version"] = "2".into();
    published["servers"] = json!([]);
    check(
        &document(
            json!({ "/a": { "summary": "S", "get": { "parameters": [{ "name": "p", "in": "header" }] } } }),
            json!({}),
        ),
        &published,
        expect![[r#"
            Changed info at /info
              /info/version: "1" -> "2"
            Added servers at /servers
            Changed GET /a at /paths/~1a/get
              /paths/~1a/get/parameters/0: {"name":"p","in":"header"} -> absent
              /paths/~1a/get/parameters/0: absent -> {"name":"p","in":"query"}
            Changed path /a at /paths/~1a
              /paths/~1a/summary: "S" -> absent
        "#]],
    );
}

#[test]
fn what_is_no_document_differs_without_harm() {
    check(&json!(3), &json!([]), expect![""]);
    check(
        &json!({ "paths": { "/a": 1 } }),
        &json!({ "paths": [] }),
        expect![""],
    );
}
