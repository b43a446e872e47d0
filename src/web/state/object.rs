//! Stores whose properties are read and written: pinia's, and objects that a library watches.

use super::{
    action::Home,
    made::Family,
    uses::{Place, Uses, Way},
};
use crate::web::{
    interaction::place::Role,
    project::ModuleId,
    syntax::tree::{DefinitionSource, ExpressionId, ExpressionKind as Kind, NameId, PathStep},
    values::{Site, Value},
};

pub(super) fn find(uses: &mut Uses<'_, '_>) {
    let is_any = uses
        .made
        .iter()
        .any(|made| matches!(made.family, Family::Pinia | Family::Object));
    if !is_any {
        return;
    }
    let mut writes: Vec<(usize, Place)> = vec![];
    for module in uses.evaluator.project.module_ids() {
        members(uses, module, &mut writes);
        taken(uses, module);
        snapshots(uses, module);
    }
    for store in uses.of_family(Family::Pinia) {
        let home = home(uses, store);
        let own: Vec<Place> = writes
            .iter()
            .filter(|(written, place)| *written == store && home.holds(uses.script(place.0), *place))
            .map(|(_, place)| *place)
            .chain(super::reference::writes(uses, store))
            .collect();
        uses.callers_of_actions(store, &home, &own);
    }
}

fn home(uses: &Uses<'_, '_>, store: usize) -> Home {
    let site = &uses.made[store].site;
    let script = uses.script(site.module);
    let mut home = Home::default();
    home.add_expression(script, (site.module, site.expression));
    for function in setups(uses, site) {
        home.add_initialiser(uses.script(function.0), function.0, function.1);
    }
    home
}

/// The setup functions that `defineStore` is given: <https://pinia.vuejs.org/core-concepts/#Setup-Stores>.
pub(super) fn setups(
    uses: &Uses<'_, '_>,
    site: &Site,
) -> Vec<(ModuleId, crate::web::syntax::tree::FunctionId)> {
    let arguments = uses.evaluator.arguments_of(site);
    let values = arguments
        .iter()
        .take(2)
        .flat_map(|argument| uses.evaluator.values(site.module, argument.value));
    values
        .filter_map(|value| match value {
            Value::Function(setup) => Some((setup.module, setup.function)),
            _ => None,
        })
        .collect()
}

/// `store.count`, `store.count = 1`, `this.items.push(item)`.
fn members(uses: &mut Uses<'_, '_>, module: ModuleId, writes: &mut Vec<(usize, Place)>) {
    let script = uses.script(module);
    for expression in script.expression_ids() {
        let place = (module, expression);
        let (object, property) = match script.kind(expression) {
            Kind::Member { object, property, .. } => (*object, property.as_str()),
            Kind::Index { object, .. } => (*object, ""),
            // A signal that is shown as it is: <https://preactjs.com/guide/v10/signals/#rendering-optimizations>.
            Kind::Local(_) if is_shown_signal(uses, place) => {
                if let Some((store, _)) = uses.store_at(place) {
                    uses.read(store, place);
                }
                continue;
            }
            _ => continue,
        };
        let Some((store, path)) = uses.store_at((module, object)) else {
            continue;
        };
        if !path.is_empty() || !matches!(uses.made[store].family, Family::Pinia | Family::Object) {
            continue;
        }
        match (uses.way(place), property) {
            (_, "$patch" | "$reset") | (Way::Write, _) => {
                uses.write(store, place);
                writes.push((store, place));
            }
            (_, "$id" | "$dispose" | "$onAction") => {}
            _ if uses.is_function(place) => {}
            (way, _) => uses.note(store, place, way),
        }
    }
}

fn is_shown_signal(uses: &Uses<'_, '_>, (module, expression): Place) -> bool {
    let has_signals = uses.made.iter().any(|made| made.kind.contains("signal"));
    has_signals && matches!(uses.places(module).around(expression), Some((_, Role::Child)))
}

/// `const { count } = storeToRefs(store)`, `count.value = 1`.
fn taken(uses: &mut Uses<'_, '_>, module: ModuleId) {
    let script = uses.script(module);
    for (index, name) in script.names.iter().enumerate() {
        let id = NameId(index as u32);
        for definition in &name.definitions {
            let (DefinitionSource::Expression(whole), Some(PathStep::Property(_))) =
                (definition.source, definition.path.first())
            else {
                continue;
            };
            let Some((store, path)) = uses.store_at((module, whole)) else {
                continue;
            };
            let family = uses.made[store].family;
            if !path.is_empty() || !matches!(family, Family::Pinia | Family::Object) {
                continue;
            }
            let values = uses.evaluator.values_of_name(module, id);
            if !values.is_empty() && values.iter().all(|value| uses.holds_functions(value)) {
                continue;
            }
            let used: Vec<ExpressionId> = uses.places(module).uses(id).to_vec();
            let mut is_read = used.is_empty();
            for used in used {
                let way = uses.way((module, used));
                is_read |= way != Way::Write;
                if way != Way::Read {
                    uses.write(store, (module, used));
                }
            }
            if is_read {
                uses.read(store, (module, whole));
            }
        }
    }
}

/// `useSnapshot(state)`, `subscribe(state, …)` of valtio, `autorun` and the like read by what stands in them:
/// <https://valtio.dev/docs/api/basic/useSnapshot>.
fn snapshots(uses: &mut Uses<'_, '_>, module: ModuleId) {
    let script = uses.script(module);
    for expression in script.expression_ids() {
        let Kind::Call { arguments, .. } = script.kind(expression) else {
            continue;
        };
        let Some(first) = arguments.first() else { continue };
        let is_valtio = |value: &Value| {
            matches!(value, Value::External(callee) if callee.of_package("valtio").is_some_and(|function| {
                matches!(function.as_str(), "useSnapshot" | "snapshot" | "subscribe" | "subscribeKey")
            }))
        };
        let callees = uses.evaluator.callees(&Site::alone(module, expression));
        if callees.iter().any(is_valtio)
            && let Some((store, _)) = uses.store_at((module, first.value))
        {
            uses.read(store, (module, expression));
        }
    }
}
