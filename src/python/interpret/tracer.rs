//! Recording what a function does while it is evaluated with unknown input.
//!
//! [`Interpreter::trace`] calls a value and returns a tree of [`Event`]s. The hooks below are called by the evaluation of
//! statements and calls; without a tracer they do nothing. Frames of library models leave no branches, loops or calls of
//! their own: what analysed code does inside them stands in the place of the call.

mod event;
mod filled_later;
mod handlers;
mod stand_in;

use std::{collections::HashMap, rc::Rc};

use ecow::EcoString;

pub use event::{Arm, Event, Made};
pub use handlers::split_at_yield;

use super::{
    arguments::Arguments,
    flow::Eval,
    interpreter::Interpreter,
    unknown::Unknown,
    value::{FunctionObject, InstanceObject, ModuleObject, Value},
};
use crate::{python::syntax::ast::Span, source::location::Location};

/// Calls of analysed functions that are recorded within each other; deeper ones are evaluated only.
const DEPTH: usize = 16;

/// Different rounds of a loop over known items that are told one by one.
const MOST_ROUNDS: usize = 3;

/// What is being recorded.
#[derive(Default)]
pub struct Tracer {
    /// The suites under way: the last one receives the next event.
    suites: Vec<Vec<Event>>,
    /// The undecided branches under way, each with its finished arms.
    branches: Vec<Vec<Arm>>,
    /// The expressions being awaited, by module and place.
    awaited: Vec<(usize, Span)>,
    /// How many calls of analysed functions are being recorded.
    calls: usize,
    /// Nothing is recorded while this is not zero.
    muted: usize,
    /// What names hold that are filled when the program starts, by module and name.
    filled: HashMap<(usize, EcoString), Option<Value>>,
    /// Abstract objects whose constructor was run, by address.
    constructed: HashMap<usize, Rc<InstanceObject>>,
}

/// How far suites and branches had been opened, to go back there however evaluation leaves.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    suites: usize,
    branches: usize,
}

/// What calling a value did.
pub struct Trace {
    /// In order.
    pub events: Vec<Event>,
    /// What the call returned, or why it did not.
    pub result: Eval<Value>,
}

impl Interpreter {
    /// Calls a value and records what happens, with at most `steps` steps. What is found missing on the way is not
    /// reported: the code runs with made-up input.
    pub fn trace(&mut self, callee: &Value, arguments: Arguments, steps: u64) -> Trace {
        let budget = self.budget.for_trace(steps);
        let budget = std::mem::replace(&mut self.budget, budget);
        let (conditions, guards) = (
            std::mem::take(&mut self.conditions),
            std::mem::take(&mut self.guards),
        );
        let (frames, findings) = (self.frames.len(), self.findings.len());
        let undecided = std::mem::replace(&mut self.undecided, 0);
        let outer = self.tracer.replace(Tracer {
            suites: vec![vec![]],
            ..Tracer::default()
        });
        let result = self.call(callee, arguments);
        let mut tracer = std::mem::replace(&mut self.tracer, outer).unwrap_or_default();
        self.budget = budget;
        (self.conditions, self.guards, self.undecided) = (conditions, guards, undecided);
        self.frames.truncate(frames);
        self.findings.truncate(findings);
        let events = tracer.close(Mark {
            suites: 0,
            branches: 0,
        });
        Trace { events, result }
    }

    /// The tracer, if something is to be recorded.
    fn recorder(&mut self) -> Option<&mut Tracer> {
        self.tracer.as_mut().filter(|tracer| tracer.muted == 0)
    }

    /// Does something without recording it.
    pub(super) fn unrecorded<T>(&mut self, act: impl FnOnce(&mut Self) -> T) -> T {
        if let Some(tracer) = &mut self.tracer {
            tracer.muted += 1;
        }
        let result = act(self);
        if let Some(tracer) = &mut self.tracer {
            tracer.muted -= 1;
        }
        result
    }

    /// Opens a suite; absent when nothing is recorded.
    pub(super) fn trace_open(&mut self) -> Option<Mark> {
        self.recorder().map(Tracer::open)
    }

    /// The events since a mark.
    pub(super) fn trace_close(&mut self, mark: Option<Mark>) -> Vec<Event> {
        match (mark, &mut self.tracer) {
            (Some(mark), Some(tracer)) => tracer.close(mark),
            _ => vec![],
        }
    }

    pub(super) fn trace_push(&mut self, events: impl IntoIterator<Item = Event>) {
        if let Some(suite) = self.recorder().and_then(|tracer| tracer.suites.last_mut()) {
            suite.extend(events);
        }
    }

    fn is_in_library(&self) -> bool {
        self.frames.last().is_some_and(|frame| !frame.module.is_own())
    }

    pub(super) fn trace_branch_start(&mut self) {
        if let Some(tracer) = self.recorder() {
            tracer.branches.push(vec![]);
            tracer.suites.push(vec![]);
        }
    }

