//! Peer connections of [WebRTC](https://developer.mozilla.org/docs/Web/API/WebRTC_API): what goes over them, and how
//! the two ends find each other.

mod rooted;
mod signal;

#[cfg(test)]
mod tests;

use serde::Serialize;

use super::{
    messages::SocketMessage,
    network::NetworkCall,
    project::ModuleId,
    syntax::tree::ExpressionKind as Kind,
    three::objects::{function_name, location},
    values::{Evaluator, Site, Value},
};
use crate::source::location::Location;
use rooted::{Handlers, peer_class};
pub(super) use rooted::{given_channel, is_channel};
use signal::Step;

/// A peer connection.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PeerConnection {
    /// Where it is made.
    pub location: Location,
    /// The function that it is made in, `file:name`.
    pub function: String,
    /// By what: `RTCPeerConnection`, `simple-peer`, `peerjs`, `aiortc`.
    pub kind: String,
    /// Addresses of its [ICE servers](https://developer.mozilla.org/docs/Web/API/RTCPeerConnection/RTCPeerConnection#iceservers),
    /// as far as they are known, in order.
    pub ice_servers: Vec<String>,
    /// Data channels, by place.
    pub data_channels: Vec<DataChannel>,
    /// Where tracks of audio or video are given to it or come out of it, by place.
    pub media: Vec<Media>,
    /// Steps of signalling, by place.
    pub signals: Vec<Signal>,
}

/// A data channel.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct DataChannel {
    /// Where it is opened or awaited.
    pub location: Location,
    /// Its label, as far as it is known.
    pub label: String,
    /// Whether the other end opens it.
    pub is_awaited: bool,
}

/// Tracks.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Media {
    /// Where.
    pub location: Location,
    /// Whether they are sent; else they are received.
    pub is_sent: bool,
}

/// A step of [signalling](https://developer.mozilla.org/docs/Web/API/WebRTC_API/Signaling_and_video_calling).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Signal {
    /// The call or message that carries it; where it is taken in, the call of the connection.
    pub location: Location,
    /// What is carried.
    pub kind: SignalKind,
    /// Whether it is sent.
    pub is_sent: bool,
}

/// What a step of signalling carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignalKind {
    /// A session description of the one who calls.
    Offer,
    /// A session description of the one who is called.
    Answer,
    /// A session description.
    Description,
    /// A way to reach the peer.
    Candidate,
    /// What a library wants to be handed to the other end.
    Signal,
}

impl SignalKind {
    /// In words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Offer => "offer",
            Self::Answer => "answer",
            Self::Description => "description",
            Self::Candidate => "candidate",
            Self::Signal => "signal",
        }
    }
}

/// Every peer connection, by place. `calls` and `messages`: what may carry signals.
#[must_use]
pub fn peers(
    evaluator: &Evaluator<'_>,
    calls: &[NetworkCall],
    messages: &[SocketMessage],
) -> Vec<PeerConnection> {
    let project = evaluator.project;
    let made: Vec<Site> = project
        .product_modules()
        .filter(|module| may_hold_peers(&project.script(*module).text))
        .flat_map(|module| made_in(evaluator, module))
        .collect();
    if made.is_empty() {
        return vec![];
    }
    let handlers = Handlers::new(evaluator);
    let mut steps = handlers.steps();
    for module in project.product_modules() {
        if signal::may_signal(&project.script(module).text) {
            steps.extend(signal::steps(evaluator, module, &handlers, calls, messages));
        }
    }
    let mut found: Vec<PeerConnection> = made.iter().map(|site| described(evaluator, site)).collect();
    for (site, step) in steps {
        let is_made = |peer: &Site| (peer.module, peer.expression) == (site.module, site.expression);
        let Some(peer) = made.iter().position(is_made) else {
            continue;
        };
        match step {
            Step::Signal(signal) => found[peer].signals.push(signal),
            Step::Media(media) => found[peer].media.push(media),
            Step::Channel(channel) => found[peer].data_channels.push(channel),
        }
    }
    for peer in &mut found {
        peer.signals.sort();
        peer.signals.dedup();
        peer.media.sort();
        peer.media.dedup();
        peer.data_channels.sort();
        peer.data_channels.dedup();
    }
    found
}

fn may_hold_peers(text: &str) -> bool {
    ["RTCPeerConnection", "simple-peer", "peerjs"]
        .iter()
        .any(|word| text.contains(word))
}

fn made_in(evaluator: &Evaluator<'_>, module: ModuleId) -> Vec<Site> {
    let script = evaluator.project.script(module);
    let sites = script.expression_ids().filter(|id| {
        matches!(script.kind(*id), Kind::New { .. })
            && evaluator
                .values(module, *id)
                .iter()
                .any(|value| matches!(value, Value::External(external) if peer_class(external).is_some()))
    });
    sites.map(|id| Site::alone(module, id)).collect()
}

fn described(evaluator: &Evaluator<'_>, site: &Site) -> PeerConnection {
    let values = evaluator.values_at(site);
    let kind = values.iter().find_map(|value| match value {
        Value::External(external) => peer_class(external),
        _ => None,
    });
    let options = evaluator.arguments_of(site);
    let mut ice_servers = vec![];
    for argument in options {
        for options in evaluator.values(site.module, argument.value) {
            // `config` is what libraries hand on to the connection.
            let nested = evaluator.member(&options, "config");
            for options in std::iter::once(options).chain(nested) {
                ice_servers.extend(addresses(evaluator, &options));
            }
        }
    }
    PeerConnection {
        location: location(evaluator, site.module, site.expression),
        function: function_name(evaluator, site.module, site.expression),
        kind: kind.unwrap_or_default().to_owned(),
        ice_servers,
        ..PeerConnection::default()
    }
}

/// The addresses of `iceServers`; user names and secrets stay where they are.
fn addresses(evaluator: &Evaluator<'_>, options: &Value) -> Vec<String> {
    let servers = evaluator.member(options, "iceServers");
    let servers = servers.iter().flat_map(|servers| evaluator.items_of(servers));
    let mut found = vec![];
    for server in servers {
        for name in ["urls", "url"] {
            for urls in evaluator.member(&server, name) {
                match &urls {
                    Value::Text(text) => found.push(text.display()),
                    several => found.extend(evaluator.items_of(several).iter().filter_map(|url| match url {
                        Value::Text(text) => Some(text.display()),
                        _ => None,
                    })),
                }
            }
        }
    }
    found
}
