//! The two ends of a message.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    architecture::model::{ChannelMessage, MessageDirection, MessagePlace, Trigger, Update},
    source::location::Location,
    web::messages::Transport,
};

/// One end of a message.
#[derive(Clone, Debug, Default)]
pub(super) struct End {
    /// Empty where it is not known.
    pub channel: String,
    pub transport: Transport,
    pub direction: MessageDirection,
    pub is_sent: bool,
    pub name: Option<String>,
    pub format: String,
    pub fields: Vec<String>,
    pub place: MessagePlace,
    pub triggers: Vec<Trigger>,
    pub updates: Vec<Update>,
    pub requests: Vec<Location>,
}

/// A direction of a channel.
type Way = (String, Transport, MessageDirection);

impl End {
    fn way(&self) -> Way {
        (self.channel.clone(), self.transport, self.direction)
    }

    fn takes(&self, message: &ChannelMessage) -> bool {
        message.channel == self.channel
            && message.transport == self.transport
            && message.direction == self.direction
    }
}

/// Ends of which the channel is not known stand on the only one where the other side knows a message of this type.
fn placed(mut ends: Vec<End>) -> Vec<End> {
    let known: BTreeSet<(Option<String>, Transport, MessageDirection, bool, String)> = ends
        .iter()
        .filter(|end| !end.channel.is_empty())
        .map(|end| {
            (
                end.name.clone(),
                end.transport,
                end.direction,
                end.is_sent,
                end.channel.clone(),
            )
        })
        .collect();
    for end in ends
        .iter_mut()
        .filter(|end| end.channel.is_empty() && end.name.is_some())
    {
        let mut others = known.iter().filter(|(name, transport, direction, is_sent, _)| {
            (name, transport, direction) == (&end.name, &end.transport, &end.direction)
                && *is_sent != end.is_sent
        });
        if let (Some((.., channel)), None) = (others.next(), others.next()) {
            end.channel.clone_from(channel);
        }
    }
    ends
}

/// What the frontend does with a message, or what makes it send one.
fn add_frontend(
    message: &mut ChannelMessage,
    triggers: &[Trigger],
    updates: &[Update],
    requests: &[Location],
) {
    for trigger in triggers {
        if !message.triggers.contains(trigger) {
            message.triggers.push(trigger.clone());
        }
    }
    for update in updates {
        if !message.updates.contains(update) {
            message.updates.push(update.clone());
        }
    }
    for request in requests {
        if !message.requests.contains(request) {
            message.requests.push(request.clone());
        }
    }
}

/// What a message is known by.
type Key = (String, Transport, MessageDirection, Option<String>, String);

type Found = BTreeMap<Key, ChannelMessage>;

/// Both ends of each message. An end that takes everything handles what no other end of its side tells apart.
pub(super) fn paired(ends: Vec<End>) -> Vec<ChannelMessage> {
    let (general, own): (Vec<End>, Vec<End>) = placed(ends)
        .into_iter()
        .partition(|end| !end.is_sent && end.name.is_none());
    let told_apart: BTreeSet<Way> = own.iter().filter(|end| !end.is_sent).map(End::way).collect();
    let mut found = Found::new();
    for end in own {
        add(&mut found, end);
    }
    for end in general {
        take(&mut found, end, &told_apart);
    }
    let mut messages: Vec<ChannelMessage> = found.into_values().collect();
    for message in &mut messages {
        message.sent.sort();
        message.handled.sort();
    }
    messages
}

/// Adds an end to its message.
fn add(found: &mut Found, end: End) {
    let End {
        channel,
        transport,
        direction,
        name,
        ..
    } = end;
    // Messages of one type are one, in whatever form the type is told.
    let format = if name.is_some() { "" } else { &end.format };
    let key = (
        channel.clone(),
        transport,
        direction,
        name.clone(),
        format.to_owned(),
    );
    let message = found.entry(key).or_insert_with(|| ChannelMessage {
        channel,
        transport,
        name,
        format: end.format,
        direction,
        ..ChannelMessage::default()
    });
    for field in end.fields {
        if !message.fields.contains(&field) {
            message.fields.push(field);
        }
    }
    let places = if end.is_sent {
        &mut message.sent
    } else {
        &mut message.handled
    };
    if !places.contains(&end.place) {
        places.push(end.place);
    }
    add_frontend(message, &end.triggers, &end.updates, &end.requests);
}

/// Adds an end that takes everything to the messages that arrive there; a message of its own where none is known.
fn take(found: &mut Found, end: End, told_apart: &BTreeSet<Way>) {
    let tells_apart = told_apart.contains(&end.way());
    let mut is_sent = false;
    for message in found.values_mut().filter(|message| end.takes(message)) {
        is_sent = true;
        if message.name.is_some() && tells_apart {
            continue;
        }
        if !message.handled.contains(&end.place) {
            message.handled.push(end.place.clone());
        }
        add_frontend(message, &end.triggers, &end.updates, &end.requests);
    }
    if !is_sent {
        let format = if end.format == "any" {
            "untyped".to_owned()
        } else {
            end.format.clone()
        };
        add(found, End { format, ..end });
    }
}
