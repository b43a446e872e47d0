//! The analysed tree's files as the interpreter asks for them.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use ecow::EcoString;

use super::data_layer::declared::DataFiles;
use super::discover::{self, Candidate};
use crate::python::environment::PythonFile;
use crate::python::project::Files;
use crate::python::source_file::{SourceFile, SourceFiles};
use crate::source::libraries::Libraries;
use crate::source::manifest::Manifest;
use crate::source::roots::Roots;
use crate::source::tree::Tree;

/// Files below a folder, and source of libraries beside them.
pub struct Disk {
    folders: Arc<Folders>,
    described: OnceLock<(Arc<Manifest>, Roots)>,
}

/// What threads that parse ahead share with the interpreter.
struct Folders {
    tree: Arc<Tree>,
    libraries: Libraries,
    sources: SourceFiles,
}

impl Folders {
    /// The tree that a path is of, and the path in it.
    fn place<'a>(&'a self, path: &'a str) -> (&'a Tree, &'a str) {
        self.libraries.place(path).unwrap_or((&self.tree, path))
    }

    fn source(&self, path: &str) -> Result<Arc<SourceFile>, String> {
        self.sources.get(path, || {
            let (tree, path) = self.place(path);
            tree.read(path).map_err(|error| error.to_string())
        })
    }
}

impl Disk {
    /// The files below a folder, and source of libraries in further folders.
    ///
    /// # Errors
    /// When one of the folders does not exist.
    pub fn new(root: &Path, libraries: &[PathBuf]) -> anyhow::Result<Self> {
        anyhow::ensure!(root.is_dir(), "there is no folder `{}`", root.display());
        Ok(Self {
            folders: Arc::new(Folders {
                tree: Arc::new(Tree::new(root)?),
                libraries: Libraries::open(libraries)?,
                sources: SourceFiles::default(),
            }),
            described: OnceLock::new(),
        })
    }

    /// Applications that the tree seems to hold, the most evident first; one of an example or a test only where there
    /// is no other. A factory whose arguments nothing names is none.
    #[must_use]
    pub fn candidates(&self) -> Vec<String> {
        let mut found = discover::applications(self.tree(), self.roots(), &self.folders.sources);
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
        DataFiles::of(self.tree())
    }

    /// The dotted name by which a file is imported.
    #[must_use]
    pub fn module_of(&self, file: &str) -> Option<String> {
        self.roots().module_of(file)
    }

    fn described(&self) -> &(Arc<Manifest>, Roots) {
        self.described.get_or_init(|| {
            let tree = &self.folders.tree;
            let manifest = Arc::new(Manifest::read(tree));
            let roots = Roots::new(Arc::clone(tree), Arc::clone(&manifest));
            (manifest, roots)
        })
    }

    /// The files.
    pub(super) fn tree(&self) -> &Tree {
        &self.folders.tree
    }

    /// A Python file whose text is at hand, with its syntax tree.
    pub(super) fn parsed(&self, file: &PythonFile) -> Arc<SourceFile> {
        let text = || Ok(file.text.clone());
        let parsed = self.folders.sources.get(&file.path, text);
        parsed.unwrap_or_else(|_| Arc::new(SourceFile::new(&file.path, file.text.clone())))
    }

    pub(super) fn roots(&self) -> &Roots {
        &self.described().1
    }
}

impl Files for Disk {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let (tree, path) = self.folders.place(path);
        tree.read(path).map_err(|error| error.to_string())
    }

    fn source(&self, path: &str) -> Result<Arc<SourceFile>, String> {
        self.folders.source(path)
    }

    fn parse_ahead(&self, paths: Vec<EcoString>) {
        for path in paths.into_iter().filter(|path| !self.folders.sources.has(path)) {
            let folders = Arc::clone(&self.folders);
            rayon::spawn_fifo(move || {
                // Who asks for the file is told why it cannot be read.
                let _ = folders.source(&path);
            });
        }
    }

    fn is_file(&self, path: &str) -> bool {
        let (tree, path) = self.folders.place(path);
        tree.is_file(path)
    }

    fn is_dir(&self, path: &str) -> bool {
        let (tree, path) = self.folders.place(path);
        tree.is_dir(path)
    }

    fn library_roots(&self, top_level: &str) -> Vec<String> {
        self.folders.libraries.import_roots(top_level)
    }

    fn import_roots(&self, top_level: &str) -> Vec<String> {
        self.roots().import_roots(top_level)
    }

    fn refused_library(&self, top_level: &str) -> Option<String> {
        self.folders.libraries.refused(top_level)
    }

    fn list(&self, path: &str) -> Vec<String> {
        let (tree, path) = self.folders.place(path);
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
