//! The model: what the analysed tree's architecture is, as plain data, and how it is made from a tree.

pub mod analysis;
pub mod backend;
pub mod data_layer;
pub mod discover;
pub mod disk;
pub mod environment;
#[cfg(test)]
pub mod fixture;
mod frontend;
pub mod integration;
#[cfg(test)]
mod library_tests;
pub mod model;
mod surroundings;

pub use analysis::analyse;

use std::path::PathBuf;

/// What to analyse and as what.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The analysed root, absolute.
    pub root: PathBuf,
    /// `module:expression` of the application; found when absent.
    pub app: Option<String>,
    /// Folders with source of libraries, absolute: what is imported from there is read, and nothing else.
    pub libraries: Vec<PathBuf>,
    /// What `os.environ` and settings classes see.
    pub environment: Vec<(String, String)>,
    /// How far to look.
    pub scope: Scope,
    /// How the OpenAPI document is written, for applications that change it by a method of their own.
    pub document: Option<fn(&model::Application) -> serde_json::Value>,
}

/// How far an analysis looks besides the applications themselves. Each takes time of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// Whether to follow what handlers and dependencies do (`Endpoint::trace`).
    pub traces: bool,
    /// Whether to read tables and migrations ([`model::Architecture::tables`]), also of modules that the application does not
    /// import when it starts.
    pub data_layer: bool,
    /// Whether to look at configuration and at who reads it ([`model::Architecture::environment`]).
    pub deployment: bool,
    /// Whether to read the frontend and to join it with the applications ([`model::Architecture::frontend`]).
    pub frontend: bool,
}

impl Scope {
    /// Everything but what happens inside functions.
    pub const MODEL: Self = Self {
        traces: false,
        data_layer: true,
        deployment: true,
        frontend: true,
    };

    /// What is in either.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            traces: self.traces || other.traces,
            data_layer: self.data_layer || other.data_layer,
            deployment: self.deployment || other.deployment,
            frontend: self.frontend || other.frontend,
        }
    }
}
