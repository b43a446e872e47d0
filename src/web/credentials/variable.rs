//! Fields and variables that hold what was answered.

use std::collections::BTreeSet;

use super::{Place, answer::asked, attachment::Found, kept::Keeper};
use crate::web::{
    project::ModuleId,
    syntax::tree::{
        Definition, DefinitionSource, ExpressionId, ExpressionKind as Kind, NameId, Script, TOP_LEVEL,
    },
    values::{Evaluator, Value},
};

/// Fields and variables that requests are given, and that an answer was put into.
pub(super) fn variables(
    evaluator: &Evaluator<'_>,
    attachments: &[Found],
    requests: &BTreeSet<Place>,
) -> Vec<Keeper> {
    let mut found: Vec<Keeper> = vec![];
    for (module, id) in attachments.iter().flat_map(|attachment| &attachment.sources) {
        let keeper = match evaluator.project.script(*module).kind(*id) {
            Kind::Member { object, property, .. } => field(evaluator, *module, *id, *object, property)
                .or_else(|| field_of_object(evaluator, *module, *object, property)),
            Kind::Local(name) => variable(evaluator, *module, *name),
            _ => None,
        };
        let Some(mut keeper) = keeper else { continue };
        let is_answer = keeper
            .written
            .iter()
            .any(|(place, value)| !asked(evaluator, place.0, *value, requests).is_empty());
        if !is_answer {
            continue;
        }
        match found.iter_mut().find(|known| known.key == keeper.key) {
            Some(known) => known.read.push((*module, *id)),
            None => {
                keeper.read.push((*module, *id));
                found.push(keeper);
            }
        }
    }
    found
}

/// Fields of the state of stores of vuex, by the getters that read them.
pub(super) fn of_getters(evaluator: &Evaluator<'_>) -> Vec<Keeper> {
    let mut found: Vec<Keeper> = vec![];
    for (module, getter) in evaluator.vuex_getters().collect::<BTreeSet<_>>() {
        let script = evaluator.project.script(module);
        for id in script.expression_ids() {
            let Kind::Member { object, property, .. } = script.kind(id) else {
                continue;
            };
            if script.expression(id).function != getter {
                continue;
            }
            if let Some(mut keeper) = field_of_object(evaluator, module, *object, property) {
                keeper.read.push((module, id));
                found.push(keeper);
            }
        }
    }
    found
}

/// `this.field` that methods write.
fn field(
    evaluator: &Evaluator<'_>,
    module: ModuleId,
    id: ExpressionId,
    object: ExpressionId,
    property: &str,
) -> Option<Keeper> {
    let script = evaluator.project.script(module);
    let class = script.function(script.expression(id).function).class?;
    matches!(script.kind(object), Kind::This).then_some(())?;
    let values = evaluator.field_values(module, class, property);
    Some(in_memory(
        evaluator,
        module,
        format!("{}.{property}", script.class(class).name),
        &values,
    ))
}

/// A field of an object that a module holds: `const state = { token: null }`.
fn field_of_object(
    evaluator: &Evaluator<'_>,
    module: ModuleId,
    object: ExpressionId,
    property: &str,
) -> Option<Keeper> {
    let held = |module: ModuleId, object: ExpressionId| -> Option<Place> {
        evaluator
            .values(module, object)
            .iter()
            .find_map(|value| match value {
                Value::Object(site) => Some((site.module, site.expression)),
                _ => None,
            })
    };
    let (home, whole) = held(module, object)?;
    let script = evaluator.project.script(home);
    if script.expression(whole).function != TOP_LEVEL {
        return None;
    }
    let file = &evaluator.project.module(home).file;
    let mut keeper = Keeper {
        store: "memory".to_owned(),
        key: match holder(script, whole) {
            Some(name) => format!("{file}:{name}.{property}"),
            None => format!("{file}:{property}"),
        },
        ..Keeper::default()
    };
    for (module, object, value) in evaluator.assignments_to(property) {
        let is_written = evaluator.project.script(module).expression(object).function != TOP_LEVEL;
        if is_written && held(module, object) == Some((home, whole)) {
            let own = in_memory(evaluator, module, String::new(), &[value]);
            keeper.written.extend(own.written);
            keeper.removed.extend(own.removed);
        }
    }
    (!keeper.written.is_empty()).then_some(keeper)
}

/// The variable that an object is the value of.
fn holder(script: &Script, object: ExpressionId) -> Option<&str> {
    let holds = |definition: &Definition| {
        definition.path.is_empty() && definition.source == DefinitionSource::Expression(object)
    };
    let name = script
        .names
        .iter()
        .find(|name| name.definitions.iter().any(holds))?;
    Some(&name.text)
}

/// A variable of a module that functions write.
fn variable(evaluator: &Evaluator<'_>, module: ModuleId, name: NameId) -> Option<Keeper> {
    let script = evaluator.project.script(module);
    let declared = script.name(name);
    if declared.is_constant || declared.function.is_some_and(|function| function != TOP_LEVEL) {
        return None;
    }
    let values: Vec<ExpressionId> = declared
        .definitions
        .iter()
        .filter_map(|definition| match definition.source {
            DefinitionSource::Expression(value) if definition.path.is_empty() => Some(value),
            _ => None,
        })
        .collect();
    let file = &evaluator.project.module(module).file;
    (values.len() > 1).then(|| in_memory(evaluator, module, format!("{file}:{}", declared.text), &values))
}

fn in_memory(evaluator: &Evaluator<'_>, module: ModuleId, key: String, values: &[ExpressionId]) -> Keeper {
    let script = evaluator.project.script(module);
    let mut keeper = Keeper {
        store: "memory".to_owned(),
        key,
        ..Keeper::default()
    };
    for value in values {
        let is_none = match script.kind(*value) {
            Kind::Null => true,
            Kind::Text(text) => text.is_empty(),
            Kind::Global(name) => name == "undefined",
            _ => false,
        };
        if !is_none {
            keeper.written.push(((module, *value), *value));
        } else if script
            .function(script.expression(*value).function)
            .parent
            .is_some()
            && is_assigned(script, *value)
        {
            keeper.removed.push((module, *value));
        }
    }
    keeper
}

/// Whether a value is put somewhere by an assignment: a field's first value is none that is taken away.
fn is_assigned(script: &Script, value: ExpressionId) -> bool {
    script
        .expression_ids()
        .any(|id| matches!(script.kind(id), Kind::Assign { value: own, .. } if *own == value))
}
