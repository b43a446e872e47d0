//! Small trees for the tests of this room.

use std::fs;

use tempfile::TempDir;

use super::tree::Tree;

/// A tree of these files in a folder of its own, which lives as long as the first value.
pub(crate) fn files(files: &[(&str, &str)]) -> (TempDir, Tree) {
    let directory = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        let file = directory.path().join(path);
        fs::create_dir_all(file.parent().expect("has a parent")).expect("created");
        fs::write(file, text).expect("written");
    }
    let tree = Tree::new(directory.path()).expect("a tree");
    (directory, tree)
}
