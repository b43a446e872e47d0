//! The model: what the analysed tree's architecture is, as plain data, and how it is made from a tree.

pub mod model;

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
}

/// Analyses a tree.
///
/// # Errors
/// When the root cannot be read or the application asked for does not exist.
pub fn analyse(options: &Options) -> anyhow::Result<model::Architecture> {
    let _ = options;
    Ok(model::Architecture::default())
}
