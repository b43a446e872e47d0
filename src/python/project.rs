//! Where modules are found: dotted names to files, and files to syntax trees.

mod ahead;
mod release;

pub use ahead::{absolute_name, imported_names};
pub use release::Release;

use std::{cell::RefCell, rc::Rc, sync::Arc};

use ecow::EcoString;
use rustc_hash::FxHashMap;

use super::{library::LibraryModule, source_file::SourceFile};
use crate::source::tree::join;

/// Where the bytes of the analysed tree come from.
pub trait Files {
    /// The bytes of a file, by its path relative to the root.
    ///
    /// # Errors
    /// Why it cannot be read, in one sentence.
    fn read(&self, path: &str) -> Result<Vec<u8>, String>;
    /// A Python file with its syntax tree.
    ///
    /// # Errors
    /// Why it cannot be read, in one sentence.
    fn source(&self, path: &str) -> Result<Arc<SourceFile>, String> {
        Ok(Arc::new(SourceFile::new(path, self.read(path)?)))
    }
    /// Hears which files will be asked for soon. It may parse them meanwhile; what [`Files::source`] gives stays the same.
    fn parse_ahead(&self, _paths: Vec<EcoString>) {}
    /// Whether a file of this path exists.
    fn is_file(&self, path: &str) -> bool;
    /// Whether a folder of this path exists.
    fn is_dir(&self, path: &str) -> bool;
    /// The import roots to try for a module of this top-level name, in order. The root itself is empty.
    fn import_roots(&self, top_level: &str) -> Vec<String>;
    /// The folders to try for a module of this top-level name when the project does not hold it: source of libraries.
    fn library_roots(&self, _top_level: &str) -> Vec<String> {
        vec![]
    }
    /// Why source of a library that is there is not read, in one sentence.
    fn refused_library(&self, _top_level: &str) -> Option<String> {
        None
    }
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
}

/// A module that exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundModule {
    /// What it is.
    pub kind: ModuleKind,
    /// Its file, relative to the root; for a namespace package, its first folder.
    pub path: EcoString,
    /// Whether it belongs to a library and not to the project.
    pub is_third_party: bool,
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
    /// A compiled module: it is there, and what it holds cannot be read.
    Extension,
}

impl Project {
    /// A project over files.
    #[must_use]
    pub fn new(files: Rc<dyn Files>) -> Self {
        Self {
            files,
            found: RefCell::default(),
        }
    }

    /// The file of a module, if the tree or a library at hand holds it. What is the project's own comes first, unless it
    /// is a mere folder and a library is a package of that name, as on `sys.path`.
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
        let own = self.search_below(&self.files.import_roots(top_level), module, false);
        let is_own_package = || {
            let top = self.find(top_level);
            top.is_some_and(|top| !top.is_third_party && top.kind != ModuleKind::Namespace)
        };
        if own.as_ref().is_some_and(|own| own.kind != ModuleKind::Namespace)
            || module != top_level && is_own_package()
        {
            return own;
        }
        let library = self.search_below(&self.files.library_roots(top_level), module, true);
        match library {
            Some(library) if own.is_none() || library.kind != ModuleKind::Namespace => Some(library),
            _ => own,
        }
    }

    fn search_below(&self, roots: &[String], module: &str, is_third_party: bool) -> Option<FoundModule> {
        let relative = module.replace('.', "/");
        let found = |kind, path: String| FoundModule {
            kind,
            path: path.into(),
            is_third_party,
        };
        let mut namespace = None;
        for root in roots {
            let base = join(root, &relative);
            for (suffix, is_package) in [
                ("/__init__.py", true),
                (".py", false),
                ("/__init__.pyi", true),
                (".pyi", false),
            ] {
                let path = format!("{base}{suffix}");
                if self.files.is_file(&path) {
                    return Some(found(ModuleKind::File { is_package }, path));
                }
            }
            if let Some(path) = self.extension(&base) {
                return Some(found(ModuleKind::Extension, path));
            }
            if namespace.is_none() && self.files.is_dir(&base) {
                namespace = Some(found(ModuleKind::Namespace, base));
            }
        }
        namespace
    }

    /// The compiled module of a name, such as `_speedups.cpython-312-x86_64-linux-gnu.so`
    /// (<https://docs.python.org/3/library/importlib.html#importlib.machinery.EXTENSION_SUFFIXES>).
    fn extension(&self, base: &str) -> Option<String> {
        let (folder, name) = base.rsplit_once('/').unwrap_or(("", base));
        let is_it = |entry: &String| {
            let rest = entry.strip_prefix(name).and_then(|rest| rest.strip_prefix('.'));
            rest.is_some_and(|rest| matches!(rest.rsplit('.').next(), Some("so" | "pyd")))
        };
        let entry = self.files.list(folder).into_iter().find(is_it)?;
        Some(join(folder, &entry))
    }

    /// The folders that a namespace package is spread over.
    #[must_use]
    pub fn namespace_folders(&self, module: &str) -> Vec<String> {
        let top_level = module.split('.').next().unwrap_or_default();
        let roots = self.files.import_roots(top_level).into_iter();
        let folders = roots
            .chain(self.files.library_roots(top_level))
            .map(|root| join(&root, &module.replace('.', "/")));
        folders.filter(|folder| self.files.is_dir(folder)).collect()
    }

    /// The parsed file of a library model.
    #[must_use]
    pub fn library_file(&self, model: &LibraryModule) -> Arc<SourceFile> {
        Arc::new(SourceFile::new(model.path, model.text.as_bytes().to_vec()))
    }
}
