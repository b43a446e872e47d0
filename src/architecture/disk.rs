//! The analysed tree's files as the interpreter asks for them.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::data_layer::declared::DataFiles;
use super::discover::{self, Candidate};
use crate::python::project::Files;
use crate::source::libraries::Libraries;
use crate::source::manifest::Manifest;
use crate::source::roots::Roots;
use crate::source::tree::Tree;

/// Files below a folder, and source of libraries beside them.
pub struct Disk {
    tree: Arc<Tree>,
    libraries: Libraries,
    described: OnceLock<(Arc<Manifest>, Roots)>,
}

impl Disk {
    /// The files below a folder.
    ///
    /// # Errors
    /// When the folder does not exist.
    pub fn new(root: &Path) -> anyhow::Result<Self> {
        anyhow::ensure!(root.is_dir(), "there is no folder `{}`", root.display());
        let tree = Arc::new(Tree::new(root)?);
        Ok(Self {
            tree,
            libraries: Libraries::default(),
            described: OnceLock::new(),
        })
    }

    /// The same files with source of libraries in these folders.
    ///
    /// # Errors
    /// When one of them is none.
    pub fn with_libraries(mut self, folders: &[PathBuf]) -> anyhow::Result<Self> {
        self.libraries = Libraries::open(folders)?;
        Ok(self)
    }

    /// Applications that the tree seems to hold, the most evident first; one of an example or a test only where there
    /// is no other. A factory whose arguments nothing names is none.
    #[must_use]
    pub fn candidates(&self) -> Vec<String> {
        let mut found = discover::applications(&self.tree, self.roots());
        found.retain(|candidate| candidate.missing.is_empty());
        let first = found
            .iter()
            .take_while(|candidate| !candidate.is_secondary)
            .count()
            .max(1);
        found.truncate(first);
        found
            .into_iter()
            .map(|Candidate { expression, .. }| expression)
            .collect()
    }

    /// Files that have to do with tables.
    #[must_use]
    pub fn data_files(&self) -> DataFiles {
        DataFiles::of(&self.tree)
    }

    /// The dotted name by which a file is imported.
    #[must_use]
    pub fn module_of(&self, file: &str) -> Option<String> {
        self.roots().module_of(file)
    }

    fn described(&self) -> &(Arc<Manifest>, Roots) {
        self.described.get_or_init(|| {
            let manifest = Arc::new(Manifest::read(&self.tree));
            let roots = Roots::new(Arc::clone(&self.tree), Arc::clone(&manifest));
            (manifest, roots)
        })
    }

    /// The tree that a path is of, and the path in it.
    fn place<'a>(&'a self, path: &'a str) -> (&'a Tree, &'a str) {
        self.libraries.place(path).unwrap_or((&self.tree, path))
    }

    /// The files.
    pub(super) fn tree(&self) -> &Tree {
        &self.tree
    }

    pub(super) fn roots(&self) -> &Roots {
        &self.described().1
    }
}

impl Files for Disk {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let (tree, path) = self.place(path);
        tree.read(path).map_err(|error| error.to_string())
    }

    fn is_file(&self, path: &str) -> bool {
        let (tree, path) = self.place(path);
        tree.is_file(path)
    }

    fn is_dir(&self, path: &str) -> bool {
        let (tree, path) = self.place(path);
        tree.is_dir(path)
    }

    fn library_roots(&self, top_level: &str) -> Vec<String> {
        self.libraries.import_roots(top_level)
    }

    fn import_roots(&self, top_level: &str) -> Vec<String> {
        self.roots().import_roots(top_level)
    }

    fn refused_library(&self, top_level: &str) -> Option<String> {
        self.libraries.refused(top_level)
    }

    fn list(&self, path: &str) -> Vec<String> {
        let (tree, path) = self.place(path);
        tree.list(path)
    }

    fn package_version(&self, package: &str) -> Option<String> {
        self.described()
            .0
            .python_package(package)?
            .likely()
            .map(str::to_owned)
    }
}
