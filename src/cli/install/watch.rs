//! Folders of code that `mdbook serve` should watch.

use std::path::Path;

use toml_edit::{Array, DocumentMut, Item};

use crate::book::repositories::root;

/// Folders that hold no code of the repository's own.
const SKIPPED: &[&str] = &[
    "node_modules",
    "venv",
    "env",
    "target",
    "dist",
    "build",
    "__pycache__",
];
/// How deep a folder is looked into for code.
const DEPTH: usize = 3;

/// A value for `build.extra-watch-dirs`; `None` when it is set, or when no folder beside the book has code.
///
/// The whole repository is no good value: mdBook walks what it watches once a second.
pub(super) fn suggestion(book: &Path, document: &DocumentMut) -> Option<String> {
    let build = document.get("build").and_then(Item::as_table_like);
    if build.is_some_and(|build| build.contains_key("extra-watch-dirs")) {
        return None;
    }
    let book = book.canonicalize().ok()?;
    let written = document
        .get("preprocessor")
        .and_then(|tables| tables.get("arch")?.get("root")?.as_str());
    let root = root(&book, written).ok()?;
    let up = book.strip_prefix(&root).ok()?.components().count();
    let mut folders: Vec<String> = folders(&root)
        .into_iter()
        .filter(|folder| !book.starts_with(folder) && has_code(folder, DEPTH))
        .filter_map(|folder| Some(format!("{}{}", "../".repeat(up), folder.file_name()?.to_str()?)))
        .collect();
    folders.sort();
    (!folders.is_empty()).then(|| Array::from_iter(folders).to_string())
}

fn folders(directory: &Path) -> Vec<std::path::PathBuf> {
    let Ok(entries) = std::fs::read_dir(directory) else {
        return Vec::new();
    };
    entries
        .filter_map(|entry| {
            entry
                .ok()
                .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
        })
        .filter(|entry| {
            let name = entry.file_name();
            !name
                .to_str()
                .is_none_or(|name| name.starts_with('.') || SKIPPED.contains(&name))
        })
        .map(|entry| entry.path())
        .collect()
}

/// Whether there is a Python file in the folder.
fn has_code(folder: &Path, depth: usize) -> bool {
    let Ok(mut entries) = std::fs::read_dir(folder) else {
        return false;
    };
    entries
        .any(|entry| entry.is_ok_and(|entry| entry.path().extension().is_some_and(|suffix| suffix == "py")))
        || depth > 1 && folders(folder).iter().any(|folder| has_code(folder, depth - 1))
}
