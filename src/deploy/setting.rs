//! An environment variable that configuration sets.

use crate::source::location::Location;

/// A variable that configuration gives to a process.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Setting {
    /// Its name.
    pub name: String,
    /// Its value as written, `${OTHER}` in it kept; absent when it comes from elsewhere.
    pub value: Option<String>,
    /// Where the value comes from, when it does not stand here.
    pub source: Option<ValueSource>,
    /// Where it is set.
    pub location: Location,
}

/// Where a value comes from that does not stand beside its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValueSource {
    /// The environment of whoever starts the process, e.g. `- NAME` in a compose file.
    Caller,
    /// A key of a Kubernetes ConfigMap.
    ConfigMap {
        /// The map's name.
        map: String,
        /// The key in it.
        key: String,
    },
    /// A key of a Kubernetes Secret.
    Secret {
        /// The secret's name.
        secret: String,
        /// The key in it.
        key: String,
    },
    /// Something that a running cluster knows, e.g. `status.podIP`.
    Field(String),
}

/// A variable that configuration reads from the environment it is evaluated in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reference {
    /// Its name.
    pub name: String,
    /// What stands in for it when it is not set.
    pub default: Option<String>,
    /// Whether evaluation fails without it.
    pub is_required: bool,
    /// Whether it is a secret of the platform that evaluates it.
    pub is_secret: bool,
    /// Where it is read.
    pub location: Location,
}
