//! Selectors: which parts of the state they read (<https://react-redux.js.org/api/hooks#useselector>).

use std::collections::BTreeMap;

use super::super::uses::{Place, Uses};
use crate::web::{
    interaction::place::Role,
    project::ModuleId,
    syntax::tree::{ExpressionId, ExpressionKind as Kind, FunctionId, PathStep},
    values::{External, Origin, Site, Value},
};

/// Selectors that are made of others, one inside the other.
const MAX_DEPTH: u32 = 6;

/// Calls of `useSelector`, of selectors with the state, and reads of what `getState` gives.
pub(super) fn selected(uses: &mut Uses<'_, '_>, keys: &BTreeMap<String, usize>, stores: &[usize]) {
    for module in uses.evaluator.project.module_ids() {
        let script = uses.script(module);
        for expression in script.expression_ids() {
            let Kind::Call { arguments, .. } = script.kind(expression) else {
                continue;
            };
            let place = (module, expression);
            let site = Site::alone(module, expression);
            let callees = uses.evaluator.callees(&site);
            if callees.iter().any(gives_state) {
                let read = after_state(uses, place);
                attribute(uses, keys, stores, &read, place);
            }
            if callees.iter().any(is_selector_hook)
                && let Some(first) = arguments.first()
            {
                let values = uses.evaluator.values(module, first.value);
                let mut read = vec![];
                values
                    .iter()
                    .for_each(|value| selector_keys(uses, value, &mut read, 0));
                attribute(uses, keys, stores, &read, place);
            }
        }
    }
}

/// Says of keys of the state that they are read; of one that is no slice's, that the store is.
fn attribute(
    uses: &mut Uses<'_, '_>,
    keys: &BTreeMap<String, usize>,
    stores: &[usize],
    read: &[String],
    place: Place,
) {
    for key in read {
        match (keys.get(key), stores) {
            (Some(slice), _) => uses.read(*slice, place),
            (None, [store]) => uses.read(*store, place),
            (None, _) => {}
        }
    }
}

/// `store.getState()`, `thunk.getState()`.
fn gives_state(callee: &Value) -> bool {
    let Value::External(callee) = callee else {
        return false;
    };
    let is_last = callee.members.last().is_some_and(|last| last == "getState");
    let package = callee.package().map(|(package, _)| package.as_str());
    is_last && matches!(package, Some("@reduxjs/toolkit" | "redux"))
}

/// `useSelector`, also typed: <https://redux-toolkit.js.org/tutorials/typescript#define-typed-hooks>.
fn is_selector_hook(callee: &Value) -> bool {
    let Value::External(callee) = callee else {
        return false;
    };
    let is_own = |external: &External| external.of_package("react-redux").as_deref() == Some("useSelector");
    is_own(callee)
        || matches!(&callee.origin, Origin::Result { callee: typed, .. }
            if callee.members.is_empty()
                && typed.of_package("react-redux").as_deref() == Some("useSelector.withTypes"))
}

/// The keys that are taken of the state that a call gives.
fn after_state(uses: &Uses<'_, '_>, (module, call): Place) -> Vec<String> {
    let script = uses.script(module);
    let places = uses.places(module);
    let mut keys = vec![];
    let mut of = |expression: ExpressionId| {
        if let Some((_, Role::Object(property))) = places.around(expression) {
            keys.push(property.to_string());
        }
    };
    of(call);
    for (name, definition) in places.defined_by(call) {
        match script.name(*name).definitions[*definition].path.first() {
            Some(PathStep::Property(key)) => keys.push(key.to_string()),
            None => places.uses(*name).iter().for_each(|used| {
                if let Some((_, Role::Object(property))) = places.around(*used) {
                    keys.push(property.to_string());
                }
            }),
            _ => {}
        }
    }
    keys
}

/// The keys of the state that a selector reads, those of the selectors that it is made of too
/// (<https://reselect.js.org/api/createSelector>).
fn selector_keys(uses: &Uses<'_, '_>, selector: &Value, keys: &mut Vec<String>, depth: u32) {
    if depth > MAX_DEPTH {
        return;
    }
    match selector {
        Value::Function(closure) => {
            function_keys(uses, (closure.module, closure.function), keys, depth);
        }
        Value::External(External {
            origin: Origin::Result { callee, site },
            ..
        }) if callee
            .members
            .last()
            .is_some_and(|last| last.starts_with("createSelector")) =>
        {
            let arguments = uses.evaluator.arguments_of(site);
            let inputs = match arguments.split_last() {
                Some((_, inputs)) => inputs,
                None => return,
            };
            for input in inputs {
                for value in uses.evaluator.values(site.module, input.value) {
                    selector_keys(uses, &value, keys, depth + 1);
                    for item in uses.evaluator.items_of(&value) {
                        selector_keys(uses, &item, keys, depth + 1);
                    }
                }
            }
        }
        _ => {}
    }
}

fn function_keys(
    uses: &Uses<'_, '_>,
    (module, function): (ModuleId, FunctionId),
    keys: &mut Vec<String>,
    depth: u32,
) {
    let script = uses.script(module);
    let places = uses.places(module);
    for (name, definition) in places.parameters(function, 0) {
        let declared = script.name(*name);
        if let Some(PathStep::Property(key)) = declared.definitions[*definition].path.first() {
            keys.push(key.to_string());
            continue;
        }
        for used in places.uses(*name) {
            match places.around(*used) {
                Some((_, Role::Object(property))) => keys.push(property.to_string()),
                // `selectUser(state)`
                Some((call, Role::Argument { index: 0, .. })) => {
                    for callee in uses.evaluator.callees(&Site::alone(module, call)) {
                        selector_keys(uses, &callee, keys, depth + 1);
                    }
                }
                _ => {}
            }
        }
    }
}
