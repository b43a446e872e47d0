//! What holds the result of a call.

use crate::web::{
    project::ModuleId,
    syntax::{
        shortened,
        tree::{DefinitionSource, ExpressionId, ExpressionKind as Kind, MemberKind, Property, Script},
    },
    values::Evaluator,
};

/// Letters of a call that nothing holds.
const SHOWN: usize = 40;

/// What holds the result of a call, by name: a variable, property or field; else the call as written.
pub(super) fn holder(evaluator: &Evaluator<'_>, (module, call): (ModuleId, ExpressionId)) -> String {
    let script = evaluator.project.script(module);
    let wrapped = outermost(script, call);
    let is_it = |id: ExpressionId| wrapped.contains(&id);
    let variable = script.names.iter().find(|name| {
        name.definitions.iter().any(|definition| {
            definition.path.is_empty()
                && matches!(definition.source, DefinitionSource::Expression(value) if is_it(value))
        })
    });
    if let Some(variable) = variable {
        return variable.text.to_string();
    }
    let mut kinds = script.expressions.iter();
    let named = kinds.find_map(|expression| match &expression.kind {
        Kind::Object(properties) => properties.iter().find_map(|property| match property {
            Property::Named { key, value } if is_it(*value) => Some(key.to_string()),
            _ => None,
        }),
        Kind::Assign {
            target: Some(target),
            value,
            ..
        } if is_it(*value) => match script.kind(*target) {
            Kind::Member { property, .. } => Some(property.to_string()),
            Kind::Local(name) => Some(script.name(*name).text.to_string()),
            _ => None,
        },
        _ => None,
    });
    let field = || {
        let mut members = script.classes.iter().flat_map(|class| &class.members);
        members.find_map(|member| match member.kind {
            MemberKind::Field(Some(value)) if is_it(value) => Some(member.name.to_string()),
            _ => None,
        })
    };
    named
        .or_else(field)
        .unwrap_or_else(|| shortened(&script.written(call), SHOWN))
}

/// A call and what only passes its result on: `useMemo(() => uniform(0), [])`, `uniform(0).setName('x')`.
pub(super) fn outermost(script: &Script, call: ExpressionId) -> Vec<ExpressionId> {
    let mut found = vec![call];
    let mut current = call;
    while let Some(next) = script.expression_ids().find(|id| match script.kind(*id) {
        Kind::Call {
            callee, arguments, ..
        } => {
            let is_chained =
                matches!(script.kind(*callee), Kind::Member { object, .. } if *object == current);
            let is_returned = || {
                arguments
                    .first()
                    .is_some_and(|first| match script.kind(first.value) {
                        Kind::Function(function) => {
                            script.function(*function).returns.as_slice() == [current]
                        }
                        _ => false,
                    })
            };
            is_chained || is_returned()
        }
        _ => false,
    }) {
        if found.contains(&next) {
            break;
        }
        found.push(next);
        current = next;
    }
    found
}
