//! What messages go over: sockets, streams of events, data channels.

use ecow::EcoString;
use serde::Serialize;

use crate::web::{
    peers,
    project::ModuleId,
    syntax::tree::ExpressionId,
    values::{External, Origin, Site},
};

/// Packages whose objects are used like a `WebSocket`.
const SOCKETS: [&str; 6] = [
    "reconnecting-websocket",
    "partysocket",
    "isomorphic-ws",
    "ws",
    "robust-websocket",
    "websocket-ts",
];

/// Packages whose objects are used like an `EventSource`.
const EVENT_SOURCES: [&str; 6] = [
    "event-source-plus",
    "event-source-polyfill",
    "eventsource",
    "extended-eventsource",
    "reconnecting-eventsource",
    "sse.js",
];

/// Hooks that open a socket and give what is done with it.
const HOOKS: [(&str, &str); 4] = [
    ("react-use-websocket", "default"),
    ("react-use-websocket", "useWebSocket"),
    ("@vueuse/core", "useWebSocket"),
    ("@vueuse/core", "useEventSource"),
];

/// What a message goes over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Transport {
    /// A [`WebSocket`](https://developer.mozilla.org/docs/Web/API/WebSocket).
    #[default]
    #[serde(rename = "websocket")]
    WebSocket,
    /// Events of [Socket.IO](https://socket.io/docs/v4/emitting-events/).
    #[serde(rename = "socket.io")]
    SocketIo,
    /// [Server-sent events](https://developer.mozilla.org/docs/Web/API/EventSource).
    #[serde(rename = "sse")]
    ServerSentEvents,
    /// A [data channel](https://developer.mozilla.org/docs/Web/API/RTCDataChannel) between peers.
    #[serde(rename = "webrtc")]
    DataChannel,
}

impl Transport {
    /// Its usual name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::WebSocket => "WebSocket",
            Self::SocketIo => "Socket.IO",
            Self::ServerSentEvents => "server-sent events",
            Self::DataChannel => "WebRTC data channel",
        }
    }
}

/// A place that opens what messages go over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Socket {
    pub(super) module: ModuleId,
    pub(super) expression: ExpressionId,
    pub(super) transport: Transport,
}

impl Socket {
    pub(super) fn at(site: &Site, transport: Transport) -> Self {
        Self {
            module: site.module,
            expression: site.expression,
            transport,
        }
    }
}

/// The socket that something is a member of.
pub(super) fn socket(external: &External) -> Option<Socket> {
    let (class, site, is_made) = match &external.origin {
        Origin::Made { class, site } => (class, site, true),
        Origin::Result { callee, site } => (callee, site, false),
        _ => return peers::given_channel(external).map(|site| Socket::at(&site, Transport::DataChannel)),
    };
    let package = class.package().map(|(package, _)| package.as_str());
    let is_of = |packages: &[&str]| is_made && package.is_some_and(|package| packages.contains(&package));
    let transport = if class.is_global("io") || package == Some("socket.io-client") {
        Transport::SocketIo
    } else if class.is_global("WebSocket") || is_of(&SOCKETS) {
        Transport::WebSocket
    } else if class.is_global("EventSource") || is_of(&EVENT_SOURCES) {
        Transport::ServerSentEvents
    } else if let Some(function) = hook(class) {
        match function {
            "useEventSource" => Transport::ServerSentEvents,
            _ => Transport::WebSocket,
        }
    } else if peers::is_channel(external) {
        Transport::DataChannel
    } else {
        return None;
    };
    Some(Socket::at(site, transport))
}

/// The hook that something is.
fn hook(callee: &External) -> Option<&'static str> {
    let found = HOOKS
        .iter()
        .find(|(package, function)| callee.of_package(package).is_some_and(|path| path == *function));
    found.map(|(_, function)| *function)
}

/// Whether a script may open a socket or a stream by a call that is given its handlers.
pub(super) fn may_open_with_options(text: &str) -> bool {
    [
        "react-use-websocket",
        "@vueuse/core",
        "fetch-event-source",
        "event-source-plus",
    ]
    .iter()
    .any(|package| text.contains(package))
}

/// Whether a call is of a hook that opens a socket, or of a function that reads a stream of events.
pub(super) fn opens_with_options(callee: &External) -> Option<Transport> {
    if callee
        .of_package("@microsoft/fetch-event-source")
        .is_some_and(|path| path == "fetchEventSource")
    {
        return Some(Transport::ServerSentEvents);
    }
    hook(callee).map(|function| match function {
        "useEventSource" => Transport::ServerSentEvents,
        _ => Transport::WebSocket,
    })
}

/// Whether a member of what a hook gives is the last message: `lastJsonMessage`, `data`.
pub(super) fn is_last_message(external: &External) -> bool {
    let Origin::Result { callee, .. } = &external.origin else {
        return false;
    };
    let first = external.members.first().map(EcoString::as_str);
    hook(callee).is_some() && matches!(first, Some("lastMessage" | "lastJsonMessage" | "data"))
}
