//! The walk over a tree that discovery starts from.

use std::path::Path;

use ignore::{DirEntry, WalkBuilder};

/// Folders of dependencies, caches and build results, by name.
const SKIPPED: [&str; 9] = [
    "node_modules",
    "bower_components",
    "site-packages",
    "dist-packages",
    "__pycache__",
    "__pypackages__",
    "venv",
    "htmlcov",
    "virtualenv",
];

/// Folders that hold build results unless they are packages themselves.
const BUILT: [&str; 2] = ["build", "dist"];

/// Hidden folders that say how a project is built and run.
const CONFIGURATION: [&str; 7] = [
    ".github",
    ".gitlab",
    ".gitea",
    ".forgejo",
    ".devcontainer",
    ".docker",
    ".deploy",
];

/// A tree with more files is not one project; what lies beyond is not discovered.
const MAX_FILES: usize = 200_000;

/// The files below `root`, relative to it, sorted.
///
/// Ignore files outside of `root` and those of the user's git configuration have no say: the result depends on the tree.
pub(super) fn files(root: &Path) -> Vec<String> {
    walk(root, false)
}

/// As [`files`], with hidden files and the hidden folders of [`CONFIGURATION`].
pub(super) fn files_with_hidden(root: &Path) -> Vec<String> {
    walk(root, true)
}

fn walk(root: &Path, hidden: bool) -> Vec<String> {
    let walk = WalkBuilder::new(root)
        .hidden(!hidden)
        .follow_links(false)
        .parents(false)
        .git_global(false)
        .git_exclude(false)
        .require_git(false)
        .sort_by_file_name(std::ffi::OsStr::cmp)
        .filter_entry(|entry| entry.depth() == 0 || !is_skipped(entry))
        .build();
    let mut files: Vec<String> = walk
        .flatten()
        .filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()))
        .filter_map(|entry| relative(root, entry.path()))
        .take(MAX_FILES)
        .collect();
    files.sort();
    files
}

fn relative(root: &Path, path: &Path) -> Option<String> {
    let mut relative = String::new();
    for part in path.strip_prefix(root).ok()? {
        if !relative.is_empty() {
            relative.push('/');
        }
        relative.push_str(part.to_str()?);
    }
    Some(relative)
}

fn is_skipped(entry: &DirEntry) -> bool {
    if !entry.file_type().is_some_and(|kind| kind.is_dir()) {
        return false;
    }
    let name = entry.file_name().to_str().unwrap_or_default();
    let holds = |file: &str| entry.path().join(file).exists();
    is_dependencies(name)
        || name.starts_with('.') && !CONFIGURATION.contains(&name)
        || BUILT.contains(&name) && !holds("__init__.py")
        || holds("pyvenv.cfg")
        || holds("CACHEDIR.TAG")
}

/// Whether a folder of this name holds what was installed, not what was written.
pub(in crate::source) fn is_dependencies(name: &str) -> bool {
    SKIPPED.contains(&name)
}
