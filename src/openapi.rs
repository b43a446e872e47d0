//! The model as an OpenAPI document, and as a list of routes.

pub mod difference;
pub mod example;
pub mod release;

#[cfg(test)]
mod tests;

use serde_json::{Map, Value as Json, json};

use crate::architecture::model::plain_path;
use crate::architecture::{
    backend::contract::{deep_update, drop_nulls},
    model::{Application, Endpoint, Location},
};

/// Methods that take a body in FastAPI's eyes.
const WITH_BODY: &[&str] = &["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH"];

/// The [OpenAPI 3.1](https://spec.openapis.org/oas/v3.1.0) document of an application: paths in order of registration.
#[must_use]
pub fn document(app: &Application) -> Json {
    if let Some(document) = &app.document {
        return document.clone();
    }
    let mut document = Map::new();
    document.insert(
        "openapi".into(),
        if app.openapi_version.is_empty() {
            "3.1.0"
        } else {
            &app.openapi_version
        }
        .into(),
    );
    document.insert("info".into(), info(app));
    if !app.servers.is_empty() {
        document.insert("servers".into(), app.servers.clone().into());
    }
    document.insert("paths".into(), paths(&app.endpoints));
    if !app.webhooks.is_empty() {
        document.insert("webhooks".into(), paths(&app.webhooks));
    }
    let mut components = Map::new();
    if !app.schemas.is_empty() {
        components.insert("schemas".into(), app.schemas.iter().cloned().collect());
    }
    if !app.security_schemes.is_empty() {
        components.insert(
            "securitySchemes".into(),
            app.security_schemes.iter().cloned().collect(),
        );
    }
    if !components.is_empty() {
        document.insert("components".into(), components.into());
    }
    if !app.tag_metadata.is_empty() {
        document.insert("tags".into(), app.tag_metadata.clone().into());
    }
    if let Some(docs) = &app.external_docs {
        document.insert("externalDocs".into(), docs.clone());
    }
    let mut document = Json::Object(document);
    drop_nulls(&mut document);
    document
}

fn info(app: &Application) -> Json {
    let mut info = Map::new();
    info.insert("title".into(), app.title.clone().into());
    if let Some(summary) = &app.summary {
        info.insert("summary".into(), summary.clone().into());
    }
    if let Some(description) = &app.description {
        info.insert("description".into(), description.clone().into());
    }
    if let Some(terms) = &app.terms_of_service {
        info.insert("termsOfService".into(), terms.clone().into());
    }
    for (key, value) in [("contact", &app.contact), ("license", &app.license)] {
        if let Some(value) = value {
            info.insert(key.into(), value.clone());
        }
    }
    info.insert("version".into(), app.version.clone().into());
    info.into()
}

fn paths(endpoints: &[Endpoint]) -> Json {
    let mut paths: Map<String, Json> = Map::new();
    for endpoint in endpoints.iter().filter(|endpoint| endpoint.include_in_schema) {
        let item = paths
            .entry(plain_path(&endpoint.path))
            .or_insert_with(|| json!({}));
        for method in &endpoint.methods {
            item[method.to_lowercase()] = operation(endpoint, method);
        }
    }
    paths.into()
}

fn operation(endpoint: &Endpoint, method: &str) -> Json {
    let mut operation = Map::new();
    if !endpoint.tags.is_empty() {
        operation.insert("tags".into(), json!(endpoint.tags));
    }
    operation.insert("summary".into(), endpoint.summary.clone().into());
    if let Some(description) = &endpoint.description {
        operation.insert("description".into(), description.clone().into());
    }
    operation.insert("operationId".into(), endpoint.operation_id.clone().into());
    if endpoint.deprecated {
        operation.insert("deprecated".into(), true.into());
    }
    if !endpoint.security.is_empty() {
        let security: Vec<Json> = endpoint
            .security
            .iter()
            .map(|(name, scopes)| json!({ name.as_str(): scopes }))
            .collect();
        operation.insert("security".into(), security.into());
    }
    if !endpoint.parameters.is_empty() {
        operation.insert(
            "parameters".into(),
            endpoint.parameters.iter().map(parameter).collect(),
        );
    }
    if let Some(body) = endpoint
        .request_body
        .as_ref()
        .filter(|_| WITH_BODY.contains(&method))
    {
        let mut request = Map::new();
        if body.required {
            request.insert("required".into(), true.into());
        }
        let mut content = json!({ "schema": schema(&body.schema) });
        add_examples(&mut content, body.examples.as_ref(), body.example.as_ref());
        request.insert("content".into(), json!({ body.media_type.as_str(): content }));
        operation.insert("requestBody".into(), request.into());
    }
    if !endpoint.callbacks.is_empty() {
        let callbacks = endpoint
            .callbacks
            .iter()
            .map(|(name, callback)| (name.clone(), paths_of(callback)));
        operation.insert("callbacks".into(), callbacks.collect());
    }
    operation.insert("responses".into(), responses(endpoint));
    if let Some(Json::Object(extra)) = &endpoint.openapi_extra {
        deep_update(&mut operation, extra);
    }
    operation.into()
}

