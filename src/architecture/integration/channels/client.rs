//! What the frontend sends and handles, and over which channels.

use super::{Served, end::End, only, socket_io};
use crate::{
    architecture::{
        integration::address::{Address, Host},
        model::{FrontendCall, MessageDirection, MessagePlace, OperationReference},
    },
    source::location::Location,
    web::messages::{SocketMessage, Transport},
};

/// The ends of a message: one for each channel that its socket may be.
pub(super) fn ends(
    message: &SocketMessage,
    calls: &[FrontendCall],
    served: &Served,
    has_events: bool,
    has_peers: bool,
) -> Vec<End> {
    let channels = match message.transport {
        Transport::SocketIo if has_events => vec![socket_io::CHANNEL.to_owned()],
        Transport::DataChannel => vec![String::new()],
        Transport::ServerSentEvents => opened(message, calls, &served.streams, |call| call.method != "WS"),
        _ => opened(message, calls, &served.sockets, |call| call.method == "WS"),
    };
    let ends = channels.into_iter().map(|channel| End {
        channel,
        transport: message.transport,
        direction: match message.transport {
            Transport::DataChannel if !has_peers => MessageDirection::BetweenPeers,
            _ if message.is_sent => MessageDirection::ClientToServer,
            _ => MessageDirection::ServerToClient,
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
    });
    ends.collect()
}

/// The channels that the socket of a message is opened for; a function that opens one may be called for several.
fn opened(
    message: &SocketMessage,
    calls: &[FrontendCall],
    channels: &[OperationReference],
    is_of_kind: impl Fn(&FrontendCall) -> bool,
) -> Vec<String> {
    let is_there = |place: &Location| place.file == message.socket.file && place.line == message.socket.line;
    let opens = |call: &&FrontendCall| {
        is_of_kind(call) && (is_there(&call.location) || call.through.iter().any(is_there))
    };
    let mut found: Vec<String> = vec![];
    for call in calls.iter().filter(opens) {
        let channel = match &call.endpoint {
            Some(endpoint) => endpoint.path.clone(),
            None if Address::parse(&call.url).is_none_or(|address| address.host == Host::Unknown) => {
                only(channels)
            }
            // A socket of another service has no channel here.
            None => call.url.clone(),
        };
        if !found.contains(&channel) {
            found.push(channel);
        }
    }
    if found.len() > 1 {
        found.retain(|channel| !channel.is_empty());
    }
    if found.is_empty() {
        found.push(only(channels));
    }
    found
}

/// Calls that read a stream of events by themselves: `fetch` and the body of its response.
pub(super) fn read_streams(calls: &[FrontendCall], served: &Served) -> Vec<End> {
    let is_stream = |endpoint: &OperationReference| {
        served
            .streams
            .iter()
            .any(|stream| (&stream.method, &stream.path) == (&endpoint.method, &endpoint.path))
    };
    let mut ends = vec![];
    for call in calls.iter().filter(|call| call.method != "SSE") {
        let Some(endpoint) = call.endpoint.as_ref().filter(|endpoint| is_stream(endpoint)) else {
            continue;
        };
        ends.push(End {
            channel: endpoint.path.clone(),
            transport: Transport::ServerSentEvents,
            direction: MessageDirection::ServerToClient,
            format: "any".to_owned(),
            place: MessagePlace {
                location: call.location.clone(),
                function: call.function.clone(),
            },
            ..End::default()
        });
    }
    ends
}
