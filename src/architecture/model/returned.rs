//! What handlers return.

use serde::Serialize;

use super::{Location, Symbol};

/// What a handler hands over to be serialised, found by following it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Returned {
    /// What it is.
    pub kind: ReturnedKind,
    /// Its class, if it is an object of one.
    pub class: Option<Symbol>,
    /// Whether there are several: a list, a set, an iterator.
    pub is_many: bool,
    /// What a response of its own says that its body is, e.g. `text/event-stream`.
    pub media_type: Option<String>,
    /// The `return` statement; the handler where it has none.
    pub location: Location,
}

/// Kinds of what is serialised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReturnedKind {
    /// A dictionary made by hand.
    Dictionary,
    /// An object of a class that an ORM maps to a table.
    Record,
    /// An object of a pydantic model or a dataclass.
    Model,
    /// A response of its own, which nothing serialises.
    Response,
    /// A number, a text, `None`.
    #[default]
    Scalar,
}
