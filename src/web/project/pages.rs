//! Which page loads which scripts, and where reading begins.

use std::collections::{BTreeMap, BTreeSet};

use ecow::EcoString;

use super::{
    ModuleId, Project, Target,
    path::{find_by_end, parent, target},
    resolve::Origin,
};
use crate::web::syntax::tree::{ExportSource, ExpressionId, ExpressionKind, Script};

/// Which pages lead to a module.
#[derive(Debug, Default)]
pub struct Reach {
    /// By module: the pages whose import map counts for it, one for each different map.
    maps: BTreeMap<ModuleId, Vec<usize>>,
    pub(super) loads: Loads,
}

/// Which pages and modules load which modules.
#[derive(Debug, Default)]
pub(super) struct Loads {
    /// By module: the pages that load it, directly or through imports.
    pages: BTreeMap<ModuleId, Vec<usize>>,
    /// The modules that another one imports.
    imported: BTreeSet<ModuleId>,
}

impl Reach {
    pub(super) fn maps_of(&self, module: ModuleId) -> impl Iterator<Item = usize> + '_ {
        self.maps.get(&module).into_iter().flatten().copied()
    }

    /// The reach of the pages whose import maps can change what their modules import.
    pub(super) fn by_maps(project: &Project<'_>) -> Self {
        let mut reach = Self::default();
        let mut seen: BTreeMap<(&str, &BTreeMap<String, String>), BTreeSet<ModuleId>> = BTreeMap::new();
        for (index, page) in project.pages.iter().enumerate() {
            if page.import_map.is_empty() {
                continue;
            }
            let maps = [(parent(&page.file), &page.import_map)];
            let seen = seen.entry(maps[0]).or_default();
            let mut open = roots(project, index);
            while let Some(module) = open.pop() {
                if !seen.insert(module) {
                    continue;
                }
                reach.maps.entry(module).or_default().push(index);
                let origin = Origin {
                    folder: parent(&project.module(module).file),
                    maps: &maps,
                };
                for request in requests(project.script(module)) {
                    let target = project
                        .configuration
                        .resolve_from(project, origin, &request.specifier);
                    if let Target::Module(module) = target {
                        open.push(module);
                    }
                }
            }
        }
        reach
    }
}

impl Loads {
    /// Follows the imports of each page; the import maps are known by now.
    pub(super) fn new(project: &Project<'_>) -> Self {
        let edges: Vec<Vec<ModuleId>> = project
            .module_ids()
            .map(|module| imported_by(project, module))
            .collect();
        let mut loads = Self {
            imported: edges.iter().flatten().copied().collect(),
            ..Self::default()
        };
        for page in 0..project.pages.len() {
            let mut seen = BTreeSet::new();
            let mut open = roots(project, page);
            while let Some(module) = open.pop() {
                if seen.insert(module) {
                    loads.pages.entry(module).or_default().push(page);
                    open.extend(&edges[module.index()]);
                }
            }
        }
        loads
    }
}

/// A place where a script asks for another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptRequest {
    /// As written.
    pub specifier: EcoString,
    /// Byte offset.
    pub start: u32,
    /// Whether only types are asked for.
    pub is_type: bool,
}

/// What a script asks for by a text: `import`, `export … from`, `import()`, `require()`, `new URL('…', import.meta.url)`.
#[must_use]
pub fn requests(script: &Script) -> Vec<ScriptRequest> {
    let of = |specifier: &EcoString, start: u32, is_type: bool| ScriptRequest {
        specifier: specifier.clone(),
        start,
        is_type,
    };
    let imports = script
        .imports
        .iter()
        .map(|import| of(&import.module, import.start, import.is_type));
    let exports = script.exports.iter().filter_map(|export| match &export.source {
        ExportSource::Module { module, .. } => Some(of(module, export.start, false)),
        _ => None,
    });
    let dynamic = script.expression_ids().filter_map(|id| {
        let text = dynamic_request(script, id)?;
        Some(of(text, script.expression(id).start, false))
    });
    imports.chain(exports).chain(dynamic).collect()
}

