//! `try` and `with` while recording: which exceptions stay inside, and what is done about them.

use std::rc::Rc;

use ecow::EcoString;

use super::{Arm, Event, Mark};
use crate::python::{
    interpret::{
        flow::{Completion, Eval, Flow, Raised},
        interpreter::Interpreter,
        unknown::Unknown,
        value::Value,
    },
    syntax::ast::ExceptHandler,
};

/// The classes that an `except` clause catches; all of them when absent.
type Kinds = Option<Vec<Value>>;

impl Interpreter {
    /// Ends the suite of a `try`: exceptions raised in it give way to what their handlers do. A handler of what nothing
    /// visible raises – an exception out of a library – becomes a branch of its own. Returned is whether the code goes on
    /// although the suite, as it was evaluated, ends by raising something else: a handler falls through.
    pub(in crate::python::interpret) fn trace_handlers(
        &mut self,
        mark: Option<Mark>,
        handlers: &[ExceptHandler],
        tried: &Eval<Completion>,
    ) -> Eval<bool> {
        if mark.is_none() {
            return Ok(false);
        }
        let mut events = self.trace_close(mark);
        let mut arms = vec![];
        let mut uncaught = match tried {
            Err(Flow::Raise(raised)) => Some(&raised.exception),
            _ => None,
        };
        let mut falls_through = false;
        for handler in handlers {
            let kinds = self.kinds(handler)?;
            let mut raised = vec![];
            find_raised(&events, &kinds, &mut raised);
            let exception = match raised.into_iter().next() {
                Some(exception) => exception,
                None => self.any_of(&kinds),
            };
            uncaught = uncaught.filter(|exception| !catches(&kinds, exception));
            let (inner, is_next) = self.explore(handler, exception)?;
            falls_through |= is_next;
            let found = replace(&mut events, &kinds, Some(&inner));
            if found.is_elsewhere || !found.is_here || is_broad(&kinds) {
                let caught = handler
                    .exception
                    .as_ref()
                    .map(|exception| self.snippet(exception.span));
                arms.push(Arm {
                    condition: caught
                        .map_or_else(|| "except".into(), |caught| ecow::eco_format!("except {caught}")),
                    events: inner,
                    leaves: false,
                });
            }
        }
        let location = handlers
            .first()
            .map(|handler| self.place(handler.span))
            .unwrap_or_default();
        let goes_on = uncaught.is_some() && falls_through;
        if goes_on {
            let last = events.pop_if(|event| matches!(event, Event::Raise { .. }));
            arms.push(Arm {
                condition: "else".into(),
                events: last.into_iter().collect(),
                leaves: false,
            });
        }
        self.trace_push(events);
        if arms.iter().any(|arm| !arm.events.is_empty()) {
            self.trace_push([Event::Branch {
                arms,
                is_handler: true,
                location,
            }]);
        }
        Ok(goes_on)
    }

    fn kinds(&mut self, handler: &ExceptHandler) -> Eval<Kinds> {
        let Some(caught) = &handler.exception else {
            return Ok(None);
        };
        Ok(Some(match self.unrecorded(|it| it.eval(caught))? {
            Value::Tuple(kinds) => kinds.to_vec(),
            other => vec![other],
        }))
    }

    /// An exception of which only the class is known.
    fn any_of(&mut self, kinds: &Kinds) -> Value {
        let base = || self.builtins.names.borrow().get("Exception").cloned();
        match kinds
            .as_ref()
            .and_then(|kinds| kinds.first().cloned())
            .or_else(base)
        {
            Some(Value::Class(class)) => self.abstract_instance(&class),
            Some(Value::Unknown(unknown)) => Unknown::instance(unknown.origin.clone()),
            _ => Unknown::nothing(),
        }
    }

    /// What a handler does with an exception, and whether what follows the `try` is reached from there.
    fn explore(&mut self, handler: &ExceptHandler, exception: Value) -> Eval<(Vec<Event>, bool)> {
        let mark = self.trace_open();
        if let Some(name) = &handler.name {
            self.scope().set(name, exception.clone());
        }
        let location = self.place(handler.span);
        let raised = Raised { exception, location };
        let outer = self.frame().handling.replace(raised);
        let result = self.run_aside("except".into(), &handler.body);
        self.frame().handling = outer;
        let events = self.trace_close(mark);
        let is_next = matches!(result, Ok(Completion::Next));
        match result {
            Ok(Completion::Return(value)) => self.frame().pending.push(value),
            Err(Flow::Exhausted) => return Err(Flow::Exhausted),
            _ => {}
        }
        Ok((events, is_next))
    }

    /// Ends a suite whose exceptions of these names are swallowed.
    pub(in crate::python::interpret) fn trace_suppressed(&mut self, mark: Option<Mark>, names: &[EcoString]) {
        let mut events = self.trace_close(mark);
        if !names.is_empty() {
            remove_named(&mut events, names);
        }
        self.trace_push(events);
    }

    /// Ends the making of a context manager: of a generator only what precedes its `yield` happens now.
    /// Returned is what happens at the end of the `with`.
    pub(in crate::python::interpret) fn trace_entered(
        &mut self,
        mark: Option<Mark>,
        manager: &Value,
    ) -> Option<Event> {
        let mut events = self.trace_close(mark);
        let mut after = None;
        if matches!(manager, Value::Iterator(_))
            && let Some(Event::Call {
                function,
                location,
                awaited,
                events: inner,
            }) = events.last_mut()
        {
            let (before, rest) = split_at_yield(std::mem::take(inner));
            *inner = before;
            after = rest.filter(|rest| !rest.is_empty()).map(|events| Event::Call {
                function: Rc::clone(function),
                location: location.clone(),
                awaited: *awaited,
                events,
            });
        }
        self.trace_push(events);
        after
    }
}

