//! Where objects leave the application without a model that says what is sent
//! (<https://fastapi.tiangolo.com/tutorial/response-model/>).

use serde_json::Value as Json;

use crate::architecture::model::{Application, Endpoint, Returned, ReturnedKind};

/// What handlers return of a kind where no response model says its fields.
pub(super) fn unmodelled(
    application: &Application,
    kind: ReturnedKind,
) -> impl Iterator<Item = (&Endpoint, &Returned)> {
    application
        .endpoints
        .iter()
        .filter(|endpoint| is_open(endpoint))
        .flat_map(move |endpoint| {
            let returned = endpoint
                .returned
                .iter()
                .filter(move |returned| returned.kind == kind);
            returned.map(move |returned| (endpoint, returned))
        })
}

/// Whether a JSON answer has no named fields in the contract.
fn is_open(endpoint: &Endpoint) -> bool {
    let status = endpoint.status_code.to_string();
    let success = endpoint
        .responses
        .iter()
        .find(|response| response.status == status);
    success.is_some_and(|response| {
        let is_json = response
            .media_type
            .as_deref()
            .is_some_and(|media_type| media_type.ends_with("json"));
        is_json && response.schema.as_ref().is_none_or(|schema| !has_fields(schema))
    })
}

/// Whether a schema refers to a model or lists properties.
fn has_fields(schema: &Json) -> bool {
    match schema {
        Json::Object(map) => {
            map.contains_key("$ref") || map.contains_key("properties") || map.values().any(has_fields)
        }
        Json::Array(items) => items.iter().any(has_fields),
        _ => false,
    }
}

/// `GET /users`.
pub(super) fn title(endpoint: &Endpoint) -> String {
    format!("{} {}", endpoint.methods.join(", "), endpoint.path)
}
