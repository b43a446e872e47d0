//! State that a module of Vue shares: references and reactive objects at its top level
//! (<https://vuejs.org/guide/scaling-up/state-management.html#simple-state-management-with-reactivity-api>).
//!
//! A reference stands for what it refers to, so that who uses it is told by its names here and where it is imported.

use std::collections::BTreeMap;

use ecow::EcoString;

use super::{
    made::Family,
    uses::{Place, Uses, Way},
};
use crate::web::{
    interaction::place::Role,
    project::{ModuleId, Target},
    syntax::tree::{DefinitionSource, ExportSource, NameId, Script},
};

/// Modules that hand an export on, one after the other.
const MAX_STEPS: u32 = 4;

/// A name of a module.
type Home = (ModuleId, NameId);

pub(super) fn find(uses: &mut Uses<'_, '_>) {
    let mut stores: BTreeMap<Home, usize> = BTreeMap::new();
    for store in uses.of_family(Family::Shared) {
        let site = uses.made[store].site.clone();
        if let Some(name) = holder(uses.script(site.module), &site) {
            stores.insert((site.module, name), store);
        }
    }
    if stores.is_empty() {
        return;
    }
    let mut exports = Exports::default();
    let mut found: Vec<(usize, Place, Way)> = vec![];
    for module in uses.evaluator.project.module_ids() {
        for (index, name) in uses.script(module).names.iter().enumerate() {
            let own = NameId(index as u32);
            let mut imported = || {
                let mut sources = name.definitions.iter().map(|definition| definition.source);
                sources.find_map(|source| exports.of_import(uses, module, source))
            };
            let store = stores.get(&(module, own)).copied();
            let store = store.or_else(|| stores.get(&imported()?).copied());
            if let Some(store) = store {
                let used = used(uses, module, own).into_iter();
                found.extend(used.map(|(place, way)| (store, place, way)));
            }
        }
    }
    for (store, place, way) in found {
        uses.note(store, place, way);
    }
}

fn holder(script: &Script, site: &crate::web::values::Site) -> Option<NameId> {
    let is_held = |source| source == DefinitionSource::Expression(site.expression);
    let index = script.names.iter().position(|name| {
        let mut definitions = name.definitions.iter();
        definitions.any(|definition| definition.path.is_empty() && is_held(definition.source))
    })?;
    Some(NameId(index as u32))
}

/// What modules export by which name, each looked up once.
#[derive(Default)]
struct Exports {
    known: BTreeMap<(ModuleId, EcoString), Option<Home>>,
}

impl Exports {
    /// The name that an import stands for.
    fn of_import(&mut self, uses: &Uses<'_, '_>, module: ModuleId, source: DefinitionSource) -> Option<Home> {
        let DefinitionSource::Import(import, name) = source else {
            return None;
        };
        let import = &uses.script(module).imports[import as usize];
        let imported = &import.names[name as usize].imported;
        self.of_module(uses, module, &import.module, imported, 0)
    }

    fn of_module(
        &mut self,
        uses: &Uses<'_, '_>,
        from: ModuleId,
        specifier: &str,
        imported: &EcoString,
        steps: u32,
    ) -> Option<Home> {
        let Target::Module(target) = uses.evaluator.project.resolve(from, specifier) else {
            return None;
        };
        let key = (target, imported.clone());
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let mut home = None;
        for export in &uses.script(target).exports {
            let found = match &export.source {
                ExportSource::Name(name) if export.name == *imported => Some((target, *name)),
                ExportSource::Module {
                    module,
                    imported: further,
                } if steps < MAX_STEPS => match export.name.as_str() {
                    "*" => self.of_module(uses, target, module, imported, steps + 1),
                    name if name == imported => self.of_module(uses, target, module, further, steps + 1),
                    _ => None,
                },
                _ => None,
            };
            home = home.or(found);
        }
        self.known.insert(key, home);
        home
    }
}

/// What is done with a name, but for where it is only handed on.
fn used(uses: &Uses<'_, '_>, module: ModuleId, name: NameId) -> Vec<(Place, Way)> {
    let places = uses.places(module);
    let is_handed_on = |expression| {
        matches!(
            places.around(expression),
            Some((
                _,
                Role::Property(_) | Role::Item { .. } | Role::Written | Role::Spread
            ))
        )
    };
    let used = places.uses(name).iter().copied();
    used.filter(|expression| !is_handed_on(*expression))
        .map(|expression| ((module, expression), uses.way((module, expression))))
        .collect()
}
