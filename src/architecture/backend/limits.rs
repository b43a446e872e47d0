//! Rate limits as library models note them.

use std::rc::Rc;

use super::{
    dependant::Dependant,
    reader::{Reader, place},
};
use crate::{
    architecture::model::RateLimit,
    python::interpret::{
        arguments::Arguments,
        flow::Eval,
        interpreter::Interpreter,
        repr,
        value::{InstanceObject, Value},
    },
};

/// The limits that decorators note at the handler and dependencies at themselves, unless the handler is exempt.
pub fn rate_limits(it: &mut Interpreter, handler: &Value, root: &Dependant) -> Vec<RateLimit> {
    if is_exempt(it, handler) {
        return vec![];
    }
    let mut limits = match it.get_attribute(handler, "_rate_limits") {
        Ok(Some(given)) => noted_limits(it, &given),
        _ => vec![],
    };
    for (dependant, _) in root.flat() {
        if let Ok(Some(limit)) = it.get_attribute(&dependant.call, "_rate_limit") {
            limits.extend(noted_limit(&limit));
        }
    }
    limits
}

/// Whether the handler is marked as free of limits.
fn is_exempt(it: &mut Interpreter, handler: &Value) -> bool {
    matches!(
        it.get_attribute(handler, "_rate_limits_off"),
        Ok(Some(Value::Bool(true)))
    )
}

/// A list of limits as library models note it: pairs of text and place.
fn noted_limits(it: &mut Interpreter, list: &Value) -> Vec<RateLimit> {
    let items = it.iterate(list).map(|(items, _)| items).unwrap_or_default();
    items.iter().filter_map(noted_limit).collect()
}

fn noted_limit(entry: &Value) -> Option<RateLimit> {
    match entry {
        Value::Tuple(parts) if parts.len() == 2 => Some(RateLimit {
            limit: repr::display(&parts[0]).to_string(),
            location: place(&parts[1]),
        }),
        _ => None,
    }
}

/// The limits that an application's middleware puts on handlers.
pub struct MiddlewareLimits {
    app: Value,
    /// Functions of the application and a handler, each from a class of middleware.
    limiters: Vec<Value>,
}

impl MiddlewareLimits {
    /// The limits of an application's middleware.
    #[must_use]
    pub fn of(app: &Rc<InstanceObject>) -> Self {
        let entries = Reader { object: app }.items("user_middleware");
        let limiters = entries.iter().filter_map(|entry| {
            let Value::Instance(entry) = entry else {
                return None;
            };
            match (Reader { object: entry }).value("cls") {
                Value::Class(class) => class.get("_rate_limits_of"),
                _ => None,
            }
        });
        Self {
            limiters: limiters.collect(),
            app: Value::Instance(Rc::clone(app)),
        }
    }

    /// The limits on one handler.
    ///
    /// # Errors
    /// When what the middleware says of them raises.
    pub fn on(&self, it: &mut Interpreter, handler: &Value) -> Eval<Vec<RateLimit>> {
        if self.limiters.is_empty() || is_exempt(it, handler) {
            return Ok(vec![]);
        }
        let mut limits = vec![];
        for limiter in &self.limiters {
            let noted = it.call(limiter, Arguments::of(vec![self.app.clone(), handler.clone()]))?;
            limits.extend(noted_limits(it, &noted));
        }
        Ok(limits)
    }
}
