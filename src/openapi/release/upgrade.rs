//! OpenAPI 3.0 as 3.1 (<https://learn.openapis.org/upgrading/v3.0-to-v3.1.html>).

use serde_json::{Map, Value as Json, json};

use super::{
    Release,
    walk::{each_child, each_schema},
};

pub(super) fn upgrade(mut document: Json) -> Json {
    if Release::of(&document) != Some(Release::V3_1) {
        document["openapi"] = "3.1.0".into();
    }
    each_schema(&mut document, &mut schema);
    document
}

fn schema(value: &mut Json) {
    let Json::Object(map) = value else { return };
    each_child(map, &mut schema);
    for (exclusive, inclusive) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        match map.get(exclusive).and_then(Json::as_bool) {
            Some(true) => {
                if let Some(bound) = map.shift_remove(inclusive) {
                    map.insert(exclusive.into(), bound);
                }
            }
            Some(false) => _ = map.shift_remove(exclusive),
            None => {}
        }
    }
    if map
        .shift_remove("nullable")
        .is_some_and(|nullable| nullable == true)
    {
        nullable(map);
    }
}

fn nullable(map: &mut Map<String, Json>) {
    match map.get_mut("type") {
        Some(kind @ Json::String(_)) => *kind = json!([kind.take(), "null"]),
        Some(Json::Array(kinds)) if !kinds.contains(&"null".into()) => kinds.push("null".into()),
        Some(_) => {}
        None => {
            let inner = std::mem::take(map);
            map.insert("anyOf".into(), json!([inner, { "type": "null" }]));
        }
    }
}
