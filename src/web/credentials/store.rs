//! Fields of stores and cells that a request may be given: what they are set to, and where they are read.

use std::collections::BTreeMap;

use super::{kept::Keeper, reference};
use crate::web::{
    project::ModuleId,
    state,
    syntax::tree::{
        DefinitionSource, ExpressionId, ExpressionKind as Kind, FunctionId, PathStep, Property, Script,
    },
    values::{Evaluator, External, Origin, Site, Value},
};

/// A store, or what a call gives that holds one value.
pub(super) struct Holder {
    pub(super) site: Site,
    /// What it is called where it is kept, e.g. the key in the local storage.
    pub(super) key: String,
    /// `memory`, `localStorage`, `sessionStorage`, `cookie`.
    pub(super) kept_in: &'static str,
    /// Whether it is one value, read and written as `cell.value`.
    is_cell: bool,
}

/// Every field of a store, and every cell, that something is put into.
pub(super) fn keepers(evaluator: &Evaluator<'_>) -> Vec<Keeper> {
    let holders = holders(evaluator);
    if holders.is_empty() {
        return vec![];
    }
    // Each call for the same cookie gives the same one.
    let mut fields: BTreeMap<(&str, String), Keeper> = BTreeMap::new();
    for module in evaluator.project.product_modules() {
        let script = evaluator.project.script(module);
        for id in script.expression_ids() {
            let mut add = |index: usize, field: &str, place: ExpressionId, value: Option<ExpressionId>| {
                let holder = &holders[index];
                let key = if field.is_empty() {
                    holder.key.clone()
                } else {
                    format!("{}.{field}", holder.key)
                };
                let keeper = fields
                    .entry((holder.kept_in, key.clone()))
                    .or_insert_with(|| Keeper {
                        store: holder.kept_in.to_owned(),
                        key,
                        ..Keeper::default()
                    });
                match value {
                    None => keeper.read.push((module, place)),
                    // What is written to was looked at as if it were read.
                    Some(value) => {
                        if let Kind::Assign {
                            target: Some(target), ..
                        } = script.kind(place)
                        {
                            keeper.read.retain(|read| *read != (module, *target));
                        }
                        if is_nothing(script, value) {
                            keeper.removed.push((module, place));
                        } else {
                            keeper.written.push(((module, place), value));
                        }
                    }
                }
            };
            match script.kind(id) {
                Kind::Call { arguments, .. } => {
                    let Some(index) = set_by(evaluator, &holders, module, id) else {
                        continue;
                    };
                    let Some(state) = arguments.first() else { continue };
                    for (key, value) in properties(script, state.value) {
                        add(index, &key, id, Some(value));
                    }
                }
                Kind::Assign {
                    target: Some(target),
                    value,
                    ..
                } => {
                    if let Some((index, field)) = field_of(evaluator, &holders, module, *target) {
                        add(index, &field, id, Some(*value));
                    }
                }
                Kind::Member { .. } | Kind::Local(_) => {
                    if let Some((index, field)) = field_of(evaluator, &holders, module, id) {
                        add(index, &field, id, None);
                    }
                }
                _ => {}
            }
        }
    }
    let mut keepers: Vec<Keeper> = fields.into_values().collect();
    for holder in &holders {
        keepers.extend(reference::keepers(evaluator, holder));
    }
    keepers
}

fn holders(evaluator: &Evaluator<'_>) -> Vec<Holder> {
    let mut holders = vec![];
    for module in evaluator.project.product_modules() {
        let script = evaluator.project.script(module);
        for expression in script.expression_ids() {
            if !matches!(script.kind(expression), Kind::Call { .. }) {
                continue;
            }
            let site = Site::alone(module, expression);
            for callee in evaluator.callees(&site) {
                let Value::External(callee) = callee else { continue };
                holders.extend(cell(evaluator, &callee, &site).or_else(|| store(evaluator, &callee, &site)));
            }
        }
    }
    holders
}

