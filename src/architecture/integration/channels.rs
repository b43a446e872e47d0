//! WebSocket channels: which messages each end sends and handles.

mod code;
mod message;
mod received;
mod sent;
mod socket_io;
mod walk;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use code::Code;

use super::address::{Address, Host};

use crate::{
    architecture::model::{
        Application, ChannelMessage, FrontendCall, MessageDirection, MessagePlace, Module,
        OperationReference, Trigger, Update,
    },
    python::{source_file::SourceFile, syntax::ast::ExprKind},
    source::location::Location,
    web::messages::{SocketMessage, Transport},
};

/// One end of a message.
#[derive(Clone, Debug)]
struct End {
    /// Empty where it is not known.
    channel: String,
    direction: MessageDirection,
    is_sent: bool,
    name: Option<String>,
    format: String,
    fields: Vec<String>,
    place: MessagePlace,
    triggers: Vec<Trigger>,
    updates: Vec<Update>,
    requests: Vec<Location>,
}

/// The messages of all channels, by channel, direction and type.
///
/// `source` gives a Python file of the tree, by its path relative to the root.
#[must_use]
pub fn messages(
    applications: &[Application],
    modules: &[Module],
    source: &dyn Fn(&str) -> Option<Arc<SourceFile>>,
    sockets: &[SocketMessage],
    calls: &[FrontendCall],
) -> Vec<ChannelMessage> {
    let channels = channels(applications);
    let mut ends = vec![];
    let code = Code::read(modules, source);
    if !channels.is_empty() {
        ends.extend(server_ends(&channels, &code));
    }
    let events = socket_io::events(&code);
    let has_events = !events.is_empty();
    ends.extend(events.into_iter().map(server_event));
    ends.extend(sockets.iter().map(|message| {
        let mut end = client_end(message, calls, &channels);
        if has_events && message.transport == Transport::SocketIo {
            socket_io::CHANNEL.clone_into(&mut end.channel);
        }
        end
    }));
    paired(ends)
}

/// An event of Socket.IO on the backend's end.
fn server_event(event: socket_io::Event) -> End {
    End {
        channel: socket_io::CHANNEL.to_owned(),
        direction: if event.is_sent {
            MessageDirection::ServerToClient
        } else {
            MessageDirection::ClientToServer
        },
        is_sent: event.is_sent,
        name: Some(event.name),
        format: "JSON".to_owned(),
        fields: event.fields,
        place: event.place,
        triggers: vec![],
        updates: vec![],
        requests: vec![],
    }
}

/// The WebSocket routes, with the paths of mounts.
fn channels(applications: &[Application]) -> Vec<OperationReference> {
    let operations = applications
        .iter()
        .flat_map(|application| super::router::Router::new(application).operations);
    operations
        .map(|operation| operation.reference)
        .filter(|reference| reference.method == "WS")
        .collect()
}

fn client_end(message: &SocketMessage, calls: &[FrontendCall], channels: &[OperationReference]) -> End {
    let opens = |call: &&FrontendCall| {
        call.method == "WS"
            && [&call.location]
                .into_iter()
                .chain(&call.through)
                .any(|place| place.file == message.socket.file && place.line == message.socket.line)
    };
    let own = calls.iter().find(opens).map(|call| match &call.endpoint {
        Some(endpoint) => endpoint.path.clone(),
        None if Address::parse(&call.url).is_none_or(|address| address.host == Host::Unknown) => {
            only(channels)
        }
        // A socket of another service has no channel here.
        None => call.url.clone(),
    });
    End {
        channel: own.unwrap_or_else(|| only(channels)),
        direction: if message.is_sent {
            MessageDirection::ClientToServer
        } else {
            MessageDirection::ServerToClient
        },
        is_sent: message.is_sent,
        name: message.name.clone(),
        format: message.format.clone(),
        fields: message.fields.clone(),
        place: MessagePlace {
            location: message.location.clone(),
            function: message.function.clone(),
        },
        triggers: message.triggers.clone(),
        updates: message.updates.clone(),
        requests: message.requests.clone(),
    }
}

