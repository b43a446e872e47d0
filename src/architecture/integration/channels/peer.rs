//! Peer connections of [aiortc](https://aiortc.readthedocs.io/en/stable/api.html).

use super::{
    code::{Code, Function, text},
    end::End,
    message::Reader,
    walk,
};
use crate::{
    architecture::model::MessageDirection,
    python::syntax::ast::{Argument, Expr, ExprKind},
    source::location::Location,
    web::{
        messages::Transport,
        peers::{DataChannel, Media, PeerConnection, Signal, SignalKind},
    },
};

/// Every connection, by place, and what goes over its data channels.
pub(super) fn peers(code: &Code) -> (Vec<PeerConnection>, Vec<End>) {
    let mut found: Vec<PeerConnection> = vec![];
    for function in &code.functions {
        walk::expressions(&function.definition.body().statements, &mut |expression| {
            if method(expression) == Some("RTCPeerConnection") {
                let place = code.place(function, expression.span);
                found.push(PeerConnection {
                    location: place.location,
                    function: place.function,
                    kind: "aiortc".to_owned(),
                    ..PeerConnection::default()
                });
            }
        });
    }
    if found.is_empty() {
        return (vec![], vec![]);
    }
    found.sort_by(|one, two| one.location.cmp(&two.location));
    let mut ends = vec![];
    for function in &code.functions {
        if let Some(peer) = nearest(&mut found, code, function) {
            read(code, function, peer, &mut ends);
        }
    }
    (found, ends)
}

/// The connection that a function works with: that of the same function, or the first of its file.
fn nearest<'p>(
    peers: &'p mut [PeerConnection],
    code: &Code,
    function: &Function,
) -> Option<&'p mut PeerConnection> {
    let source = &code.sources[function.source];
    let is_of_file = |peer: &PeerConnection| peer.location.file == source.file;
    let own = format!("{}:{}", source.name, function.name);
    // A handler within a function works with what is made around it.
    let is_around =
        |peer: &PeerConnection| own == peer.function || own.starts_with(&format!("{}.", peer.function));
    let index = peers
        .iter()
        .position(|peer| is_of_file(peer) && is_around(peer))
        .or_else(|| peers.iter().position(is_of_file))?;
    Some(&mut peers[index])
}

fn read(code: &Code, function: &Function, peer: &mut PeerConnection, ends: &mut Vec<End>) {
    for decorator in &function.definition.decorators {
        let place = || code.place(function, decorator.span);
        match event(decorator).as_deref() {
            Some("datachannel") => peer.data_channels.push(DataChannel {
                location: place().location,
                label: String::new(),
                is_awaited: true,
            }),
            Some("track") => peer.media.push(Media {
                location: place().location,
                is_sent: false,
            }),
            Some("message") if is_of_channel(decorator) => ends.push(End {
                transport: Transport::DataChannel,
                direction: MessageDirection::ClientToServer,
                format: "any".to_owned(),
                place: place(),
                ..End::default()
            }),
            _ => {}
        }
    }
    walk::expressions(&function.definition.body().statements, &mut |expression| {
        let location = || code.place(function, expression.span).location;
        let ExprKind::Call(callee, arguments) = &expression.kind else {
            return;
        };
        let first = arguments.first().map(walk::argument);
        match method(expression) {
            Some("RTCIceServer") => peer.ice_servers.extend(urls(arguments)),
            Some("setRemoteDescription") => peer.signals.push(taken(location(), SignalKind::Description)),
            Some("addIceCandidate") => peer.signals.push(taken(location(), SignalKind::Candidate)),
            Some("addTrack") => peer.media.push(Media {
                location: location(),
                is_sent: true,
            }),
            Some("addTransceiver") => peer.media.push(Media {
                location: location(),
                is_sent: direction(arguments).as_deref() != Some("recvonly"),
            }),
            Some("createDataChannel") => peer.data_channels.push(DataChannel {
                location: location(),
                label: first.and_then(text).unwrap_or_default(),
                is_awaited: false,
            }),
            Some("createAnswer") => peer.signals.push(made(location(), SignalKind::Answer)),
            Some("createOffer") => peer.signals.push(made(location(), SignalKind::Offer)),
            Some("send") if is_channel(callee) => {
                let Some(value) = first else { return };
                let reader = Reader { code, function };
                for message in reader.messages(value, "text", 0) {
                    ends.push(End {
                        transport: Transport::DataChannel,
                        direction: MessageDirection::ServerToClient,
                        is_sent: true,
                        name: message.name,
                        format: message.format.to_owned(),
                        fields: message.fields,
                        place: code.place(function, expression.span),
                        ..End::default()
                    });
                }
            }
            _ => {}
        }
    });
    peer.ice_servers.dedup();
    peer.signals.sort();
    peer.signals.dedup();
}

fn taken(location: Location, kind: SignalKind) -> Signal {
    Signal {
        location,
        kind,
        is_sent: false,
    }
}

/// A description that is made is what goes to the other end.
fn made(location: Location, kind: SignalKind) -> Signal {
    Signal {
        location,
        kind,
        is_sent: true,
    }
}

/// The last part of what is called.
fn method(expression: &Expr) -> Option<&str> {
    let ExprKind::Call(callee, _) = &expression.kind else {
        return None;
    };
    match &callee.kind {
        ExprKind::Name(name) | ExprKind::Attribute(_, name) => Some(name),
        _ => None,
    }
}

/// The event of `x.on("event")`.
fn event(decorator: &Expr) -> Option<String> {
    let ExprKind::Call(_, arguments) = &decorator.kind else {
        return None;
    };
    (method(decorator) == Some("on"))
        .then(|| arguments.first().map(walk::argument).and_then(text))
        .flatten()
}

/// Whether a method is called on what is named like a data channel.
fn is_channel(callee: &Expr) -> bool {
    let ExprKind::Attribute(object, _) = &callee.kind else {
        return false;
    };
    let (ExprKind::Name(name) | ExprKind::Attribute(_, name)) = &object.kind else {
        return false;
    };
    let name = name.to_lowercase();
    name.ends_with("channel") || name == "dc"
}

/// Whether `@x.on(…)` is of what is named like a data channel.
fn is_of_channel(decorator: &Expr) -> bool {
    matches!(&decorator.kind, ExprKind::Call(callee, _) if is_channel(callee))
}

/// The direction of `addTransceiver(kind, direction=…)`.
fn direction(arguments: &[Argument]) -> Option<String> {
    arguments
        .iter()
        .enumerate()
        .find_map(|(index, argument)| match argument {
            Argument::Keyword(name, value) if name == "direction" => text(value),
            Argument::Positional(value) if index == 1 => text(value),
            _ => None,
        })
}

/// The addresses of `RTCIceServer(urls=…)`.
fn urls(arguments: &[Argument]) -> Vec<String> {
    let urls = arguments.iter().find_map(|argument| match argument {
        Argument::Keyword(name, value) if name == "urls" => Some(value),
        Argument::Positional(value) => Some(value),
        _ => None,
    });
    match urls.map(|urls| &urls.kind) {
        Some(ExprKind::List(items)) => items.iter().filter_map(text).collect(),
        _ => urls.and_then(text).into_iter().collect(),
    }
}
