//! What an import leads to: a script of the tree, another file, or a library.

use std::collections::BTreeMap;

use ecow::EcoString;

use super::{ModuleId, Project};
use crate::web::syntax::document::FileKind;

/// What an import leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A script of the tree.
    Module(ModuleId),
    /// A file of the tree that is no script, by its path: a model, a shader, JSON.
    File(EcoString),
    /// A library.
    Library(Library),
    /// Nothing, although it should be in the tree: the path that was looked for.
    Missing(EcoString),
}

/// A library, or a file of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Library {
    /// Name of the package, e.g. `three`, `@react-three/fiber`.
    pub package: EcoString,
    /// The path within it, e.g. `addons/loaders/GLTFLoader.js`; empty for the package itself.
    pub path: EcoString,
    /// The version, where the address says it.
    pub version: Option<EcoString>,
}

/// What decides about imports besides their own text.
#[derive(Debug, Default)]
pub struct Configuration {}

impl Configuration {
    pub(super) fn new(_project: &Project<'_>) -> Self {
        Self {}
    }

    pub(super) fn resolve(&self, project: &Project<'_>, from: ModuleId, specifier: &str) -> Target {
        if specifier.starts_with('.') {
            let folder = parent(&project.module(from).file);
            let path = join(folder, specifier);
            return find(project, &path).unwrap_or(Target::Missing(path.into()));
        }
        let mut parts = specifier.splitn(3, '/');
        let mut package = parts.next().unwrap_or_default().to_owned();
        if package.starts_with('@') {
            package = format!("{package}/{}", parts.next().unwrap_or_default());
        }
        let path = specifier.strip_prefix(&package).unwrap_or_default();
        Target::Library(Library {
            path: path.trim_start_matches('/').into(),
            package: package.into(),
            version: None,
        })
    }
}

fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A path from a folder, `.` and `..` followed.
fn join(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn find(project: &Project<'_>, path: &str) -> Option<Target> {
    const SUFFIXES: [&str; 13] = [
        "",
        ".ts",
        ".tsx",
        ".js",
        ".jsx",
        ".mjs",
        ".mts",
        ".vue",
        ".svelte",
        "/index.ts",
        "/index.tsx",
        "/index.js",
        "/index.jsx",
    ];
    SUFFIXES.iter().find_map(|suffix| {
        let path = format!("{path}{suffix}");
        if let Some(module) = project.modules_of(&path).first() {
            return Some(Target::Module(*module));
        }
        project.files.is_file(&path).then(|| Target::File(path.into()))
    })
}

pub(super) fn import_map(_text: Option<&str>) -> BTreeMap<String, String> {
    BTreeMap::new()
}

pub(super) fn vendored_by_name(_path: &str) -> Option<&'static str> {
    None
}

pub(super) fn vendored_by_content(_kind: FileKind, _text: &str) -> Option<&'static str> {
    None
}