fn only(channels: &[OperationReference]) -> String {
    match channels {
        [only] => only.path.clone(),
        _ => String::new(),
    }
}

fn server_ends(channels: &[OperationReference], code: &Code) -> Vec<End> {
    let reached: Vec<(String, BTreeSet<usize>)> = channels
        .iter()
        .map(|channel| (channel.path.clone(), reached(code, channel)))
        .collect();
    let of = |functions: &[usize]| -> Vec<String> {
        let within = |reached: &BTreeSet<usize>, function: &usize| reached.contains(function);
        // A class whose methods a channel calls sends to that channel.
        let beside = |reached: &BTreeSet<usize>, function: &usize| {
            let function = &code.functions[*function];
            function.class.is_some()
                && reached.iter().any(|other| {
                    let other = &code.functions[*other];
                    other.source == function.source && other.class == function.class
                })
        };
        let mut found = vec![];
        for function in functions {
            for test in [&within as &dyn Fn(&BTreeSet<usize>, &usize) -> bool, &beside] {
                if found.is_empty() {
                    let paths = reached.iter().filter(|(_, reached)| test(reached, function));
                    found.extend(paths.map(|(path, _)| path.clone()));
                }
            }
        }
        if found.is_empty() {
            found.push(only(channels));
        }
        found
    };
    let mut ends = vec![];
    for sent in sent::sent(code) {
        for channel in of(&[sent.function, sent.sender]) {
            ends.push(End {
                channel,
                direction: MessageDirection::ServerToClient,
                is_sent: true,
                name: sent.message.name.clone(),
                format: sent.message.format.to_owned(),
                fields: sent.message.fields.clone(),
                place: sent.place.clone(),
                triggers: vec![],
                updates: vec![],
                requests: vec![],
            });
        }
    }
    for received in received::received(code) {
        for channel in of(&[received.function]) {
            ends.push(End {
                channel,
                direction: MessageDirection::ClientToServer,
                is_sent: false,
                name: received.name.clone(),
                format: received.format.to_owned(),
                fields: vec![],
                place: received.place.clone(),
                triggers: vec![],
                updates: vec![],
                requests: vec![],
            });
        }
    }
    ends
}

/// The functions that a channel's handler calls, directly or not, and itself.
fn reached(code: &Code, channel: &OperationReference) -> BTreeSet<usize> {
    let is_handler = |function: &code::Function| {
        code.sources[function.source].file == channel.location.file
            && channel.handler.rsplit(['.', ':']).next() == Some(function.definition.name.as_str())
    };
    let mut pending: Vec<usize> = (0..code.functions.len())
        .filter(|index| is_handler(&code.functions[*index]))
        .collect();
    let mut reached: BTreeSet<usize> = pending.iter().copied().collect();
    while let Some(index) = pending.pop() {
        let function = &code.functions[index];
        let mut called = vec![];
        walk::expressions(&function.definition.body().statements, &mut |expression| {
            if let ExprKind::Call(callee, _) = &expression.kind {
                let callees = code.callees(function, callee);
                // A name that many have says too little.
                if callees.len() <= 2 {
                    called.extend(callees);
                }
            }
        });
        for callee in called {
            if reached.insert(callee) {
                pending.push(callee);
            }
        }
    }
    reached
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

type Key = (String, MessageDirection, Option<String>, String);

/// Both ends of each message. An end that takes everything, since it tells no types apart, handles what the other one sends.
fn paired(ends: Vec<End>) -> Vec<ChannelMessage> {
    let general: Vec<End> = ends
        .iter()
        .filter(|end| !end.is_sent && end.name.is_none())
        .filter(|end| {
            !ends.iter().any(|other| {
                !other.is_sent
                    && other.name.is_some()
                    && other.direction == end.direction
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
        let key = (end.channel.clone(), end.direction, end.name.clone(), format);
        let message = found.entry(key).or_insert_with(|| ChannelMessage {
            channel: end.channel.clone(),
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
            if message.channel == end.channel && message.direction == end.direction {
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
            let key = (end.channel.clone(), end.direction, None, format.clone());
            let message = found.entry(key).or_insert_with(|| ChannelMessage {
                channel: end.channel,
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
