//! Where the applications of a tree seem to be.
//!
//! This is a look at the text and the syntax, not the truth: whether a name really is bound to an application is
//! for the interpreter to say. What is found is ordered by evidence.

mod command;
mod names;
mod syntactic;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::python::source_file::SourceFiles;
use crate::source::roots::{Roots, is_secondary};
use crate::source::tree::{Tree, file_name};
use command::Command;

/// Python files beyond this many bytes are not looked into: they are generated or data.
const MAX_PYTHON_BYTES: usize = 1 << 20;

/// Something that may be an application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// `module:attribute`, or `module:factory()`.
    pub expression: String,
    /// What speaks for it, each as `file:line what`.
    pub evidence: Vec<String>,
    /// How much speaks for it; higher is better.
    pub score: i32,
    /// Whether it stands in tests, documentation or examples.
    pub is_secondary: bool,
    /// Parameters of a factory that the expression gives no argument for.
    pub missing: Vec<String>,
}

/// A place that a candidate is about: file and attribute.
type Place = (String, String);

#[derive(Default)]
struct Gathered {
    evidence: Vec<String>,
    score: i32,
    missing: Vec<String>,
}

/// The candidates of a tree, the most evident first, those of tests, documentation and examples last.
///
/// The tree is walked and its Python files are searched for the text `FastAPI`; only those with it are parsed.
#[must_use]
pub fn applications(tree: &Tree, roots: &Roots, sources: &SourceFiles) -> Vec<Candidate> {
    let files: Vec<&String> = tree.files().iter().filter(|file| file.ends_with(".py")).collect();
    let scanned: Vec<(&String, syntactic::Scan)> = files
        .par_iter()
        .filter_map(|file| {
            let source = tree
                .read(file)
                .ok()
                .filter(|source| source.len() <= MAX_PYTHON_BYTES)?;
            Some((*file, syntactic::scan(file, source, sources)?))
        })
        .collect();
    let names = names::Names::of(scanned.iter().map(|(_, scan)| scan));
    let mut gathered: BTreeMap<Place, Gathered> = BTreeMap::new();
    for (file, scan) in &scanned {
        for found in scan.candidates(&names) {
            let entry = gathered.entry(((*file).clone(), found.attribute)).or_default();
            entry.score = entry.score.max(found.score);
            entry
                .evidence
                .push(format!("{file}:{} {}", found.line, found.what));
            entry.missing = found.missing;
        }
    }
    for command in commands(tree, &scanned) {
        attach(tree, roots, &command, &mut gathered);
    }
    ordered(roots, gathered)
}

/// Commands in files of deployment and calls of `uvicorn.run`, in order of the files.
fn commands(tree: &Tree, scanned: &[(&String, syntactic::Scan)]) -> Vec<Command> {
    let texts: Vec<&String> = tree
        .files()
        .iter()
        .filter(|file| command::is_wanted(file))
        .collect();
    let mut commands: Vec<Command> = texts
        .par_iter()
        .flat_map_iter(|file| {
            tree.text(file)
                .map(|text| command::commands(file, &text))
                .unwrap_or_default()
        })
        .collect();
    for (file, scan) in scanned {
        commands.extend(scan.runs(file));
    }
    commands
}

/// Gives a command's weight to what it names; a name that no file shows is a candidate by the command alone.
fn attach(tree: &Tree, roots: &Roots, command: &Command, gathered: &mut BTreeMap<Place, Gathered>) {
    let Some(file) = target(tree, roots, command) else {
        return;
    };
    let evidence = format!("{}:{} {}", command.file, command.line, command.what);
    let mut places: Vec<Place> = match &command.attribute {
        Some(attribute) => vec![(file.clone(), attribute.clone())],
        None => gathered.keys().filter(|place| place.0 == file).cloned().collect(),
    };
    if let [(file, attribute)] = &mut places[..] {
        let called = (file.clone(), format!("{attribute}()"));
        let is_only_called =
            gathered.contains_key(&called) && !gathered.contains_key(&(file.clone(), attribute.clone()));
        if !attribute.ends_with(')') && (command.is_factory || is_only_called) {
            *attribute = called.1;
        }
    }
    for place in places {
        let entry = gathered.entry(place).or_default();
        entry.score += command.weight;
        entry.evidence.push(evidence.clone());
    }
}

/// The file that a command names: by path, by module, or by module from the folder that the command stands in.
fn target(tree: &Tree, roots: &Roots, command: &Command) -> Option<String> {
    let folder = crate::source::tree::parent(&command.file);
    if command.module.ends_with(".py") {
        let from_here = crate::source::tree::join(folder, &command.module);
        return [command.module.clone(), from_here]
            .into_iter()
            .find(|path| tree.is_file(path));
    }
    let relative = command.module.replace('.', "/");
    let mut at = Some(folder);
    while let Some(folder) = at.filter(|folder| !folder.is_empty()) {
        let base = crate::source::tree::join(folder, &relative);
        let inside = [
            format!("{base}.py"),
            crate::source::tree::join(&base, "__init__.py"),
        ];
        if let Some(file) = inside.into_iter().find(|path| tree.is_file(path)) {
            return Some(file);
        }
        at = folder.rsplit_once('/').map(|(parent, _)| parent);
    }
    roots
        .resolve(&command.module)
        .filter(|found| !found.is_namespace)
        .map(|found| found.file)
}

fn ordered(roots: &Roots, gathered: BTreeMap<Place, Gathered>) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = gathered
        .into_iter()
        .filter_map(|((file, attribute), gathered)| {
            let module = roots.module_of(&file)?;
            let is_secondary = is_secondary(&file);
            let depth = file.matches('/').count() as i32;
            let customary = i32::from(
                ["main.py", "app.py", "asgi.py", "server.py", "application.py"].contains(&file_name(&file)),
            );
            let named = i32::from(["app", "application", "api"].contains(&attribute.as_str()));
            Some(Candidate {
                expression: format!("{module}:{attribute}"),
                evidence: gathered.evidence,
                score: gathered.score + 2 * customary + 3 * named - depth,
                is_secondary,
                missing: gathered.missing,
            })
        })
        .collect();
    candidates.sort_by(|a, b| {
        (a.is_secondary, Reverse(a.score), &a.expression).cmp(&(
            b.is_secondary,
            Reverse(b.score),
            &b.expression,
        ))
    });
    candidates.dedup_by(|a, b| a.expression == b.expression);
    candidates
}

#[cfg(test)]
mod tests;

/// Whether a file may hold a command that starts a server.
#[must_use]
pub fn may_hold_commands(path: &str) -> bool {
    command::is_wanted(path) || path.ends_with(".py")
}
