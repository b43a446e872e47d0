//! Peer connections, and how their ends find each other.

use crate::{
    architecture::model::{FrontendCall, Location, PeerConnection, Signal},
    markdown::{Block, Inline, Table},
};

use super::super::{Context, show};

/// The peer connections of both tiers.
pub(super) fn section(context: &Context<'_>) -> Option<Block> {
    let peers = &context.architecture.integration.peers;
    if peers.is_empty() {
        return None;
    }
    let mut table = Table::new(["Peer connection", "Carries", "Signalling"]);
    for peer in peers {
        table.row([
            made(peer, context),
            carried(peer, context),
            Inline::lines(peer.signals.iter().map(|signal| signalled(signal, context))),
        ]);
    }
    Some(Block::sequence([
        Block::paragraph(&Inline::strong("Peer connections (WebRTC)")),
        Block::table(&table),
    ]))
}

fn made(peer: &PeerConnection, context: &Context<'_>) -> Inline {
    let servers = Inline::join(", ", peer.ice_servers.iter().map(Inline::code));
    let servers = (!servers.is_empty()).then(|| Inline::concat([Inline::text("ICE servers "), servers]));
    Inline::lines(
        [Inline::code(&peer.kind), show::source(&peer.location, context)]
            .into_iter()
            .chain(servers),
    )
}

/// Data channels and tracks.
fn carried(peer: &PeerConnection, context: &Context<'_>) -> Inline {
    let at = |words: Inline, location: &Location| {
        Inline::concat([words, Inline::text(" "), show::source(location, context)])
    };
    let channels = peer.data_channels.iter().map(|channel| {
        let words = match (channel.label.as_str(), channel.is_awaited) {
            (_, true) => Inline::text("data channel of the other end"),
            ("", false) => Inline::text("data channel"),
            (label, false) => Inline::concat([Inline::text("data channel "), Inline::code(label)]),
        };
        at(words, &channel.location)
    });
    let media = peer.media.iter().map(|media| {
        let words = if media.is_sent {
            "sends tracks"
        } else {
            "receives tracks"
        };
        at(Inline::text(words), &media.location)
    });
    Inline::lines(channels.chain(media))
}

/// A step, and where it goes if a call of the frontend carries it.
fn signalled(signal: &Signal, context: &Context<'_>) -> Inline {
    let is_here = |call: &&FrontendCall| call.location == signal.location && call.method != "WS";
    let call = context.architecture.integration.calls.iter().find(is_here);
    let endpoint = call.and_then(|call| call.endpoint.as_ref());
    let way = if signal.is_sent { "sends" } else { "takes" };
    let words = Inline::text(format!("{way} {} ", signal.kind.name()));
    let source = show::source(&signal.location, context);
    match endpoint {
        Some(endpoint) => Inline::concat([
            words,
            Inline::text("to "),
            Inline::path(format!("{} {}", endpoint.method, endpoint.path)),
            Inline::text(" "),
            source,
        ]),
        None => Inline::concat([words, source]),
    }
}
