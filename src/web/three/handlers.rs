//! Functions that run on events: listeners, `onclick = …`, `onClick={…}`.

use super::reach::Calls;
use crate::web::{
    project::ModuleId,
    syntax::tree::{DefinitionSource, ExpressionId, ExpressionKind as Kind, FunctionId, Property, Script},
    values::{Evaluator, Value},
};

/// A function that runs on an event.
#[derive(Clone, Debug)]
pub struct Handler {
    /// The module that registers it.
    pub module: ModuleId,
    /// The call, assignment or element that registers it.
    pub registration: ExpressionId,
    /// What is registered, as written.
    pub handed: ExpressionId,
    /// The event in lower case without `on`, e.g. `pointermove`.
    pub event: String,
    /// The function that runs.
    pub body: (ModuleId, FunctionId),
    /// What it is registered with.
    pub kind: HandlerKind,
}

/// How a handler is registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandlerKind {
    /// `target.addEventListener(event, handler)`; none for the global function.
    Listener(Option<ExpressionId>),
    /// `target.onevent = handler`, `target.on(event, handler)`.
    Property,
    /// `onEvent={handler}`.
    Attribute,
}

impl Handler {
    /// Whether the event comes many times a second while the user moves something.
    #[must_use]
    pub fn is_frequent(&self) -> bool {
        matches!(
            self.event.as_str(),
            "pointermove"
                | "mousemove"
                | "touchmove"
                | "pointerrawupdate"
                | "wheel"
                | "scroll"
                | "deviceorientation"
                | "devicemotion"
        )
    }

    /// Whether something keeps it from running at every event: a timer, a frame that is asked for, a look at the clock,
    /// or a function around it that is not known.
    #[must_use]
    pub fn is_throttled(&self, evaluator: &Evaluator<'_>, calls: &Calls<'_, '_>) -> bool {
        let script = evaluator.project.script(self.module);
        let called = calls.called(self.body.0, self.body.1);
        is_wrapped(evaluator, self.module, script, self.handed)
            || waits(evaluator, calls, self.body)
            // `(event) => this.moved(event)`
            || called
                .iter()
                .any(|called| waits(evaluator, calls, (called.module, called.function)))
    }
}

/// Whether a function sets a timer, asks for a frame or looks at the clock.
fn waits(
    evaluator: &Evaluator<'_>,
    calls: &Calls<'_, '_>,
    (module, function): (ModuleId, FunctionId),
) -> bool {
    let script = evaluator.project.script(module);
    let is_waiting = |name: &str| {
        matches!(
            name,
            "setTimeout" | "requestAnimationFrame" | "requestIdleCallback" | "timeStamp"
        )
    };
    calls
        .expressions(module, function)
        .iter()
        .any(|id| match script.kind(*id) {
            Kind::Global(name) => is_waiting(name),
            Kind::Member { object, property, .. } => {
                is_waiting(property)
                    || property == "now"
                        && matches!(script.kind(*object), Kind::Global(name) if matches!(name.as_str(), "performance" | "Date"))
            }
            _ => false,
        })
}

/// Whether a handler is what some function made of it, `throttle(move, 50)`; React's `useCallback` and `bind` change nothing.
fn is_wrapped(evaluator: &Evaluator<'_>, module: ModuleId, script: &Script, handed: ExpressionId) -> bool {
    match script.kind(handed) {
        Kind::Local(name) => script.name(*name).definitions.iter().any(|definition| {
            matches!(definition.source, DefinitionSource::Expression(value)
                if matches!(script.kind(value), Kind::Call { .. }) && is_wrapped(evaluator, module, script, value))
        }),
        Kind::Call { callee, .. } => {
            let is_bound = matches!(script.kind(*callee), Kind::Member { property, .. } if property == "bind");
            let is_callback = evaluator.values(module, *callee).iter().any(|value| {
                matches!(value, Value::External(external) if external.members.last().is_some_and(|name| name == "useCallback" || name == "useEvent"))
            });
            !is_bound && !is_callback
        }
        _ => false,
    }
}

/// Every handler, by module and place.
#[must_use]
pub fn handlers(evaluator: &Evaluator<'_>) -> Vec<Handler> {
    let mut found = vec![];
    for module in evaluator.project.product_modules() {
        let script = evaluator.project.script(module);
        for id in script.expression_ids() {
            for (event, handed, kind) in registered(evaluator, module, script, id) {
                for value in evaluator.values(module, handed) {
                    if let Value::Function(closure) = value {
                        found.push(Handler {
                            module,
                            registration: id,
                            handed,
                            event: event.clone(),
                            body: (closure.module, closure.function),
                            kind,
                        });
                    }
                }
            }
        }
    }
    found
}

/// The events and handlers that an expression registers.
fn registered(
    evaluator: &Evaluator<'_>,
    module: ModuleId,
    script: &Script,
    id: ExpressionId,
) -> Vec<(String, ExpressionId, HandlerKind)> {
    match script.kind(id) {
        Kind::Call {
            callee, arguments, ..
        } => {
            let kind = match script.kind(*callee) {
                Kind::Global(name) if name == "addEventListener" => HandlerKind::Listener(None),
                Kind::Member { object, property, .. } => match property.as_str() {
                    "addEventListener" => HandlerKind::Listener(Some(*object)),
                    "on" => HandlerKind::Property,
                    _ => return vec![],
                },
                _ => return vec![],
            };
            let [event, handler, ..] = arguments.as_slice() else {
                return vec![];
            };
            let events = evaluator.values(module, event.value);
            let events = events.iter().filter_map(Value::as_literal);
            events
                .map(|event| (event.as_str().to_lowercase(), handler.value, kind))
                .collect()
        }
        Kind::Assign {
            target: Some(target),
            value,
            ..
        } => match script.kind(*target) {
            Kind::Member { property, .. } if is_event_property(property) => {
                vec![(property[2..].to_owned(), *value, HandlerKind::Property)]
            }
            _ => vec![],
        },
        Kind::Element(element) => element
            .attributes
            .iter()
            .filter_map(|attribute| match attribute {
                Property::Named { key, value } => {
                    let event = key.strip_prefix("on")?;
                    let is_event = event.starts_with(|letter: char| letter.is_ascii_uppercase());
                    is_event.then(|| (event.to_lowercase(), *value, HandlerKind::Attribute))
                }
                _ => None,
            })
            .collect(),
        _ => vec![],
    }
}

/// `onclick`, `onmessage`: all in lower case, unlike three.js's `onBeforeRender` and `onUpdate`.
fn is_event_property(property: &str) -> bool {
    property.len() > 4 && property.starts_with("on") && property.bytes().all(|byte| byte.is_ascii_lowercase())
}
