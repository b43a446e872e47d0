//! The scripts of a tree, and what their imports lead to.

pub mod alias;
pub mod glob;
mod import_map;
pub mod library;
mod lock;
pub mod nuxt;
mod package;
pub mod pages;
mod path;
pub mod resolve;
mod tsconfig;
mod vendored;
pub mod version;

#[cfg(test)]
mod tests;

use std::{
    cell::{OnceCell, RefCell},
    collections::BTreeMap,
};

use ecow::EcoString;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::syntax::{
    document::{self, Document, External},
    tree::Script,
};
use crate::source::location::{Finding, Location};

pub use alias::{Alias, AliasPattern, AliasTarget};
pub use library::Library;
pub use path::Request;
pub use resolve::Target;
pub use version::{PackageVersion, VersionMismatch};

/// Stack of the threads that parse; only what is used of it takes memory.
const STACK: usize = 512 << 20;
/// A longer script is a build result or data; it also bounds how deep a script can nest.
const MAX_BYTES: usize = 1 << 20;

/// Where the files of the analysed tree come from.
pub trait Files: Sync {
    /// The text of a file, by its path relative to the root; none if it is missing, too large, or no text.
    fn text(&self, path: &str) -> Option<String>;
    /// Whether a file of this path exists.
    fn is_file(&self, path: &str) -> bool;
    /// Size of a file in bytes.
    fn size(&self, path: &str) -> Option<u64>;
    /// Every file that belongs to the project, sorted.
    fn paths(&self) -> &[String];
}

/// One of [`Project::modules`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ModuleId(pub u32);

impl ModuleId {
    /// Its place in the project's list.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// One script of a file.
#[derive(Debug)]
pub struct Module {
    /// Path of the file relative to the root.
    pub file: EcoString,
    /// What stands in it.
    pub script: Script,
    /// Whether its top level is its own; else it is that of the page.
    pub is_module: bool,
}

/// A page, or the template of one.
#[derive(Clone, Debug)]
pub struct Page {
    /// Path of the file relative to the root.
    pub file: EcoString,
    /// Its inline scripts, in order.
    pub inline: Vec<ModuleId>,
    /// The scripts that it loads, in order.
    pub external: Vec<External>,
    /// `imports` of its import map: specifier or prefix with `/` → address.
    pub import_map: BTreeMap<String, String>,
}

/// A script that is not read because others wrote it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Vendored {
    /// Path of the file relative to the root.
    pub file: String,
    /// How that is known, e.g. `minified`.
    pub reason: &'static str,
}

/// The scripts of a tree.
pub struct Project<'f> {
    /// Where its files come from.
    pub files: &'f dyn Files,
    /// Every script, by file and then in order.
    pub modules: Vec<Module>,
    /// Every page, by file.
    pub pages: Vec<Page>,
    /// What is left out, by file.
    pub vendored: Vec<Vendored>,
    /// What could not be read, by file and line.
    pub problems: Vec<Finding>,
    by_file: FxHashMap<EcoString, Vec<ModuleId>>,
    configuration: resolve::Configuration,
    /// By the folder of the `package.json` that counts, and package.
    versions: RefCell<FxHashMap<(EcoString, EcoString), Option<PackageVersion>>>,
    resolved: RefCell<FxHashMap<(ModuleId, EcoString), Target>>,
    auto_imports: OnceCell<nuxt::AutoImports>,
}

impl<'f> Project<'f> {
    /// Reads every script of a tree.
    #[must_use]
    pub fn new(files: &'f dyn Files) -> Self {
        let mut project = Self {
            files,
            modules: vec![],
            pages: vec![],
            vendored: vec![],
            problems: vec![],
            by_file: FxHashMap::default(),
            configuration: resolve::Configuration::default(),
            versions: RefCell::default(),
            resolved: RefCell::default(),
            auto_imports: OnceCell::new(),
        };
        let read = read_all(files);
        let mut copies = FxHashMap::default();
        for (path, read) in read {
            match read {
                Read::Document(document) => project.add(path, *document),
                Read::Vendored(verdict) => {
                    project.vendored.push(Vendored {
                        file: path.clone(),
                        reason: verdict.reason,
                    });
                    copies.extend(verdict.library.map(|library| (path.clone(), library)));
                }
            }
        }
        project.configuration = resolve::Configuration::new(&project, copies);
        project.follow_pages();
        project
    }

    /// Adds the aliases of a bundler for the files of a folder, relative to the root. Of several that match, the one of
    /// the innermost folder counts, then the first.
    pub fn add_aliases(&mut self, folder: &str, aliases: Vec<Alias>) {
        self.configuration.aliases.add(folder, aliases);
        self.follow_pages();
    }

