//! The model as an OpenAPI document, and as a list of routes.

use serde_json::{Map, Value as Json, json};

use crate::architecture::model::{Application, Endpoint, Location};

/// Methods that take a body in FastAPI's eyes.
const WITH_BODY: &[&str] = &["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH"];

/// The [OpenAPI 3.1](https://spec.openapis.org/oas/v3.1.0) document of an application: paths in order of registration.
#[must_use]
pub fn document(app: &Application) -> Json {
    let mut info = Map::new();
    info.insert("title".into(), app.title.clone().into());
    if let Some(summary) = &app.summary {
        info.insert("summary".into(), summary.clone().into());
    }
    if let Some(description) = &app.description {
        info.insert("description".into(), description.clone().into());
    }
    info.insert("version".into(), app.version.clone().into());
    let mut paths: Map<String, Json> = Map::new();
    for endpoint in app.endpoints.iter().filter(|endpoint| endpoint.include_in_schema) {
        let item = paths
            .entry(plain_path(&endpoint.path))
            .or_insert_with(|| json!({}));
        for method in &endpoint.methods {
            item[method.to_lowercase()] = operation(endpoint, method);
        }
    }
    let mut document = json!({ "openapi": "3.1.0", "info": info, "paths": paths });
    if !app.security_schemes.is_empty() {
        let schemes: Map<String, Json> = app.security_schemes.iter().cloned().collect();
        document["components"] = json!({ "securitySchemes": schemes });
    }
    document
}

/// A path without converters: `/files/{path:path}` as `/files/{path}`.
fn plain_path(path: &str) -> String {
    let mut out = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, tail)) = after.split_once('}') else {
            break;
        };
        out.push_str(before);
        out.push('{');
        out.push_str(name.split(':').next().unwrap_or(name));
        out.push('}');
        rest = tail;
    }
    out.push_str(rest);
    out
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
        request.insert(
            "content".into(),
            json!({ body.media_type.as_str(): { "schema": schema(&body.schema) } }),
        );
        operation.insert("requestBody".into(), request.into());
    }
    operation.insert("responses".into(), responses(endpoint));
    operation.into()
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
    out.into()
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
    let mut responses = Map::new();
    for response in &endpoint.responses {
        let mut out = Map::new();
        out.insert("description".into(), response.description.clone().into());
        if let Some(media_type) = &response.media_type {
            let schema = response.schema.as_ref().map_or_else(|| json!({}), schema);
            out.insert(
                "content".into(),
                json!({ media_type.as_str(): { "schema": schema } }),
            );
        }
        responses.insert(response.status.clone(), out.into());
    }
    responses.into()
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
