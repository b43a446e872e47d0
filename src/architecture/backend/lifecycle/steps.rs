//! Recorded events as steps of the model: what has no effect is left out, and what an early `return` skips stands under
//! the condition that does not return.

use std::rc::Rc;

use super::{
    answer::{Answers, answer},
    external::classify,
    records,
};
use crate::{
    architecture::{
        backend::symbols::symbol,
        model::{ExternalKind, Location, Step},
    },
    python::interpret::{
        interpreter::Interpreter,
        tracer::{Arm, Event},
        value::Value,
    },
};

/// Makes steps.
pub(super) struct Converter<'a> {
    /// Runs exception handlers.
    pub it: &'a mut Interpreter,
    /// What exceptions become; absent when no client waits for an answer.
    pub answers: Option<&'a mut Answers>,
}

/// A converted arm.
struct Way {
    condition: String,
    steps: Vec<Step>,
    leaves: bool,
}

impl Converter<'_> {
    /// The steps of a suite.
    pub(super) fn suite(&mut self, events: Vec<Event>) -> Vec<Step> {
        let mut steps: Vec<Step> = vec![];
        let mut events = events.into_iter();
        while let Some(event) = events.next() {
            match event {
                Event::Branch {
                    arms,
                    is_handler,
                    location,
                } => {
                    let ways: Vec<Way> = arms.into_iter().map(|arm| self.way(arm)).collect();
                    if !is_handler
                        && ways.iter().any(|way| way.leaves)
                        && ways.iter().filter(|way| goes_on(way)).count() == 1
                    {
                        let rest = self.suite(events.collect());
                        push_all(&mut steps, branch(put_behind(ways, rest), location));
                        return steps;
                    }
                    push_all(&mut steps, branch(ways, location));
                }
                event => {
                    let made = self.event(event);
                    push_all(&mut steps, made);
                    // What follows is not reached.
                    if matches!(steps.last(), Some(Step::Raise { .. })) {
                        return steps;
                    }
                }
            }
        }
        steps
    }

    fn way(&mut self, arm: Arm) -> Way {
        Way {
            condition: arm.condition.to_string(),
            steps: self.suite(arm.events),
            leaves: arm.leaves,
        }
    }

    fn event(&mut self, event: Event) -> Vec<Step> {
        match event {
            Event::Call {
                function,
                location,
                awaited,
                events,
            } => {
                let callee = symbol(&Value::Function(Rc::clone(&function)));
                // Nothing is recorded of a method that somebody else implements, but that it is called.
                let is_port = events.is_empty();
                let mut steps = self.suite(events);
                // A decorated function is the function.
                if let [
                    Step::Call {
                        callee: inner,
                        steps: inner_steps,
                        ..
                    },
                ] = steps.as_mut_slice()
                    && *inner == callee
                {
                    steps = std::mem::take(inner_steps);
                }
                // What a decorator of no name puts around a call is no call of its own.
                if function.qualname.contains("<locals>")
                    && let [Step::Call { location: inner, .. }] = steps.as_mut_slice()
                {
                    *inner = location;
                    return steps;
                }
                if steps.is_empty() && !is_port {
                    return vec![];
                }
                vec![Step::Call {
                    callee,
                    location,
                    awaited,
                    steps,
                }]
            }
            Event::External {
                call,
                location,
                awaited,
            } => {
                let Some((target, detail)) = classify(&call, awaited) else {
                    return vec![];
                };
                let callee = crate::architecture::backend::symbols::dotted(&call.callee);
                let tables = if target == ExternalKind::Database {
                    records::names(&call)
                } else {
                    vec![]
                };
                vec![Step::External {
                    target,
                    callee,
                    detail,
                    tables,
                    location,
                    awaited,
                }]
            }
            Event::Raise { exception, location } => {
                let answer = answer(self.it, self.answers.as_deref_mut(), &exception);
                vec![Step::Raise {
                    exception: answer.exception,
                    status: answer.status,
                    detail: answer.detail,
                    location,
                }]
            }
            Event::Cookie {
                name,
                is_http_only,
                is_removed,
                location,
            } => vec![Step::Cookie {
                name,
                is_http_only,
                is_removed,
                location,
            }],
            Event::Loop {
                header,
                events,
                location,
            } => {
                let steps = self.suite(events);
                if steps.is_empty() {
                    return vec![];
                }
                vec![Step::Loop {
                    header: header.to_string(),
                    steps,
                    location,
                }]
            }
            Event::Background {
                function,
                events,
                location,
            } => {
                let answers = self.answers.take();
                let callee = symbol(&function);
                let mut steps = self.suite(events);
                self.answers = answers;
                if let [
                    Step::Call {
                        callee: inner,
                        steps: inner_steps,
                        ..
                    },
                ] = steps.as_mut_slice()
                    && *inner == callee
                {
                    steps = std::mem::take(inner_steps);
                }
                vec![Step::Background {
                    callee,
                    location,
                    steps,
                }]
            }
            Event::Branch { arms, location, .. } => {
                let ways = arms.into_iter().map(|arm| self.way(arm)).collect();
                branch(ways, location)
            }
            Event::Round(events) => self.suite(events),
            Event::Yield => vec![],
        }
    }
}