/// <https://nuxt.com/docs/api/composables/use-cookie>, <https://vueuse.org/core/useStorage/>
fn cell(evaluator: &Evaluator<'_>, callee: &External, site: &Site) -> Option<Holder> {
    let path = callee.path();
    let kept_in = match &callee.origin {
        Origin::Global => (path == "useCookie").then_some("cookie")?,
        Origin::Library { package, .. } => match (package.as_str(), path.as_str()) {
            ("#imports" | "#app" | "nuxt", "useCookie") => "cookie",
            ("@vueuse/core", "useLocalStorage" | "useStorage") => "localStorage",
            ("@vueuse/core", "useSessionStorage") => "sessionStorage",
            _ => return None,
        },
        _ => return None,
    };
    let key = text(
        evaluator,
        site.module,
        evaluator.arguments_of(site).first()?.value,
    )?;
    Some(Holder {
        site: site.clone(),
        key,
        kept_in,
        is_cell: true,
    })
}

/// <https://zustand.docs.pmnd.rs/integrations/persisting-store-data>, <https://pinia.vuejs.org/core-concepts/>
fn store(evaluator: &Evaluator<'_>, callee: &External, site: &Site) -> Option<Holder> {
    let kind = state::maker(evaluator, callee, false)?;
    let is_zustand = kind.starts_with("zustand");
    if !is_zustand && !kind.starts_with("pinia") || evaluator.arguments_of(site).is_empty() {
        return None;
    }
    let script = evaluator.project.script(site.module);
    let name = state::held_by(script, site).unwrap_or_default();
    let persisted = if is_zustand {
        persist_options(evaluator, site).map(|options| (options, "name"))
    } else {
        let arguments = evaluator.arguments_of(site);
        let last = arguments.last()?.value;
        let persists = properties(script, last)
            .into_iter()
            .any(|(key, value)| key == "persist" && !matches!(script.kind(value), Kind::Boolean(false)));
        persists.then_some((last, "id"))
    };
    let Some((options, key)) = persisted else {
        return Some(Holder {
            site: site.clone(),
            key: name,
            kept_in: "memory",
            is_cell: false,
        });
    };
    let options = properties(script, options);
    let named = options
        .iter()
        .find(|(option, _)| option == key)
        .map(|(_, value)| *value);
    let named = named.or_else(|| Some(evaluator.arguments_of(site).first()?.value));
    let is_session = options
        .iter()
        .any(|(option, value)| option == "storage" && script.written(*value).contains("sessionStorage"));
    Some(Holder {
        site: site.clone(),
        key: named
            .and_then(|named| text(evaluator, site.module, named))
            .unwrap_or(name),
        kept_in: if is_session {
            "sessionStorage"
        } else {
            "localStorage"
        },
        is_cell: false,
    })
}

/// The options of `persist` among the middleware that wraps a store's initialiser.
fn persist_options(evaluator: &Evaluator<'_>, site: &Site) -> Option<ExpressionId> {
    let mut calls: Vec<ExpressionId> = evaluator.arguments_of(site).iter().map(|it| it.value).collect();
    while let Some(call) = calls.pop() {
        let wrapped = Site::alone(site.module, call);
        let arguments = evaluator.arguments_of(&wrapped);
        let is_persist = evaluator.callees(&wrapped).iter().any(|callee| {
            matches!(callee, Value::External(external) if external.of_package("zustand").as_deref() == Some("persist"))
        });
        if is_persist {
            return arguments.get(1).map(|options| options.value);
        }
        calls.extend(arguments.iter().map(|argument| argument.value));
    }
    None
}

/// The store whose state a call sets: `set({ … })` in its initialiser, `useStore.setState({ … })`, `store.$patch({ … })`.
fn set_by(
    evaluator: &Evaluator<'_>,
    holders: &[Holder],
    module: ModuleId,
    call: ExpressionId,
) -> Option<usize> {
    let script = evaluator.project.script(module);
    let Kind::Call { callee, .. } = script.kind(call) else {
        return None;
    };
    match script.kind(*callee) {
        Kind::Local(name) => {
            script
                .name(*name)
                .definitions
                .iter()
                .find_map(|definition| match definition.source {
                    DefinitionSource::Parameter(function, 0) => {
                        initialised(script, holders, module, function)
                    }
                    _ => None,
                })
        }
        Kind::Member { object, property, .. } if matches!(property.as_str(), "setState" | "$patch") => {
            evaluator
                .values(module, *object)
                .iter()
                .find_map(|value| match value {
                    Value::External(external) => of_external(holders, external),
                    _ => None,
                })
        }
        _ => None,
    }
}

/// The store that a function initialises.
fn initialised(script: &Script, holders: &[Holder], module: ModuleId, function: FunctionId) -> Option<usize> {
    holders.iter().position(|holder| {
        !holder.is_cell
            && holder.site.module == module
            && state::is_initialiser(script, &holder.site, function)
    })
}

