//! Who writes and reads a field of a class that holds state: `count = $state(0)`
//! (<https://svelte.dev/docs/svelte/$state#Classes>).

use std::collections::BTreeSet;

use ecow::EcoString;

use crate::web::{
    project::ModuleId,
    syntax::tree::{ClassId, ExpressionId, ExpressionKind as Kind, MemberKind, Script},
    three::objects::function_name,
    values::{Evaluator, Site, Value},
};

/// The functions that write to a field, and those that read it, `file:name`; none if the value of a call is in no field.
pub(super) fn users_of_field(evaluator: &Evaluator<'_>, made: &Site) -> Option<[Vec<String>; 2]> {
    let (class, name) = field_of(evaluator.project.script(made.module), made.expression)?;
    let mut writers = vec![];
    let mut readers = vec![];
    for module in evaluator.project.module_ids() {
        let script = evaluator.project.script(module);
        let named = script.expression_ids().filter(|id| {
            matches!(script.kind(*id), Kind::Member { object, property, .. }
                if *property == name && is_instance(evaluator, module, *object, (made.module, class)))
        });
        let named: Vec<ExpressionId> = named.collect();
        if named.is_empty() {
            continue;
        }
        let written: BTreeSet<ExpressionId> = script
            .expression_ids()
            .filter_map(|id| target(script, id))
            .collect();
        for expression in named {
            let user = function_name(evaluator, module, expression);
            if written.contains(&expression) {
                writers.push(user);
            } else {
                readers.push(user);
            }
        }
    }
    Some([writers, readers])
}

fn field_of(script: &Script, expression: ExpressionId) -> Option<(ClassId, EcoString)> {
    script.classes.iter().enumerate().find_map(|(index, class)| {
        let mut members = class.members.iter();
        let field = members.find(|member| member.kind == MemberKind::Field(Some(expression)))?;
        Some((ClassId(index as u32), field.name.clone()))
    })
}

/// What an expression writes to.
fn target(script: &Script, expression: ExpressionId) -> Option<ExpressionId> {
    match script.kind(expression) {
        Kind::Assign { target, .. } => *target,
        Kind::Update(target) => Some(*target),
        _ => None,
    }
}

fn is_instance(
    evaluator: &Evaluator<'_>,
    module: ModuleId,
    object: ExpressionId,
    class: (ModuleId, ClassId),
) -> bool {
    let values = evaluator.values(module, object);
    values
        .iter()
        .any(|value| matches!(value, Value::Instance(of) if (of.class.module, of.class.class) == class))
}
