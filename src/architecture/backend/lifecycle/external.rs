//! Which calls of libraries are effects, on what kind of system, and what is said of them.
//!
//! A call is known by the library's dotted name. Of libraries that talk to a system only the calls that do so are told:
//! building a statement or a client is no effect.

mod database;
mod http;

use super::words;
use crate::{
    architecture::model::ExternalKind,
    python::interpret::{
        tracer::Made,
        unknown::{Piece, Unknown},
        value::Value,
    },
};

/// A call with its name taken apart.
pub(super) struct Call<'a> {
    made: &'a Made,
    /// The dotted name without brackets.
    path: Vec<&'a str>,
    awaited: bool,
}

impl<'a> Call<'a> {
    /// The library.
    fn top(&self) -> &'a str {
        self.path.first().copied().unwrap_or_default()
    }

    /// The function or method.
    fn last(&self) -> &'a str {
        self.path.last().copied().unwrap_or_default()
    }

    /// Whether it is a method of something: the library's own functions stand directly in a module.
    fn is_method(&self) -> bool {
        self.made.is_method
            || self.made.callee.contains("()")
            || self
                .path
                .iter()
                .rev()
                .skip(1)
                .any(|part| part.starts_with(char::is_uppercase))
    }

    /// The calls that made the object whose method this is, innermost first.
    fn receivers(&self) -> impl Iterator<Item = &'a Made> {
        std::iter::successors(self.made.receiver.as_deref(), |made| made.receiver.as_deref())
    }

    fn argument(&self, position: usize, name: &str) -> Option<&'a Value> {
        self.made.arguments.get(position, name)
    }

    /// Name and arguments as written, without the object.
    fn short(&self) -> String {
        match words::parts(&self.made.source) {
            Some((callee, _)) if callee.ends_with(self.last()) => {
                words::call(&format!("{}({})", self.last(), arguments(self.made)))
            }
            _ => self.last().to_owned(),
        }
    }
}

/// The arguments of a call as written; a class by its name, whatever variable holds it.
fn arguments(made: &Made) -> String {
    let written = words::parts(&made.source).map_or("", |(_, arguments)| arguments);
    let words = words::separated(written)
        .into_iter()
        .enumerate()
        .map(|(index, argument)| match made.arguments.positional.get(index) {
            Some(Value::Class(class)) if !argument.contains('=') => class.name.to_string(),
            _ => argument.to_owned(),
        });
    words.collect::<Vec<_>>().join(", ")
}

/// What kind of effect a call is and what is said of it; nothing for a call that has none worth telling.
pub(super) fn classify(made: &Made, awaited: bool) -> Option<(ExternalKind, String)> {
    let clean = made.callee.replace("()", "").replace("[]", "");
    let call = Call {
        made,
        path: clean.split('.').filter(|part| !part.is_empty()).collect(),
        awaited,
    };
    if let Some(effect) = database::effect(&call) {
        return effect.map(|detail| (ExternalKind::Database, detail));
    }
    if let Some(effect) = http::effect(&call) {
        return effect.map(|detail| (ExternalKind::Http, detail));
    }
    let family = FAMILIES.iter().find(|family| family.is_of(&call));
    if let Some(family) = family {
        return (family.is_effect)(&call).then(|| (family.kind, (family.detail)(&call)));
    }
    library(&call)
}

