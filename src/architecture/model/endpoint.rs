//! Path operations and WebSocket routes.

use serde::Serialize;
use serde_json::Value as Json;

use super::{Dependency, Location, Returned, Step, Symbol};

/// One HTTP path operation.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Endpoint {
    /// Upper-case, in OpenAPI's usual order (GET, POST, …).
    pub methods: Vec<String>,
    /// The full path as FastAPI matches it, converters kept: `/files/{path:path}`.
    pub path: String,
    /// The route's name.
    pub name: String,
    /// OpenAPI operation id of the first method.
    pub operation_id: String,
    /// OpenAPI summary.
    pub summary: String,
    /// OpenAPI description, Markdown of the author.
    pub description: Option<String>,
    /// Tags in FastAPI's order.
    pub tags: Vec<String>,
    /// `deprecated=True` at any level.
    pub deprecated: bool,
    /// Whether the OpenAPI document shows it.
    pub include_in_schema: bool,
    /// The success status, e.g. `200`.
    pub status_code: u16,
    /// The function that handles it.
    pub handler: Symbol,
    /// `async def`.
    pub is_async: bool,
    /// Where it is registered (the decorator or the `add_api_route` call).
    pub registration: Location,
    /// Index into [`Application::routers`].
    pub router: usize,
    /// Path, query, header and cookie parameters of handler and dependencies, in FastAPI's order.
    pub parameters: Vec<Parameter>,
    /// What the body is read as, e.g. `UserCreate`; absent without a body.
    pub request_body: Option<Body>,
    /// What is returned: by status code in ascending order.
    pub responses: Vec<Response>,
    /// OpenAPI security requirements: scheme name and scopes. Empty: public.
    pub security: Vec<(String, Vec<String>)>,
    /// The dependency tree, in resolution order: decorator and router dependencies first, then the handler's.
    pub dependencies: Vec<Dependency>,
    /// Rate limits in the reader's words (`5/minute`), empty if none.
    pub rate_limits: Vec<RateLimit>,
    /// Conditions under which it is registered, as written; empty: always.
    pub conditions: Vec<String>,
    /// What happens inside, in order, for `diagram request-lifecycle`.
    pub trace: Vec<Step>,
    /// What the handler returns, each kind and class once; empty when it was not followed or is not known.
    pub returned: Vec<Returned>,
    /// Whether it answers with [server-sent events](https://html.spec.whatwg.org/multipage/server-sent-events.html).
    pub streams_events: bool,
    /// Assumptions made about this endpoint, each one sentence.
    pub assumptions: Vec<String>,
    /// OpenAPI callbacks by name: what the application itself may request of a client.
    pub callbacks: Vec<(String, Endpoint)>,
    /// `openapi_extra=`, merged over the operation.
    pub openapi_extra: Option<Json>,
}

/// A rate limit of an endpoint.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RateLimit {
    /// As written, e.g. `5/minute` or `100 per 60 s`.
    pub limit: String,
    /// Where it is set.
    pub location: Location,
}

/// A parameter outside the body.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Parameter {
    /// The name on the wire.
    pub name: String,
    /// `path`, `query`, `header` or `cookie`.
    pub place: String,
    /// Whether a request without it is refused.
    pub required: bool,
    /// Its type in Python's words, e.g. `int | None`.
    pub annotation: String,
    /// Its default in Python's words.
    pub default: Option<String>,
    /// The author's description.
    pub description: Option<String>,
    /// Marked deprecated.
    pub deprecated: bool,
    /// Its JSON Schema.
    pub schema: Json,
    /// `openapi_examples=`, by name.
    pub examples: Option<Json>,
    /// `example=`.
    pub example: Option<Json>,
}

/// A request body.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Body {
    /// Type in Python's words, e.g. `UserCreate`, `list[Item]`, `username, password (form)`.
    pub annotation: String,
    /// Media type, e.g. `application/json`.
    pub media_type: String,
    /// Whether a request without it is refused.
    pub required: bool,
    /// Where its model is defined, if it is one model.
    pub model: Option<Symbol>,
    /// Its JSON Schema.
    pub schema: Json,
    /// `openapi_examples=`, by name.
    pub examples: Option<Json>,
    /// `example=`.
    pub example: Option<Json>,
}

/// A documented response.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Response {
    /// Status code or range, e.g. `200`, `4XX`, `default`.
    pub status: String,
    /// Type in Python's words, absent without a model.
    pub annotation: Option<String>,
    /// Media type of the body, absent without a body.
    pub media_type: Option<String>,
    /// OpenAPI description.
    pub description: String,
    /// Its JSON Schema.
    pub schema: Option<Json>,
    /// The whole OpenAPI response object, further media types, headers and links included.
    pub published: Json,
}

/// A WebSocket route.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Channel {
    /// Full path.
    pub path: String,
    /// The route's name.
    pub name: String,
    /// The function that handles it.
    pub handler: Symbol,
    /// Where it is registered.
    pub registration: Location,
    /// Index into [`Application::routers`].
    pub router: usize,
    /// Parameters, as for an endpoint.
    pub parameters: Vec<Parameter>,
    /// Security requirements reached, as for an endpoint.
    pub security: Vec<(String, Vec<String>)>,
    /// The dependency tree.
    pub dependencies: Vec<Dependency>,
    /// Conditions under which it is registered.
    pub conditions: Vec<String>,
    /// What happens inside.
    pub trace: Vec<Step>,
}

/// A path without converters, as OpenAPI writes it: `/files/{path:path}` as `/files/{path}`.
#[must_use]
pub fn plain_path(path: &str) -> String {
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
