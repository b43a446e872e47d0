//! What the backend sends and handles, and over which of its channels.

use std::collections::BTreeSet;

use super::{
    code::{Code, Function},
    end::End,
    events, only, received, sent, socket_io, walk,
};
use crate::{
    architecture::model::{MessageDirection, OperationReference},
    python::syntax::ast::ExprKind,
    web::messages::Transport,
};

/// The ends of events of Socket.IO.
pub(super) fn socket_io_ends(code: &Code) -> Vec<End> {
    let ends = socket_io::events(code).into_iter().map(|event| End {
        channel: socket_io::CHANNEL.to_owned(),
        transport: Transport::SocketIo,
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
        ..End::default()
    });
    ends.collect()
}

/// The ends of server-sent events, by the operations that stream them.
pub(super) fn event_ends(streams: &[OperationReference], code: &Code) -> Vec<End> {
    let mut ends = vec![];
    for stream in streams {
        let reached = reached(code, stream);
        let Some(handler) = handlers(code, stream).next() else {
            continue;
        };
        ends.extend(
            events::sent(code, handler, &reached)
                .into_iter()
                .map(|event| End {
                    channel: stream.path.clone(),
                    transport: Transport::ServerSentEvents,
                    direction: MessageDirection::ServerToClient,
                    is_sent: true,
                    name: event.message.name,
                    format: event.message.format.to_owned(),
                    fields: event.message.fields,
                    place: event.place,
                    ..End::default()
                }),
        );
    }
    ends
}

/// The ends of messages over WebSockets.
pub(super) fn socket_ends(channels: &[OperationReference], code: &Code) -> Vec<End> {
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
                ..End::default()
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
                place: received.place.clone(),
                ..End::default()
            });
        }
    }
    ends
}

/// The functions that may be a channel's handler.
fn handlers<'c>(code: &'c Code, channel: &'c OperationReference) -> impl Iterator<Item = usize> + 'c {
    let is_handler = |function: &Function| {
        code.sources[function.source].file == channel.location.file
            && channel.handler.rsplit(['.', ':']).next() == Some(function.definition.name.as_str())
    };
    (0..code.functions.len()).filter(move |index| is_handler(&code.functions[*index]))
}

/// The functions that a channel's handler calls, directly or not, and itself.
fn reached(code: &Code, channel: &OperationReference) -> BTreeSet<usize> {
    let mut pending: Vec<usize> = handlers(code, channel).collect();
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
