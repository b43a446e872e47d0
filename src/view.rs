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

/// Where an expansion may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// Alone on its line: headings, tables, lists, diagrams.
    Block,
    /// Also within a sentence or a table cell: one value.
    Inline,
}

/// The expansion of one directive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// Markdown. Of a block: without blank lines around it and without a newline at its end. Of an inline value: one line.
    pub markdown: String,
    /// Where it may stand.
    pub placement: Placement,
}

/// A key that a directive takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// As written before `=`.
    pub name: &'static str,
    /// What it does, in one line without a full stop.
    pub summary: &'static str,
}

/// What an author can write.
#[derive(Clone, Copy, Debug)]
pub struct Directive {
    /// The words in front of the subject, e.g. `endpoints` or `diagram request-lifecycle`.
    pub name: &'static str,
    /// What it expands to, in one line without a full stop.
    pub summary: &'static str,
    /// What its subject is, e.g. `METHOD /path`; absent when it takes none.
    pub subject: Option<&'static str>,
    /// Where it may stand.
    pub placement: Placement,
    /// The keys it takes, in the order of the manual.
    pub keys: &'static [Key],
}

/// Every directive there is, in the order of the manual.
#[must_use]
pub fn directives() -> &'static [Directive] {
    &[]
}

/// Expands a directive.
///
/// # Errors
/// When the name, a key, a value or the subject is not known; `help` then names the nearest one that is.
pub fn render(request: &Request, context: &Context<'_>) -> Result<Rendered, ViewError> {
    let _ = context;
    Err(ViewError {
        message: format!("there is no directive `{}`", request.name),
        help: None,
    })
}