/// The field of a store that an expression reads; of a cell the empty one.
fn field_of(
    evaluator: &Evaluator<'_>,
    holders: &[Holder],
    module: ModuleId,
    expression: ExpressionId,
) -> Option<(usize, String)> {
    let script = evaluator.project.script(module);
    match script.kind(expression) {
        Kind::Member { object, property, .. } => {
            let index = state_at(evaluator, holders, module, *object)?;
            if !holders[index].is_cell {
                return Some((index, property.to_string()));
            }
            (property == "value").then_some((index, String::new()))
        }
        // `const { token } = useAuth();`
        Kind::Local(name) => script.name(*name).definitions.iter().find_map(|definition| {
            let ([PathStep::Property(field)], DefinitionSource::Expression(whole)) =
                (definition.path.as_slice(), definition.source)
            else {
                return None;
            };
            let index = state_at(evaluator, holders, module, whole)?;
            (!holders[index].is_cell).then(|| (index, field.to_string()))
        }),
        _ => None,
    }
}

/// The holder whose state an expression stands for.
fn state_at(
    evaluator: &Evaluator<'_>,
    holders: &[Holder],
    module: ModuleId,
    expression: ExpressionId,
) -> Option<usize> {
    let script = evaluator.project.script(module);
    if matches!(script.kind(expression), Kind::This) {
        // An action of a store of options.
        let own = script.expression(expression);
        return holders.iter().position(|holder| {
            let store =
                script_of(evaluator, holder, module).map(|script| script.expression(holder.site.expression));
            store.is_some_and(|store| store.start <= own.start && own.end <= store.end)
        });
    }
    evaluator
        .values(module, expression)
        .iter()
        .find_map(|value| match value {
            // The state that an initialiser gives.
            Value::Object(state) => {
                let script = evaluator.project.script(state.module);
                let function = script.expression(state.expression).function;
                let returns = &script.function(function).returns;
                returns
                    .contains(&state.expression)
                    .then(|| initialised(script, holders, state.module, function))?
            }
            Value::External(external) => of_external(holders, external),
            _ => None,
        })
}

fn script_of<'p>(evaluator: &Evaluator<'p>, holder: &Holder, module: ModuleId) -> Option<&'p Script> {
    (!holder.is_cell && holder.site.module == module).then(|| evaluator.project.script(module))
}

/// The holder that something outside of the project is, is given by, or gives its state to.
fn of_external(holders: &[Holder], external: &External) -> Option<usize> {
    let position = |site: &Site| {
        holders
            .iter()
            .position(|holder| (holder.site.module, holder.site.expression) == (site.module, site.expression))
    };
    if !external.members.is_empty() {
        return None;
    }
    match &external.origin {
        Origin::Result { callee, site } => position(site).or_else(|| match &callee.origin {
            // What the store's hook gives.
            Origin::Result { site, .. } if callee.members.iter().all(|member| member == "getState") => {
                position(site)
            }
            _ => None,
        }),
        Origin::Given {
            callee, parameter: 0, ..
        } => match &callee.origin {
            Origin::Result { site, .. } if callee.members.is_empty() => position(site),
            _ => None,
        },
        _ => None,
    }
}

/// The properties of an object, or of the one that a function gives.
fn properties(script: &Script, expression: ExpressionId) -> Vec<(String, ExpressionId)> {
    match script.kind(expression) {
        Kind::Object(properties) => properties
            .iter()
            .filter_map(|property| match property {
                Property::Named { key, value } => Some((key.to_string(), *value)),
                _ => None,
            })
            .collect(),
        Kind::Function(function) => {
            let returns = &script.function(*function).returns;
            returns
                .iter()
                .flat_map(|returned| properties(script, *returned))
                .collect()
        }
        _ => vec![],
    }
}

pub(super) fn is_nothing(script: &Script, value: ExpressionId) -> bool {
    match script.kind(value) {
        Kind::Null => true,
        Kind::Text(text) => text.is_empty(),
        Kind::Global(name) => name == "undefined",
        _ => false,
    }
}

fn text(evaluator: &Evaluator<'_>, module: ModuleId, expression: ExpressionId) -> Option<String> {
    let texts = evaluator.texts(&Site::alone(module, expression));
    texts.first()?.as_literal().map(|text| text.to_string())
}
