//! Environment variables: who reads them and where they are set.

use serde::Serialize;

use super::{Evidence, Location};

/// An environment variable of the analysed tree.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct EnvironmentVariable {
    /// Its name, as it is set; of one that is read without regard to case and set nowhere, in upper case.
    pub name: String,
    /// Who reads it, by tier, file and line.
    pub reads: Vec<VariableRead>,
    /// Where it is set, by file and line.
    pub settings: Vec<VariableSetting>,
    /// That it is secret, and how that is known; absent when nothing says so.
    pub secret: Option<Evidence>,
    /// Whether it is read and nothing in the tree sets it.
    pub is_unset: bool,
    /// Whether it is set and nothing in the tree reads it, nor is it given to somebody else's image.
    pub is_unread: bool,
}

/// The part of a product that reads a variable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tier {
    /// Python code.
    #[default]
    Backend,
    /// The frontend or its build.
    Frontend,
    /// Compose files, workflows, templates of web servers.
    Deploy,
}

/// One place that reads a variable.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct VariableRead {
    /// The tier of the reader.
    pub tier: Tier,
    /// Where it is read.
    pub location: Location,
    /// `module:function`, `module:Settings.FIELD`, the module alone, or the name of a file.
    pub reader: String,
    /// What stands in for it, in the reader's language; absent without a default and for a secret.
    pub default: Option<String>,
    /// Whether the reader has a default, shown or not.
    pub has_default: bool,
    /// Whether the reader fails without it.
    pub is_required: bool,
}

/// One place that sets a variable.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct VariableSetting {
    /// Where it is set.
    pub location: Location,
    /// What sets it.
    pub kind: SettingKind,
    /// The service, stage, container or workflow that gets it; empty for a file of variables.
    pub target: String,
    /// The value as written, passwords in URLs left out; absent for a secret and for a value that comes from elsewhere.
    pub value: Option<String>,
    /// Where the value comes from when it does not stand there, e.g. `Secret backend-secrets: DATABASE_URL`.
    pub source: Option<String>,
    /// Whether it goes to an image that is not built from this tree, which reads it by itself.
    pub is_foreign: bool,
    /// Whether it only shows what to set, as in `.env.example`.
    pub is_template: bool,
}

/// What sets a variable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SettingKind {
    /// A `.env` file.
    #[default]
    EnvironmentFile,
    /// A service of a compose file.
    Compose,
    /// `ENV` of a Dockerfile.
    Dockerfile,
    /// `ARG` of a Dockerfile, or `args` of a compose file.
    BuildArgument,
    /// A container, ConfigMap or Secret of Kubernetes.
    Kubernetes,
    /// A workflow or pipeline.
    Workflow,
    /// A unit of systemd.
    Systemd,
}