/// What a generator does before its first `yield`, and after it if there is one.
#[must_use]
pub fn split_at_yield(events: Vec<Event>) -> (Vec<Event>, Option<Vec<Event>>) {
    let Some(at) = events.iter().position(yields) else {
        return (events, None);
    };
    let mut before = events;
    let mut after = before.split_off(at);
    match after.remove(0) {
        Event::Branch {
            arms,
            is_handler,
            location,
        } => {
            let (mut first, mut second) = (vec![], vec![]);
            for arm in arms {
                let (head, tail) = split_at_yield(arm.events);
                let part = |events| Arm {
                    condition: arm.condition.clone(),
                    events,
                    leaves: arm.leaves,
                };
                first.push(part(head));
                second.push(part(tail.unwrap_or_default()));
            }
            let part = |arms| Event::Branch {
                arms,
                is_handler,
                location: location.clone(),
            };
            before.push(part(first));
            after.insert(0, part(second));
        }
        Event::Loop {
            header,
            events,
            location,
        } => {
            let (head, tail) = split_at_yield(events);
            let part = |events| Event::Loop {
                header: header.clone(),
                events,
                location: location.clone(),
            };
            before.push(part(head));
            after.insert(0, part(tail.unwrap_or_default()));
        }
        Event::Round(events) => {
            let (head, tail) = split_at_yield(events);
            before.push(Event::Round(head));
            after.insert(0, Event::Round(tail.unwrap_or_default()));
        }
        _ => {}
    }
    (before, Some(after))
}

fn yields(event: &Event) -> bool {
    match event {
        Event::Yield => true,
        Event::Branch { arms, .. } => arms.iter().any(|arm| arm.events.iter().any(yields)),
        Event::Loop { events, .. } | Event::Round(events) => events.iter().any(yields),
        _ => false,
    }
}

fn catches(kinds: &Kinds, exception: &Value) -> bool {
    let Some(kinds) = kinds else { return true };
    kinds.iter().any(|kind| match (kind, exception) {
        (Value::Class(kind), Value::Instance(instance)) => instance.class.is_subclass_of(kind),
        (Value::Class(kind), Value::Class(class)) => class.is_subclass_of(kind),
        (Value::Unknown(kind), Value::Unknown(unknown)) => {
            !kind.origin.is_empty() && unknown.origin.starts_with(&*kind.origin)
        }
        // Whatever it is, it is an exception.
        (Value::Class(kind), _) => matches!(kind.name.as_str(), "Exception" | "BaseException"),
        _ => false,
    })
}

/// Whether more is caught than the code itself raises.
fn is_broad(kinds: &Kinds) -> bool {
    let Some(kinds) = kinds else { return true };
    kinds.iter().any(|kind| match kind {
        Value::Class(kind) => matches!(kind.name.as_str(), "Exception" | "BaseException"),
        _ => true,
    })
}

/// The exceptions in a suite that are caught, each of the places where they are raised.
fn find_raised(events: &[Event], kinds: &Kinds, out: &mut Vec<Value>) {
    for event in events {
        match event {
            Event::Raise { exception, .. } if catches(kinds, exception) => out.push(exception.clone()),
            Event::Call { events, .. } | Event::Loop { events, .. } | Event::Round(events) => {
                find_raised(events, kinds, out);
            }
            Event::Branch { arms, .. } => arms.iter().for_each(|arm| find_raised(&arm.events, kinds, out)),
            _ => {}
        }
    }
}

/// Where caught exceptions were raised.
#[derive(Clone, Copy, Default)]
struct Found {
    /// In the function that catches them.
    is_here: bool,
    /// In a function that it calls.
    is_elsewhere: bool,
}

/// Takes caught exceptions away; in the function itself what the handler does stands in their place.
fn replace(events: &mut Vec<Event>, kinds: &Kinds, with: Option<&[Event]>) -> Found {
    let mut found = Found::default();
    let mut kept = Vec::with_capacity(events.len());
    for mut event in std::mem::take(events) {
        match &mut event {
            Event::Raise { exception, .. } if catches(kinds, exception) => {
                match with {
                    Some(_) => found.is_here = true,
                    None => found.is_elsewhere = true,
                }
                kept.extend(with.unwrap_or_default().iter().cloned());
                continue;
            }
            Event::Call { events, .. } => found.is_elsewhere |= replace(events, kinds, None).is_elsewhere,
            Event::Loop { events, .. } | Event::Round(events) => {
                found = found.and(replace(events, kinds, with))
            }
            Event::Branch { arms, .. } => {
                for arm in arms {
                    found = found.and(replace(&mut arm.events, kinds, with));
                }
            }
            _ => {}
        }
        kept.push(event);
    }
    *events = kept;
    found
}

impl Found {
    fn and(self, other: Self) -> Self {
        Self {
            is_here: self.is_here || other.is_here,
            is_elsewhere: self.is_elsewhere || other.is_elsewhere,
        }
    }
}

fn remove_named(events: &mut Vec<Event>, names: &[EcoString]) {
    events.retain_mut(|event| {
        match event {
            Event::Raise {
                exception: Value::Instance(instance),
                ..
            } => {
                return !instance.class.mro().any(|class| names.contains(&class.name));
            }
            Event::Call { events, .. } | Event::Loop { events, .. } | Event::Round(events) => {
                remove_named(events, names)
            }
            Event::Branch { arms, .. } => arms
                .iter_mut()
                .for_each(|arm| remove_named(&mut arm.events, names)),
            _ => {}
        }
        true
    });
}
