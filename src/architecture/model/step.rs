//! What a function does, step by step.

use serde::Serialize;

use super::{Location, Symbol};

/// One step of what a function does, found by following its code with unknown input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "step")]
pub enum Step {
    /// A call of a function of the analysed tree.
    Call {
        /// Who is called.
        callee: Symbol,
        /// Where the call stands.
        location: Location,
        /// Whether the call is awaited.
        awaited: bool,
        /// What the callee does; empty when it was shown before or is trivial.
        steps: Vec<Step>,
    },
    /// A call that leaves the analysed code.
    External {
        /// What kind of thing is on the other side.
        target: ExternalKind,
        /// The library's own dotted name, e.g. `sqlalchemy.ext.asyncio:AsyncSession.execute`.
        callee: String,
        /// What is said of it in a diagram, e.g. `select(User)`, `GET https://api.example.com/x`.
        detail: String,
        /// Of a database, what it is about: tables as [`Table::name`](super::Table::name), where they were read, and otherwise the names of the
        /// classes and tables that the call holds.
        tables: Vec<String>,
        /// Where the call stands.
        location: Location,
        /// Whether the call is awaited.
        awaited: bool,
    },
    /// An exception that leaves the function.
    Raise {
        /// The exception's class, e.g. `HTTPException`.
        exception: String,
        /// Status code of the response it becomes, if it is known.
        status: Option<u16>,
        /// `detail=` or the message, if it is known.
        detail: Option<String>,
        /// Where it is raised.
        location: Location,
    },
    /// A response that is given a cookie, or told to take one away
    /// (<https://fastapi.tiangolo.com/advanced/response-cookies/>).
    Cookie {
        /// Its name, if that is known.
        name: Option<String>,
        /// `httponly=`: whether it is kept from scripts, if that is known.
        is_http_only: Option<bool>,
        /// Whether it is taken away.
        is_removed: bool,
        /// Where the call stands.
        location: Location,
    },
    /// Work put behind the response by `BackgroundTasks`.
    Background {
        /// What will be called.
        callee: Symbol,
        /// Where it is handed over.
        location: Location,
        /// What it will do.
        steps: Vec<Step>,
    },
    /// Steps that depend on a condition the code does not decide.
    Branch {
        /// The arms: condition as written (`else` for the last) and what happens.
        arms: Vec<(String, Vec<Step>)>,
        /// Where it stands.
        location: Location,
    },
    /// Steps that repeat.
    Loop {
        /// As written, e.g. `for item in items`.
        header: String,
        /// What happens each time.
        steps: Vec<Step>,
        /// Where it stands.
        location: Location,
    },
}

/// What stands on the other side of a call that leaves the analysed code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExternalKind {
    /// A relational or document database.
    Database,
    /// Redis, Memcached.
    Cache,
    /// An HTTP host.
    Http,
    /// S3 and the like.
    ObjectStorage,
    /// Celery, Kafka, RabbitMQ and the like.
    Queue,
    /// SMTP.
    Mail,
    /// The file system.
    Files,
    /// A library that is none of the above.
    Library,
}