fn dynamic_request(script: &Script, id: ExpressionId) -> Option<&EcoString> {
    let text = |id: ExpressionId| match script.kind(id) {
        ExpressionKind::Text(text) => Some(text),
        ExpressionKind::Template { texts, holes, .. } if holes.is_empty() => texts.first(),
        _ => None,
    };
    let is_global = |id: ExpressionId, name: &str| matches!(script.kind(id), ExpressionKind::Global(global) if global == name);
    match script.kind(id) {
        ExpressionKind::Import(module) => text(*module),
        ExpressionKind::Call {
            callee, arguments, ..
        } => {
            let is_require = is_global(*callee, "require") || is_global(*callee, "importScripts");
            text(arguments.first().filter(|_| is_require)?.value)
        }
        ExpressionKind::New { callee, arguments } if is_global(*callee, "URL") => {
            let [path, base] = arguments.as_slice() else {
                return None;
            };
            let ExpressionKind::Member { object, property, .. } = script.kind(base.value) else {
                return None;
            };
            let is_own = property == "url" && matches!(script.kind(*object), ExpressionKind::ImportMeta);
            text(path.value).filter(|path| is_own && path.starts_with('.'))
        }
        _ => None,
    }
}

fn imported_by(project: &Project<'_>, module: ModuleId) -> Vec<ModuleId> {
    let modules = requests(project.script(module))
        .into_iter()
        .filter_map(|request| match project.resolve(module, &request.specifier) {
            Target::Module(imported) if imported != module => Some(imported),
            _ => None,
        });
    let script = project.script(module);
    let globbed = script
        .expression_ids()
        .filter_map(|call| project.globbed(module, call))
        .flat_map(|globbed| globbed.members)
        .filter_map(|(_, target)| match target {
            Target::Module(module) => Some(module),
            _ => None,
        });
    let found: BTreeSet<ModuleId> = modules.chain(globbed).collect();
    found.into_iter().collect()
}

/// The scripts of a page itself: inline and by address.
fn roots(project: &Project<'_>, page: usize) -> Vec<ModuleId> {
    let external = project.pages[page].external.iter().filter_map(|external| {
        match project.resolve_address(&project.pages[page].file, &external.source) {
            Target::Module(module) => Some(module),
            _ => None,
        }
    });
    let inline = project.pages[page].inline.iter().copied();
    inline.chain(external).collect()
}

/// What a template puts into an address: `{{ url_for('static', path='/js/app.js') }}` is for `js/app.js`
/// (<https://www.starlette.io/templates/>), `{{ base }}/app.js` for `/app.js`.
fn without_template(address: &str) -> EcoString {
    let Some(begin) = address.find("{{") else {
        return address.into();
    };
    let Some(length) = address[begin..].find("}}") else {
        return address.into();
    };
    let (tag, rest) = (&address[begin..begin + length], &address[begin + length + 2..]);
    if tag.contains("url_for") {
        let quoted = tag.split(['\'', '"']).skip(1).step_by(2).last();
        return format!("/{}{rest}", quoted.unwrap_or_default().trim_start_matches('/')).into();
    }
    format!("{}{rest}", &address[..begin]).into()
}

impl Project<'_> {
    /// What an address in a page, or in markup of another file, leads to: `src` of a script, a model's file.
    ///
    /// An address without `/` in front begins at the file's folder. As templates are served from anywhere, a file whose
    /// path ends like the address is taken where there is none.
    #[must_use]
    pub fn resolve_address(&self, file: &str, address: &str) -> Target {
        let address = without_template(address);
        let is_whole = address.starts_with('/') || address.contains(':') || address.starts_with('.');
        let specifier = if is_whole {
            address
        } else {
            format!("./{address}").into()
        };
        let origin = Origin {
            folder: parent(file),
            maps: &[],
        };
        let found = self.configuration.resolve_from(self, origin, &specifier);
        if let Target::Missing(path) = &found {
            let end = specifier
                .split(['?', '#'])
                .next()
                .unwrap_or_default()
                .trim_start_matches(['.', '/']);
            if end.is_empty() {
                return Target::Missing(path.clone());
            }
            if let Some(file) = find_by_end(self, parent(file), end) {
                return target(self, &file);
            }
        }
        found
    }

    /// The pages that load a module, directly or through imports, as indices into [`Project::pages`], in order.
    #[must_use]
    pub fn pages_of(&self, module: ModuleId) -> &[usize] {
        self.configuration
            .reach
            .loads
            .pages
            .get(&module)
            .map_or(&[], Vec::as_slice)
    }

    /// The modules that no other module imports: what pages, bundlers, frameworks or servers begin with, in order.
    #[must_use]
    pub fn entry_points(&self) -> Vec<ModuleId> {
        self.module_ids()
            .filter(|module| !self.configuration.reach.loads.imported.contains(module))
            .collect()
    }

    /// The modules that a module imports, in order.
    #[must_use]
    pub fn imports_of(&self, module: ModuleId) -> Vec<ModuleId> {
        imported_by(self, module)
    }
}
