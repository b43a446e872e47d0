//! One directive, one file: the model as blocks of Markdown.

use crate::{architecture::model::Architecture, source::permalink::Permalinks};

/// What a view may look at.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The model of the analysed tree.
    pub architecture: &'a Architecture,
    /// Links to the forge.
    pub links: &'a Permalinks,
}

/// One directive as the author wrote it, names and values unchecked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// `endpoints`, `diagram request-lifecycle`, `count endpoints`, …: the words in front of the subject.
    pub name: String,
    /// What it is about, e.g. `GET /users/{id}` of `endpoint`.
    pub subject: Option<String>,
    /// `key=value` in the order written.
    pub arguments: Vec<(String, String)>,
}

/// Why a directive has no expansion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewError {
    /// What is wrong, in one sentence.
    pub message: String,
    /// The nearest valid name or the fix.
    pub help: Option<String>,
}
