//! Who provides, changes and takes the values of React's contexts.

use super::{
    action::Home,
    made::Family,
    uses::{Place, Uses},
};
use crate::web::{
    project::ModuleId,
    syntax::tree::{
        DefinitionSource, Element, ExpressionId, ExpressionKind as Kind, PathStep, Property, Tag,
    },
    values::{Evaluator, Origin, Site, UseKind, Value},
};

/// `useContext(Context)` and `<Context.Consumer>` take the value, `<Context.Provider>` and `<Context>` provide it
/// (<https://react.dev/reference/react/createContext>).
pub(super) fn find(uses: &mut Uses<'_, '_>) {
    if uses.of_family(Family::Context).is_empty() {
        return;
    }
    for module in uses.evaluator.project.module_ids() {
        let script = uses.script(module);
        for expression in script.expression_ids() {
            let place = (module, expression);
            let Some(asked) = asked(uses.evaluator, place) else {
                continue;
            };
            for (store, is_consumer) in contexts(uses, (module, asked.context)) {
                if !asked.is_element || is_consumer {
                    uses.read(store, place);
                    continue;
                }
                uses.write(store, place);
                if let Some(value) = asked.value {
                    changed(uses, store, (module, value));
                }
            }
        }
    }
}

/// A use of a context.
struct Asked {
    context: ExpressionId,
    is_element: bool,
    /// What is provided.
    value: Option<ExpressionId>,
}

fn asked(evaluator: &Evaluator<'_>, (module, expression): Place) -> Option<Asked> {
    let script = evaluator.project.script(module);
    match script.kind(expression) {
        Kind::Element(Element {
            tag: Tag::Component(component),
            attributes,
            ..
        }) => Some(Asked {
            context: *component,
            is_element: true,
            value: value_of(attributes),
        }),
        Kind::Call {
            callee, arguments, ..
        } => {
            let context = arguments.first()?.value;
            match react_function(evaluator, module, *callee)?.as_str() {
                "useContext" | "use" => Some(Asked {
                    context,
                    is_element: false,
                    value: None,
                }),
                "createElement" => Some(Asked {
                    context,
                    is_element: true,
                    value: arguments.get(1).and_then(|given| match script.kind(given.value) {
                        Kind::Object(properties) => value_of(properties),
                        _ => None,
                    }),
                }),
                _ => None,
            }
        }
        _ => None,
    }
}

fn value_of(properties: &[Property]) -> Option<ExpressionId> {
    properties.iter().find_map(|property| match property {
        Property::Named { key, value } if key == "value" => Some(*value),
        _ => None,
    })
}

/// The contexts that an expression stands for, each with whether its consumer is meant.
fn contexts(uses: &Uses<'_, '_>, (module, asked): Place) -> Vec<(usize, bool)> {
    let values = uses.evaluator.values(module, asked);
    values
        .iter()
        .filter_map(|value| {
            let Value::External(context) = value else {
                return None;
            };
            let Origin::Result { site, .. } = &context.origin else {
                return None;
            };
            let store = uses.at(site)?;
            let is_context = uses.made[store].family == Family::Context;
            let is_consumer = context.members.first().is_some_and(|member| member == "Consumer");
            is_context.then_some((store, is_consumer))
        })
        .collect()
}

/// The function of React that is called.
fn react_function(evaluator: &Evaluator<'_>, module: ModuleId, callee: ExpressionId) -> Option<String> {
    let callees = evaluator.values(module, callee);
    callees.iter().find_map(|callee| match callee {
        Value::External(callee) => {
            let function = callee.of_package("react")?;
            Some(function.trim_start_matches("default.").to_owned())
        }
        _ => None,
    })
}

/// Who changes the state that a provider hands down: by its setters, or by functions of the provider that call them.
fn changed(uses: &mut Uses<'_, '_>, store: usize, value: Place) {
    for hook in hooks(uses, value) {
        let script = uses.script(hook.0);
        let mut home = Home::default();
        home.add_initialiser(script, hook.0, script.expression(hook.1).function);
        let mut own = vec![];
        for used in uses.evaluator.uses(hook.0, hook.1) {
            let is_set = matches!(
                used.members.last().map(ecow::EcoString::as_str),
                Some("set" | "1")
            );
            if used.kind != UseKind::Call || !is_set {
                continue;
            }
            let place = (used.site.module, used.site.expression);
            uses.write(store, place);
            if home.holds(uses.script(place.0), place) {
                own.push(place);
            }
        }
        uses.callers_of_actions(store, &home, &own);
    }
}

/// The calls of `useState` and `useReducer` whose results are in a value.
fn hooks(uses: &Uses<'_, '_>, (module, value): Place) -> Vec<Place> {
    let evaluator = uses.evaluator;
    let mut given: Vec<Place> = vec![(module, value)];
    for held in evaluator.values(module, value) {
        match &held {
            Value::Object(object) => {
                let own = evaluator.properties(object);
                given.extend(own.iter().map(|(_, place)| (place.module, place.expression)));
            }
            Value::Array(array) => {
                if let Kind::Array(items) = uses.script(array.module).kind(array.expression) {
                    given.extend(items.iter().map(|item| (array.module, item.value)));
                }
            }
            _ => {}
        }
    }
    let mut hooks: Vec<Place> = given
        .into_iter()
        .filter_map(|place| hook_of(evaluator, place))
        .collect();
    hooks.sort_unstable();
    hooks.dedup();
    hooks
}

/// The hook whose state or setter an expression is.
fn hook_of(evaluator: &Evaluator<'_>, (module, expression): Place) -> Option<Place> {
    let script = evaluator.project.script(module);
    let Kind::Local(name) = script.kind(expression) else {
        return None;
    };
    script.name(*name).definitions.iter().find_map(|definition| {
        let DefinitionSource::Expression(call) = definition.source else {
            return None;
        };
        if !matches!(definition.path.as_slice(), [] | [PathStep::Item(_)]) {
            return None;
        }
        let is_hook = evaluator
            .callees(&Site::alone(module, call))
            .iter()
            .any(|callee| {
                matches!(callee, Value::External(callee) if callee.of_package("react").is_some_and(|function| {
                    matches!(function.trim_start_matches("default."), "useState" | "useReducer")
                }))
            });
        is_hook.then_some((module, call))
    })
}
