//! An application and what is registered on it.

use serde::Serialize;
use serde_json::Value as Json;

use super::{Channel, Endpoint, Location, Model, Step, Symbol};

/// One FastAPI (or Starlette) application.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Application {
    /// `module:expression`, as a server command names it.
    pub name: String,
    /// Where the application object is made.
    pub location: Location,
    /// `title=`.
    pub title: String,
    /// `version=`.
    pub version: String,
    /// `summary=`.
    pub summary: Option<String>,
    /// `description=`.
    pub description: Option<String>,
    /// `root_path=`, empty if none.
    pub root_path: String,
    /// FastAPI's version by lock file or requirement, with where it was read.
    pub fastapi_version: Option<String>,
    /// The whole document, where a method of the application's own changes what FastAPI would publish.
    pub document: Option<Json>,
    /// HTTP path operations in registration order, sub-applications of mounts excluded.
    pub endpoints: Vec<Endpoint>,
    /// WebSocket routes in registration order.
    pub channels: Vec<Channel>,
    /// Mounted applications and static files in registration order.
    pub mounts: Vec<Mount>,
    /// Routers in the order in which they were included; the application's own router is the first.
    pub routers: Vec<Router>,
    /// Middleware in execution order: the first sees a request first.
    pub middleware: Vec<Middleware>,
    /// Exception handlers in registration order.
    pub exception_handlers: Vec<ExceptionHandler>,
    /// Startup, shutdown and lifespan handlers in execution order.
    pub lifespan: Vec<LifespanHandler>,
    /// Dependencies replaced by `dependency_overrides` in application code (not tests).
    pub dependency_overrides: Vec<(Symbol, Symbol)>,
    /// OpenAPI security schemes by name, as FastAPI publishes them.
    pub security_schemes: Vec<(String, Json)>,
    /// OpenAPI component schemas by name, in alphabetical order.
    pub schemas: Vec<(String, Json)>,
    /// The models behind the component schemas and those beside them, in alphabetical order.
    pub models: Vec<Model>,
    /// OpenAPI webhooks; their `path` is the name.
    pub webhooks: Vec<Endpoint>,
    /// `openapi_version`, e.g. `3.1.0`.
    pub openapi_version: String,
    /// `servers=`.
    pub servers: Vec<Json>,
    /// `openapi_tags=`.
    pub tag_metadata: Vec<Json>,
    /// `terms_of_service=`.
    pub terms_of_service: Option<String>,
    /// `contact=`.
    pub contact: Option<Json>,
    /// `license_info=`.
    pub license: Option<Json>,
    /// `openapi_external_docs=`.
    pub external_docs: Option<Json>,
}

/// A mounted application.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Mount {
    /// Where it is mounted.
    pub path: String,
    /// The mount's name.
    pub name: Option<String>,
    /// Class of the mounted application, e.g. `StaticFiles`, `FastAPI`, `WSGIMiddleware`.
    pub target: String,
    /// Whether it serves files.
    pub is_static: bool,
    /// `directory=` of static files.
    pub directory: Option<String>,
    /// The mounted application when it is a FastAPI application itself; its paths do not hold the mount's path.
    pub application: Option<Box<Application>>,
    /// Where it is registered.
    pub registration: Location,
    /// Conditions under which it is registered.
    pub conditions: Vec<String>,
}

/// A router.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Router {
    /// `module:name` of the variable that holds it, or of the function that makes it; the application's name for its own.
    pub name: String,
    /// Where it is made.
    pub location: Location,
    /// The whole prefix under which its own routes stand.
    pub prefix: String,
    /// Tags it adds, with those of the routers above it.
    pub tags: Vec<String>,
    /// Dependencies it adds itself or by its inclusion.
    pub dependencies: Vec<String>,
    /// Index of the router that includes it; absent for the application's own.
    pub parent: Option<usize>,
    /// How many endpoints it holds itself.
    pub endpoints: usize,
    /// Conditions under which it is included.
    pub conditions: Vec<String>,
}

/// A middleware.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Middleware {
    /// The class, or the function of `@app.middleware("http")`.
    pub symbol: Symbol,
    /// Short name for a diagram.
    pub label: String,
    /// Keyword arguments in Python's words, in the order written.
    pub arguments: Vec<(String, String)>,
    /// Where it is added.
    pub registration: Location,
    /// Conditions under which it is added.
    pub conditions: Vec<String>,
    /// Added by the framework itself (`ServerErrorMiddleware`, `ExceptionMiddleware`).
    pub is_builtin: bool,
}

/// An exception handler.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ExceptionHandler {
    /// Exception class or status code in Python's words.
    pub exception: String,
    /// The function.
    pub handler: Symbol,
    /// Where it is registered.
    pub registration: Location,
}

/// A startup, shutdown or lifespan handler.
#[derive(Clone, Debug, Default, Serialize)]
pub struct LifespanHandler {
    /// `startup`, `shutdown` or `lifespan`.
    pub event: String,
    /// The function.
    pub handler: Symbol,
    /// Where it is registered.
    pub registration: Location,
    /// What it does before the application serves (for `shutdown`: what it does).
    pub startup: Vec<Step>,
    /// What it does when the application stops.
    pub shutdown: Vec<Step>,
}
