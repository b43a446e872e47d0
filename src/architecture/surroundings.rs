//! What stands around the modules that an application imports: it may matter to it without being imported when it starts.

use std::collections::BTreeSet;

use super::model::Module;
use crate::source::tree::parent;

/// The packages and folders of an application.
pub(super) struct Surroundings {
    packages: BTreeSet<String>,
    folders: BTreeSet<String>,
}

impl Surroundings {
    /// Those of the modules that were imported.
    pub(super) fn of(modules: &[Module]) -> Self {
        let (inner, outer): (Vec<&Module>, Vec<&Module>) =
            modules.iter().partition(|module| module.name.contains('.'));
        Self {
            packages: inner.iter().map(|module| top(&module.name).to_owned()).collect(),
            folders: outer
                .iter()
                .map(|module| parent(&module.file).to_owned())
                .collect(),
        }
    }

    /// Whether a module is one of them.
    pub(super) fn hold(&self, file: &str, module: &str) -> bool {
        self.packages.contains(top(module)) || self.folders.contains(parent(file))
    }
}

fn top(module: &str) -> &str {
    module.split('.').next().unwrap_or(module)
}
