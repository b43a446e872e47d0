//! Documents beside FastAPI's own: `tests/shop.py` is an application, `tests/shop.json` what FastAPI 0.165.0 with
//! pydantic 2.14.3 publishes for it; `tests/legacy.py` is one for FastAPI 0.95.2 with pydantic 1.10.21
//! (`tests/truth.py` writes both).

use expect_test::expect;
use serde_json::{Map, Value as Json};

use super::document;
use crate::architecture::{Options, analyse};

const APP: &str = include_str!("tests/shop.py");
const TRUTH: &str = include_str!("tests/shop.json");
const LEGACY: &str = include_str!("tests/legacy.py");
const LEGACY_TRUTH: &str = include_str!("tests/legacy.json");

fn published() -> Json {
    publish(APP, "")
}

fn publish(code: &str, requirements: &str) -> Json {
    let folder = tempfile::tempdir().expect("a folder can be made");
    std::fs::write(folder.path().join("shop.py"), code).expect("a file can be written");
    std::fs::write(folder.path().join("requirements.txt"), requirements).expect("a file can be written");
    let options = Options {
        root: folder.path().to_owned(),
        app: Some("shop:app".into()),
        ..Options::default()
    };
    let architecture = analyse(&options).expect("the application is found");
    document(&architecture.applications[0])
}

/// Numbers as numbers, and `required` without an order.
fn canonical(json: &Json) -> Json {
    match json {
        Json::Object(map) => {
            let entries = map.iter().map(|(key, value)| {
                let mut value = canonical(value);
                if let (true, Json::Array(names)) = (key == "required", &mut value) {
                    names.sort_by_key(ToString::to_string);
                }
                (key.clone(), value)
            });
            Json::Object(entries.collect())
        }
        Json::Array(items) => Json::Array(items.iter().map(canonical).collect()),
        Json::Number(number) => number
            .as_f64()
            .and_then(serde_json::Number::from_f64)
            .map_or_else(|| json.clone(), Json::Number),
        other => other.clone(),
    }
}

fn differences(path: &str, want: &Json, have: &Json, out: &mut Vec<String>) {
    match (want, have) {
        (Json::Object(want), Json::Object(have)) => {
            for (key, value) in want {
                match have.get(key) {
                    Some(other) => differences(&format!("{path}/{key}"), value, other, out),
                    None => out.push(format!("{path}/{key}: wants {value}, has nothing")),
                }
            }
            let further = have.iter().filter(|(key, _)| !want.contains_key(*key));
            out.extend(further.map(|(key, value)| format!("{path}/{key}: wants nothing, has {value}")));
        }
        _ if want == have => {}
        _ => out.push(format!("{path}: wants {want}, has {have}")),
    }
}

