//! The same as a list with sources.

use crate::{
    architecture::model::{ChannelMessage, FrontendCall, MessageDirection, MessagePlace, Update},
    markdown::{Inline, Item},
    view::{Context, interaction as words, show},
};

use super::{asked, origin::Origins, socket};

/// Each message with who sends and handles it.
pub(super) fn messages(messages: &[&ChannelMessage], origins: &Origins, context: &Context<'_>) -> Vec<Item> {
    messages
        .iter()
        .map(|message| one(message, origins, context))
        .collect()
}

fn one(message: &ChannelMessage, origins: &Origins, context: &Context<'_>) -> Item {
    let direction = match message.direction {
        MessageDirection::ClientToServer => "to the server",
        MessageDirection::BetweenPeers => "between peers",
        MessageDirection::ServerToClient => "to the client",
    };
    let name = match &message.name {
        Some(name) => Inline::code(name),
        None => Inline::text(&message.format),
    };
    let mut lines = vec![Inline::concat([name, Inline::text(format!(", {direction}"))])];
    lines.push(places("sent by", &message.sent, context));
    for trigger in &message.triggers {
        lines.push(Inline::concat([
            Inline::text(format!("begun by {}: ", words::trigger(trigger))),
            show::source(&trigger.location, context),
        ]));
    }
    if message.direction == MessageDirection::ServerToClient {
        lines.extend(leading(message, origins, context));
    }
    lines.push(places("handled by", &message.handled, context));
    lines.extend(message.updates.iter().map(|update| changed(update, context)));
    for call in socket::requests(message, context) {
        lines.push(Inline::concat([
            Inline::text(format!("asks {} {} in ", call.method, asked::path(call))),
            words::call(call, context),
        ]));
        let way = socket::way(call).map(|way| &way.updates);
        lines.extend(way.into_iter().flatten().map(|update| changed(update, context)));
    }
    Item::new(Inline::lines(lines))
}

fn places(what: &str, places: &[MessagePlace], context: &Context<'_>) -> Inline {
    if places.is_empty() {
        return Inline::concat([Inline::text(format!("{what} ")), Inline::strong("nobody")]);
    }
    let places = places.iter().map(|place| {
        let name = show::short(&place.function);
        let source = show::source(&place.location, context);
        if name.is_empty() {
            source
        } else {
            Inline::join(" ", [Inline::code(name), source])
        }
    });
    Inline::concat([Inline::text(format!("{what} ")), Inline::join(", ", places)])
}

/// What leads to a message of the server.
fn leading(message: &ChannelMessage, origins: &Origins, context: &Context<'_>) -> Vec<Inline> {
    let mut functions: Vec<&str> = message.sent.iter().map(|place| place.function.as_str()).collect();
    functions.dedup();
    let mut found = vec![];
    for function in functions {
        for origin in origins.leading_to(function) {
            found.push(Inline::concat([
                Inline::text("after "),
                Inline::code(&origin.name),
                Inline::text(": "),
                show::source(&origin.location, context),
            ]));
        }
    }
    found
}

pub(super) fn changed(update: &Update, context: &Context<'_>) -> Inline {
    let via = update.via.as_ref().map(|via| format!(" through {via}"));
    Inline::concat([
        Inline::text(format!("{}{}: ", words::update(update), via.unwrap_or_default())),
        show::source(&update.location, context),
    ])
}

/// Each call with what begins it and what it changes.
pub(super) fn calls(calls: &[&FrontendCall], context: &Context<'_>) -> Vec<Item> {
    let items = calls.iter().map(|call| {
        let method = &call.method;
        let mut lines = vec![Inline::concat([
            Inline::code(format!("{method} {}", asked::path(call))),
            Inline::text(" by "),
            words::call(call, context),
        ])];
        if let Some(way) = asked::way(call) {
            lines.push(Inline::concat([
                Inline::text(format!("{}: ", words::trigger(&way.trigger))),
                show::source(&way.trigger.location, context),
            ]));
            lines.extend(way.updates.iter().map(|update| changed(update, context)));
        }
        if let Some(endpoint) = &call.endpoint {
            lines.push(Inline::concat([
                Inline::text("answered by "),
                Inline::code(show::short(&endpoint.handler)),
                Inline::text(" "),
                show::source(&endpoint.location, context),
            ]));
        }
        Item::new(Inline::lines(lines))
    });
    items.collect()
}
