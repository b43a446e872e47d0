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

type Key = (String, Transport, MessageDirection, Option<String>, String);

/// Both ends of each message. An end that takes everything handles what no other end of its side tells apart.
pub(super) fn paired(ends: Vec<End>) -> Vec<ChannelMessage> {
    let ends = placed(ends);
    let (general, own): (Vec<End>, Vec<End>) = ends
        .into_iter()
        .partition(|end| !end.is_sent && end.name.is_none());
    let told_apart: BTreeSet<Way> = own.iter().filter(|end| !end.is_sent).map(End::way).collect();
    let mut found: BTreeMap<Key, ChannelMessage> = BTreeMap::new();
    for end in own {
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
