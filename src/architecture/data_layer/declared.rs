//! Which files of a tree declare tables or change them, by their text.

use rayon::prelude::*;

use crate::source::{
    roots::is_secondary,
    tree::{Tree, parent},
};

/// Words of which a module that declares a table has at least one.
const DECLARATIONS: &[&str] = &[
    "__tablename__",
    "table=True",
    "mapped_column(",
    "Column(",
    "Table(",
    "relationship(",
];

/// Whether a text declares tables.
fn declares_tables(text: &[u8]) -> bool {
    let text = String::from_utf8_lossy(text);
    let has = |word: &str| text.contains(word);
    (has("sqlalchemy") || has("sqlmodel") || has("__tablename__") || has("table=True"))
        && DECLARATIONS.iter().any(|word| has(word))
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
    /// Revisions of Alembic.
    pub revisions: Vec<String>,
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
                found.revisions.push(file.clone());
            }
        }
        for file in &found.revisions {
            let versions = parent(file);
            for folder in [parent(versions), parent(parent(versions))] {
                let path = crate::source::tree::join(folder, "env.py");
                if tree.is_file(&path) && !found.environments.contains(&path) {
                    found.environments.push(path);
                }
            }
        }
        found
    }
}
