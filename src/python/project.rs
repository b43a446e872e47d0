//! Where modules are found: dotted names to files, and files to syntax trees.

use std::{cell::RefCell, rc::Rc, sync::Arc};

use ecow::EcoString;
use rustc_hash::FxHashMap;

use super::{interpret::value::SourceFile, library::LibraryModule, syntax};

/// Where the bytes of the analysed tree come from.
pub trait Files {
    /// The bytes of a file, by its path relative to the root.
    ///
    /// # Errors
    /// Why it cannot be read, in one sentence.
    fn read(&self, path: &str) -> Result<Vec<u8>, String>;
    /// Whether a file of this path exists.
    fn is_file(&self, path: &str) -> bool;
    /// Whether a folder of this path exists.
    fn is_dir(&self, path: &str) -> bool;
    /// The import roots to try for a module of this top-level name, in order. The root itself is empty.
    fn import_roots(&self, top_level: &str) -> Vec<String>;
    /// The version of a package by lock file or requirement, e.g. `0.115.4`.
    fn package_version(&self, package: &str) -> Option<String>;
    /// The names in a folder, sorted.
    fn list(&self, path: &str) -> Vec<String>;
}

/// The modules of the analysed tree.
pub struct Project {
    /// The files.
    pub files: Rc<dyn Files>,
    found: RefCell<FxHashMap<EcoString, Option<FoundModule>>>,
    loaded: RefCell<FxHashMap<EcoString, Rc<SourceFile>>>,
}

/// A module that exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundModule {
    /// What it is.
    pub kind: ModuleKind,
    /// Its file, relative to the root; for a namespace package, its folder.
    pub path: EcoString,
}

/// What a dotted name leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModuleKind {
    /// A file: a module, or a package's `__init__.py`.
    File {
        /// Whether it is a package.
        is_package: bool,
    },
    /// A folder without `__init__.py`.
    Namespace,
}

impl Project {
    /// A project over files.
    #[must_use]
    pub fn new(files: Rc<dyn Files>) -> Self {
        Self {
            files,
            found: RefCell::default(),
            loaded: RefCell::default(),
        }
    }

    /// The file of a module, if the tree holds it.
    #[must_use]
    pub fn find(&self, module: &str) -> Option<FoundModule> {
        if let Some(known) = self.found.borrow().get(module) {
            return known.clone();
        }
        let found = self.search(module);
        self.found.borrow_mut().insert(module.into(), found.clone());
        found
    }

    fn search(&self, module: &str) -> Option<FoundModule> {
        let top_level = module.split('.').next().unwrap_or_default();
        let relative = module.replace('.', "/");
        let mut namespace = None;
        for root in self.files.import_roots(top_level) {
            let base = if root.is_empty() {
                relative.clone()
            } else {
                format!("{root}/{relative}")
            };
            for (suffix, is_package) in [
                ("/__init__.py", true),
                (".py", false),
                ("/__init__.pyi", true),
                (".pyi", false),
            ] {
                let path = format!("{base}{suffix}");
                if self.files.is_file(&path) {
                    return Some(FoundModule {
                        kind: ModuleKind::File { is_package },
                        path: path.into(),
                    });
                }
            }
            if namespace.is_none() && self.files.is_dir(&base) {
                namespace = Some(FoundModule {
                    kind: ModuleKind::Namespace,
                    path: base.into(),
                });
            }
        }
        namespace
    }

    /// Reads and parses a file.
    ///
    /// # Errors
    /// Why it cannot be read, in one sentence.
    pub fn load(&self, path: &str) -> Result<Rc<SourceFile>, String> {
        if let Some(known) = self.loaded.borrow().get(path) {
            return Ok(Rc::clone(known));
        }
        let text = self.files.read(path)?;
        let syntax = Arc::new(syntax::parse(&text));
        let file = Rc::new(SourceFile {
            path: path.into(),
            text,
            syntax,
        });
        self.loaded.borrow_mut().insert(path.into(), Rc::clone(&file));
        Ok(file)
    }

    /// The parsed file of a library model.
    #[must_use]
    pub fn library_file(&self, model: &LibraryModule) -> Rc<SourceFile> {
        let text = model.text.as_bytes().to_vec();
        let syntax = Arc::new(syntax::parse(&text));
        Rc::new(SourceFile {
            path: model.path.into(),
            text,
            syntax,
        })
    }
}
