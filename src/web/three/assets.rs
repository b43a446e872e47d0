//! The files that loaders load.

mod address;
mod class;
mod element;
mod file;
mod load;

use serde::Serialize;

use super::objects::{function_name, location};
use crate::{
    source::location::Location,
    web::{
        project::ModuleId,
        syntax::tree::{Element, ExpressionId, ExpressionKind as Kind},
        values::{Evaluator, Text},
    },
};
use address::{addresses, is_absolute};
pub(super) use class::loaded_class;
pub use file::Base;
use file::{find_file, served, without_base};
use load::{loads, path_of};

/// One file that is loaded.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Asset {
    /// The address as far as it is known, the loader's path in front, holes as `${expression}`.
    pub url: String,
    /// The loader's class, or the function that loads it, e.g. `useGLTF`.
    pub loader: String,
    /// Where it is loaded.
    pub location: Location,
    /// The function that it is loaded in, `file:name`.
    pub function: String,
    /// The file in the tree, if it is there.
    pub file: Option<String>,
    /// Its size in bytes.
    pub bytes: Option<u64>,
    /// Whether the address is one of the project's own and no such file is in the tree.
    pub is_missing: bool,
    /// What of the backend answers, if it does: `GET /models/{name}`, or the path of a mount.
    pub served_by: Option<String>,
}

/// Functions between a loader's parameter and the calls that give it a value.
const MAX_LIFTS: usize = 3;

/// Every file that a loader loads, by module and place. `bases`: the paths that pages are served under.
#[must_use]
pub fn assets(evaluator: &Evaluator<'_>, bases: &[Base]) -> Vec<Asset> {
    let mut found = vec![];
    for module in evaluator.project.module_ids() {
        found.extend(loads_of(evaluator, module, bases));
    }
    found
}

/// The files that one module loads.
pub(super) fn loads_of(evaluator: &Evaluator<'_>, module: ModuleId, bases: &[Base]) -> Vec<Asset> {
    let script = evaluator.project.script(module);
    let mut found: Vec<Asset> = vec![];
    for expression in script.expression_ids() {
        let loaded = match script.kind(expression) {
            Kind::Call { .. } => by_call(evaluator, module, expression),
            Kind::Element(element) => by_element(evaluator, module, element),
            _ => vec![],
        };
        for (url, loader) in loaded {
            let asset = Asset {
                location: location(evaluator, module, expression),
                function: function_name(evaluator, module, expression),
                ..asset(evaluator, module, bases, url, loader)
            };
            if !found.contains(&asset) {
                found.push(asset);
            }
        }
    }
    found
}

/// The addresses that a call loads, each with its loader.
fn by_call(evaluator: &Evaluator<'_>, module: ModuleId, call: ExpressionId) -> Vec<(String, String)> {
    let mut found = vec![];
    for load in loads(evaluator, module, call) {
        // The call that hands over a loader hands over what it loads.
        let lifts = if load.address.environment.0.is_none() {
            MAX_LIFTS
        } else {
            0
        };
        for text in addresses(evaluator, &load.address, lifts) {
            let loader = load.loader_of(&text.display());
            let prefix = loader.made.as_ref();
            let prefix = prefix.and_then(|made| path_of(evaluator, made, module, call));
            let url = joined(prefix.as_ref().filter(|_| !is_absolute(&text)), &text);
            if is_known(&url) {
                found.push((url, loader.class.clone()));
            }
        }
    }
    found
}

fn by_element(evaluator: &Evaluator<'_>, module: ModuleId, element: &Element) -> Vec<(String, String)> {
    let mut found = vec![];
    for load in element::loads(evaluator, module, element) {
        let folder = load.folder.as_ref().and_then(|folder| {
            let folders = evaluator.texts(folder);
            folders.into_iter().next().filter(Text::has_literal)
        });
        for text in addresses(evaluator, &load.address, MAX_LIFTS) {
            let url = joined(folder.as_ref().filter(|_| !text.display().contains("://")), &text);
            if is_known(&url) {
                found.push((url, load.component.clone()));
            }
        }
    }
    found
}

fn joined(folder: Option<&Text>, address: &Text) -> String {
    let Some(folder) = folder else {
        return address.display();
    };
    let mut url = folder.clone();
    url.push(address);
    url.display()
}

/// Whether something of an address is known besides holes, and whether it is one of a file.
fn is_known(url: &str) -> bool {
    let is_known = url.split("${").next().is_some_and(|head| !head.is_empty())
        || url.contains('}') && !url.ends_with('}');
    is_known && !url.starts_with("data:") && !url.starts_with("blob:")
}

/// The file of an address that a module loads.
fn asset(evaluator: &Evaluator<'_>, module: ModuleId, bases: &[Base], url: String, loader: String) -> Asset {
    let from = &evaluator.project.module(module).file;
    let served_as = without_base(bases, from, &url);
    let file = find_file(evaluator, from, &served_as);
    let bytes = file.as_ref().and_then(|file| evaluator.project.files.size(file));
    let is_own = !served_as.contains("${") && !url.contains("://") && !url.starts_with("//");
    let path = served_as.split(['?', '#']).next().unwrap_or(&served_as);
    let path = path.trim_start_matches("./").trim_start_matches('/');
    Asset {
        is_missing: file.is_none() && is_own && served(evaluator, path).is_empty(),
        url,
        loader,
        file,
        bytes,
        ..Asset::default()
    }
}

#[cfg(test)]
mod tests;
