//! Stores that are asked for by a hook with a selector (<https://zustand.docs.pmnd.rs/apis/create>).

use super::{
    action::Home,
    made::{Family, is_initialiser},
    uses::{Place, Uses},
};
use crate::web::{
    interaction::place::Role,
    project::ModuleId,
    syntax::tree::{DefinitionSource, ExpressionId, ExpressionKind as Kind, FunctionId, PathStep, Script},
    values::{Site, UseKind, Value},
};

pub(super) fn find(uses: &mut Uses<'_, '_>) {
    for store in uses.of_family(Family::Selected) {
        let site = uses.made[store].site.clone();
        let home = home(uses, &site);
        let mut writes = vec![];
        for (module, function) in home.initialisers.clone() {
            let script = uses.script(module);
            for call in calls_of_parameter(script, function, 0) {
                uses.write(store, (module, call));
                writes.push((module, call));
            }
            for call in calls_of_parameter(script, function, 1) {
                if reads_state(uses, (module, call)) {
                    uses.read(store, (module, call));
                }
            }
        }
        uses.callers_of_actions(store, &home, &writes);
        used(uses, store, &site);
    }
    for module in uses.evaluator.project.module_ids() {
        given_to_hook(uses, module);
    }
}

/// The functions that make the state, those of slices too
/// (<https://zustand.docs.pmnd.rs/guides/slices-pattern>).
fn home(uses: &Uses<'_, '_>, site: &Site) -> Home {
    let mut home = Home::default();
    let script = uses.script(site.module);
    home.add_expression(script, (site.module, site.expression));
    for index in 0..script.functions.len() {
        let function = FunctionId(index as u32);
        if is_initialiser(script, site, function) {
            home.add_initialiser(script, site.module, function);
        }
    }
    // A function that is handed to the maker by its name.
    let mut known = 0;
    for value in uses
        .evaluator
        .arguments_of(site)
        .iter()
        .flat_map(|argument| uses.evaluator.values(site.module, argument.value))
    {
        if let Value::Function(closure) = value
            && !home.initialisers.contains(&(closure.module, closure.function))
        {
            home.add_initialiser(uses.script(closure.module), closure.module, closure.function);
        }
    }
    while let Some((module, function)) = home.initialisers.get(known).copied() {
        known += 1;
        for (module, function) in handed_setter(uses, module, function) {
            if !home.initialisers.contains(&(module, function)) {
                home.add_initialiser(uses.script(module), module, function);
            }
        }
    }
    home
}

/// The functions that an initialiser hands its own parameters to, the setter first.
fn handed_setter(uses: &Uses<'_, '_>, module: ModuleId, function: FunctionId) -> Vec<(ModuleId, FunctionId)> {
    let script = uses.script(module);
    let mut found = vec![];
    for call in script.expression_ids() {
        let Kind::Call { arguments, .. } = script.kind(call) else {
            continue;
        };
        let Some(first) = arguments.first() else { continue };
        let is_setter = is_parameter(script, first.value, function, 0);
        if !is_setter {
            continue;
        }
        for callee in uses.evaluator.callees(&Site::alone(module, call)) {
            if let Value::Function(closure) = callee {
                found.push((closure.module, closure.function));
            }
        }
    }
    found
}

fn is_parameter(script: &Script, expression: ExpressionId, function: FunctionId, index: u32) -> bool {
    let Kind::Local(name) = script.kind(expression) else {
        return false;
    };
    let mut definitions = script.name(*name).definitions.iter();
    definitions.any(|definition| {
        definition.path.iter().all(|step| matches!(step, PathStep::Rest))
            && definition.source == DefinitionSource::Parameter(function, index)
    })
}

fn calls_of_parameter(script: &Script, function: FunctionId, index: u32) -> Vec<ExpressionId> {
    script
        .expression_ids()
        .filter(|call| {
            matches!(script.kind(*call), Kind::Call { callee, .. }
                if is_parameter(script, *callee, function, index))
        })
        .collect()
}

/// What is done with a store by its hook and its methods.
fn used(uses: &mut Uses<'_, '_>, store: usize, site: &Site) {
    for used in uses.evaluator.uses(site.module, site.expression) {
        let place = (used.site.module, used.site.expression);
        if let [first, _] = used.members.as_slice()
            && first == "use"
        {
            if !uses.is_function(place) {
                uses.read(store, place);
            }
            continue;
        }
        match (used.kind, used.members.last().map(ecow::EcoString::as_str)) {
            (UseKind::Write(_), _) => {}
            (UseKind::Call, Some("setState")) => uses.write(store, place),
            (UseKind::Call, Some("subscribe")) => uses.read(store, place),
            (UseKind::Call, None | Some("getState")) if reads_state(uses, place) => {
                uses.read(store, place);
            }
            _ => {}
        }
    }
}

/// `useStore(store, selector)`: <https://zustand.docs.pmnd.rs/hooks/use-store>.
fn given_to_hook(uses: &mut Uses<'_, '_>, module: ModuleId) {
    let script = uses.script(module);
    for call in script.expression_ids() {
        let Kind::Call { arguments, .. } = script.kind(call) else {
            continue;
        };
        let Some(first) = arguments.first().map(|first| first.value) else {
            continue;
        };
        let is_hook = |value: &Value| {
            matches!(value, Value::External(callee) if callee.of_package("zustand").is_some_and(|function| {
                matches!(function.as_str(), "useStore" | "useStoreWithEqualityFn")
            }))
        };
        if !uses
            .evaluator
            .callees(&Site::alone(module, call))
            .iter()
            .any(is_hook)
        {
            continue;
        }
        if let Some((store, _)) = uses.store_at((module, first))
            && reads_state(uses, (module, call))
        {
            uses.read(store, (module, call));
        }
    }
}

/// Whether anything but functions is taken of the state that a call gives.
pub(super) fn reads_state(uses: &Uses<'_, '_>, (module, call): Place) -> bool {
    let script = uses.script(module);
    let selects = matches!(script.kind(call), Kind::Call { arguments, .. } if !arguments.is_empty());
    if selects {
        return !uses.is_function((module, call));
    }
    let places = uses.places(module);
    if let Some((member, Role::Object(_))) = places.around(call) {
        return !uses.is_function((module, member));
    }
    let names = places.defined_by(call);
    if names.is_empty() {
        return true;
    }
    names.iter().any(|(name, definition)| {
        let declared = script.name(*name);
        match declared.definitions[*definition].path.first() {
            Some(PathStep::Property(_)) => {
                let values = uses.evaluator.values_of_name(module, *name);
                values.is_empty() || !values.iter().all(|value| uses.holds_functions(value))
            }
            Some(_) => true,
            None => places.uses(*name).iter().any(|used| match places.around(*used) {
                Some((member, Role::Object(_))) => !uses.is_function((module, member)),
                _ => places.returned_by(*used).is_none(),
            }),
        }
    })
}
