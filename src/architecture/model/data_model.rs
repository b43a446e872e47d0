//! Models and their fields.

use serde::Serialize;
use serde_json::Value as Json;

use super::{Location, Symbol};

/// A model, dataclass, typed dictionary, enumeration or settings class, whether or not it crosses the boundary of an
/// application.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Model {
    /// Its name, with the arguments of a generic one: `Page[User]`.
    pub name: String,
    /// Its class.
    pub symbol: Symbol,
    /// `model`, `dataclass`, `typed-dict`, `enum` or `settings`.
    pub kind: String,
    /// Its docstring.
    pub description: Option<String>,
    /// The component schema of what is accepted, if it is accepted anywhere.
    pub input_schema: Option<String>,
    /// The component schema of what is sent, if it is sent anywhere.
    pub output_schema: Option<String>,
    /// Its bases, in order, library classes left out.
    pub bases: Vec<Symbol>,
    /// Bases that are not known, as written.
    pub unknown_bases: Vec<String>,
    /// Its fields in order, inherited ones first.
    pub fields: Vec<ModelField>,
    /// Values of an enumeration, as JSON.
    pub values: Vec<Json>,
    /// Models that its fields hold, by name, in order of first mention.
    pub references: Vec<String>,
    /// Modules other than its own that bind it by a name, in alphabetical order.
    pub imported_by: Vec<String>,
    /// Indexes into [`Application::endpoints`](super::Application::endpoints) of those that accept it, directly or inside another model.
    pub accepted_by: Vec<usize>,
    /// Indexes into [`Application::endpoints`](super::Application::endpoints) of those that send it, directly or inside another model.
    pub sent_by: Vec<usize>,
}

/// A field of a model.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ModelField {
    /// Its name in Python.
    pub name: String,
    /// The name that is read, if it differs.
    pub input_alias: Option<String>,
    /// The name that is sent, if it differs.
    pub output_alias: Option<String>,
    /// Its type in Python's words.
    pub annotation: String,
    /// Whether a value without it is refused.
    pub required: bool,
    /// Its default in Python's words.
    pub default: Option<String>,
    /// Its limits by name, e.g. `max_length` and `40`.
    pub constraints: Vec<(String, String)>,
    /// The author's description.
    pub description: Option<String>,
    /// Whether it is computed and only sent.
    pub is_computed: bool,
    /// Whether it is accepted and never sent.
    pub is_excluded: bool,
    /// The class that declares it, if that is a base.
    pub inherited_from: Option<Symbol>,
    /// Where it is declared.
    pub location: Location,
}
