//! Places in the analysed tree, and what could not be read or resolved there.

use serde::Serialize;

/// A place in the analysed tree.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Location {
    /// Path relative to the analysed root, with forward slashes. Empty for what no file holds.
    pub file: String,
    /// One-based first line; 0 when the file as a whole is meant.
    pub line: u32,
    /// One-based last line; equal to `line` for a single one.
    pub end_line: u32,
    /// One-based column in characters; 0 when the line as a whole is meant.
    pub column: u32,
}

/// Something that could not be read or resolved.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// Where.
    pub location: Location,
    /// A stable kebab-case code: `syntax-error`, `unresolved-import`, `unknown-path`, `budget-exceeded`, …
    pub code: String,
    /// What, in one sentence without a place.
    pub message: String,
    /// The likely cause or the fix, if there is one to name.
    pub help: Option<String>,
}
