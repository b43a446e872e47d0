//! Revisions of a database's schema.

use serde::Serialize;

use super::Location;

/// One revision of Alembic's history.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Migration {
    /// Its identifier.
    pub revision: String,
    /// The revisions that it follows; none for a first one, several for a merge.
    pub follows: Vec<String>,
    /// The first line of its docstring.
    pub message: Option<String>,
    /// When it was made, as its docstring says.
    pub created: Option<String>,
    /// Names of the branch that begins with it.
    pub labels: Vec<String>,
    /// What `upgrade` does, in order.
    pub operations: Vec<SchemaChange>,
    /// Whether no revision follows it.
    pub is_head: bool,
    /// The folder of the history that it belongs to.
    pub history: String,
    /// Its file.
    pub location: Location,
}

/// One operation of a revision.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SchemaChange {
    /// In words, e.g. `add column`, `create table`.
    pub action: String,
    /// The table, if it has one.
    pub table: Option<String>,
    /// The column, index, constraint, new name or statement, if any.
    pub detail: Option<String>,
    /// The condition under which it is done, as written.
    pub condition: Option<String>,
}