    /// What pages load decides which import maps count for a module, and the maps decide what the module loads.
    fn follow_pages(&mut self) {
        self.configuration.reach = pages::Reach::default();
        self.resolved.borrow_mut().clear();
        self.configuration.reach = pages::Reach::by_maps(self);
        let loads = pages::Loads::new(self);
        self.configuration.reach.loads = loads;
    }

    fn add(&mut self, path: &str, document: Document) {
        let file: EcoString = path.into();
        let mut inline = vec![];
        for embedded in document.scripts {
            let id = ModuleId(self.modules.len() as u32);
            for problem in &embedded.parsed.problems {
                let (line, column) = embedded.parsed.script.position(problem.start);
                self.problems
                    .push(syntax_error(path, line, column, &problem.message));
            }
            self.modules.push(Module {
                file: file.clone(),
                script: embedded.parsed.script,
                is_module: embedded.is_module,
            });
            self.by_file.entry(file.clone()).or_default().push(id);
            inline.push(id);
        }
        if document::kind(path) == Some(document::FileKind::Page) {
            self.pages.push(Page {
                file,
                inline,
                external: document.external,
                import_map: document
                    .import_map
                    .map(|(text, _)| import_map::parse(&text))
                    .unwrap_or_default(),
            });
        }
    }

    /// A module.
    #[must_use]
    pub fn module(&self, id: ModuleId) -> &Module {
        &self.modules[id.index()]
    }

    /// A module's tree.
    #[must_use]
    pub fn script(&self, id: ModuleId) -> &Script {
        &self.modules[id.index()].script
    }

    /// The ids of all modules.
    pub fn module_ids(&self) -> impl Iterator<Item = ModuleId> + use<> {
        (0..self.modules.len() as u32).map(ModuleId)
    }

    /// The modules that are part of the product rather than of its tests, stories and their data.
    pub fn product_modules(&self) -> impl Iterator<Item = ModuleId> + '_ {
        self.module_ids().filter(|module| !self.is_test(*module))
    }

    /// Whether a module tests or shows the product.
    #[must_use]
    pub fn is_test(&self, module: ModuleId) -> bool {
        is_test(&self.module(module).file)
    }

    /// The scripts of a file, in order.
    #[must_use]
    pub fn modules_of(&self, file: &str) -> &[ModuleId] {
        self.by_file.get(file).map_or(&[], Vec::as_slice)
    }

    /// What a name means in a module of which no file declares it, where the framework imports it by itself.
    #[must_use]
    pub fn auto_import(&self, module: ModuleId, name: &str) -> Option<nuxt::AutoImport> {
        let imports = self.auto_imports.get_or_init(|| nuxt::AutoImports::new(self));
        imports.find(&self.module(module).file, name)
    }

    /// What an import leads to.
    #[must_use]
    pub fn resolve(&self, from: ModuleId, specifier: &str) -> Target {
        let key = (from, EcoString::from(specifier));
        if let Some(known) = self.resolved.borrow().get(&key) {
            return known.clone();
        }
        let target = self.configuration.resolve(self, from, specifier);
        self.resolved.borrow_mut().insert(key, target.clone());
        target
    }
}

/// Whether a file tests or shows the product.
#[must_use]
pub fn is_test(file: &str) -> bool {
    let name = file.rsplit('/').next().unwrap_or(file);
    let is_folder = |part: &str| {
        matches!(
            part,
            "__tests__" | "__mocks__" | "__fixtures__" | "tests" | "test" | "e2e" | "cypress"
        )
    };
    [".test.", ".spec.", ".stories."]
        .iter()
        .any(|part| name.contains(part))
        || file.split('/').any(is_folder)
}

/// Reads every script in parallel. The parser descends as deep as a script nests, so its threads have deep stacks.
fn read_all(files: &dyn Files) -> Vec<(&String, Read)> {
    let all = || {
        files
            .paths()
            .par_iter()
            .filter_map(|path| Some((path, read(files, path)?)))
            .collect()
    };
    match rayon::ThreadPoolBuilder::new().stack_size(STACK).build() {
        Ok(pool) => pool.install(all),
        Err(_) => all(),
    }
}

fn syntax_error(file: &str, line: u32, column: u32, message: &str) -> Finding {
    Finding {
        location: Location {
            file: file.to_owned(),
            line,
            end_line: line,
            column,
        },
        code: "syntax-error".to_owned(),
        message: message.to_owned(),
        help: None,
    }
}

enum Read {
    Document(Box<Document>),
    Vendored(vendored::Verdict),
}

fn read(files: &dyn Files, path: &str) -> Option<Read> {
    let kind = document::kind(path)?;
    let text = files.text(path)?;
    if let Some(verdict) = vendored::judge(path, kind, &text) {
        return Some(Read::Vendored(verdict));
    }
    if text.len() > MAX_BYTES {
        return Some(Read::Vendored(vendored::Verdict {
            reason: "larger than 1 MiB",
            library: None,
        }));
    }
    Some(Read::Document(Box::new(document::read(path, &text, kind))))
}
