//! What a repository's architecture is, as plain data: no syntax, no values, no Markdown.
//!
//! Every list is in an order with a meaning (registration, execution, source), said at the field.

mod auth;
mod environment;
mod integration;
mod migration;
mod returned;
mod table;

use serde::Serialize;
use serde_json::Value as Json;

pub use auth::{AuthFlow, AuthStep, AuthStepKind, Credential};
pub use environment::{EnvironmentVariable, SettingKind, Tier, VariableRead, VariableSetting};
pub use migration::{Migration, SchemaChange};
pub use table::{Column, ForeignKey, Index, Relation, Table};

pub use crate::source::location::{Finding, Location};
pub use crate::web::{
    credentials::{IdentityRequest, IdentityRequestKind},
    frontend::Frontend,
    function_calls::FunctionCall,
    interaction::{CallPlace, Interaction, Trigger, TriggerKind, Update, UpdateKind},
    project::{PackageVersion, VersionMismatch},
    state::Store,
    three::{
        assets::Asset,
        graph::Edge,
        hazards::{Hazard, HazardRule, RULES as HAZARD_RULES},
        loops::RenderLoop,
        objects::SceneObject,
        optimizations::{KINDS as OPTIMIZATION_KINDS, Optimization},
        page::PageScene,
        shaders::{Shader, ShaderSource, ShaderSourceKind, Uniform, UniformSetter},
    },
};
pub use integration::{
    ChannelMessage, FieldMismatch, FieldMismatchKind, FrontendCall, Integration, MessageDirection,
    MessagePlace, OperationReference,
};
pub use returned::{Returned, ReturnedKind};

/// The architecture of one analysed tree.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Architecture {
    /// The applications found, the one asked for or the most evident first.
    pub applications: Vec<Application>,
    /// What could not be read or resolved, by file and line.
    pub unresolved: Vec<Finding>,
    /// The Python modules that the applications reach, by name.
    pub modules: Vec<Module>,
    /// What joins the backend to the frontend.
    pub integration: Integration,
    /// The tables that the tree declares, by name.
    pub tables: Vec<Table>,
    /// The revisions of the schema, each behind those that it follows.
    pub migrations: Vec<Migration>,
    /// What the frontend makes, loads and drives. Empty unless it was asked for.
    pub frontend: Frontend,
    /// Environment variables of all tiers, by name. Empty unless they were asked for.
    pub environment: Vec<EnvironmentVariable>,
}

/// How a fact is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind", content = "text")]
pub enum Evidence {
    /// The code says it.
    #[default]
    Derived,
    /// The code says it when a condition holds; the text is the condition as written.
    Conditional(String),
    /// The code does not say it; the text is the reason it is believed.
    Assumption(String),
}

/// A function, class or method of the analysed code.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Symbol {
    /// `module:qualified.name`, e.g. `app.users:UserService.create`.
    /// Of a library without source, its dotted name, e.g. `redis.asyncio:Redis.get`.
    pub name: String,
    /// Where it is defined; empty for a library without source.
    pub location: Location,
}

/// A Python module.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Module {
    /// Dotted name.
    pub name: String,
    /// Path relative to the analysed root.
    pub file: String,
    /// Modules of the analysed tree that it imports, by name.
    pub imports: Vec<String>,
    /// Top-level packages outside the analysed tree that it imports, by name.
    pub external: Vec<String>,
}

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

/// A model, dataclass, typed dictionary, enumeration or settings class, whether or not it crosses the boundary of an
/// application.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Model {
    /// Its name, with the arguments of a generic one: `Page[User]`.
    pub name: String,
    /// Its class.
    pub symbol: Symbol,
    /// `model`, `dataclass`, `typed-dict`, `enum` or `settings`.
    pub kind: String,
    /// Its docstring.
    pub description: Option<String>,
    /// The component schema of what is accepted, if it is accepted anywhere.
    pub input_schema: Option<String>,
    /// The component schema of what is sent, if it is sent anywhere.
    pub output_schema: Option<String>,
    /// Its bases, in order, library classes left out.
    pub bases: Vec<Symbol>,
    /// Bases that are not known, as written.
    pub unknown_bases: Vec<String>,
    /// Its fields in order, inherited ones first.
    pub fields: Vec<ModelField>,
    /// Values of an enumeration, as JSON.
    pub values: Vec<Json>,
    /// Models that its fields hold, by name, in order of first mention.
    pub references: Vec<String>,
    /// Modules other than its own that bind it by a name, in alphabetical order.
    pub imported_by: Vec<String>,
    /// Indexes into [`Application::endpoints`] of those that accept it, directly or inside another model.
    pub accepted_by: Vec<usize>,
    /// Indexes into [`Application::endpoints`] of those that send it, directly or inside another model.
    pub sent_by: Vec<usize>,
}

