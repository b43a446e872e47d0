//! Python's import roots: the folders that stand on `sys.path` when the project runs.

mod declared;
mod external;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rustc_hash::FxHashMap;

use super::manifest::Manifest;
use super::tree::{Tree, file_name, join, may_hold_source, parent};

/// Folders that by custom hold a project or its packages.
const CUSTOMARY: [&str; 12] = [
    "src", "lib", "python", "backend", "api", "server", "app", "service", "services", "apps", "packages",
    "libs",
];

/// Folders whose code is about the project rather than of it.
const SECONDARY: [&str; 12] = [
    "test",
    "tests",
    "testing",
    "doc",
    "docs",
    "docs_src",
    "example",
    "examples",
    "sample",
    "samples",
    "benchmarks",
    "scripts",
];

/// Folders that are looked through for a module that is found at no root.
const MAX_FOLDERS: usize = 4000;

/// The import roots of a tree.
#[derive(Debug)]
pub struct Roots {
    tree: Arc<Tree>,
    manifest: Arc<Manifest>,
    known: OnceLock<Known>,
    /// Folders that may hold top-level modules, by the name of such a module.
    anywhere: OnceLock<BTreeMap<String, Vec<String>>>,
    by_module: Mutex<FxHashMap<String, Vec<String>>>,
}

/// Roots by evidence, the best first; the first is the root itself.
#[derive(Debug)]
struct Known {
    roots: Vec<String>,
    /// How many of them the project itself names; the others are roots by custom.
    declared: usize,
}

/// Where a module is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResolvedModule {
    /// Its file; of a namespace package, its first folder.
    pub file: String,
    /// Whether modules may be below it.
    pub is_package: bool,
    /// Whether it is a package without `__init__.py`
    /// ([PEP 420](https://peps.python.org/pep-0420/)), which may go on at other roots.
    pub is_namespace: bool,
    /// The import root that it was found at.
    pub root: String,
}

impl Roots {
    /// The import roots of a tree. Nothing is read before it is asked for.
    #[must_use]
    pub fn new(tree: Arc<Tree>, manifest: Arc<Manifest>) -> Self {
        Self {
            tree,
            manifest,
            known: OnceLock::new(),
            anywhere: OnceLock::new(),
            by_module: Mutex::default(),
        }
    }

    /// The roots to try for a module of this top-level name, in order; none if the tree does not hold it.
    ///
    /// Roots by evidence come first. When none has the name, any folder may be a root: the shallowest first, those of
    /// tests, documentation and examples last. Names of the standard library and of packages that the project
    /// requires are not looked for there: `redis` is not `app/redis.py`.
    #[must_use]
    pub fn import_roots(&self, top_level: &str) -> Vec<String> {
        if let Some(known) = self.lock().get(top_level) {
            return known.clone();
        }
        let is_external = self.is_external(top_level);
        let known = self.all_known();
        let tried = if is_external {
            known.declared
        } else {
            known.roots.len()
        };
        let holds = |root: &&String| holds(&self.tree, root, top_level);
        let mut roots: Vec<String> = known.roots.iter().take(tried).filter(holds).cloned().collect();
        if roots.is_empty() && !is_external {
            roots = self.anywhere().get(top_level).cloned().unwrap_or_default();
        }
        self.lock().insert(top_level.to_owned(), roots.clone());
        roots
    }

    /// The best place of a dotted name. Every root is tried, so that a package may be spread over several.
    #[must_use]
    pub fn resolve(&self, module: &str) -> Option<ResolvedModule> {
        let relative = module.replace('.', "/");
        let mut namespace = None;
        for root in self.import_roots(module.split('.').next()?) {
            let base = join(&root, &relative);
            for (file, is_package) in [(join(&base, "__init__.py"), true), (format!("{base}.py"), false)] {
                if self.tree.is_file(&file) {
                    return Some(ResolvedModule {
                        file,
                        is_package,
                        is_namespace: false,
                        root,
                    });
                }
            }
            if namespace.is_none() && self.tree.is_dir(&base) {
                namespace = Some(ResolvedModule {
                    file: base,
                    is_package: true,
                    is_namespace: true,
                    root,
                });
            }
        }
        namespace
    }

    /// The dotted name of a file, such that it resolves to the file again.
    #[must_use]
    pub fn module_of(&self, file: &str) -> Option<String> {
        let stem = file.strip_suffix(".py")?;
        let stem = stem.strip_suffix("/__init__").unwrap_or(stem);
        // The package that the file is in ends where there is no `__init__.py`.
        let mut top = parent(file);
        while !top.is_empty() && self.tree.is_file(&join(top, "__init__.py")) {
            top = parent(top);
        }
        let rest = file[top.len()..].trim_start_matches('/');
        let package = rest.split_once('/').map(|(package, _)| package);
        let mut roots: Vec<&str> = vec![];
        // A folder that holds the package is a root if it is known as one, or if the package takes it for one;
        // else it is a namespace package below the root.
        if package.is_some_and(|package| {
            self.known().iter().any(|root| root == top) || self.is_top_level(file, package)
        }) {
            roots.push(top);
        }
        let mut projects: Vec<&str> = self
            .known()
            .iter()
            .map(String::as_str)
            .filter(|root| self.is_project(root) || self.is_imported_from(file, root))
            .collect();
        projects.sort_by_key(|root| std::cmp::Reverse(root.len()));
        roots.extend(projects);
        roots.extend(self.known().iter().map(String::as_str));
        roots.push(top);
        roots.into_iter().find_map(|root| {
            let relative = if root.is_empty() {
                stem
            } else {
                stem.strip_prefix(root)?.strip_prefix('/')?
            };
            let module = relative.replace('/', ".");
            let is_name = module.split('.').all(is_identifier);
            let resolved = self.resolve(&module).filter(|_| is_name)?;
            (resolved.file == file).then_some(module)
        })
    }

