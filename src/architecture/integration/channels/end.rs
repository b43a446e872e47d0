//! The two ends of a message.

use std::collections::BTreeMap;

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

type Key = (String, Transport, MessageDirection, Option<String>, String);

/// Both ends of each message. An end that takes everything, since it tells no types apart, handles what the other one sends.
pub(super) fn paired(ends: Vec<End>) -> Vec<ChannelMessage> {
    let general: Vec<End> = ends
        .iter()
        .filter(|end| !end.is_sent && end.name.is_none())
        .filter(|end| {
            !ends.iter().any(|other| {
                !other.is_sent
                    && other.name.is_some()
                    && other.direction == end.direction
                    && other.transport == end.transport
                    && other.channel == end.channel
            })
        })
        .cloned()
        .collect();
    let mut found: BTreeMap<Key, ChannelMessage> = BTreeMap::new();
    for end in ends.into_iter().filter(|end| end.is_sent || end.name.is_some()) {
        let format = if end.name.is_some() {
            String::new()
        } else {
            end.format.clone()
        };
        let key = (
            end.channel.clone(),
            end.transport,
            end.direction,
            end.name.clone(),
            format,
        );
        let message = found.entry(key).or_insert_with(|| ChannelMessage {
            channel: end.channel.clone(),
            transport: end.transport,
            name: end.name.clone(),
            format: end.format.clone(),
            direction: end.direction,
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
    for end in general {
        let mut is_sent = false;
        for message in found.values_mut() {
            if message.channel == end.channel
                && message.transport == end.transport
                && message.direction == end.direction
            {
                is_sent = true;
                if !message.handled.contains(&end.place) {
                    message.handled.push(end.place.clone());
                }
                add_frontend(message, &end.triggers, &end.updates, &end.requests);
            }
        }
        if !is_sent {
            let format = if end.format == "any" {
                "untyped".to_owned()
            } else {
                end.format
            };
            let key = (
                end.channel.clone(),
                end.transport,
                end.direction,
                None,
                format.clone(),
            );
            let message = found.entry(key).or_insert_with(|| ChannelMessage {
                channel: end.channel,
                transport: end.transport,
                format,
                direction: end.direction,
                ..ChannelMessage::default()
            });
            message.handled.push(end.place);
            add_frontend(message, &end.triggers, &end.updates, &end.requests);
        }
    }
    found
        .into_values()
        .map(|mut message| {
            message.sent.sort();
            message.handled.sort();
            message
        })
        .collect()
}
