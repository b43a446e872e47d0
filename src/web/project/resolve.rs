//! What an import leads to: a script of the tree, another file, or a library.

use std::collections::BTreeMap;

use ecow::EcoString;
use rustc_hash::FxHashMap;

pub use super::library::Library;
use super::{
    ModuleId, Project,
    alias::{AliasTarget, Aliases},
    import_map,
    library::{self, is_build_of_three},
    package::{Imported, Packages},
    pages::Reach,
    path::{Request, ancestors, file_name, find, find_by_end, join, parent, target},
    tsconfig::TsConfigs,
    vendored::addon_by_path,
};

/// What an import leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A script of the tree.
    Module(ModuleId),
    /// A file of the tree that is no script of the project, by its path: a model, a shader, JSON; also a script of
    /// which the text or the address is imported (`?raw`, `?url`), and others' scripts of an unknown library.
    File(EcoString),
    /// A library.
    Library(Library),
    /// Nothing, although it should be in the tree: the path that was looked for.
    Missing(EcoString),
}

/// What decides about imports besides their own text.
#[derive(Debug, Default)]
pub struct Configuration {
    pub(super) packages: Packages,
    pub(super) tsconfigs: TsConfigs,
    pub(super) aliases: Aliases,
    /// Copies of libraries in the tree, by path.
    pub(super) copies: FxHashMap<String, Library>,
    pub(super) reach: Reach,
}

/// Where an import stands.
#[derive(Clone, Copy)]
pub(super) struct Origin<'o> {
    /// The folder of the file.
    pub(super) folder: &'o str,
    /// The pages that load it, as far as their import maps count, each with the folder of the page.
    pub(super) maps: &'o [(&'o str, &'o BTreeMap<String, String>)],
}

/// Aliases may lead to aliases; a longer chain is a circle.
const MAX_ALIASES: usize = 4;

impl Configuration {
    pub(super) fn new(project: &Project<'_>, copies: FxHashMap<String, Library>) -> Self {
        let packages = Packages::new(project.files);
        Self {
            tsconfigs: TsConfigs::new(project.files, &packages),
            packages,
            aliases: Aliases::default(),
            copies,
            reach: Reach::default(),
        }
    }

    pub(super) fn resolve(&self, project: &Project<'_>, from: ModuleId, specifier: &str) -> Target {
        let maps: Vec<(&str, &BTreeMap<String, String>)> = self
            .reach
            .maps_of(from)
            .map(|page| {
                let page = &project.pages[page];
                (parent(&page.file), &page.import_map)
            })
            .collect();
        let origin = Origin {
            folder: parent(&project.module(from).file),
            maps: &maps,
        };
        self.resolve_from(project, origin, specifier)
    }

    pub(super) fn resolve_from(&self, project: &Project<'_>, origin: Origin<'_>, specifier: &str) -> Target {
        let request = Request::new(specifier);
        match self.lead(project, origin, request.path, 0) {
            Target::Module(module) if request.is_for_file() => {
                Target::File(project.module(module).file.clone())
            }
            target => target,
        }
    }

    fn lead(&self, project: &Project<'_>, origin: Origin<'_>, path: &str, depth: usize) -> Target {
        let mapped = origin
            .maps
            .iter()
            .find_map(|(folder, map)| Some((*folder, import_map::address(map, path)?)));
        if let Some((folder, address)) = mapped.filter(|_| depth < MAX_ALIASES) {
            let origin = Origin { folder, maps: &[] };
            return match self.lead(project, origin, &address, depth + 1) {
                // A build that is not in the tree; the name that it has in the map is that of the library.
                Target::Missing(_) if path == "three" || path.starts_with("three/") => {
                    Target::Library(Library::of_specifier(path))
                }
                target => target,
            };
        }
        if is_relative(path) {
            return self.relative(project, origin, path);
        }
        if is_address(path) {
            return Target::Library(Library::of_address(path));
        }
        if let Some(path) = path.strip_prefix('/') {
            if let Some(target) = self.aliased(project, origin, &format!("/{path}"), depth) {
                return target;
            }
            return self.absolute(project, origin.folder, path);
        }
        self.bare(project, origin, path, depth)
    }

    fn relative(&self, project: &Project<'_>, origin: Origin<'_>, path: &str) -> Target {
        // SvelteKit generates it: https://svelte.dev/docs/kit/types#Generated-types
        if path == "./$types" || path == "./$types.js" {
            return Target::Library(Library::new("@sveltejs/kit", "$types", None));
        }
        let Some(path) = join(origin.folder, path) else {
            return library_by_path(path).unwrap_or(Target::Missing(path.into()));
        };
        find(project, &path)
            .map(|file| target(project, &file))
            .or_else(|| library_by_path(&path))
            .unwrap_or(Target::Missing(path.into()))
    }

