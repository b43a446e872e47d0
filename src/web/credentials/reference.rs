//! References that the setup function of a store gives, as fields of the store
//! (<https://pinia.vuejs.org/core-concepts/#Setup-Stores>).

use super::{
    kept::Keeper,
    store::{Holder, is_nothing},
};
use crate::web::{
    project::ModuleId,
    syntax::tree::{DefinitionSource, ExpressionId, ExpressionKind as Kind, FunctionId, NameId, Property},
    values::{Evaluator, Value},
};

/// The fields of a store that its own functions write as references.
pub(super) fn keepers(evaluator: &Evaluator<'_>, holder: &Holder) -> Vec<Keeper> {
    let mut found = vec![];
    for argument in evaluator.arguments_of(&holder.site).iter().take(2) {
        for value in evaluator.values(holder.site.module, argument.value) {
            if let Value::Function(setup) = value {
                for (field, name) in given(evaluator, setup.module, setup.function) {
                    found.extend(keeper(evaluator, holder, setup.module, &field, name));
                }
            }
        }
    }
    found
}

/// The variables that a function gives, by the keys of the object that it returns.
fn given(evaluator: &Evaluator<'_>, module: ModuleId, function: FunctionId) -> Vec<(String, NameId)> {
    let script = evaluator.project.script(module);
    let objects = script.function(function).returns.iter();
    let properties = objects.filter_map(|returned| match script.kind(*returned) {
        Kind::Object(properties) => Some(properties),
        _ => None,
    });
    properties
        .flatten()
        .filter_map(|property| match property {
            Property::Named { key, value } => match script.kind(*value) {
                Kind::Local(name) => Some((key.to_string(), *name)),
                _ => None,
            },
            _ => None,
        })
        .collect()
}

fn keeper(
    evaluator: &Evaluator<'_>,
    holder: &Holder,
    module: ModuleId,
    field: &str,
    name: NameId,
) -> Option<Keeper> {
    let script = evaluator.project.script(module);
    let is_made = script.name(name).definitions.iter().any(|definition| {
        matches!(definition.source, DefinitionSource::Expression(value)
            if matches!(script.kind(value), Kind::Call { .. }))
    });
    if !is_made {
        return None;
    }
    let is_value = |expression: ExpressionId| {
        matches!(script.kind(expression), Kind::Member { object, property, .. }
            if property == "value" && matches!(script.kind(*object), Kind::Local(own) if *own == name))
    };
    let mut keeper = Keeper {
        store: holder.kept_in.to_owned(),
        key: format!("{}.{field}", holder.key),
        ..Keeper::default()
    };
    for id in script.expression_ids() {
        match script.kind(id) {
            Kind::Assign {
                target: Some(target),
                value,
                ..
            } if is_value(*target) => {
                keeper.read.retain(|read| *read != (module, *target));
                if is_nothing(script, *value) {
                    keeper.removed.push((module, id));
                } else {
                    keeper.written.push(((module, id), *value));
                }
            }
            _ if is_value(id) => keeper.read.push((module, id)),
            _ => {}
        }
    }
    (!keeper.written.is_empty()).then_some(keeper)
}
