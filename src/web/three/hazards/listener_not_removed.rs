//! Listeners of the page that stay when what added them has ended.

use super::{Hazard, HazardRule, inspection::Inspection};
use crate::web::{
    project::ModuleId,
    syntax::tree::{ExpressionId, ExpressionKind as Kind, Property},
    three::handlers::{Handler, HandlerKind},
    values::Value,
};

pub(super) const RULE: HazardRule = HazardRule {
    name: "listener-not-removed",
    summary: "a listener of the window or document that stays when its component or object is gone",
    help: "It keeps alive all that it refers to and goes on running; each further mount adds one more. Call \
           `removeEventListener` with the same function, or add it with a `signal` that is aborted.",
    check,
};

fn check(inspection: &Inspection<'_, '_>) -> Vec<Hazard> {
    let mut found = vec![];
    let removals = removals(inspection);
    for handler in &inspection.handlers {
        let HandlerKind::Listener(target) = handler.kind else {
            continue;
        };
        let Some(target) = page_target(inspection, handler.module, target) else {
            continue;
        };
        let function = inspection
            .script(handler.module)
            .expression(handler.registration)
            .function;
        let mut lifetimes = inspection.lifetimes.iter();
        let lifetime = lifetimes.find(|lifetime| lifetime.setup.contains(&(handler.module, function)));
        if let Some(lifetime) = lifetime
            && !ends_by_itself(inspection, handler)
            && !is_removed(inspection, &removals, handler)
        {
            let message = format!(
                "listens to `{}` and is not removed when {}",
                handler.event, lifetime.end
            );
            let place = (handler.module, handler.registration);
            found.push(inspection.placed_hazard(RULE.name, place, target, message));
        }
    }
    found
}

/// The window or document: what outlives every component.
fn page_target(
    inspection: &Inspection<'_, '_>,
    module: ModuleId,
    target: Option<ExpressionId>,
) -> Option<&'static str> {
    let Some(target) = target else {
        return Some("window");
    };
    inspection
        .evaluator
        .values(module, target)
        .iter()
        .find_map(|value| {
            let Value::External(external) = value else {
                return None;
            };
            let page = ["window", "document", "document.body", "globalThis"];
            page.into_iter().find(|path| external.is_global(path))
        })
}

/// `{ once: true }`, `{ signal }`, or options that are not known.
fn ends_by_itself(inspection: &Inspection<'_, '_>, handler: &Handler) -> bool {
    let script = inspection.script(handler.module);
    let Kind::Call { arguments, .. } = script.kind(handler.registration) else {
        return false;
    };
    let Some(options) = arguments.get(2) else {
        return false;
    };
    match script.kind(options.value) {
        Kind::Object(properties) => properties.iter().any(|property| match property {
            Property::Named { key, .. } => matches!(key.as_str(), "once" | "signal"),
            _ => true,
        }),
        Kind::Boolean(_) => false,
        _ => true,
    }
}

/// A call of `removeEventListener`.
struct Removal {
    module: ModuleId,
    event: ExpressionId,
    listener: ExpressionId,
}

fn removals(inspection: &Inspection<'_, '_>) -> Vec<Removal> {
    let mut found = vec![];
    for module in inspection.evaluator.project.module_ids() {
        for expression in &inspection.script(module).expressions {
            let Kind::Call {
                callee, arguments, ..
            } = &expression.kind
            else {
                continue;
            };
            let is_removal = match inspection.script(module).kind(*callee) {
                Kind::Global(name) => name == "removeEventListener",
                Kind::Member { property, .. } => property == "removeEventListener",
                _ => false,
            };
            if let ([event, listener, ..], true) = (arguments.as_slice(), is_removal) {
                found.push(Removal {
                    module,
                    event: event.value,
                    listener: listener.value,
                });
            }
        }
    }
    found
}

/// Whether some call removes the listener: of the same event, and of a function that may be the same one. What is written
/// where it is added can never be named again.
fn is_removed(inspection: &Inspection<'_, '_>, removals: &[Removal], handler: &Handler) -> bool {
    let is_fresh = matches!(
        inspection.script(handler.module).kind(handler.handed),
        Kind::Function(_)
    );
    !is_fresh
        && removals.iter().any(|removal| {
            let events = inspection.evaluator.values(removal.module, removal.event);
            let is_event = events.is_empty()
                || events.iter().any(|value| match value.as_literal() {
                    Some(event) => event.as_str().to_lowercase() == handler.event,
                    None => true,
                });
            let listeners = inspection.evaluator.values(removal.module, removal.listener);
            let is_same = listeners.is_empty()
                || listeners.iter().any(|value| match value {
                    Value::Function(closure) => (closure.module, closure.function) == handler.body,
                    _ => true,
                });
            is_event && is_same
        })
}
