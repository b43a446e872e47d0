//! What happens, before anyone draws or lists it.

use crate::{
    architecture::model::{ExternalKind, Location},
    markdown::mermaid::Arrow,
};

/// Who sends or receives.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// What the frontend shows: components, their state, stores.
    Page,
    /// Objects of three.js.
    Scene,
    /// The code that asks; whoever that is, where no frontend is known.
    Client,
    Middleware,
    /// FastAPI itself: routing, dependency resolution, validation, serialisation.
    Framework,
    Handler,
    /// A class (`module:Class`) or module of the analysed code.
    Service(String),
    /// What stands outside, with its host if that is known.
    System(ExternalKind, String),
}

/// One thing that happens.
#[derive(Clone, Debug)]
pub(super) struct Message {
    /// Counted from 1 in the order of happening; set by [`number`].
    pub number: usize,
    pub from: Part,
    pub to: Part,
    /// With the name of a method alone, for a participant that is drawn by itself.
    pub text: String,
    /// With the class too, where the participant does not say it.
    pub full: String,
    pub arrow: Arrow,
    pub location: Location,
    /// Calls below the handler, the dependency or the framework; the frame of every request has none.
    pub depth: Option<usize>,
}

/// Messages and the conditions they stand under.
#[derive(Clone, Debug)]
pub(super) enum Event {
    Message(Message),
    /// A participant at work.
    Active(Part, Vec<Event>),
    /// One of several, or one that ends the request.
    Alternative(Vec<(Title, Vec<Event>)>),
    Optional(Title, Vec<Event>),
    Loop(Title, Vec<Event>),
}

/// What events stand under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Title {
    /// A condition as the code has it.
    If(String),
    /// The condition that must not hold, as the code has it.
    Unless(String),
    /// Our own words.
    Words(String),
    /// The header of a loop as the code has it.
    Each(String),
}

impl Title {
    /// As it stands in a picture.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Unless(condition) if condition.starts_with("except") => format!("no {condition}"),
            Self::Unless(condition) => format!("unless {condition}"),
            Self::If(text) | Self::Words(text) | Self::Each(text) => text.clone(),
        }
    }
}

/// A message of the frame that every request has.
pub(super) fn frame(
    from: Part,
    to: Part,
    text: impl Into<String>,
    arrow: Arrow,
    location: &Location,
) -> Event {
    let text = text.into();
    Event::Message(Message {
        number: 0,
        from,
        to,
        full: text.clone(),
        text,
        arrow,
        location: location.clone(),
        depth: None,
    })
}

/// Numbers the messages.
pub(super) fn number(events: &mut [Event], next: &mut usize) {
    for event in events {
        match event {
            Event::Message(message) => {
                message.number = *next;
                *next += 1;
            }
            Event::Active(_, inner) | Event::Optional(_, inner) | Event::Loop(_, inner) => {
                number(inner, next)
            }
            Event::Alternative(arms) => arms.iter_mut().for_each(|(_, inner)| number(inner, next)),
        }
    }
}

/// Every message in order, with the titles it stands under, outermost first.
pub(super) fn messages<'a>(events: &'a [Event], visit: &mut impl FnMut(&'a Message, &[&'a Title])) {
    visit_below(events, &mut Vec::new(), visit);
}

fn visit_below<'a>(
    events: &'a [Event],
    under: &mut Vec<&'a Title>,
    visit: &mut impl FnMut(&'a Message, &[&'a Title]),
) {
    for event in events {
        match event {
            Event::Message(message) => visit(message, under),
            Event::Active(_, inner) => visit_below(inner, under, visit),
            Event::Optional(title, inner) | Event::Loop(title, inner) => {
                under.push(title);
                visit_below(inner, under, visit);
                under.pop();
            }
            Event::Alternative(arms) => {
                for (title, inner) in arms {
                    under.push(title);
                    visit_below(inner, under, visit);
                    under.pop();
                }
            }
        }
    }
}
