//! The ends of a request in the frontend: what begins it, and what its answer changes.

use crate::{
    architecture::model::{FrontendCall, Interaction, OperationReference, TriggerKind, Update, UpdateKind},
    markdown::mermaid::Arrow,
    view::{
        Context, ViewError,
        arguments::{Arguments, error},
        interaction as words,
        operation::Operation,
    },
};

use super::event::{Event, Message, Part, frame};

/// Changes that are drawn; the list has all.
const DRAWN: usize = 5;
/// Calls between the trigger and the request that are drawn.
const HOPS: usize = 2;

/// A call of the frontend and one way to it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Caller<'a> {
    pub call: &'a FrontendCall,
    pub interaction: &'a Interaction,
}

/// The calls that arrive at an operation, those first of which it is known what begins them.
pub(super) fn calls<'a>(operation: &Operation<'_>, context: &Context<'a>) -> Vec<&'a FrontendCall> {
    let is_here = |reference: &OperationReference| {
        reference.method == operation.method
            && reference.path == operation.path
            && reference.location.file == operation.endpoint.handler.location.file
    };
    let all = context.architecture.integration.calls.iter();
    let mut calls: Vec<&FrontendCall> = all
        .filter(|call| call.endpoint.as_ref().is_some_and(is_here) && !call.interactions.is_empty())
        .collect();
    calls.sort_by_key(|call| {
        let first = &call.interactions[0];
        let is_unknown = first.trigger.kind == TriggerKind::Unknown;
        (is_unknown, first.updates.is_empty())
    });
    calls
}

/// The call that the author chooses by `call` and `trigger`, or the first; none without a frontend.
pub(super) fn chosen<'a>(
    calls: &[&'a FrontendCall],
    arguments: &Arguments<'_>,
) -> Result<Option<Caller<'a>>, ViewError> {
    let call = match arguments.text("call") {
        Some(wanted) => {
            let place = |call: &&FrontendCall| format!("{}:{}", call.location.file, call.location.line);
            let found = calls.iter().find(|call| {
                let place = place(call);
                place == wanted || place.ends_with(&format!("/{wanted}"))
            });
            let Some(found) = found else {
                let places: Vec<String> = calls.iter().map(|call| format!("`{}`", place(call))).collect();
                let help = if places.is_empty() {
                    "no call of the frontend arrives at this endpoint: leave `call` out".to_owned()
                } else {
                    format!("write one of {}", places.join(", "))
                };
                return Err(error(
                    format!("there is no call `{wanted}` of this endpoint"),
                    Some(help),
                ));
            };
            Some(*found)
        }
        None => calls.first().copied(),
    };
    let wanted = arguments.number("trigger", 1)?.unwrap_or(1);
    let Some(call) = call else {
        return Ok(None);
    };
    let Some(interaction) = call.interactions.get(wanted - 1) else {
        let help = format!("write a number from 1 to {}", call.interactions.len());
        return Err(error(
            format!("this call has no way {wanted} that leads to it"),
            Some(help),
        ));
    };
    Ok(Some(Caller { call, interaction }))
}

impl Caller<'_> {
    /// Who begins it: a component or a script.
    pub(super) fn page_label(&self, has_scene: bool) -> String {
        let function = &self.interaction.trigger.function;
        let holds = if has_scene || !self.changes_scene() {
            "page and state"
        } else {
            "page, state, scene"
        };
        format!("{}\n{}\n{holds}", words::short(function), words::file(function))
    }

    /// The classes of three.js that are changed.
    pub(super) fn scene_label(&self) -> String {
        let mut classes: Vec<&str> = vec![];
        for update in &self.interaction.updates {
            if let Some(class) = update
                .class
                .as_deref()
                .filter(|_| update.kind == UpdateKind::Scene)
                && !classes.contains(&class)
            {
                classes.push(class);
            }
        }
        let shown: Vec<&str> = classes.iter().copied().take(2).collect();
        let more = if classes.len() > 2 { ", …" } else { "" };
        format!("Scene\n{}{more}", shown.join(", "))
    }

    /// The function that asks.
    pub(super) fn client_label(&self) -> String {
        let function = &self.call.function;
        let name = words::short(function);
        let call = if function.contains(':') { "()" } else { "" };
        format!("{name}{call}\n{}", words::file(function))
    }

    fn changes_scene(&self) -> bool {
        self.interaction
            .updates
            .iter()
            .any(|update| update.kind == UpdateKind::Scene)
    }

    /// From the trigger to the request.
    pub(super) fn arrival(&self) -> Vec<Event> {
        let trigger = &self.interaction.trigger;
        let begins = frame(
            Part::Page,
            Part::Client,
            words::trigger(trigger),
            Arrow::Call,
            &trigger.location,
        );
        let mut events = vec![begins];
        let calls = &self.interaction.calls;
        let count = calls.len();
        for (index, call) in calls.iter().enumerate() {
            let is_last = index + 1 == count;
            let text = if is_last {
                format!("{} in {}", self.call.kind, words::short(&call.function))
            } else {
                format!(
                    "{} calls {}",
                    words::short(&call.function),
                    words::short(&calls[index + 1].function)
                )
            };
            let is_drawn = count <= HOPS + 1 || is_last || index == 0;
            events.push(step(Part::Client, Part::Client, &text, &call.location, is_drawn));
        }
        if let Some(proxy) = &self.call.proxy {
            let text = format!("proxy passes it on as {}", self.call.path);
            events.push(step(Part::Client, Part::Client, &text, proxy, true));
        }
        events
    }

    /// From the answer to what a user sees.
    pub(super) fn reaction(&self) -> Vec<Event> {
        let mut events = vec![];
        if !self.call.reads.is_empty() {
            let text = format!("read {}", self.call.reads.join(", "));
            events.push(step(Part::Client, Part::Client, &text, &self.call.location, true));
        }
        let updates = &self.interaction.updates;
        let mut order: Vec<usize> = (0..updates.len()).collect();
        order.sort_by_key(|index| (words::weight(&updates[*index]), *index));
        order.truncate(DRAWN);
        for (index, update) in updates.iter().enumerate() {
            events.push(changed(update, order.contains(&index)));
        }
        events
    }
}

fn changed(update: &Update, is_drawn: bool) -> Event {
    let to = if update.kind == UpdateKind::Scene {
        Part::Scene
    } else {
        Part::Page
    };
    let text = match &update.via {
        Some(via) => format!("{} (through {via})", words::update(update)),
        None => words::update(update),
    };
    step(Part::Client, to, &text, &update.location, is_drawn)
}

/// A step that is in the list only, unless it is drawn.
fn step(
    from: Part,
    to: Part,
    text: &str,
    location: &crate::architecture::model::Location,
    is_drawn: bool,
) -> Event {
    let mut event = frame(from, to, text, Arrow::Call, location);
    if let Event::Message(Message { depth, .. }) = &mut event {
        *depth = (!is_drawn).then_some(usize::MAX);
    }
    event
}
