//! Which files of a tree declare tables or change them, by their text.

use rayon::prelude::*;

use crate::source::{
    roots::is_secondary,
    tree::{Tree, join, parent},
};

/// Words of which a module that declares a table has at least one.
const DECLARATIONS: &[&str] = &[
    "__tablename__",
    "table=True",
    "mapped_column(",
    "Column(",
    "Table(",
    "relationship(",
    "(Model)",
    "(Document)",
];

/// Whether a text declares tables.
fn declares_tables(text: &[u8]) -> bool {
    let text = String::from_utf8_lossy(text);
    let has = |word: &str| text.contains(word);
    const LIBRARIES: &[&str] = &["sqlalchemy", "sqlmodel", "tortoise", "beanie"];
    let is_about = LIBRARIES.iter().any(|library| has(library));
    (is_about || has("__tablename__") || has("table=True")) && DECLARATIONS.iter().any(|word| has(word))
}

/// Whether a text is a revision of Alembic.
fn is_revision(text: &[u8]) -> bool {
    let text = String::from_utf8_lossy(text);
    let has = |word: &str| text.contains(word);
    has("down_revision") && has("def upgrade")
}

/// Files beyond this many bytes are not looked into: they are generated or data.
const MAX_BYTES: usize = 1 << 20;

/// Files of a tree that have to do with tables, each list by path; tests, documentation and examples excluded.
#[derive(Clone, Debug, Default)]
pub struct DataFiles {
    /// Modules that declare tables.
    pub declarations: Vec<String>,
    /// Revisions of Alembic, each with the folder of its history.
    pub revisions: Vec<(String, String)>,
    /// The `env.py` beside them.
    pub environments: Vec<String>,
}

impl DataFiles {
    /// Searches the text of all Python files.
    #[must_use]
    pub fn of(tree: &Tree) -> Self {
        let is_wanted = |file: &&String| file.ends_with(".py") && !is_secondary(file);
        let files: Vec<&String> = tree.files().iter().filter(is_wanted).collect();
        let kinds: Vec<(bool, bool)> = files
            .par_iter()
            .map(|file| match tree.read(file) {
                Ok(text) if text.len() <= MAX_BYTES && is_revision(&text) => (false, true),
                Ok(text) if text.len() <= MAX_BYTES => (declares_tables(&text), false),
                _ => (false, false),
            })
            .collect();
        let mut found = Self::default();
        for (file, (declares, revises)) in files.into_iter().zip(kinds) {
            if declares {
                found.declarations.push(file.clone());
            }
            if revises {
                let history = history(tree, file);
                let environment = join(&history, "env.py");
                if tree.is_file(&environment) && !found.environments.contains(&environment) {
                    found.environments.push(environment);
                }
                found.revisions.push((file.clone(), history));
            }
        }
        found
    }
}

/// The folder above a revision that holds its `env.py`, else the folder that it stands in.
fn history(tree: &Tree, file: &str) -> String {
    let folders = std::iter::successors(Some(parent(file)), |folder| {
        (!folder.is_empty()).then(|| parent(folder))
    });
    let found = folders
        .take(4)
        .find(|folder| tree.is_file(&join(folder, "env.py")));
    found.unwrap_or_else(|| parent(file)).to_owned()
}
