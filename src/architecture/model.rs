//! What a repository's architecture is, as plain data: no syntax, no values, no Markdown.
//!
//! Every list is in an order with a meaning (registration, execution, source), said at the field.

mod application;
mod auth;
mod data_model;
mod dependency;
mod endpoint;
mod environment;
mod integration;
mod migration;
mod returned;
mod step;
mod table;

use serde::Serialize;

pub use application::{Application, ExceptionHandler, LifespanHandler, Middleware, Mount, Router};
pub use auth::{AuthFlow, AuthStep, AuthStepKind, Credential, ResponseCookie};
pub use data_model::{Model, ModelField};
pub use dependency::{Dependency, DependencyOrigin};
pub use endpoint::{Body, Channel, Endpoint, Parameter, RateLimit, Response, plain_path};
pub use environment::{EnvironmentVariable, SettingKind, Tier, VariableRead, VariableSetting};
pub use migration::{Migration, SchemaChange};
pub use step::{ExternalKind, Step};
pub use table::{Column, ForeignKey, Index, Relation, Table};

pub use crate::source::location::{Finding, Location};
pub use crate::web::{
    bundler::{Alias, Pipeline, Proxy},
    credentials::{IdentityRequest, IdentityRequestKind},
    frontend::Frontend,
    function_calls::FunctionCall,
    interaction::{CallPlace, Interaction, Trigger, TriggerKind, Update, UpdateKind},
    messages::Transport,
    peers::{DataChannel, Media, PeerConnection, Signal, SignalKind},
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
        settings::SceneSetting,
        shaders::{Shader, ShaderSource, ShaderSourceKind, Uniform, UniformSetter},
        throttle::{Throttle, ThrottleKind},
    },
};
pub use integration::{
    ChannelMessage, FieldMismatch, FieldMismatchKind, FrontendCall, Integration, MessageDirection,
    MessagePlace, OperationReference, UncalledOperation,
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
