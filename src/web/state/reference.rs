//! The state of pinia's setup stores: references that the setup function makes and gives
//! (<https://pinia.vuejs.org/core-concepts/#Setup-Stores>).

use super::{
    made::Family,
    object::setups,
    uses::{Place, Uses, Way},
};
use crate::web::{
    project::ModuleId,
    syntax::tree::{DefinitionSource, ExpressionKind as Kind, FunctionId, NameId},
};

pub(super) fn find(uses: &mut Uses<'_, '_>) {
    for store in uses.of_family(Family::Pinia) {
        let site = uses.made[store].site.clone();
        for (module, setup) in setups(uses, &site) {
            for name in state(uses, module, setup) {
                for (place, way) in used(uses, module, setup, name) {
                    uses.note(store, place, way);
                }
            }
        }
    }
}

/// The places of a store's own functions that write to its references.
pub(super) fn writes(uses: &Uses<'_, '_>, store: usize) -> Vec<Place> {
    let site = &uses.made[store].site;
    let setups = setups(uses, site).into_iter();
    setups
        .flat_map(|(module, setup)| {
            state(uses, module, setup)
                .into_iter()
                .flat_map(move |name| used(uses, module, setup, name))
        })
        .filter(|(_, way)| *way == Way::Write)
        .map(|(place, _)| place)
        .collect()
}

/// The variables of a setup function that calls give values to.
fn state(uses: &Uses<'_, '_>, module: ModuleId, setup: FunctionId) -> Vec<NameId> {
    let script = uses.script(module);
    let is_state = |name: &crate::web::syntax::tree::Name| {
        let is_made = name.definitions.iter().any(|definition| {
            matches!(definition.source, DefinitionSource::Expression(value) if is_reference(uses, (module, value)))
                && definition.path.is_empty()
        });
        name.function == Some(setup) && is_made
    };
    let names = script.names.iter().enumerate();
    names
        .filter(|(_, name)| is_state(name))
        .map(|(index, _)| NameId(index as u32))
        .collect()
}

/// Whether an expression is a call of what makes a reference: <https://vuejs.org/api/reactivity-core.html>.
fn is_reference(uses: &Uses<'_, '_>, (module, expression): Place) -> bool {
    let script = uses.script(module);
    if !matches!(script.kind(expression), Kind::Call { .. }) {
        return false;
    }
    let callees = uses
        .evaluator
        .callees(&crate::web::values::Site::alone(module, expression));
    callees.iter().any(|callee| match callee {
        crate::web::values::Value::External(callee) => {
            let last = callee.members.last().map(ecow::EcoString::as_str);
            let is_vue = callee.package().is_none_or(|(package, _)| {
                matches!(
                    package.as_str(),
                    "vue" | "@vue/reactivity" | "#imports" | "@vueuse/core" | "@vue/composition-api"
                )
            });
            let makes = [
                "ref",
                "shallowRef",
                "reactive",
                "shallowReactive",
                "useStorage",
                "useLocalStorage",
                "useSessionStorage",
                "useCookie",
            ];
            is_vue && last.is_some_and(|last| makes.contains(&last))
        }
        _ => false,
    })
}

/// What functions of a store do with one of its references, but for what the setup function itself and functions without a
/// name read: they compute something for others.
fn used(uses: &Uses<'_, '_>, module: ModuleId, setup: FunctionId, name: NameId) -> Vec<(Place, Way)> {
    let script = uses.script(module);
    let places = uses.places(module);
    let mut found = vec![];
    for used in places.uses(name) {
        let place = (module, *used);
        let function = script.expression(*used).function;
        if function == setup {
            continue;
        }
        let way = uses.way(place);
        let mut around = Some(function);
        let mut is_named = false;
        while let Some(id) = around.filter(|id| *id != setup) {
            is_named |= !script.function(id).name.is_empty();
            around = script.function(id).parent;
        }
        if way == Way::Write || is_named {
            found.push((place, way));
        }
    }
    found
}
