//! How the frontend signs in at the backend, and what it does with what it is given.

use serde::Serialize;

use super::OperationReference;
use crate::{source::location::Location, web::credentials::IdentityRequest};

/// The frontend's side of authentication.
#[derive(Clone, Debug, Default, Serialize)]
pub struct AuthFlow {
    /// What is kept between two requests, by place of its first writing.
    pub credentials: Vec<Credential>,
    /// What is done, in the order of [`AuthStepKind`], then by file and line.
    pub steps: Vec<AuthStep>,
    /// Cookies that operations give, by application and name.
    pub cookies: Vec<ResponseCookie>,
    /// What clients of identity providers are asked for, by file and line.
    pub identity: Vec<IdentityRequest>,
}

/// A cookie that the backend gives and the browser keeps. Only those are here that scripts cannot read or that a security scheme reads.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ResponseCookie {
    /// Its name; none where that is not known.
    pub name: Option<String>,
    /// Whether scripts cannot read it.
    pub is_http_only: bool,
    /// The operations that set it, with where they do, in registration order.
    pub set: Vec<(OperationReference, Location)>,
    /// The operations that take it away, with where they do, in registration order.
    pub removed: Vec<(OperationReference, Location)>,
    /// Indexes into [`AuthFlow::cookies`] of those that an answer sets where it takes this one away: it was of the way to them.
    pub followed_by: Vec<usize>,
}

/// A credential that the frontend keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Credential {
    /// `localStorage`, `sessionStorage`, `cookie` or `memory`.
    pub store: String,
    /// Its key there; of a field `Class.field`, of a variable `file:name`.
    pub key: String,
}

/// One thing that the frontend does to prove who asks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct AuthStep {
    /// What.
    pub kind: AuthStepKind,
    /// Where.
    pub location: Location,
    /// The function that it stands in, `file:name`.
    pub function: String,
    /// Indexes into [`AuthFlow::credentials`].
    pub credentials: Vec<usize>,
    /// Indexes into [`AuthFlow::cookies`] of what the answer sets or takes away.
    pub cookies: Vec<usize>,
    /// The operation that is called, if one is; of a guard, the one whose answer is missing.
    pub endpoint: Option<OperationReference>,
    /// Of a login or refresh, the field of the answer that is kept; of an attachment, header and scheme
    /// (`authorization: Bearer`), `address` or `cookie`; of what sends the user elsewhere, where to.
    pub detail: Option<String>,
}

/// What the frontend does to prove who asks, in the order in which a user meets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AuthStepKind {
    /// A credential is asked for and kept.
    Login,
    /// One is kept that no answer holds: what the user enters, or what an address is opened with.
    Keep,
    /// Requests are given it.
    Attach,
    /// A new one is asked for with an old one.
    Refresh,
    /// A user without one is sent elsewhere.
    Guard,
    /// It is taken away or the user sent elsewhere, since a request was refused.
    Refusal,
    /// It is taken away.
    Logout,
}