/// A callback by the expression that gives its URL, which is kept as written.
fn paths_of(callback: &Endpoint) -> Json {
    let item: Map<String, Json> = callback
        .methods
        .iter()
        .map(|method| (method.to_lowercase(), operation(callback, method)))
        .collect();
    json!({ callback.path.as_str(): item })
}

/// `openapi_examples` stand before `example`, which they replace.
fn add_examples(target: &mut Json, examples: Option<&Json>, example: Option<&Json>) {
    match (examples, example) {
        (Some(examples), _) => target["examples"] = examples.clone(),
        (None, Some(example)) => target["example"] = example.clone(),
        (None, None) => {}
    }
}

fn parameter(parameter: &crate::architecture::model::Parameter) -> Json {
    let mut out = Map::new();
    out.insert("name".into(), parameter.name.clone().into());
    out.insert("in".into(), parameter.place.clone().into());
    out.insert("required".into(), parameter.required.into());
    out.insert("schema".into(), schema(&parameter.schema));
    if let Some(description) = &parameter.description {
        out.insert("description".into(), description.clone().into());
    }
    if parameter.deprecated {
        out.insert("deprecated".into(), true.into());
    }
    let mut out = Json::Object(out);
    add_examples(&mut out, parameter.examples.as_ref(), parameter.example.as_ref());
    out
}

/// A schema that is not known admits everything.
fn schema(schema: &Json) -> Json {
    if schema.is_null() {
        json!({})
    } else {
        schema.clone()
    }
}

fn responses(endpoint: &Endpoint) -> Json {
    endpoint
        .responses
        .iter()
        .map(|response| {
            let object = match &response.published {
                Json::Object(_) => response.published.clone(),
                _ => json!({ "description": response.description }),
            };
            (response.status.clone(), object)
        })
        .collect()
}

/// The routes of an application in order of registration: HTTP, WebSocket, mounts and static files.
#[must_use]
pub fn routes(app: &Application) -> Json {
    let mut routes = vec![];
    for endpoint in &app.endpoints {
        let place = if endpoint.handler.location.file.is_empty() {
            &endpoint.registration
        } else {
            &endpoint.handler.location
        };
        routes.push(json!({
            "kind": "http",
            "methods": endpoint.methods,
            "path": endpoint.path,
            "endpoint": endpoint.handler.name,
            "source": place.file,
            "line": place.line,
            "include_in_schema": endpoint.include_in_schema,
            "conditions": endpoint.conditions,
        }));
    }
    for channel in &app.channels {
        routes.push(other(
            "websocket",
            &channel.path,
            &channel.handler.name,
            &channel.handler.location,
            &channel.conditions,
        ));
    }
    for mount in &app.mounts {
        let kind = if mount.is_static { "static" } else { "mount" };
        routes.push(other(
            kind,
            &mount.path,
            &mount.target,
            &mount.registration,
            &mount.conditions,
        ));
    }
    routes.into()
}

fn other(kind: &str, path: &str, endpoint: &str, place: &Location, conditions: &[String]) -> Json {
    json!({
        "kind": kind,
        "methods": [],
        "path": path,
        "endpoint": endpoint,
        "source": place.file,
        "line": place.line,
        "include_in_schema": false,
        "conditions": conditions,
    })
}