    /// Roots by evidence, the best first.
    #[must_use]
    pub fn known(&self) -> &[String] {
        &self.all_known().roots
    }

    fn all_known(&self) -> &Known {
        self.known.get_or_init(|| {
            let mut written = vec![String::new()];
            let projects = super::manifest::project_folders(&self.tree);
            for project in &projects {
                written.extend(declared::roots(&self.tree, project));
            }
            let mut roots: Vec<String> = Vec::new();
            let mut push = |root: String| {
                if !roots.contains(&root) && self.tree.is_dir(&root) {
                    roots.push(root);
                }
                roots.len()
            };
            let declared = written.into_iter().map(&mut push).max().unwrap_or(0);
            // A project whose folder is a package too is run from inside of it.
            for project in projects {
                let holds = |name| self.tree.is_file(&join(&project, name));
                if holds("__init__.py") && holds("pyproject.toml") {
                    push(project);
                }
            }
            for name in CUSTOMARY {
                if !self.tree.is_file(&join(name, "__init__.py")) {
                    push(name.to_owned());
                    push(join(name, "src"));
                }
            }
            Known { roots, declared }
        })
    }

    /// Whether a root surely is one: a project of its own or, by custom, a `src`.
    fn is_project(&self, root: &str) -> bool {
        let holds = |file: &&str| self.tree.is_file(&join(root, file));
        file_name(root) == "src"
            || !root.is_empty() && !holds(&"__init__.py") && PROJECT_FILES.iter().any(holds)
    }

    /// Whether a file names the package that it is in as one below this root, as in a project whose folder is a package too.
    fn is_imported_from(&self, file: &str, root: &str) -> bool {
        let below = file.strip_prefix(root).and_then(|rest| rest.strip_prefix('/'));
        let package = below.and_then(|rest| rest.split_once('/'));
        !root.is_empty() && package.is_some_and(|(package, _)| self.is_top_level(file, package))
    }

    /// Whether a file speaks of its own package as of a top-level one.
    fn is_top_level(&self, file: &str, package: &str) -> bool {
        let Some(text) = self.tree.text(file) else {
            return false;
        };
        text.lines().any(|line| {
            let mut words = line.split([' ', '\t', '.', ',']).filter(|word| !word.is_empty());
            matches!(words.next(), Some("from" | "import"))
                && words.next() == Some(package)
                && !line.contains("from .")
        })
    }

    fn is_external(&self, top_level: &str) -> bool {
        external::is_known(top_level) || self.manifest.python_package(top_level).is_some()
    }

    /// Every folder that is no package itself, under the names of the modules in it.
    fn anywhere(&self) -> &BTreeMap<String, Vec<String>> {
        self.anywhere.get_or_init(|| {
            let mut folders = vec![String::new()];
            let mut at = 0;
            while at < folders.len() && folders.len() < MAX_FOLDERS {
                let inner = self.tree.folders(&folders[at]);
                folders.extend(inner.into_iter().filter(|path| self.may_be_root(path)));
                at += 1;
            }
            // By depth already; this keeps the order within each half.
            folders.sort_by_key(|folder| is_secondary(folder));
            let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
            for folder in folders {
                if self.tree.is_file(&join(&folder, "__init__.py")) {
                    continue;
                }
                for name in self.tree.list(&folder) {
                    let module = name.strip_suffix(".py").unwrap_or(&name);
                    // `app` in `x/app` is found from `x` already.
                    if is_identifier(module)
                        && module != file_name(&folder)
                        && holds(&self.tree, &folder, module)
                    {
                        let roots = found.entry(module.to_owned()).or_default();
                        if roots.last() != Some(&folder) {
                            roots.push(folder.clone());
                        }
                    }
                }
            }
            found
        })
    }

    fn may_be_root(&self, path: &str) -> bool {
        may_hold_source(path) && !self.tree.is_file(&join(path, "pyvenv.cfg"))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, FxHashMap<String, Vec<String>>> {
        self.by_module.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Files that make a folder a project.
const PROJECT_FILES: [&str; 6] = [
    "pyproject.toml",
    "setup.py",
    "setup.cfg",
    "requirements.txt",
    "Pipfile",
    "Dockerfile",
];

/// Whether a path leads through tests, documentation or examples.
pub(crate) fn is_secondary(path: &str) -> bool {
    path.split('/')
        .any(|part| SECONDARY.contains(&part) || part.starts_with("test_"))
        || file_name(path) == "conftest.py"
        || path.ends_with("_test.py")
}

fn holds(tree: &Tree, root: &str, module: &str) -> bool {
    let base = join(root, module);
    tree.is_file(&format!("{base}.py")) || tree.is_file(&format!("{base}.pyi")) || tree.is_dir(&base)
}

fn is_identifier(name: &str) -> bool {
    let mut characters = name.chars();
    characters
        .next()
        .is_some_and(|first| first.is_alphabetic() || first == '_')
        && characters.all(|character| character.is_alphanumeric() || character == '_')
}

#[cfg(test)]
mod tests;
