//! What runs before the first request and after the last.

use std::rc::Rc;

use super::{
    reader::{Reader, place},
    symbols::symbol,
};
use crate::{
    architecture::model::LifespanHandler,
    python::interpret::value::{InstanceObject, Value},
};

pub(super) fn lifespan(router: &Rc<InstanceObject>) -> Vec<LifespanHandler> {
    let read = Reader { object: router };
    let mut handlers = vec![];
    for context in contexts(&read) {
        let handler = symbol(&context);
        handlers.push(LifespanHandler {
            event: "lifespan".into(),
            registration: handler.location.clone(),
            handler,
            ..LifespanHandler::default()
        });
    }
    for event in read.items("_events") {
        let Value::Tuple(parts) = &event else { continue };
        handlers.push(LifespanHandler {
            event: parts
                .first()
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_string(),
            handler: parts.get(1).map(symbol).unwrap_or_default(),
            registration: parts.get(2).map(place).unwrap_or_default(),
            ..LifespanHandler::default()
        });
    }
    handlers
}

/// The functions behind the lifespan handlers of a router, in the model's order.
#[must_use]
pub fn lifespan_values(router: &Rc<InstanceObject>) -> Vec<Value> {
    let read = Reader { object: router };
    let events = read.items("_events");
    let called = events.iter().filter_map(|event| match event {
        Value::Tuple(parts) => Some(parts.get(1).cloned().unwrap_or(Value::None)),
        _ => None,
    });
    contexts(&read).into_iter().chain(called).collect()
}

/// The functions that run before the first request.
#[must_use]
pub fn startup_values(router: &Rc<InstanceObject>) -> Vec<Value> {
    let read = Reader { object: router };
    let events = read.items("_events");
    let started = events.iter().filter_map(|event| match event {
        Value::Tuple(parts) if parts.first().and_then(Value::as_str).as_deref() == Some("startup") => {
            parts.get(1).cloned()
        }
        _ => None,
    });
    contexts(&read).into_iter().chain(started).collect()
}

fn contexts(router: &Reader<'_>) -> Vec<Value> {
    let own = std::iter::once(router.value("lifespan_context"));
    own.chain(router.items("_inner_lifespans"))
        .filter(|context| !context.is_none())
        .collect()
}
