//! The tree of what a path operation depends on.

use serde::Serialize;

use super::{Step, Symbol};

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
