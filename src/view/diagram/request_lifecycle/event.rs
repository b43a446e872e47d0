//! What happens, before anyone draws or lists it.

use crate::{
    architecture::model::{ExternalKind, Location},
    markdown::mermaid::Arrow,
};

/// Who sends or receives.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
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
    /// One of several: title and events.
    Alternative(Vec<(String, Vec<Event>)>),
    Optional(String, Vec<Event>),
    Loop(String, Vec<Event>),
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
pub(super) fn messages<'a>(
    events: &'a [Event],
    under: &mut Vec<Title<'a>>,
    visit: &mut impl FnMut(&'a Message, &[Title<'a>]),
) {
    for event in events {
        match event {
            Event::Message(message) => visit(message, under),
            Event::Active(_, inner) => messages(inner, under, visit),
            Event::Optional(title, inner) => below(Title::If(title), inner, under, visit),
            Event::Loop(title, inner) => below(Title::Each(title), inner, under, visit),
            Event::Alternative(arms) => {
                arms.iter()
                    .for_each(|(title, inner)| below(Title::If(title), inner, under, visit));
            }
        }
    }
}

fn below<'a>(
    title: Title<'a>,
    inner: &'a [Event],
    under: &mut Vec<Title<'a>>,
    visit: &mut impl FnMut(&'a Message, &[Title<'a>]),
) {
    under.push(title);
    messages(inner, under, visit);
    under.pop();
}

/// What a message stands under.
#[derive(Clone, Copy, Debug)]
pub(super) enum Title<'a> {
    If(&'a str),
    Each(&'a str),
}
