//! Layers as the author named them: a name and the globs of its files.

use std::collections::BTreeMap;

use globset::{Glob, GlobSet, GlobSetBuilder};

use crate::architecture::model::Module;

/// The layer of each module that has one.
#[derive(Clone, Debug, Default)]
pub(super) struct Layers<'a> {
    layers: BTreeMap<&'a str, &'a str>,
}

impl<'a> Layers<'a> {
    /// A module whose file several layers hold belongs to the first of them by name. A glob that cannot be read holds nothing:
    /// the configuration has reported it.
    pub(super) fn new(configured: &'a BTreeMap<String, Vec<String>>, modules: &'a [Module]) -> Self {
        let sets: Vec<(&str, GlobSet)> = configured
            .iter()
            .filter_map(|(name, globs)| Some((name.as_str(), set(globs)?)))
            .collect();
        let layer = |module: &Module| {
            let found = sets.iter().find(|(_, globs)| globs.is_match(&module.file));
            found.map(|(name, _)| *name)
        };
        let layers = modules
            .iter()
            .filter_map(|module| Some((module.name.as_str(), layer(module)?)));
        Self {
            layers: layers.collect(),
        }
    }

    /// The layer of a module.
    pub(super) fn of(&self, module: &str) -> Option<&'a str> {
        self.layers.get(module).copied()
    }
}

fn set(globs: &[String]) -> Option<GlobSet> {
    let mut builder = GlobSetBuilder::new();
    for glob in globs.iter().filter_map(|glob| Glob::new(glob).ok()) {
        builder.add(glob);
    }
    builder.build().ok()
}
