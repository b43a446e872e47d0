//! Databases: sessions and connections of SQL toolkits, drivers, and mappers whose models are asked directly.

use super::{Call, arguments, name_of, text};
use crate::{
    architecture::backend::lifecycle::words,
    python::interpret::{tracer::Made, value::Value},
};

/// Toolkits with sessions.
const TOOLKITS: &[&str] = &["sqlalchemy", "sqlmodel", "flask_sqlalchemy"];

/// Drivers, and libraries that execute text.
const DRIVERS: &[&str] = &[
    "databases",
    "asyncpg",
    "psycopg",
    "psycopg2",
    "psycopg_pool",
    "aiosqlite",
    "sqlite3",
    "aiomysql",
    "asyncmy",
    "pymysql",
    "duckdb",
    "oracledb",
    "clickhouse_connect",
    "cassandra",
    "neo4j",
];

/// Mappers and document stores whose methods go to the database themselves.
const MAPPERS: &[&str] = &[
    "tortoise",
    "beanie",
    "motor",
    "pymongo",
    "ormar",
    "piccolo",
    "gino",
    "mongoengine",
    "odmantic",
    "peewee",
    "prisma",
    "edgedb",
    "elasticsearch",
    "opensearchpy",
    "qdrant_client",
    "weaviate",
];

/// Methods of a session or connection that reach the database or decide what will.
const SESSION: &[&str] = &[
    "execute",
    "exec",
    "scalar",
    "scalars",
    "stream",
    "stream_scalars",
    "get",
    "get_one",
    "add",
    "add_all",
    "merge",
    "delete",
    "commit",
    "rollback",
    "flush",
    "refresh",
    "bulk_save_objects",
    "bulk_insert_mappings",
    "bulk_update_mappings",
    "begin",
    "begin_nested",
    "run_sync",
    "close",
    "dispose",
];

/// What runs a query that was built on the session.
const QUERY: &[&str] = &[
    "first",
    "all",
    "one",
    "one_or_none",
    "count",
    "scalar",
    "update",
    "delete",
    "get",
    "scalar_one",
    "scalar_one_or_none",
];

const DRIVER: &[&str] = &[
    "execute",
    "executemany",
    "execute_many",
    "executescript",
    "fetch",
    "fetchrow",
    "fetchval",
    "fetch_one",
    "fetch_all",
    "fetch_val",
    "iterate",
    "commit",
    "rollback",
    "transaction",
    "connect",
    "disconnect",
    "close",
    "query",
    "run",
];

const MAPPER: &[&str] = &[
    "insert_one",
    "insert_many",
    "find_one",
    "find_one_and_update",
    "find_one_and_delete",
    "update_one",
    "update_many",
    "replace_one",
    "delete_one",
    "delete_many",
    "aggregate",
    "count_documents",
    "bulk_write",
    "distinct",
    "create_index",
    "save",
    "create",
    "get_or_create",
    "get_or_none",
    "delete",
    "insert",
    "execute",
    "search",
    "index",
    "bulk",
];

/// What a call does to a database, if anything; absent for a call of another library.
pub(super) fn effect(call: &Call<'_>) -> Option<Option<String>> {
    if TOOLKITS.contains(&call.top()) {
        return Some(toolkit(call));
    }
    if DRIVERS.contains(&call.top()) {
        let is_effect = DRIVER.contains(&call.last()) && (call.is_method() || call.last() == "connect");
        return Some(is_effect.then(|| statement(call)));
    }
    if MAPPERS.contains(&call.top()) {
        let is_effect = call.is_method() && (call.awaited || MAPPER.contains(&call.last()));
        return Some(is_effect.then(|| words::call(&call.made.source)));
    }
    None
}

fn toolkit(call: &Call<'_>) -> Option<String> {
    if matches!(call.last(), "create_all" | "drop_all") {
        return Some(call.short());
    }
    if let Some(query) = call.receivers().find(|made| name_of(made) == "query") {
        return QUERY
            .contains(&call.last())
            .then(|| words::cut(&format!("query({}).{}", arguments(query), call.short()), 60));
    }
    let built = call
        .receivers()
        .any(|made| SESSION.contains(&name_of(made)) && !matches!(name_of(made), "begin" | "begin_nested"));
    let is_effect = SESSION.contains(&call.last()) && !built && is_handle(call);
    is_effect.then(|| statement(call))
}

/// Whether the object is a session or connection rather than a statement or a result.
fn is_handle(call: &Call<'_>) -> bool {
    let handles = ["ession", "onnect", "ngine", "begin", "ransaction"];
    let owners = &call.path[..call.path.len().saturating_sub(1)];
    let named = owners
        .iter()
        .any(|part| handles.iter().any(|handle| part.contains(handle)));
    let is_statement = owners
        .iter()
        .any(|part| matches!(*part, "select" | "insert" | "update" | "delete" | "text" | "func"));
    // An item out of a result is no session.
    named && !is_statement && !call.made.callee.contains("[]") && call.is_method()
}

/// A statement as it was begun: `select(User)`; text of a statement; else the call as written.
fn statement(call: &Call<'_>) -> String {
    let takes_statement = matches!(
        call.last(),
        "execute"
            | "exec"
            | "scalar"
            | "scalars"
            | "stream"
            | "stream_scalars"
            | "fetch_one"
            | "fetch_all"
            | "fetch_val"
            | "fetch"
            | "fetchrow"
            | "fetchval"
            | "executemany"
            | "execute_many"
            | "iterate"
    );
    let given = call
        .made
        .arguments
        .positional
        .first()
        .or_else(|| call.made.arguments.keyword("statement"));
    let begun = given
        .filter(|_| takes_statement)
        .and_then(|given| begun(given).or_else(|| text(given)));
    match begun {
        Some(statement) => words::cut(&statement.split_whitespace().collect::<Vec<_>>().join(" "), 60),
        None if words::parts(&call.made.source).is_some_and(|(_, arguments)| arguments.is_empty()) => {
            call.last().to_owned()
        }
        None => call.short(),
    }
}

/// The call that began a statement, with what it selects from if that is said apart.
fn begun(value: &Value) -> Option<String> {
    let Value::Unknown(unknown) = value else {
        return None;
    };
    let Some(made) = unknown.made.as_deref() else {
        return unknown.alternatives.iter().find_map(begun);
    };
    let chain: Vec<&Made> = std::iter::successors(Some(made), |made| made.receiver.as_deref()).collect();
    let first = chain.last()?;
    let from = chain.iter().find(|made| name_of(made) == "select_from");
    let from = from.map_or_else(String::new, |made| format!(" from {}", arguments(made)));
    let (callee, _) = words::parts(&first.source)?;
    let name = callee.rsplit('.').next().unwrap_or(callee);
    Some(format!("{name}({}){from}", arguments(first)))
}
