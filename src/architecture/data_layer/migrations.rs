//! Alembic's revisions, interpreted: what each `upgrade` does, in the order of the history.

use std::collections::BTreeSet;

use ecow::EcoString;

use crate::{
    architecture::model::{Finding, Location, Migration, SchemaChange},
    python::interpret::{
        arguments::Arguments,
        budget::Budget,
        flow::Eval,
        interpreter::{Interpreter, location},
        value::Value,
    },
    python::syntax::ast::{Constant, Expr, ExprKind, Module, StmtKind},
};

/// Steps that one revision may take.
const STEPS: i64 = 2_000_000;

/// More characters of a statement than this are left out.
const STATEMENT: usize = 80;

/// The revisions in these files, each behind those that it follows; what could not be read is told.
pub fn migrations(it: &mut Interpreter, files: &[(String, String)]) -> (Vec<Migration>, Vec<Finding>) {
    let (mut found, mut findings) = (vec![], vec![]);
    for (file, history) in files {
        // One that never comes to an end must not take the others with it.
        it.budget = Budget::of_steps(STEPS);
        match migration(it, file) {
            Ok(Some(migration)) => found.push(Migration {
                history: history.clone(),
                ..migration
            }),
            failed => {
                let location = Location {
                    file: file.clone(),
                    ..Location::default()
                };
                let why = if failed.is_ok() {
                    "its `revision` is not known"
                } else {
                    "it raises an exception"
                };
                findings.push(Finding {
                    location,
                    code: "migration-unread".to_owned(),
                    message: format!("this revision of Alembic is left out: {why}"),
                    help: None,
                });
            }
        }
    }
    (ordered(found), findings)
}

fn migration(it: &mut Interpreter, file: &str) -> Eval<Option<Migration>> {
    let Some(module) = it.run_file(file)? else {
        return Ok(None);
    };
    let name = |name: &str| module.scope.names.borrow().get(name).cloned();
    let Some(revision) = name("revision").and_then(|value| value.as_str()) else {
        return Ok(None);
    };
    let docstring = module
        .file
        .as_ref()
        .and_then(|file| docstring(&file.syntax))
        .unwrap_or_default();
    let message = docstring.lines().map(str::trim).find(|line| !line.is_empty());
    let created = docstring
        .lines()
        .find_map(|line| line.trim().strip_prefix("Create Date:"));
    let upgrade = name("upgrade");
    let place = match &upgrade {
        Some(Value::Function(function)) => location(&function.module, function.def.span),
        _ => Location::default(),
    };
    let operations = match upgrade {
        Some(upgrade) => changes(it, &upgrade)?,
        None => vec![],
    };
    Ok(Some(Migration {
        revision: revision.to_string(),
        follows: texts(name("down_revision")),
        message: message.map(str::to_owned),
        created: created.map(|date| date.trim().to_owned()),
        labels: texts(name("branch_labels")),
        operations,
        is_head: false,
        history: String::new(),
        location: Location {
            file: file.to_owned(),
            line: 1,
            end_line: place.end_line.max(1),
            column: 1,
        },
    }))
}

fn docstring(module: &Module) -> Option<EcoString> {
    match &module.body.first()?.kind {
        StmtKind::Expr(Expr {
            kind: ExprKind::Constant(Constant::Str(text)),
            ..
        }) => Some(text.clone()),
        _ => None,
    }
}

/// One text or several.
fn texts(value: Option<Value>) -> Vec<String> {
    let items = match value {
        Some(Value::List(items)) => items.borrow().clone(),
        Some(Value::Tuple(items)) => items.to_vec(),
        Some(Value::Set(items)) => items.borrow().values().map(|(key, _)| key.clone()).collect(),
        Some(value) => vec![value],
        None => vec![],
    };
    items
        .iter()
        .filter_map(Value::as_str)
        .map(|text| text.to_string())
        .collect()
}

/// What `upgrade` does.
fn changes(it: &mut Interpreter, upgrade: &Value) -> Eval<Vec<SchemaChange>> {
    let module = it.import_module("alembic.op")?;
    let list = Value::list(vec![]);
    it.set_attribute(&module, &"changes".into(), list.clone())?;
    // What was done before it raised was done.
    let _ = it.call(upgrade, Arguments::default());
    let Value::List(rows) = &list else {
        return Ok(vec![]);
    };
    let rows = rows.borrow();
    let mut changes: Vec<SchemaChange> = rows.iter().filter_map(change).collect();
    changes.dedup();
    Ok(changes)
}

fn change(row: &Value) -> Option<SchemaChange> {
    let Value::Tuple(parts) = row else { return None };
    let part = |index: usize| {
        parts
            .get(index)
            .and_then(Value::as_str)
            .map(|text| text.to_string())
    };
    Some(SchemaChange {
        action: part(0)?,
        table: part(1),
        detail: part(2).map(|text| cut(&text)),
        condition: texts(parts.get(3).cloned()).last().cloned(),
    })
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(STATEMENT) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Each behind those that it follows; what may stand in either order by file. Revisions in a circle stand last.
fn ordered(mut rest: Vec<Migration>) -> Vec<Migration> {
    let followed: BTreeSet<(String, String)> = rest
        .iter()
        .flat_map(|one| {
            one.follows
                .iter()
                .map(|revision| (one.history.clone(), revision.clone()))
        })
        .collect();
    let mut done: Vec<Migration> = vec![];
    while !rest.is_empty() {
        let is_ready = |one: &Migration| {
            !rest
                .iter()
                .any(|other| other.history == one.history && one.follows.contains(&other.revision))
        };
        let next = rest.iter().position(is_ready).unwrap_or(0);
        let mut migration = rest.remove(next);
        migration.is_head = !followed.contains(&(migration.history.clone(), migration.revision.clone()));
        done.push(migration);
    }
    done
}
