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
            && !is_removed(inspection, handler)
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

/// Whether some call removes the listener: of the same event, and of a function that may be the same one. What is written
/// where it is added, or bound there, can never be named again.
fn is_removed(inspection: &Inspection<'_, '_>, handler: &Handler) -> bool {
    let is_fresh = matches!(
        inspection.script(handler.module).kind(handler.handed),
        Kind::Function(_)
    );
    inspection.evaluator.project.module_ids().any(|module| {
        let script = inspection.script(module);
        script.expression_ids().any(|id| {
            let Kind::Call {
                callee, arguments, ..
            } = script.kind(id)
            else {
                return false;
            };
            let is_removal = match script.kind(*callee) {
                Kind::Global(name) => name == "removeEventListener",
                Kind::Member { property, .. } => property == "removeEventListener",
                _ => false,
            };
            let [event, listener, ..] = arguments.as_slice() else {
                return false;
            };
            if !is_removal {
                return false;
            }
            let events = inspection.evaluator.values(module, event.value);
            let is_event = events.is_empty()
                || events.iter().any(|value| match value.as_literal() {
                    Some(event) => event.as_str().to_lowercase() == handler.event,
                    None => true,
                });
            let listeners = inspection.evaluator.values(module, listener.value);
            let is_same = if is_fresh {
                false
            } else {
                listeners.is_empty()
                    || listeners.iter().any(|value| match value {
                        Value::Function(closure) => (closure.module, closure.function) == handler.body,
                        _ => true,
                    })
            };
            is_event && is_same
        })
    })
}
