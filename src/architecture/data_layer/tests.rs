//! Small programs with tables, and what is read of them as lines.

mod declarative;
mod history;
mod models;
mod others;

use std::{fmt::Write as _, rc::Rc};

use expect_test::Expect;

use super::{migrations::migrations, tables::tables};
use crate::{
    architecture::{fixture::Fixture, model::Table},
    python::{interpret::interpreter::Interpreter, project::Project},
};

/// Runs on a stack for deep programs.
#[track_caller]
fn compare(fixture: &str, expected: Expect, dump: fn(Interpreter) -> String) {
    let fixture = Fixture::parse(fixture);
    let run = move || dump(Interpreter::new(Project::new(Rc::new(fixture)), &[]));
    let worker = std::thread::Builder::new().stack_size(1 << 28).spawn(run);
    let dump = worker.expect("a thread can be started").join();
    expected.assert_eq(&dump.expect("the analysis does not panic"));
}

/// Compares the tables that `main.py` declares with what is expected.
#[track_caller]
fn check(fixture: &str, expected: Expect) {
    compare(fixture, expected, |mut it| {
        if it.import_module("main").is_err() {
            return "main cannot be imported\n".to_owned();
        }
        let mut out = String::new();
        for table in tables(&mut it).unwrap_or_default() {
            write(&table, &mut out);
        }
        for finding in it.sorted_findings() {
            let _ = writeln!(out, "{}: {}", finding.code, finding.message);
        }
        out
    });
}

/// Compares the revisions in `versions/a.py` to `versions/e.py` with what is expected.
#[track_caller]
fn check_history(fixture: &str, expected: Expect) {
    compare(fixture, expected, |mut it| {
        let files: Vec<(String, String)> = ["a", "b", "c", "d", "e"]
            .iter()
            .map(|name| (format!("versions/{name}.py"), "versions".to_owned()))
            .filter(|(file, _)| it.project.files.is_file(file))
            .collect();
        let (found, lost) = migrations(&mut it, &files);
        let mut out = String::new();
        for migration in found {
            let head = if migration.is_head { " (head)" } else { "" };
            let follows = migration.follows.join(", ");
            let _ = writeln!(out, "{} after [{follows}]{head}", migration.revision);
            for words in migration.message.iter().chain(&migration.created) {
                let _ = writeln!(out, "  {words}");
            }
            for change in &migration.operations {
                let of = |part: &Option<String>| part.clone().unwrap_or_else(|| "-".to_owned());
                let condition = change.condition.as_ref();
                let condition = condition.map_or_else(String::new, |words| format!(" if {words}"));
                let (table, detail) = (of(&change.table), of(&change.detail));
                let _ = writeln!(out, "  {} {table}: {detail}{condition}", change.action);
            }
        }
        for finding in lost {
            let _ = writeln!(out, "{}: {}", finding.location.file, finding.message);
        }
        out
    });
}

fn write(table: &Table, out: &mut String) {
    let models: Vec<&str> = table.models.iter().map(|model| model.name.as_str()).collect();
    let parent = table.parent.as_ref();
    let parent = parent.map_or_else(String::new, |parent| format!(" below {parent}"));
    let _ = writeln!(
        out,
        "{} [{}] line {}{parent}",
        table.name,
        models.join(", "),
        table.location.line
    );
    for column in &table.columns {
        let mut words = vec![
            column.name.clone(),
            column.type_name.clone().unwrap_or_else(|| "?".to_owned()),
        ];
        let marks = [(column.primary_key, "key"), (column.nullable, "null")];
        words.extend(
            marks
                .iter()
                .filter(|(is_set, _)| *is_set)
                .map(|(_, mark)| (*mark).to_owned()),
        );
        words.extend(column.attribute.iter().map(|name| format!("as {name}")));
        words.extend(column.default.iter().map(|value| format!("default {value}")));
        words.extend(
            column
                .server_default
                .iter()
                .map(|value| format!("server {value}")),
        );
        words.extend(
            column
                .inherited_from
                .iter()
                .map(|base| format!("from {}", base.name)),
        );
        let _ = writeln!(out, "  {}", words.join(" "));
    }
    for key in &table.foreign_keys {
        let target = key.table.as_deref().unwrap_or("?");
        let action = key.on_delete.as_ref();
        let action = action.map_or_else(String::new, |action| format!(" on delete {action}"));
        let (columns, references) = (key.columns.join(", "), key.references.join(", "));
        let _ = writeln!(out, "  ({columns}) -> {target} ({references}){action}");
    }
    for unique in &table.uniques {
        let _ = writeln!(out, "  unique ({})", unique.join(", "));
    }
    for index in &table.indexes {
        let kind = if index.unique { "unique index" } else { "index" };
        let _ = writeln!(out, "  {kind} ({})", index.columns.join(", "));
    }
    for check in &table.checks {
        let _ = writeln!(out, "  check {check}");
    }
    for relation in &table.relations {
        let count = match relation.many {
            Some(true) => "many",
            Some(false) => "one",
            None => "?",
        };
        let target = relation.table.as_deref().unwrap_or("?");
        let through = relation.secondary.as_ref();
        let through = through.map_or_else(String::new, |table| format!(" through {table}"));
        let back = relation.back.as_ref();
        let back = back.map_or_else(String::new, |name| format!(" back {name}"));
        let _ = writeln!(out, "  {}: {count} {target}{through}{back}", relation.name);
    }
}
