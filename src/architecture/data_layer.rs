//! The data layer's part of the model: tables and the history of their schema.
//!
//! An application does not import everything that has a table when it starts, so the modules that declare one are imported
//! after it, and so is what Alembic imports to know of them.

pub mod declared;
pub mod links;
pub mod migrations;
pub mod reading;
pub mod tables;

#[cfg(test)]
mod tests;

use self::declared::DataFiles;
use super::model::{Architecture, Finding, Location};
use super::surroundings::Surroundings;
use crate::python::interpret::{budget::Budget, flow::Flow, interpreter::Interpreter};

/// Reads tables and migrations into the model.
pub fn fill(
    it: &mut Interpreter,
    files: &DataFiles,
    module_of: impl Fn(&str) -> Option<String>,
    architecture: &mut Architecture,
) {
    it.budget = Budget::default();
    // What modules lack that the application does not reach is of no interest to it.
    let known = it.findings.len();
    let mut findings = vec![];
    let wanted = declarations(files, module_of, architecture);
    for (file, module) in &wanted {
        if let Err(Flow::Raise(_)) = it.import_module(module) {
            findings.push(unread(
                file,
                "this module declares tables, but cannot be imported",
            ));
        }
    }
    for file in &files.environments {
        // Alembic imports the models here; what it does with them then is none of ours.
        let _ = it.run_file(file);
    }
    it.findings.truncate(known);
    match tables::tables(it) {
        Ok(tables) => architecture.tables = tables,
        Err(_) => findings.push(unread("", "the tables could not be read to their end")),
    }
    let lost = it.findings.iter().skip(known).filter(|key| key.code == "library");
    findings.extend(lost.map(|key| unread(&key.location.file, &key.message)));
    links::link(architecture);
    let (migrations, lost) = migrations::migrations(it, &files.revisions);
    architecture.migrations = migrations;
    findings.extend(lost);
    it.findings.truncate(known);
    architecture.unresolved.extend(findings);
    architecture.unresolved.sort();
}

fn unread(file: &str, message: &str) -> Finding {
    Finding {
        location: Location {
            file: file.to_owned(),
            ..Location::default()
        },
        code: "tables-unread".to_owned(),
        message: message.to_owned(),
        help: None,
    }
}

/// The modules that declare tables in the packages and folders of the application.
fn declarations(
    files: &DataFiles,
    module_of: impl Fn(&str) -> Option<String>,
    architecture: &Architecture,
) -> Vec<(String, String)> {
    let around = Surroundings::of(&architecture.modules);
    files
        .declarations
        .iter()
        .filter_map(|file| Some((file.clone(), module_of(file)?)))
        .filter(|(file, module)| around.hold(file, module))
        .collect()
}
