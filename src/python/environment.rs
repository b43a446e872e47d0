//! Which environment variables Python code reads, whether or not an application reaches that code.
//!
//! What counts is what a name is bound to: `os.environ` under any alias, `getenv`, the readers of
//! [environs](https://github.com/sloria/environs), [decouple](https://github.com/HBNetwork/python-decouple),
//! [Starlette](https://www.starlette.dev/config/), [Click](https://click.palletsprojects.com/en/stable/options/) and Typer.
//! A function or class of the tree that hands a parameter on as the name is a reader itself: its calls are the reads.
//! Settings classes of pydantic are not looked at here, because their fields are values of the interpreter.

mod calls;
mod evaluate;
mod expressions;
mod index;
mod members;
mod scan;
mod wrapper;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;
use regex::bytes::Regex;

use super::source_file::SourceFile;
use crate::source::location::Location;

/// A Python file of the tree.
#[derive(Clone, Debug)]
pub struct PythonFile {
    /// Relative to the root.
    pub path: String,
    /// Its dotted name.
    pub module: String,
    /// Its bytes.
    pub text: Vec<u8>,
}

/// One place that reads a variable.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct VariableRead {
    /// The variable.
    pub name: String,
    /// Where it is read: the call of the function that hands the name on, if there is one.
    pub location: Location,
    /// `module:qualified.name` of the function or class body around it; the module alone at its top level.
    pub reader: String,
    /// What stands in for it, in Python's words.
    pub default: Option<String>,
    /// Whether the code raises without it.
    pub is_required: bool,
}

/// A place that reads a variable whose name is not known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OpenRead {
    /// Where.
    pub location: Location,
    /// The name as written.
    pub name: String,
}

/// What a tree's Python files read, in the order of name and place.
#[derive(Clone, Debug, Default)]
pub struct Reads {
    /// Variables by name.
    pub variables: Vec<VariableRead>,
    /// Reads of a name that is only known at run time.
    pub open: Vec<OpenRead>,
}

/// A parsed file.
struct Parsed<'a> {
    file: &'a PythonFile,
    source: Arc<SourceFile>,
}

/// Words one of which stands in every file that reads the environment by itself.
const WORDS: [&str; 7] = [
    "environ",
    "getenv",
    "decouple",
    "environs",
    "starlette.config",
    "envvar",
    "Env(",
];

/// Files are added while what is known asks for more of them, this often.
const MAX_ROUNDS: usize = 6;

/// The reads of all files. `find` gives the path of a module by its dotted name, `parse` a file with its syntax tree.
#[must_use]
pub fn reads(
    files: &[PythonFile],
    find: &dyn Fn(&str) -> Option<String>,
    parse: &(dyn Fn(&PythonFile) -> Arc<SourceFile> + Sync),
) -> Reads {
    let own = any_of(WORDS);
    let mut chosen: BTreeSet<usize> = (0..files.len())
        .into_par_iter()
        .filter(|index| holds(&files[*index], own.as_ref()))
        .collect::<Vec<_>>()
        .into_iter()
        .collect();
    let mut parsed: Vec<Parsed<'_>> = Vec::new();
    let mut known: BTreeSet<usize> = BTreeSet::new();
    for round in 1.. {
        let fresh: Vec<usize> = chosen.difference(&known).copied().collect();
        let more: Vec<Parsed<'_>> = fresh
            .par_iter()
            .map(|index| Parsed {
                file: &files[*index],
                source: parse(&files[*index]),
            })
            .collect();
        parsed.extend(more);
        parsed.sort_by(|a, b| a.file.path.cmp(&b.file.path));
        known.extend(fresh);
        let index = index::Index::new(&parsed, find);
        let found = scan::scan(&index);
        let called = any_of(&found.words);
        let is_wanted = |file: &PythonFile| found.wanted.contains(&file.path) || holds(file, called.as_ref());
        let more = (0..files.len()).filter(|index| !known.contains(index) && is_wanted(&files[*index]));
        chosen.extend(more.collect::<Vec<_>>());
        if chosen.len() == known.len() || round == MAX_ROUNDS {
            return found.reads;
        }
    }
    Reads::default()
}

/// An expression for any of these words; none for no words.
fn any_of(words: impl IntoIterator<Item = impl AsRef<str>>) -> Option<Regex> {
    let words: Vec<String> = words
        .into_iter()
        .map(|word| regex::escape(word.as_ref()))
        .collect();
    if words.is_empty() {
        return None;
    }
    Regex::new(&words.join("|")).ok()
}

fn holds(file: &PythonFile, words: Option<&Regex>) -> bool {
    words.is_some_and(|words| words.is_match(&file.text))
}
