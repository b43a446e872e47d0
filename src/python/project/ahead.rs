//! What a module will import, read off its statements before its body runs.

use ecow::EcoString;

use super::{FoundModule, ModuleKind, Project};
use crate::python::{
    library,
    source_file::SourceFile,
    syntax::ast::{Stmt, StmtKind},
};

impl Project {
    /// Lets [`Files`](super::Files) parse what a module will import, while other modules run.
    pub fn parse_imports_ahead(&self, file: &SourceFile, module: &str, is_package: bool) {
        let mut imports = vec![];
        for name in imported(&file.syntax.body) {
            let Some(from) = absolute_name(name.module, name.level, module, is_package) else {
                continue;
            };
            // A name of a module is no module, and most modules are no packages: only what a package holds is looked for.
            let holds_modules = self.note(&from, &mut imports);
            for member in name.members.into_iter().filter(|_| holds_modules) {
                self.note(&ecow::eco_format!("{from}.{member}"), &mut imports);
            }
        }
        self.files.parse_ahead(imports);
    }

    /// Notes the file of a module; whether the module can hold others.
    fn note(&self, module: &str, files: &mut Vec<EcoString>) -> bool {
        // A model stands in for it, whatever source is at hand.
        if library::is_modelled(module) && !library::prefers_source(module) {
            return false;
        }
        match self.find(module) {
            Some(FoundModule {
                kind: ModuleKind::File { is_package },
                path,
                ..
            }) => {
                files.push(path);
                is_package
            }
            Some(found) => found.kind == ModuleKind::Namespace,
            None => false,
        }
    }
}

/// The absolute names that the statements of a module import, outside of functions and classes: of `from a import b` both
/// `a` and `a.b`, since a member may be a module.
#[must_use]
pub fn imported_names(file: &SourceFile, module: &str, is_package: bool) -> Vec<EcoString> {
    let mut names = vec![];
    for name in imported(&file.syntax.body) {
        let Some(from) = absolute_name(name.module, name.level, module, is_package) else {
            continue;
        };
        names.extend(
            name.members
                .iter()
                .map(|member| ecow::eco_format!("{from}.{member}")),
        );
        names.push(from);
    }
    names
}

/// A module that an import statement names, and what it takes from there.
struct Imported<'a> {
    module: &'a str,
    level: u32,
    members: Vec<&'a str>,
}

/// What the statements of a module import, outside of functions and classes.
fn imported(body: &[Stmt]) -> Vec<Imported<'_>> {
    let mut found = vec![];
    for statement in body {
        match &statement.kind {
            StmtKind::Import(names) => found.extend(names.iter().map(|import| Imported {
                module: &import.name,
                level: 0,
                members: vec![],
            })),
            StmtKind::ImportFrom { module, level, names } => found.push(Imported {
                module,
                level: *level,
                members: names.iter().map(|import| import.name.as_str()).collect(),
            }),
            _ => found.extend(statement.suites().into_iter().flat_map(imported)),
        }
    }
    found
}

/// The absolute name of what `from ..module import` names in a module; nothing if that leaves the top-level package
/// (<https://docs.python.org/3/reference/import.html#package-relative-imports>).
#[must_use]
pub fn absolute_name(module: &str, level: u32, within: &str, is_package: bool) -> Option<EcoString> {
    if level == 0 {
        return Some(module.into());
    }
    let mut parts: Vec<&str> = within.split('.').collect();
    let up = level as usize - usize::from(is_package);
    if up > parts.len() {
        return None;
    }
    parts.truncate(parts.len() - up);
    if !module.is_empty() {
        parts.push(module);
    }
    (!parts.is_empty()).then(|| parts.join(".").into())
}