#[test]
fn the_document_is_what_fastapi_publishes() {
    let (truth, got): (Json, Json) = (
        serde_json::from_str(TRUTH).expect("the truth is JSON"),
        published(),
    );
    let mut found = vec![];
    differences("", &canonical(&truth), &canonical(&got), &mut found);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn pydantic_1_has_a_format_of_its_own() {
    let truth: Json = serde_json::from_str(LEGACY_TRUTH).expect("the truth is JSON");
    let got = publish(LEGACY, "fastapi==0.95.2\npydantic==1.10.21\n");
    let mut found = vec![];
    differences("", &canonical(&truth), &canonical(&got), &mut found);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_document_is_valid_in_3_0() {
    let lowered = super::release::in_release(&published(), super::release::Release::V3_0);
    let mut problems = super::release::tests::problems(&lowered);
    // The author of that response gave it a header without a schema, which no release allows.
    problems.retain(|problem| !problem.starts_with("/paths/~1items~1{item_id}/patch/responses/200"));
    assert_eq!(problems, Vec::<String>::new());
}

#[test]
fn paths_and_components_stand_in_fastapis_order() {
    let (truth, got): (Json, Json) = (
        serde_json::from_str(TRUTH).expect("the truth is JSON"),
        published(),
    );
    let names = |map: &Json| {
        map.as_object()
            .map(|map: &Map<String, Json>| map.keys().cloned().collect::<Vec<_>>())
    };
    assert_eq!(names(&truth["paths"]), names(&got["paths"]));
    assert_eq!(
        names(&truth["components"]["schemas"]),
        names(&got["components"]["schemas"])
    );
}

/// The components of a small application under a release of pydantic, one a line.
fn components(pydantic: &str) -> String {
    let code = r#"
from enum import Enum
from typing import Annotated, Literal
from fastapi import FastAPI
from pydantic import BaseModel, Field

class One(Enum):
    only = "only"

class Tag(BaseModel):
    kind: Literal["tag"]

class Item(BaseModel):
    one: One = One.only
    tag: Tag = Field(description="D")
    names: dict[Annotated[str, Field(min_length=1)], int]

app = FastAPI()

@app.post("/")
def create(item: Item): ...
"#;
    let document = publish(code, &format!("fastapi==0.110.3\npydantic=={pydantic}\n"));
    let schemas = document["components"]["schemas"].as_object().expect("schemas");
    let own = schemas
        .iter()
        .filter(|(name, _)| !name.ends_with("ValidationError"));
    own.map(|(name, schema)| format!("{name} {schema}\n")).collect()
}

/// What is expected is what pydantic of that release says of these models.
#[test]
fn releases_of_pydantic_2_differ() {
    expect![[r##"
        Item {"type":"object","properties":{"one":{"default":"only","allOf":[{"$ref":"#/components/schemas/One"}]},"tag":{"description":"D","allOf":[{"$ref":"#/components/schemas/Tag"}]},"names":{"type":"object","additionalProperties":{"type":"integer"},"title":"Names"}},"required":["tag","names"],"title":"Item"}
        One {"title":"One","const":"only"}
        Tag {"type":"object","properties":{"kind":{"const":"tag","title":"Kind"}},"required":["kind"],"title":"Tag"}
    "##]].assert_eq(&components("2.6.4"));
    expect![[r##"
        Item {"type":"object","properties":{"one":{"default":"only","allOf":[{"$ref":"#/components/schemas/One"}]},"tag":{"description":"D","allOf":[{"$ref":"#/components/schemas/Tag"}]},"names":{"type":"object","additionalProperties":{"type":"integer"},"title":"Names"}},"required":["tag","names"],"title":"Item"}
        One {"title":"One","const":"only","enum":["only"],"type":"string"}
        Tag {"type":"object","properties":{"kind":{"const":"tag","enum":["tag"],"type":"string","title":"Kind"}},"required":["kind"],"title":"Tag"}
    "##]].assert_eq(&components("2.8.2"));
    expect![[r##"
        Item {"type":"object","properties":{"one":{"$ref":"#/components/schemas/One","default":"only"},"tag":{"$ref":"#/components/schemas/Tag","description":"D"},"names":{"type":"object","additionalProperties":{"type":"integer"},"title":"Names"}},"required":["tag","names"],"title":"Item"}
        One {"title":"One","const":"only","enum":["only"],"type":"string"}
        Tag {"type":"object","properties":{"kind":{"const":"tag","enum":["tag"],"type":"string","title":"Kind"}},"required":["kind"],"title":"Tag"}
    "##]].assert_eq(&components("2.9.2"));
    expect![[r##"
        Item {"type":"object","properties":{"one":{"$ref":"#/components/schemas/One","default":"only"},"tag":{"$ref":"#/components/schemas/Tag","description":"D"},"names":{"type":"object","additionalProperties":{"type":"integer"},"propertyNames":{"minLength":1},"title":"Names"}},"required":["tag","names"],"title":"Item"}
        One {"title":"One","enum":["only"],"type":"string"}
        Tag {"type":"object","properties":{"kind":{"const":"tag","type":"string","title":"Kind"}},"required":["kind"],"title":"Tag"}
    "##]].assert_eq(&components("2.10.6"));
}
