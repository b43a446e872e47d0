//! What an application says of itself in its OpenAPI document
//! (<https://fastapi.tiangolo.com/tutorial/metadata/>).

use serde_json::{Value as Json, json};

use super::{
    contract::{Published, drop_nulls},
    endpoint::known,
    reader::Reader,
    version,
};
use crate::{
    architecture::model::{Application, Endpoint},
    python::interpret::{interpreter::Interpreter, value::Value},
};

/// Servers, tags, contact, licence and the like.
pub fn describe(it: &mut Interpreter, read: &Reader<'_>, app: &mut Application) {
    let mut json = |name: &str| {
        let value = read.value(name);
        let is_set = !value.is_none() && !value.is_unknown();
        if is_set { known(it, &value) } else { None }
    };
    let list = |json: Option<Json>| match json {
        Some(Json::Array(items)) => items,
        _ => vec![],
    };
    app.servers = list(json("servers"));
    app.tag_metadata = list(json("openapi_tags"));
    app.contact = json("contact").map(|contact| with_url(contact, &["url"]));
    app.license = json("license_info").map(|license| with_url(license, &["url"]));
    app.external_docs = json("openapi_external_docs").map(|docs| with_url(docs, &["url"]));
    for tag in &mut app.tag_metadata {
        if let Some(docs) = tag.get_mut("externalDocs") {
            *docs = with_url(docs.clone(), &["url"]);
        }
    }
    app.terms_of_service = read.text("terms_of_service");
    app.openapi_version = read.text("openapi_version").unwrap_or_else(|| "3.1.0".into());
    let declared = match read.value("root_path_in_servers") {
        Value::Bool(flag) => flag,
        _ => true,
    };
    let is_listed = app
        .servers
        .iter()
        .any(|server| server.get("url").and_then(Json::as_str) == Some(&app.root_path));
    let _ = (declared, is_listed);
}

/// URLs as FastAPI writes them: a host alone ends with a slash.
fn with_url(mut json: Json, keys: &[&str]) -> Json {
    for key in keys {
        if let Some(Json::String(url)) = json.get_mut(*key)
            && let Some((_, rest)) = url.split_once("://")
            && !rest.contains(['/', '?', '#'])
        {
            url.push('/');
        }
    }
    json
}

/// The component schemas, with those of validation errors where an operation documents them.
pub fn schemas(it: &mut Interpreter, app: &mut Application, published: &Published) {
    let mut schemas = published.definitions.clone();
    let shown: Vec<&Endpoint> = app
        .endpoints
        .iter()
        .filter(|endpoint| endpoint.include_in_schema)
        .chain(&app.webhooks)
        .collect();
    if shown.iter().any(|endpoint| documents_errors(endpoint)) {
        let mut error = json!({
            "title": "ValidationError",
            "type": "object",
            "properties": {
                "loc": {
                    "title": "Location",
                    "type": "array",
                    "items": { "anyOf": [{ "type": "string" }, { "type": "integer" }] },
                },
                "msg": { "title": "Message", "type": "string" },
                "type": { "title": "Error Type", "type": "string" },
            },
            "required": ["loc", "msg", "type"],
        });
        if version::shows_error_input(it) {
            error["properties"]["input"] = json!({ "title": "Input" });
            error["properties"]["ctx"] = json!({ "title": "Context", "type": "object" });
        }
        let items = json!({ "$ref": "#/components/schemas/ValidationError" });
        let detail = json!({ "title": "Detail", "type": "array", "items": items });
        schemas.insert("ValidationError".into(), error);
        schemas.insert(
            "HTTPValidationError".into(),
            json!({ "title": "HTTPValidationError", "type": "object", "properties": { "detail": detail } }),
        );
    }
    schemas.sort_keys();
    app.schemas = schemas
        .into_iter()
        .map(|(name, mut schema)| {
            drop_nulls(&mut schema);
            (name, schema)
        })
        .collect();
}

fn documents_errors(endpoint: &Endpoint) -> bool {
    let own = endpoint.responses.iter().any(|response| {
        response.status == "422"
            && response.published["description"] == "Validation Error"
            && response
                .schema
                .as_ref()
                .is_some_and(|schema| schema["$ref"] == "#/components/schemas/HTTPValidationError")
    });
    own || endpoint
        .callbacks
        .iter()
        .any(|(_, callback)| documents_errors(callback))
}