    /// Ends an arm. `leaves`: whether `return`, `break` or `continue` ends it.
    pub(super) fn trace_branch_arm(&mut self, condition: &str, leaves: bool) {
        let Some(tracer) = self.recorder() else { return };
        let events = tracer.suites.last_mut().map(std::mem::take).unwrap_or_default();
        if let Some(arms) = tracer.branches.last_mut() {
            arms.push(Arm {
                condition: condition.into(),
                events,
                leaves,
            });
        }
    }

    /// Ends the arm of one of several values that may be called.
    pub(super) fn trace_alternative(&mut self, callee: &Value) {
        let condition = match callee {
            Value::Method(method) => match &method.receiver {
                Value::Instance(receiver) => ecow::eco_format!("it is a {}", receiver.class.name),
                other => ecow::eco_format!("it is {}", super::repr::repr(other)),
            },
            Value::Function(function) => ecow::eco_format!("it is {}", function.def.name),
            other => ecow::eco_format!("it is {}", super::repr::repr(other)),
        };
        self.trace_branch_arm(&condition, false);
    }

    pub(super) fn trace_branch_end(&mut self, span: Span) {
        let is_inline = self.is_in_library();
        let location = self.place(span);
        let Some(tracer) = self.recorder() else { return };
        tracer.suites.pop();
        let arms = tracer.branches.pop().unwrap_or_default();
        // What one arm refuses, another goes on with: in a row the refusal would be all that ever happens.
        let refuses = |arm: &Arm| matches!(arm.events.last(), Some(Event::Raise { .. }));
        if is_inline && !arms.iter().any(refuses) {
            self.trace_push(arms.into_iter().flat_map(|arm| arm.events));
        } else if arms.iter().any(|arm| arm.leaves || !arm.events.is_empty()) {
            self.trace_push([Event::Branch {
                arms,
                is_handler: false,
                location,
            }]);
        }
    }

    pub(super) fn trace_loop_end(&mut self, mark: Option<Mark>, header: &str, span: Span) {
        let is_inline = self.is_in_library();
        let location = self.place(span);
        let events = self.trace_close(mark);
        if is_inline || events.is_empty() {
            return self.trace_push(events);
        }
        let header = header.into();
        self.trace_push([Event::Loop {
            header,
            events,
            location,
        }]);
    }

    /// The rounds of a loop over known items: those that do the same are one.
    pub(super) fn trace_rounds(&mut self, rounds: Vec<Vec<Event>>, header: &str, span: Span) {
        let count = rounds.len();
        let mut distinct: Vec<Vec<Event>> = vec![];
        for round in rounds.into_iter().filter(|round| !round.is_empty()) {
            if !distinct.iter().any(|known| event::same(known, &round)) {
                distinct.push(round);
            }
        }
        let is_loop = count > 1 && (distinct.len() == 1 || distinct.len() > MOST_ROUNDS);
        if is_loop && !self.is_in_library() {
            // Of many different rounds the one that does most stands for all.
            let events = distinct.into_iter().max_by_key(Vec::len).unwrap_or_default();
            let (header, location) = (header.into(), self.place(span));
            self.trace_push([Event::Loop {
                header,
                events,
                location,
            }]);
        } else {
            self.trace_push(distinct.into_iter().map(Event::Round));
        }
    }

    /// Records an exception. Of library models only those that answer a request are told.
    pub(super) fn trace_raise(&mut self, exception: &Value, location: &Location) {
        let is_answer = matches!(exception, Value::Instance(instance)
            if instance.class.inherits("starlette.exceptions.HTTPException"));
        if self.is_in_library() && !is_answer {
            return;
        }
        let location = if self.is_in_library() {
            self.here()
        } else {
            location.clone()
        };
        self.trace_push([Event::Raise {
            exception: exception.clone(),
            location,
        }]);
    }

    pub(super) fn trace_yield(&mut self) {
        if !self.is_in_library() {
            self.trace_push([Event::Yield]);
        }
    }

    pub(super) fn trace_await_start(&mut self, span: Span) {
        let module = self.frames.last().map(|frame| Rc::as_ptr(&frame.module) as usize);
        if let (Some(tracer), Some(module)) = (self.recorder(), module) {
            tracer.awaited.push((module, span));
        }
    }

    pub(super) fn trace_await_end(&mut self, span: Span) {
        if let Some(tracer) = self.recorder() {
            tracer.awaited.retain(|(_, awaited)| *awaited != span);
        }
    }

    /// The innermost frame of analysed code: its module and what it evaluates.
    fn caller(&self) -> Option<(Rc<ModuleObject>, Span)> {
        let frame = self.frames.iter().rev().find(|frame| frame.module.is_own())?;
        Some((Rc::clone(&frame.module), frame.span))
    }

    fn is_awaited(&self) -> bool {
        let Some((module, span)) = self.caller() else {
            return false;
        };
        let module = Rc::as_ptr(&module) as usize;
        self.tracer
            .as_ref()
            .is_some_and(|tracer| tracer.awaited.contains(&(module, span)))
    }

    fn place(&self, span: Span) -> Location {
        match self.frames.last() {
            Some(frame) if frame.module.is_own() => super::interpreter::location(&frame.module, span),
            _ => self.here(),
        }
    }

