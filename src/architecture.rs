//! The model: what the analysed tree's architecture is, as plain data, and how it is made from a tree.

pub mod analysis;
pub mod backend;
pub mod discover;
pub mod disk;
#[cfg(test)]
pub mod fixture;
pub mod frontend;
#[cfg(test)]
mod library_tests;
pub mod model;

pub use analysis::analyse;

use std::path::PathBuf;

/// What to analyse and as what.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The analysed root, absolute.
    pub root: PathBuf,
    /// `module:expression` of the application; found when absent.
    pub app: Option<String>,
    /// What `os.environ` and settings classes see.
    pub environment: Vec<(String, String)>,
    /// Whether to follow what handlers and dependencies do (`Endpoint::trace`).
    pub traces: bool,
    /// How the OpenAPI document is written, for applications that change it by a method of their own.
    pub document: Option<fn(&model::Application) -> serde_json::Value>,
}