/// Adds steps; one that says the same as the one before it is said once.
fn push_all(steps: &mut Vec<Step>, more: Vec<Step>) {
    for step in more {
        if steps.last() != Some(&step) {
            steps.push(step);
        }
    }
}

fn goes_on(way: &Way) -> bool {
    !way.leaves && !matches!(way.steps.last(), Some(Step::Raise { .. }))
}

/// Puts what follows a branch into the one arm that gets there.
fn put_behind(mut ways: Vec<Way>, rest: Vec<Step>) -> Vec<Way> {
    for way in ways.iter_mut().filter(|way| goes_on(way)) {
        way.steps.extend(rest.iter().cloned());
    }
    ways
}

/// A branch of what is left when arms without effect and differences without consequence are taken away.
fn branch(ways: Vec<Way>, location: Location) -> Vec<Step> {
    if ways.iter().all(|way| way.steps.is_empty()) {
        return vec![];
    }
    let is_complete = ways.last().is_some_and(|way| way.condition == "else");
    let is_choice = ways.iter().all(|way| way.condition.starts_with("it is "));
    if (is_complete || is_choice) && ways.windows(2).all(|pair| pair[0].steps == pair[1].steps) {
        return ways.into_iter().next().map(|way| way.steps).unwrap_or_default();
    }
    let mut arms: Vec<(String, Vec<Step>)> = ways.into_iter().map(|way| (way.condition, way.steps)).collect();
    if let [(condition, first), (last, steps)] = arms.as_mut_slice()
        && last == "else"
    {
        if steps.is_empty() {
            arms.pop();
        } else if !first.is_empty() {
            // `elif`
            if let [Step::Branch { arms: inner, .. }] = steps.as_mut_slice()
                && inner.iter().all(|(_, steps)| !steps.is_empty())
            {
                let inner = std::mem::take(inner);
                arms.pop();
                arms.extend(inner);
            }
        } else if let [Step::Branch { arms: inner, .. }] = steps.as_mut_slice()
            && let [(other, nothing), (tail, inner_steps)] = inner.as_mut_slice()
            && nothing.is_empty()
            && tail == "else"
        {
            // Two reasons to return early are one condition.
            let (either, inner_steps) = (
                format!("{} or {}", operand(condition), operand(other)),
                std::mem::take(inner_steps),
            );
            arms = vec![(either, vec![]), ("else".to_owned(), inner_steps)];
        }
    } else {
        arms.retain(|(_, steps)| !steps.is_empty());
    }
    vec![Step::Branch { arms, location }]
}

/// A condition as it stands beside `or`.
fn operand(condition: &str) -> String {
    if condition.contains(":=") || condition.contains(" if ") {
        format!("({condition})")
    } else {
        condition.to_owned()
    }
}
