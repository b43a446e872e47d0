//! Stores that are subscribed to: Svelte's, nanostores, state machines, and what is done with a store by its own methods.

use std::collections::BTreeMap;

use super::{
    is_write,
    made::Family,
    uses::{Place, Uses},
};
use crate::web::{
    project::ModuleId,
    syntax::tree::{ExpressionKind as Kind, NameId, TOP_LEVEL},
    values::{Evaluator, Site, UseKind, Value},
};

pub(super) fn find(uses: &mut Uses<'_, '_>) {
    let evaluator = uses.evaluator;
    for store in uses.of_family(Family::Subscribed) {
        let site = uses.made[store].site.clone();
        for used in evaluator.uses(site.module, site.expression) {
            let place = (used.site.module, used.site.expression);
            let is_assigned = matches!(used.kind, UseKind::Write(_));
            if is_assigned || is_write(used.members.last().map(ecow::EcoString::as_str)) {
                uses.write(store, place);
            } else {
                uses.read(store, place);
            }
        }
    }
    for module in evaluator.project.module_ids() {
        if evaluator.project.module(module).file.ends_with(".svelte") {
            automatic(uses, module);
        }
        given_to_functions(uses, module);
    }
}

/// `$store` in a component: <https://svelte.dev/docs/svelte/stores>.
fn automatic(uses: &mut Uses<'_, '_>, module: ModuleId) {
    let script = uses.script(module);
    let mut stores: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for expression in script.expression_ids() {
        let Kind::Global(global) = script.kind(expression) else {
            continue;
        };
        let Some(name) = global.strip_prefix('$').filter(|name| !name.is_empty()) else {
            continue;
        };
        let held = stores
            .entry(name)
            .or_insert_with(|| held_by_name(uses, module, name))
            .clone();
        for store in held {
            let way = uses.way((module, expression));
            uses.note(store, (module, expression), way);
        }
    }
}

/// The stores that a name of a component's script stands for.
fn held_by_name(uses: &Uses<'_, '_>, module: ModuleId, name: &str) -> Vec<usize> {
    let script = uses.script(module);
    let declared = script.names.iter().enumerate().filter(|(_, declared)| {
        let is_outer = declared.function.is_none_or(|function| {
            function == TOP_LEVEL || script.function(function).parent == Some(TOP_LEVEL)
        });
        declared.text == name && is_outer
    });
    let mut held: Vec<usize> = declared
        .flat_map(|(index, _)| uses.evaluator.values_of_name(module, NameId(index as u32)))
        .filter_map(|value| store(uses, &value))
        .collect();
    held.sort_unstable();
    held.dedup();
    held
}

fn store(uses: &Uses<'_, '_>, value: &Value) -> Option<usize> {
    match value {
        Value::External(external) if external.members.is_empty() => uses.at(external.site()?),
        _ => None,
    }
}

/// `get(store)` of Svelte, `useStore(store)` of nanostores: <https://svelte.dev/docs/svelte/svelte-store#get>,
/// <https://github.com/nanostores/nanostores#react--preact>.
fn given_to_functions(uses: &mut Uses<'_, '_>, module: ModuleId) {
    let script = uses.script(module);
    let evaluator = uses.evaluator;
    for expression in script.expression_ids() {
        let Kind::Call { arguments, .. } = script.kind(expression) else {
            continue;
        };
        let Some(first) = arguments.first() else { continue };
        let is_candidate = matches!(script.kind(first.value), Kind::Local(_) | Kind::Member { .. })
            && is_reading(evaluator, &Site::alone(module, expression));
        if !is_candidate {
            continue;
        }
        let place: Place = (module, expression);
        for value in evaluator.values(module, first.value) {
            if let Some(store) = store(uses, &value) {
                uses.read(store, place);
            }
        }
    }
}

fn is_reading(evaluator: &Evaluator<'_>, call: &Site) -> bool {
    evaluator.callees(call).iter().any(|callee| {
        let Value::External(callee) = callee else {
            return false;
        };
        let is_of = |package: &str, function: &str| callee.of_package(package).as_deref() == Some(function);
        is_of("svelte", "get")
            || ["@nanostores/react", "@nanostores/vue", "@nanostores/preact"]
                .iter()
                .any(|package| is_of(package, "useStore"))
            || ["@xstate/react", "@xstate/vue", "@xstate/svelte"]
                .iter()
                .any(|package| is_of(package, "useMachine") || is_of(package, "useSelector"))
    })
}
