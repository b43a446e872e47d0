//! Channels: which messages each end sends and handles over WebSockets, Socket.IO, server-sent events and data channels.

mod client;
mod code;
mod end;
mod event;
mod events;
mod message;
mod peer;
mod received;
mod receiver;
mod sent;
mod server;
mod socket_io;
mod walk;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use code::Code;
use end::paired;

use super::router::{Operation, Router};
use crate::{
    architecture::model::{Application, ChannelMessage, FrontendCall, Module, OperationReference},
    python::source_file::SourceFile,
    web::{messages::SocketMessage, peers::PeerConnection},
};

/// What goes over channels of the tiers.
#[derive(Debug, Default)]
pub struct Channels {
    /// Messages, by channel, direction and type.
    pub messages: Vec<ChannelMessage>,
    /// Peer connections of the backend, by place.
    pub peers: Vec<PeerConnection>,
}

/// Reads the channels of both tiers.
///
/// `source` gives a Python file of the tree, by its path relative to the root.
#[must_use]
pub fn read(
    applications: &[Application],
    modules: &[Module],
    source: &dyn Fn(&str) -> Option<Arc<SourceFile>>,
    frontend: &[SocketMessage],
    calls: &[FrontendCall],
) -> Channels {
    let served = Served::new(applications);
    let code = Code::read(modules, source);
    let mut ends = vec![];
    if !served.sockets.is_empty() {
        ends.extend(server::socket_ends(&served.sockets, &code));
    }
    ends.extend(server::event_ends(&served.streams, &code));
    let events = server::socket_io_ends(&code);
    let has_events = !events.is_empty();
    ends.extend(events);
    let (peers, of_peers) = peer::peers(&code);
    ends.extend(of_peers);
    for message in frontend {
        ends.extend(client::ends(
            message,
            calls,
            &served,
            has_events,
            !peers.is_empty(),
        ));
    }
    ends.extend(client::read_streams(calls, &served));
    Channels {
        messages: paired(ends),
        peers,
    }
}

/// What a client can keep open.
struct Served {
    /// WebSocket routes.
    sockets: Vec<OperationReference>,
    /// Operations that answer with server-sent events.
    streams: Vec<OperationReference>,
}

impl Served {
    /// Those of the applications, with the paths of mounts.
    fn new(applications: &[Application]) -> Self {
        let routers: Vec<Router<'_>> = applications.iter().map(Router::new).collect();
        let operations = || routers.iter().flat_map(|router| &router.operations);
        let is_stream =
            |operation: &&Operation<'_>| operation.endpoint.is_some_and(|endpoint| endpoint.streams_events);
        let references = |operation: &Operation<'_>| operation.reference.clone();
        Self {
            sockets: operations()
                .filter(|operation| operation.reference.method == "WS")
                .map(references)
                .collect(),
            streams: operations().filter(is_stream).map(references).collect(),
        }
    }
}

/// The path of the only channel; empty where there are several.
fn only(channels: &[OperationReference]) -> String {
    match channels {
        [only] => only.path.clone(),
        _ => String::new(),
    }
}
