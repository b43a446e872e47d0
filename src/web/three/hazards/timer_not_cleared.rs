//! Timers that go on when what began them has ended.

use super::{Hazard, HazardRule, inspection::Inspection};
use crate::web::{
    project::ModuleId,
    syntax::tree::{ExpressionId, ExpressionKind as Kind},
    three::ending::is_kept,
    values::Value,
};

pub(super) const RULE: HazardRule = HazardRule {
    name: "timer-not-cleared",
    summary: "a timer that runs again and again when its component or object is gone",
    help: "It keeps alive all that it refers to and goes on running; each further mount adds one more. Keep what `setInterval` \
           returns and hand it to `clearInterval` when the component or object ends.",
    check,
};

fn check(inspection: &Inspection<'_, '_>) -> Vec<Hazard> {
    let mut found = vec![];
    for module in inspection.evaluator.project.product_modules() {
        let script = inspection.script(module);
        for id in script.expression_ids() {
            if !is_call_of(inspection, module, id, "setInterval") || is_cleared(inspection, module, id) {
                continue;
            }
            let function = script.expression(id).function;
            let mut lifetimes = inspection.lifetimes.iter();
            let lifetime = lifetimes.find(|lifetime| lifetime.setup.contains(&(module, function)));
            if let Some(lifetime) = lifetime {
                let message = format!("is not cleared when {}", lifetime.end);
                found.push(inspection.placed_hazard(RULE.name, (module, id), "setInterval", message));
            }
        }
    }
    found
}

fn is_call_of(inspection: &Inspection<'_, '_>, module: ModuleId, id: ExpressionId, function: &str) -> bool {
    let script = inspection.script(module);
    let Kind::Call { callee, .. } = script.kind(id) else {
        return false;
    };
    let is_named = match script.kind(*callee) {
        Kind::Global(name) => name == function,
        Kind::Member { property, .. } => property == function,
        _ => false,
    };
    is_named
        && inspection
            .evaluator
            .values(module, *callee)
            .iter()
            .any(|value| matches!(value, Value::External(external) if external.is_global(function)))
}

/// Whether what a call of `setInterval` returns is kept, and may be handed to `clearInterval`: by the module, or by those that it
/// is handed to.
fn is_cleared(inspection: &Inspection<'_, '_>, module: ModuleId, id: ExpressionId) -> bool {
    let script = inspection.script(module);
    let is_handed_over = script
        .expressions
        .iter()
        .any(|expression| match &expression.kind {
            Kind::Call { arguments, .. } | Kind::New { arguments, .. } => {
                arguments.iter().any(|argument| argument.value == id)
            }
            Kind::Object(_) | Kind::Array(_) => {
                expression.start <= script.expression(id).start && script.expression(id).end <= expression.end
            }
            _ => false,
        });
    let is_clearing = || {
        let mut ids = script.expression_ids();
        ids.any(|id| {
            is_call_of(inspection, module, id, "clearInterval")
                || is_call_of(inspection, module, id, "clearTimeout")
        })
    };
    let is_returned = || {
        let mut returns = script.functions.iter().flat_map(|function| &function.returns);
        returns.any(|returned| *returned == id)
    };
    is_handed_over || is_returned() || is_kept(script, id) && is_clearing()
}
