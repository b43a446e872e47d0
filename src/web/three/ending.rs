//! How a loop ends: something cancels it, or it asks for the next frame only while something holds.

use super::{loops::Loop, reach::Calls};
use crate::web::{
    project::ModuleId,
    syntax::tree::{
        BlockKind, DefinitionSource, ExitKind, ExpressionId, ExpressionKind as Kind, FunctionId, Script,
    },
    values::{Evaluator, Value},
};

/// The calls that lead from a function to a call that it runs, that call last; none where it does not run it.
pub(super) fn way_to(
    calls: &Calls<'_, '_>,
    body: (ModuleId, FunctionId),
    module: ModuleId,
    call: ExpressionId,
) -> Option<Vec<(ModuleId, ExpressionId)>> {
    let reached = calls.reached(body.0, body.1).into_iter().find(|reached| {
        reached.module == module && calls.expressions(module, reached.function).contains(&call)
    })?;
    Some(reached.way_to(call))
}

/// Whether one of some calls is left out under a condition, so that a loop of them ends.
pub(super) fn is_conditional(evaluator: &Evaluator<'_>, way: &[(ModuleId, ExpressionId)]) -> bool {
    way.iter()
        .any(|(module, call)| is_left_out(evaluator.project.script(*module), *call))
}

fn is_left_out(script: &Script, call: ExpressionId) -> bool {
    let expression = script.expression(call);
    let same_call = |other: ExpressionId| {
        other != call
            && script.expression(other).function == expression.function
            && callee(script, other).is_some_and(|written| Some(written) == callee(script, call))
    };
    let others: Vec<ExpressionId> = script.expression_ids().filter(|id| same_call(*id)).collect();
    let stands_in = |id: ExpressionId, block| script.is_within(script.expression(id).block, block);
    let is_under_condition = |id: ExpressionId| {
        script.blocks_of(id).any(|block| {
            matches!(
                block.kind,
                BlockKind::Then(_) | BlockKind::Otherwise(_) | BlockKind::Case { .. }
            )
        }) || script.expression_ids().any(|other| match script.kind(other) {
            Kind::Logical { right, .. } => *right == id,
            Kind::Conditional { then, otherwise, .. } => *then == id || *otherwise == id,
            _ => false,
        })
    };
    // The other arm of the condition asks too.
    if is_under_condition(call) {
        return others.is_empty();
    }
    let function = script.function(expression.function);
    let body = script.expression(call).block;
    let returns = function.exits.iter().filter(|exit| exit.kind == ExitKind::Return);
    returns.filter(|exit| exit.block != body).any(|exit| {
        exit.start < expression.start
            && !others
                .iter()
                .any(|other| stands_in(*other, exit.block) && script.expression(*other).start < exit.start)
    })
}

/// The callee of a call as written.
fn callee(script: &Script, call: ExpressionId) -> Option<ecow::EcoString> {
    match script.kind(call) {
        Kind::Call { callee, .. } => Some(script.written(*callee)),
        _ => None,
    }
}

/// Whether what a call gives is returned, put into a variable, field or list, or handed to another call, be it under a
/// condition.
pub(super) fn is_kept(script: &Script, call: ExpressionId) -> bool {
    let source = DefinitionSource::Expression(call);
    let mut definitions = script.names.iter().flat_map(|name| &name.definitions);
    let mut returns = script.functions.iter().flat_map(|function| &function.returns);
    definitions.any(|definition| definition.source == source)
        || returns.any(|returned| *returned == call)
        || script.expression_ids().any(|id| match script.kind(id) {
            Kind::Assign { value, .. } => *value == call,
            Kind::Call { arguments, .. } | Kind::New { arguments, .. } | Kind::Array(arguments) => {
                arguments.iter().any(|argument| argument.value == call)
            }
            // What is around it stands behind it in the list of expressions.
            Kind::Conditional { then, otherwise, .. } => {
                (*then == call || *otherwise == call) && is_kept(script, id)
            }
            Kind::Logical { right, .. } => *right == call && is_kept(script, id),
            _ => false,
        })
}

/// Whether a function is `cancelAnimationFrame` by another name.
fn is_cancelling(evaluator: &Evaluator<'_>, module: ModuleId, callee: ExpressionId) -> bool {
    evaluator
        .values(module, callee)
        .iter()
        .any(|value| matches!(value, Value::External(of) if of.is_global("cancelAnimationFrame")))
}

impl Loop {
    /// Whether it ends itself, or `cancelAnimationFrame` or `setAnimationLoop(null)` stands in the module that drives
    /// it; hooks end with their component.
    #[must_use]
    pub fn is_cancelled(&self, evaluator: &Evaluator<'_>) -> bool {
        let script = evaluator.project.script(self.module);
        // They return what ends them.
        if matches!(self.kind, "addEffect" | "addAfterEffect") {
            return is_kept(script, self.call);
        }
        if self.ends_itself || !matches!(self.kind, "rAF" | "setAnimationLoop") {
            return true;
        }
        script.expressions.iter().any(|expression| {
            let Kind::Call {
                callee, arguments, ..
            } = &expression.kind
            else {
                return false;
            };
            match script.kind(*callee) {
                Kind::Global(name) => self.kind == "rAF" && name == "cancelAnimationFrame",
                Kind::Local(_) if self.kind == "rAF" => is_cancelling(evaluator, self.module, *callee),
                Kind::Member { object, .. }
                    if self.kind == "rAF"
                        && matches!(script.kind(*object), Kind::This)
                        && is_cancelling(evaluator, self.module, *callee) =>
                {
                    true
                }
                Kind::Member { property, .. } if self.kind == "rAF" => property == "cancelAnimationFrame",
                Kind::Member { property, .. } => {
                    property == "setAnimationLoop"
                        && arguments
                            .first()
                            .is_none_or(|first| matches!(script.kind(first.value), Kind::Null))
                }
                _ => false,
            }
        })
    }
}
