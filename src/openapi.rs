//! The model as an OpenAPI document.

use serde_json::{Value, json};

use crate::architecture::model::Application;

/// The OpenAPI 3.1 document of an application.
#[must_use]
pub fn document(application: &Application) -> Value {
    json!({ "openapi": "3.1.0", "info": { "title": application.title, "version": application.version }, "paths": {} })
}

/// Every route of an application.
#[must_use]
pub fn routes(application: &Application) -> Value {
    let _ = application;
    json!([])
}