    /// `/path`, from the root of whatever serves the file: a folder around it, or a folder of static files in one.
    fn absolute(&self, project: &Project<'_>, folder: &str, path: &str) -> Target {
        const SERVED: [&str; 5] = ["", "public", "static", "src", "assets"];
        // Vite serves files outside of its root by their place on the disk.
        let path = path.strip_prefix("@fs/").unwrap_or(path);
        ancestors(folder)
            .flat_map(|root| SERVED.iter().filter_map(move |served| join(root, served)))
            .find_map(|root| find(project, &join(&root, path)?))
            .or_else(|| find_by_end(project, folder, path))
            .map(|file| target(project, &file))
            .or_else(|| library_by_path(path))
            .unwrap_or_else(|| Target::Missing(path.into()))
    }

    fn aliased(&self, project: &Project<'_>, origin: Origin<'_>, path: &str, depth: usize) -> Option<Target> {
        if depth >= MAX_ALIASES {
            return None;
        }
        let mut missing = None;
        for candidate in self.aliases.candidates(&self.packages, origin.folder, path) {
            match candidate {
                AliasTarget::Path(path) => match find(project, &path) {
                    Some(file) => return Some(target(project, &file)),
                    None => {
                        missing = missing.or_else(|| library_by_path(&path).or(Some(Target::Missing(path))))
                    }
                },
                AliasTarget::Specifier(other) if other != path => {
                    let origin = Origin { maps: &[], ..origin };
                    // Aliases are applied once: `vue` may stand for `vue/dist/vue.esm.js`.
                    return Some(self.lead(project, origin, &other, MAX_ALIASES));
                }
                AliasTarget::Specifier(_) => {}
            }
        }
        missing
    }

    fn bare(&self, project: &Project<'_>, origin: Origin<'_>, path: &str, depth: usize) -> Target {
        let aliased = self.aliased(project, origin, path, depth);
        if let Some(found) = aliased
            .as_ref()
            .filter(|found| !matches!(found, Target::Missing(_)))
        {
            return found.clone();
        }
        let by_config = self.tsconfigs.candidates(origin.folder, path);
        if let Some(file) = by_config.iter().find_map(|path| find(project, path)) {
            return target(project, &file);
        }
        if let Some(found) = self.by_package(project, origin, path, depth) {
            return found;
        }
        if let Some(missing) = aliased {
            return missing;
        }
        // A name that no package may have is an alias whose configuration is not known.
        if path.starts_with("@/") || path.starts_with("~/") || path == "@" || path == "~" {
            return Target::Missing(path.into());
        }
        let library = Library::of_specifier(path);
        let is_declared = |name: &str| self.packages.requirement(origin.folder, name).is_some();
        if library::is_builtin(&library.package, &library.path) && !is_declared(&library.package) {
            return Target::Library(Library::of_specifier(&format!("node:{path}")));
        }
        Target::Library(library)
    }

    fn by_package(
        &self,
        project: &Project<'_>,
        origin: Origin<'_>,
        path: &str,
        depth: usize,
    ) -> Option<Target> {
        if path.starts_with('#') {
            return match self.packages.imported(project, origin.folder, path)? {
                Imported::File(file) => Some(target(project, &file)),
                Imported::Specifier(other) if depth < MAX_ALIASES => {
                    Some(self.lead(project, origin, &other, depth + 1))
                }
                Imported::Specifier(_) => None,
            };
        }
        let (package, path) = self.packages.by_specifier(path)?;
        let file = package.exported(project, path)?;
        Some(target(project, &file))
    }
}

fn is_relative(path: &str) -> bool {
    path.starts_with("./") || path.starts_with("../") || path == "." || path == ".."
}

/// A URL, absolute or of the page's own scheme; Node's and the package managers' prefixes are none.
fn is_address(path: &str) -> bool {
    path.starts_with("//") || path.contains("://") || path.starts_with("data:") || path.starts_with("blob:")
}

/// A library by the path of a file that is not in the tree: the builds of three.js are often not committed.
fn library_by_path(path: &str) -> Option<Target> {
    if let Some((_, installed)) = path.rsplit_once("node_modules/") {
        return Some(Target::Library(Library::of_specifier(installed)));
    }
    if is_build_of_three(path) {
        return Some(Target::Library(Library::new("three", file_name(path), None)));
    }
    let addon = addon_by_path(path)?;
    Some(Target::Library(Library::new("three", &addon, None)))
}
