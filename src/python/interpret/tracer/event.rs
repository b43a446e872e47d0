//! What can happen while a function is followed.

use std::rc::Rc;

use ecow::EcoString;

use crate::{
    python::interpret::{arguments::Arguments, value::FunctionObject, value::Value},
    source::location::Location,
};

/// One thing that happened, in order of evaluation.
#[derive(Clone)]
pub enum Event {
    /// A call of a function of the analysed tree that did something.
    Call {
        /// The function.
        function: Rc<FunctionObject>,
        /// Where the call stands.
        location: Location,
        /// Whether the call is awaited.
        awaited: bool,
        /// What it did.
        events: Vec<Event>,
    },
    /// A call of something in a library.
    External {
        /// What was called, and with what.
        call: Rc<Made>,
        /// Where the call stands.
        location: Location,
        /// Whether the call is awaited.
        awaited: bool,
    },
    /// A `raise`. An exception caught on the way out is taken away again, with what its handler does in its place.
    Raise {
        /// The exception object.
        exception: Value,
        /// Where it stands.
        location: Location,
    },
    /// What an undecided condition chooses between.
    Branch {
        /// Each with its condition; the last may be `else`.
        arms: Vec<Arm>,
        /// Whether the arms are `except` clauses rather than conditions.
        is_handler: bool,
        /// Where it stands.
        location: Location,
    },
    /// What repeats.
    Loop {
        /// As written, e.g. `for item in items`.
        header: EcoString,
        /// What happens each time.
        events: Vec<Event>,
        /// Where it stands.
        location: Location,
    },
    /// One round of a loop over known items: `continue` in it ends the round.
    Round(Vec<Event>),
    /// `yield`: what a generator is used for happens here.
    Yield,
    /// A response that is given a cookie, or told to take one away.
    Cookie {
        /// Its name, if that is known.
        name: Option<String>,
        /// Whether it is kept from scripts, if that is known.
        is_http_only: Option<bool>,
        /// Whether it is taken away.
        is_removed: bool,
        /// Where the call stands.
        location: Location,
    },
    /// Work put behind the response.
    Background {
        /// What will be called.
        function: Value,
        /// What it will do.
        events: Vec<Event>,
        /// Where it is handed over.
        location: Location,
    },
}

/// One way through an undecided branch.
#[derive(Clone)]
pub struct Arm {
    /// As written; `else` for what no condition says.
    pub condition: EcoString,
    /// What happens on the way.
    pub events: Vec<Event>,
    /// Whether `return`, `break` or `continue` ends it, so that what follows the branch does not happen.
    pub leaves: bool,
}

/// How an unknown value was made: the call that returned it.
pub struct Made {
    /// Dotted name of what was called.
    pub callee: EcoString,
    /// The call as written, on one line.
    pub source: EcoString,
    /// Whether that is a method of an object.
    pub is_method: bool,
    /// With what.
    pub arguments: Arguments,
    /// How the object was made whose method was called.
    pub receiver: Option<Rc<Made>>,
}

/// Whether two suites do the same at the same places.
pub(super) fn same(left: &[Event], right: &[Event]) -> bool {
    left.len() == right.len()
        && left
            .iter()
            .zip(right)
            .all(|(left, right)| same_event(left, right))
}

fn same_event(left: &Event, right: &Event) -> bool {
    match (left, right) {
        (
            Event::Call {
                function: f,
                location: a,
                events: x,
                ..
            },
            Event::Call {
                function: g,
                location: b,
                events: y,
                ..
            },
        ) => std::sync::Arc::ptr_eq(&f.def, &g.def) && a == b && same(x, y),
        (
            Event::External {
                call: f, location: a, ..
            },
            Event::External {
                call: g, location: b, ..
            },
        ) => f.callee == g.callee && a == b,
        (Event::Raise { location: a, .. }, Event::Raise { location: b, .. })
        | (Event::Cookie { location: a, .. }, Event::Cookie { location: b, .. }) => a == b,
        (
            Event::Branch {
                arms: x, location: a, ..
            },
            Event::Branch {
                arms: y, location: b, ..
            },
        ) => a == b && x.len() == y.len() && x.iter().zip(y).all(|(x, y)| same(&x.events, &y.events)),
        (
            Event::Loop {
                events: x,
                location: a,
                ..
            },
            Event::Loop {
                events: y,
                location: b,
                ..
            },
        )
        | (
            Event::Background {
                events: x,
                location: a,
                ..
            },
            Event::Background {
                events: y,
                location: b,
                ..
            },
        ) => a == b && same(x, y),
        (Event::Round(x), Event::Round(y)) => same(x, y),
        (Event::Yield, Event::Yield) => true,
        _ => false,
    }
}
