//! Listeners of the page that stay when what added them has ended.

use std::collections::BTreeMap;

use super::{Hazard, HazardRule, inspection::Inspection};
use crate::web::{
    project::ModuleId,
    syntax::tree::{ExpressionId, ExpressionKind as Kind, FunctionId, Property, Script},
    three::handlers::{Handler, HandlerKind},
    values::Value,
};

pub(super) const RULE: HazardRule = HazardRule {
    name: "listener-not-removed",
    summary: "a listener that stays when its component or object is gone, or that is removed by another function",
    help: "It keeps alive all that it refers to and goes on running; each further mount adds one more. Call \
           `removeEventListener` with the same function, or add it with a `signal` that is aborted.",
    check,
};

fn check(inspection: &Inspection<'_, '_>) -> Vec<Hazard> {
    let removals = removals(inspection);
    let mut found = in_vain(inspection, &removals);
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
            // Else that is told where it is tried.
            && !removals.iter().any(|removal| removal.is_in_vain && removal.module == handler.module && removal.is_of(inspection, &handler.event))
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
    call: ExpressionId,
    event: ExpressionId,
    listener: ExpressionId,
    /// Whether it is handed a function that is made there, so that nobody can have added it
    /// (<https://developer.mozilla.org/docs/Web/API/EventTarget/removeEventListener#matching_event_listeners_for_removal>).
    is_in_vain: bool,
}

impl Removal {
    /// The event by its name, else as written.
    fn event_name(&self, inspection: &Inspection<'_, '_>) -> String {
        let events = inspection.evaluator.values(self.module, self.event);
        let event = events.iter().find_map(Value::as_literal);
        event.map_or_else(
            || inspection.script(self.module).written(self.event).to_string(),
            |event| event.as_str().to_owned(),
        )
    }

    /// Whether it may be of an event.
    fn is_of(&self, inspection: &Inspection<'_, '_>, wanted: &str) -> bool {
        let events = inspection.evaluator.values(self.module, self.event);
        events.is_empty()
            || events.iter().any(|value| match value.as_literal() {
                Some(event) => event.as_str().to_lowercase() == wanted,
                None => true,
            })
    }
}

/// Whether an expression makes a function each time: `() => …`, `this.move.bind(this)`.
fn is_fresh(script: &Script, listener: ExpressionId) -> bool {
    match script.kind(listener) {
        Kind::Function(_) => true,
        Kind::Call { callee, .. } => {
            matches!(script.kind(*callee), Kind::Member { property, .. } if property == "bind")
        }
        _ => false,
    }
}

/// Removals that remove nothing, those of one function together, at the first.
fn in_vain(inspection: &Inspection<'_, '_>, removals: &[Removal]) -> Vec<Hazard> {
    let mut functions: BTreeMap<(ModuleId, FunctionId), Vec<&Removal>> = BTreeMap::new();
    for removal in removals.iter().filter(|removal| removal.is_in_vain) {
        let function = inspection
            .script(removal.module)
            .expression(removal.call)
            .function;
        functions
            .entry((removal.module, function))
            .or_default()
            .push(removal);
    }
    let hazards = functions.into_values().map(|removals| {
        let first = removals[0];
        let script = inspection.script(first.module);
        let target = match script.kind(first.call) {
            Kind::Call { callee, .. } => match script.kind(*callee) {
                Kind::Member { object, .. } => script.written(*object).to_string(),
                _ => "window".to_owned(),
            },
            _ => String::new(),
        };
        let rest = match removals.len() {
            1 => String::new(),
            2 => " (and so for one more there)".to_owned(),
            count => format!(" (and so for {} more there)", count - 1),
        };
        let event = first.event_name(inspection);
        let message = format!(
            "still listens to `{event}`: `removeEventListener` is handed another function than was added{rest}"
        );
        inspection.placed_hazard(RULE.name, (first.module, first.call), target, message)
    });
    hazards.collect()
}

fn removals(inspection: &Inspection<'_, '_>) -> Vec<Removal> {
    let mut found = vec![];
    for module in inspection.evaluator.project.module_ids() {
        let script = inspection.script(module);
        for call in script.expression_ids() {
            let Kind::Call {
                callee, arguments, ..
            } = script.kind(call)
            else {
                continue;
            };
            let is_removal = match script.kind(*callee) {
                Kind::Global(name) => name == "removeEventListener",
                Kind::Member { property, .. } => property == "removeEventListener",
                _ => false,
            };
            if let ([event, listener, ..], true) = (arguments.as_slice(), is_removal) {
                found.push(Removal {
                    module,
                    call,
                    event: event.value,
                    listener: listener.value,
                    is_in_vain: is_fresh(script, listener.value),
                });
            }
        }
    }
    found
}

/// Whether some call removes the listener: of the same event, and of a function that may be the same one. What is made
/// where it is added can never be named again.
fn is_removed(inspection: &Inspection<'_, '_>, removals: &[Removal], handler: &Handler) -> bool {
    if is_fresh(inspection.script(handler.module), handler.handed) {
        return false;
    }
    let mut removals = removals.iter().filter(|removal| !removal.is_in_vain);
    removals.any(|removal| {
        let listeners = inspection.evaluator.values(removal.module, removal.listener);
        let is_same = listeners.is_empty()
            || listeners.iter().any(|value| match value {
                Value::Function(closure) => (closure.module, closure.function) == handler.body,
                _ => true,
            });
        is_same && removal.is_of(inspection, &handler.event)
    })
}
