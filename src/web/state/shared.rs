//! State that a module of Vue shares: references and reactive objects at its top level
//! (<https://vuejs.org/guide/scaling-up/state-management.html#simple-state-management-with-reactivity-api>).
//!
//! A reference stands for what it refers to, so that who uses it is told by its names here and where it is imported.

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

pub(super) fn find(uses: &mut Uses<'_, '_>) {
    for store in uses.of_family(Family::Shared) {
        let site = uses.made[store].site.clone();
        let Some(name) = holder(uses.script(site.module), &site) else {
            continue;
        };
        let mut found: Vec<(Place, Way)> = vec![];
        for module in uses.evaluator.project.module_ids() {
            for name in names(uses, module, (site.module, name)) {
                found.extend(used(uses, module, name));
            }
        }
        for (place, way) in found {
            uses.note(store, place, way);
        }
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

/// The names of a module that stand for a name of another one, or for its own.
fn names(uses: &Uses<'_, '_>, module: ModuleId, home: (ModuleId, NameId)) -> Vec<NameId> {
    if module == home.0 {
        return vec![home.1];
    }
    let script = uses.script(module);
    let is_it = |source: DefinitionSource| {
        let DefinitionSource::Import(import, name) = source else {
            return false;
        };
        let import = &script.imports[import as usize];
        let imported = &import.names[name as usize].imported;
        exports(uses, module, &import.module, imported, home, 0)
    };
    let names = script.names.iter().enumerate();
    names
        .filter(|(_, name)| name.definitions.iter().any(|definition| is_it(definition.source)))
        .map(|(index, _)| NameId(index as u32))
        .collect()
}

/// Whether what is imported from a module by a name is the name that is looked for.
fn exports(
    uses: &Uses<'_, '_>,
    from: ModuleId,
    specifier: &str,
    imported: &str,
    home: (ModuleId, NameId),
    steps: u32,
) -> bool {
    let Target::Module(target) = uses.evaluator.project.resolve(from, specifier) else {
        return false;
    };
    let mut exported = uses.script(target).exports.iter();
    exported.any(|export| match &export.source {
        ExportSource::Name(name) => export.name == imported && (target, *name) == home,
        ExportSource::Module {
            module,
            imported: further,
        } if steps < MAX_STEPS => {
            let further = match export.name.as_str() {
                "*" => imported,
                name if name == imported => further,
                _ => return false,
            };
            exports(uses, target, module, further, home, steps + 1)
        }
        _ => false,
    })
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
