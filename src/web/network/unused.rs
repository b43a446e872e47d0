//! Requests in functions that nobody uses: of a generated client, or of a module that others import for its other functions.

use std::collections::{BTreeMap, BTreeSet};

use super::{generated::Generated, wrapper::Lifted};
use crate::web::{
    project::{ModuleId, Project},
    syntax::tree::{ExportSource, FunctionId, TOP_LEVEL},
    values::{Evaluator, Site},
};

/// The names of functions that requests stand in, with how often each is written.
pub(super) struct Unused<'g> {
    generated: &'g Generated,
    written: BTreeMap<String, usize>,
}

impl<'g> Unused<'g> {
    /// Counts how often the functions around requests are named anywhere.
    pub(super) fn new(evaluator: &Evaluator<'_>, generated: &'g Generated, found: &[Lifted]) -> Self {
        let imported: BTreeSet<ModuleId> = evaluator
            .project
            .module_ids()
            .flat_map(|module| evaluator.project.imports_of(module))
            .collect();
        let names = found
            .iter()
            .filter(|lifted| imported.contains(&lifted.location.module))
            .filter_map(|lifted| exported_function(evaluator.project, &lifted.location));
        let mut written: BTreeMap<String, usize> = names.map(|name| (name, 0)).collect();
        if !written.is_empty() {
            count(evaluator.project, &mut written);
        }
        Self { generated, written }
    }

    /// Why a request is never made, without full stop; nothing where somebody may make it.
    pub(super) fn reason(&self, evaluator: &Evaluator<'_>, location: &Site) -> Option<String> {
        if self.generated.has(location.module) {
            return Some("only in the generated client, which nobody calls".to_owned());
        }
        let name = exported_function(evaluator.project, location)?;
        (self.written.get(&name) == Some(&1)).then(|| format!("only in `{name}`, which nobody calls"))
    }
}

/// The name of the function around a request that a module exports, by itself or within an object or class.
fn exported_function(project: &Project<'_>, location: &Site) -> Option<String> {
    let script = project.script(location.module);
    let mut function: FunctionId = script.expression(location.expression).function;
    if function == TOP_LEVEL {
        return None;
    }
    while let Some(parent) = script
        .function(function)
        .parent
        .filter(|parent| *parent != TOP_LEVEL)
    {
        function = parent;
    }
    let name = script.function(function).name.as_str();
    let is_default = script.exports.iter().any(|export| {
        export.name == "default"
            && matches!(export.source, ExportSource::Name(of) if script.name(of).text == name)
    });
    // What frameworks call by its name is nowhere else either.
    let is_of_framework = matches!(
        name,
        "constructor" | "default" | "load" | "loader" | "action" | "setup"
    );
    let is_named = name.len() > 2
        && name
            .chars()
            .all(|letter| letter.is_alphanumeric() || letter == '_');
    (is_named && !is_default && !is_of_framework && !script.exports.is_empty()).then(|| name.to_owned())
}

/// How often words are written in scripts and pages, wherever that is; a name in `export { name }` is no use of it.
fn count(project: &Project<'_>, words: &mut BTreeMap<String, usize>) {
    let files: BTreeSet<&str> = project
        .module_ids()
        .map(|module| project.module(module).file.as_str())
        .chain(project.pages.iter().map(|page| page.file.as_str()))
        .collect();
    for file in files {
        let Some(text) = project.files.text(file) else {
            continue;
        };
        let mut is_in_export = false;
        let is_part = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '$';
        for (word, before) in words_of(&text, is_part) {
            if word == "export" {
                is_in_export = true;
                continue;
            }
            // `export {` is followed by nothing else than the bracket.
            if is_in_export && !before.trim().starts_with(['{', ',']) {
                is_in_export = false;
            }
            if let Some(times) = words.get_mut(word)
                && !is_in_export
            {
                *times += 1;
            }
        }
    }
}

/// The words of a text, each with what stands in front of it.
fn words_of(text: &str, is_part: impl Fn(char) -> bool + Copy) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = rest.find(is_part)?;
        let (before, from) = rest.split_at(start);
        let end = from.find(|letter| !is_part(letter)).unwrap_or(from.len());
        let (word, after) = from.split_at(end);
        rest = after;
        Some((word, before))
    })
}