    /// The source of the call under way in analysed code, on one line.
    #[must_use]
    pub fn call_source(&self) -> EcoString {
        let Some((module, span)) = self.caller() else {
            return EcoString::new();
        };
        module
            .file
            .as_ref()
            .map(|file| file.snippet(span))
            .unwrap_or_default()
    }

    pub(super) fn trace_call_start(
        &mut self,
        function: &Rc<FunctionObject>,
        arguments: &Arguments,
    ) -> Option<Mark> {
        self.recorder()?;
        if !function.module.is_own() {
            if !self.is_in_library() && !self.frames.is_empty() {
                let callee = ecow::eco_format!("{}.{}", function.module.name, function.qualname);
                self.trace_library(callee, arguments);
            }
            return None;
        }
        let tracer = self.recorder()?;
        tracer.calls += 1;
        let mark = tracer.open();
        if tracer.calls > DEPTH {
            tracer.muted += 1;
        }
        Some(mark)
    }

    /// Whether a function that is being followed calls itself for the second time: once shows that it does.
    pub(super) fn traces_again(&self, function: &Rc<FunctionObject>) -> bool {
        let is_it = |frame: &&super::interpreter::Frame| {
            frame
                .function
                .as_ref()
                .is_some_and(|running| Rc::ptr_eq(running, function))
        };
        self.tracer.is_some() && self.frames.iter().filter(is_it).count() >= 2
    }

    pub(super) fn trace_call_end(&mut self, mark: Option<Mark>, function: &Rc<FunctionObject>) {
        let (Some(mark), Some(tracer)) = (mark, &mut self.tracer) else {
            return;
        };
        if tracer.calls > DEPTH {
            tracer.muted -= 1;
        }
        tracer.calls -= 1;
        let events = tracer.close(mark);
        let is_port = events.is_empty() && stand_in::is_port(function);
        if !is_port && (events.is_empty() || &*function.def.name == "<lambda>") {
            return self.trace_push(events);
        }
        let (location, awaited) = (self.here(), self.is_awaited());
        self.trace_push([Event::Call {
            function: Rc::clone(function),
            location,
            awaited,
            events,
        }]);
    }

    /// Records the call of something whose source is not at hand.
    pub(super) fn trace_external(&mut self, unknown: &Unknown, arguments: &Arguments) {
        let Some(call) = self.made(unknown, arguments) else {
            return;
        };
        self.trace_push_external(call);
    }

    /// Records the call of something in a library, by its dotted name.
    pub fn trace_library(&mut self, callee: EcoString, arguments: &Arguments) {
        if self.recorder().is_none() {
            return;
        }
        let source = self.call_source();
        self.trace_push_external(Rc::new(Made {
            callee,
            source,
            is_method: false,
            arguments: arguments.clone(),
            receiver: None,
        }));
    }

    fn trace_push_external(&mut self, call: Rc<Made>) {
        let (location, awaited) = (self.here(), self.is_awaited());
        self.trace_push([Event::External {
            call,
            location,
            awaited,
        }]);
    }

    /// How the result of a call of an unknown is remembered to have been made.
    pub(super) fn made(&mut self, unknown: &Unknown, arguments: &Arguments) -> Option<Rc<Made>> {
        self.tracer.as_ref()?;
        Some(Rc::new(Made {
            callee: unknown.origin.clone(),
            source: self.call_source(),
            is_method: unknown.is_member,
            arguments: arguments.clone(),
            receiver: unknown.made.clone(),
        }))
    }

    /// A response that is given a cookie, or told to take one away.
    pub fn trace_cookie(&mut self, name: Option<String>, is_http_only: Option<bool>, is_removed: bool) {
        let location = self.here();
        self.trace_push([Event::Cookie {
            name,
            is_http_only,
            is_removed,
            location,
        }]);
    }

    /// Follows a function that will be called when the response is sent.
    pub fn trace_background(&mut self, function: &Value, arguments: Arguments) {
        let Some(mark) = self.trace_open() else { return };
        let location = self.here();
        // What it raises no longer reaches the client; what it returns goes nowhere.
        let _ = self.call(function, arguments);
        let events = self.trace_close(Some(mark));
        self.trace_push([Event::Background {
            function: function.clone(),
            events,
            location,
        }]);
    }
}

impl Tracer {
    fn open(&mut self) -> Mark {
        let mark = Mark {
            suites: self.suites.len(),
            branches: self.branches.len(),
        };
        self.suites.push(vec![]);
        mark
    }

    /// Everything recorded since a mark. Branches that evaluation left in their middle are cut short.
    fn close(&mut self, mark: Mark) -> Vec<Event> {
        let open = self.branches.split_off(mark.branches.min(self.branches.len()));
        let finished = open.into_iter().flatten().flat_map(|arm| arm.events);
        let suites = self.suites.split_off(mark.suites.min(self.suites.len()));
        let (mut first, rest) = match suites.split_first() {
            Some((first, rest)) => (first.clone(), rest.to_vec()),
            None => (vec![], vec![]),
        };
        first.extend(finished);
        first.extend(rest.into_iter().flatten());
        first
    }
}