/// A field of a model.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ModelField {
    /// Its name in Python.
    pub name: String,
    /// The name that is read, if it differs.
    pub input_alias: Option<String>,
    /// The name that is sent, if it differs.
    pub output_alias: Option<String>,
    /// Its type in Python's words.
    pub annotation: String,
    /// Whether a value without it is refused.
    pub required: bool,
    /// Its default in Python's words.
    pub default: Option<String>,
    /// Its limits by name, e.g. `max_length` and `40`.
    pub constraints: Vec<(String, String)>,
    /// The author's description.
    pub description: Option<String>,
    /// Whether it is computed and only sent.
    pub is_computed: bool,
    /// Whether it is accepted and never sent.
    pub is_excluded: bool,
    /// The class that declares it, if that is a base.
    pub inherited_from: Option<Symbol>,
    /// Where it is declared.
    pub location: Location,
}

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

/// One node of a dependency tree.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Dependency {
    /// What is called.
    pub callable: Symbol,
    /// Short name for a diagram: `get_current_user`, `OAuth2PasswordBearer`.
    pub label: String,
    /// The level that asks for it.
    pub origin: DependencyOrigin,
    /// Whether it has code after `yield`, run when the response is done.
    pub has_teardown: bool,
    /// `async def`.
    pub is_async: bool,
    /// OpenAPI name of the security scheme it is, if it is one.
    pub security_scheme: Option<String>,
    /// Scopes asked for by `Security(scopes=…)` on the way here.
    pub scopes: Vec<String>,
    /// Whether it was resolved before in the same request (`use_cache`), so that it does not run again.
    pub cached: bool,
    /// What it depends on itself, in resolution order.
    pub dependencies: Vec<Dependency>,
    /// What happens inside, in order, before the handler runs.
    pub trace: Vec<Step>,
    /// What happens after `yield`.
    pub teardown: Vec<Step>,
}

/// The level at which a dependency is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DependencyOrigin {
    /// `FastAPI(dependencies=…)`.
    Application,
    /// `APIRouter(dependencies=…)` or `include_router(dependencies=…)`.
    Router,
    /// `dependencies=` of the path operation.
    Decorator,
    /// A parameter of the handler or of another dependency.
    #[default]
    Parameter,
}

/// One step of what a function does, found by following its code with unknown input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "step")]
pub enum Step {
    /// A call of a function of the analysed tree.
    Call {
        /// Who is called.
        callee: Symbol,
        /// Where the call stands.
        location: Location,
        /// Whether the call is awaited.
        awaited: bool,
        /// What the callee does; empty when it was shown before or is trivial.
        steps: Vec<Step>,
    },
    /// A call that leaves the analysed code.
    External {
        /// What kind of thing is on the other side.
        target: ExternalKind,
        /// The library's own dotted name, e.g. `sqlalchemy.ext.asyncio:AsyncSession.execute`.
        callee: String,
        /// What is said of it in a diagram, e.g. `select(User)`, `GET https://api.example.com/x`.
        detail: String,
        /// Of a database, what it is about: tables as [`Table::name`], where they were read, and otherwise the names of the
        /// classes and tables that the call holds.
        tables: Vec<String>,
        /// Where the call stands.
        location: Location,
        /// Whether the call is awaited.
        awaited: bool,
    },
    /// An exception that leaves the function.
    Raise {
        /// The exception's class, e.g. `HTTPException`.
        exception: String,
        /// Status code of the response it becomes, if it is known.
        status: Option<u16>,
        /// `detail=` or the message, if it is known.
        detail: Option<String>,
        /// Where it is raised.
        location: Location,
    },
    /// Work put behind the response by `BackgroundTasks`.
    Background {
        /// What will be called.
        callee: Symbol,
        /// Where it is handed over.
        location: Location,
        /// What it will do.
        steps: Vec<Step>,
    },
    /// Steps that depend on a condition the code does not decide.
    Branch {
        /// The arms: condition as written (`else` for the last) and what happens.
        arms: Vec<(String, Vec<Step>)>,
        /// Where it stands.
        location: Location,
    },
    /// Steps that repeat.
    Loop {
        /// As written, e.g. `for item in items`.
        header: String,
        /// What happens each time.
        steps: Vec<Step>,
        /// Where it stands.
        location: Location,
    },
}

/// What stands on the other side of a call that leaves the analysed code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExternalKind {
    /// A relational or document database.
    Database,
    /// Redis, Memcached.
    Cache,
    /// An HTTP host.
    Http,
    /// S3 and the like.
    ObjectStorage,
    /// Celery, Kafka, RabbitMQ and the like.
    Queue,
    /// SMTP.
    Mail,
    /// The file system.
    Files,
    /// A library that is none of the above.
    Library,
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
