//! Documents beside FastAPI's own: `tests/shop.py` is an application, `tests/shop.json` what FastAPI 0.165.0 with
//! pydantic 2.14.3 publishes for it; `tests/legacy.py` is one for FastAPI 0.95.2 with pydantic 1.10.21
//! (`tests/truth.py` writes both).

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