/// Libraries for one kind of system.
struct Family {
    kind: ExternalKind,
    /// Dotted names that a call's name starts with.
    libraries: &'static [&'static str],
    is_effect: fn(&Call<'_>) -> bool,
    detail: fn(&Call<'_>) -> String,
}

impl Family {
    fn is_of(&self, call: &Call<'_>) -> bool {
        self.libraries.iter().any(|library| {
            let mut parts = call.path.iter();
            library.split('.').all(|part| parts.next() == Some(&part))
        })
    }
}

const FAMILIES: &[Family] = &[
    Family {
        kind: ExternalKind::Cache,
        libraries: &[
            "redis",
            "aioredis",
            "aiocache",
            "memcache",
            "pymemcache",
            "aiomcache",
            "emcache",
            "valkey",
            "coredis",
            "cashews",
            "fastapi_cache",
        ],
        is_effect: |call| {
            // What is done with an answer is no second request.
            let is_client = call.receivers().all(|made| is_builder(name_of(made)));
            call.is_method() && is_lower(call.last()) && is_client && !is_builder(call.last())
        },
        detail: |call| call.short(),
    },
    Family {
        kind: ExternalKind::ObjectStorage,
        libraries: &[
            "boto3",
            "aioboto3",
            "aiobotocore",
            "botocore",
            "minio",
            "google.cloud.storage",
            "azure.storage",
            "s3fs",
        ],
        is_effect: |call| {
            call.is_method()
                && is_lower(call.last())
                && ![
                    "client",
                    "resource",
                    "session",
                    "create_client",
                    "bucket",
                    "blob",
                    "get_bucket",
                    "get_blob_client",
                    "get_container_client",
                    "generate_presigned_url",
                    "generate_presigned_post",
                    "get_paginator",
                    "from_connection_string",
                    "presigned_get_object",
                    "presigned_put_object",
                ]
                .contains(&call.last())
        },
        detail: stored,
    },
    Family {
        kind: ExternalKind::Queue,
        libraries: &[
            "celery",
            "kombu",
            "aio_pika",
            "pika",
            "aiokafka",
            "kafka",
            "confluent_kafka",
            "rq",
            "arq",
            "dramatiq",
            "taskiq",
            "nats",
            "faststream",
            "procrastinate",
            "huey",
            "google.cloud.pubsub_v1",
        ],
        is_effect: |call| {
            [
                "delay",
                "apply_async",
                "send_task",
                "publish",
                "basic_publish",
                "send",
                "send_and_wait",
                "send_with_options",
                "produce",
                "enqueue",
                "enqueue_job",
                "enqueue_in",
                "enqueue_at",
                "kiq",
                "defer",
                "defer_async",
                "schedule",
            ]
            .contains(&call.last())
        },
        detail: |call| words::call(&call.made.source),
    },
    Family {
        kind: ExternalKind::Mail,
        libraries: &[
            "smtplib",
            "aiosmtplib",
            "emails",
            "fastapi_mail",
            "sendgrid",
            "mailjet_rest",
            "resend",
            "yagmail",
        ],
        is_effect: |call| ["send", "send_message", "sendmail", "send_async", "create"].contains(&call.last()),
        detail: |call| call.short(),
    },
    Family {
        kind: ExternalKind::Files,
        libraries: &[
            "open", "pathlib", "os", "shutil", "aiofiles", "tempfile", "zipfile", "tarfile",
        ],
        is_effect: |call| {
            [
                "open",
                "write_text",
                "write_bytes",
                "read_text",
                "read_bytes",
                "unlink",
                "mkdir",
                "rmdir",
                "rename",
                "replace",
                "touch",
                "makedirs",
                "remove",
                "removedirs",
                "listdir",
                "scandir",
                "walk",
                "rmtree",
                "copyfile",
                "copyfileobj",
                "copytree",
                "copy",
                "copy2",
                "move",
                "iterdir",
                "NamedTemporaryFile",
                "TemporaryDirectory",
                "extractall",
                "make_archive",
            ]
            .contains(&call.last())
        },
        detail: |call| words::call(&call.made.source),
    },
];

/// Whether a method of a cache client makes a client, or something like one.
fn is_builder(name: &str) -> bool {
    !is_lower(name)
        || [
            "from_url",
            "pipeline",
            "pubsub",
            "client",
            "init",
            "setup",
            "register_script",
            "lock",
            "create_pool",
        ]
        .contains(&name)
}

/// The function or method that was called.
fn name_of(made: &Made) -> &str {
    let callee = made.callee.trim_end_matches("()");
    callee.rsplit('.').next().unwrap_or(callee)
}

/// What is stored or fetched: the operation and the key, if that is known.
fn stored(call: &Call<'_>) -> String {
    let key = ["Key", "object_name", "key", "Bucket", "bucket_name"]
        .iter()
        .find_map(|name| call.made.arguments.keyword(name))
        .and_then(text);
    match key {
        Some(key) => words::cut(&format!("{} {key}", call.last()), 60),
        None => call.last().to_owned(),
    }
}

/// Libraries whose calls tell nothing about an architecture: the event loop, the framework itself, logging, metrics.
const SILENT: &[&str] = &[
    "asyncio",
    "anyio",
    "starlette",
    "fastapi",
    "request",
    "contextlib",
    "logging",
    "structlog",
    "loguru",
    "prometheus_client",
    "opentelemetry",
    "sentry_sdk",
    "logfire",
    "typing",
    "pydantic",
    "inspect",
    "functools",
    "concurrent",
    "threading",
    "time",
    "uvicorn",
    "limits",
    "slowapi",
];

/// Work that a reader asks about although nothing is awaited: passwords and tokens.
const TOLD: &[(&[&str], &[&str])] = &[
    (&["jwt", "jose", "authlib"], &["encode", "decode"]),
    (
        &["passlib", "bcrypt", "pwdlib", "argon2", "nacl"],
        &[
            "verify",
            "hash",
            "verify_and_update",
            "checkpw",
            "hashpw",
            "verify_password",
            "hash_password",
        ],
    ),
];

fn library(call: &Call<'_>) -> Option<(ExternalKind, String)> {
    let told = TOLD
        .iter()
        .any(|(libraries, names)| libraries.contains(&call.top()) && names.contains(&call.last()));
    let is_socket = call.top() == "websocket" && call.path.len() == 2;
    if told || is_socket {
        return Some((
            ExternalKind::Library,
            if is_socket {
                call.short()
            } else {
                words::call(&call.made.source)
            },
        ));
    }
    let tells =
        call.awaited && !SILENT.contains(&call.top()) && !call.path.is_empty() && call.top() != "websocket";
    tells.then(|| (ExternalKind::Library, words::call(&call.made.source)))
}

fn is_lower(name: &str) -> bool {
    name.starts_with(|first: char| first.is_lowercase())
}

/// Known text, or text with holes in braces.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::Unknown(unknown) if unknown.template.is_none() => unknown.alternatives.iter().find_map(text),
        Value::Str(_) | Value::Unknown(_) => {
            let pieces = Unknown::pieces(value).into_iter().map(|piece| match piece {
                Piece::Text(text) => text.to_string(),
                Piece::Hole(words) => format!("{{{words}}}"),
            });
            Some(pieces.collect())
        }
        Value::Instance(_) => value.as_str().map(Into::into),
        _ => None,
    }
}
