//! How the frontend and the backend meet.

use serde::Serialize;

use super::AuthFlow;
use crate::{
    source::location::Location,
    web::{
        interaction::{Interaction, Trigger, Update},
        messages::Transport,
        peers::PeerConnection,
    },
};

/// What joins the tiers.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Integration {
    /// Calls of the frontend, by file and line.
    pub calls: Vec<FrontendCall>,
    /// HTTP operations that nothing in the frontend calls, in registration order.
    pub uncalled: Vec<UncalledOperation>,
    /// Messages over channels, by channel, direction and type.
    pub messages: Vec<ChannelMessage>,
    /// Peer connections of both tiers, those of the frontend first, by place.
    pub peers: Vec<PeerConnection>,
    /// How the frontend signs in.
    pub auth: AuthFlow,
}

/// One method of one path.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct OperationReference {
    /// Upper-case; `WS` for a WebSocket.
    pub method: String,
    /// The full path, with the paths of mounts, as FastAPI matches it.
    pub path: String,
    /// The function that handles it, `module:name`.
    pub handler: String,
    /// Where the function stands.
    pub location: Location,
    /// The application that a server command names: [`Application::name`](super::Application::name).
    pub application: String,
    /// Tags of the operation.
    pub tags: Vec<String>,
    /// Whether the OpenAPI document shows it.
    pub include_in_schema: bool,
}

/// An operation that nothing in the frontend calls.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct UncalledOperation {
    /// The operation.
    pub operation: OperationReference,
    /// Why the calls that would arrive there are never made, without full stop; none where there are no such calls.
    pub reason: Option<String>,
}

/// A call of the frontend, and where it arrives.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FrontendCall {
    /// Where it is called.
    pub location: Location,
    /// By what: `fetch`, `axios`, `websocket`, ….
    pub kind: String,
    /// Upper-case; `WS`, `SSE`; `?` where it is not known.
    pub method: String,
    /// The address as far as it is known, holes as `${expression}`.
    pub url: String,
    /// The path that it arrives with, behind proxies and rewrites; empty where it leaves for another service or is not known.
    pub path: String,
    /// The function that it stands in, `file:name`.
    pub function: String,
    /// The wrappers that it goes through, the outermost first.
    pub through: Vec<Location>,
    /// The proxy that passes it on, if one does.
    pub proxy: Option<Location>,
    /// The operation that answers.
    pub endpoint: Option<OperationReference>,
    /// Operations of which one answers, where a hole decides; in registration order.
    pub alternatives: Vec<OperationReference>,
    /// Whether the router answers with a redirect to the path with or without a slash at its end first.
    pub via_redirect: bool,
    /// What is believed without proof, one sentence.
    pub assumption: Option<String>,
    /// Why nothing answers, without full stop.
    pub reason: Option<String>,
    /// Why it is never made, without full stop: nobody uses the function that it stands in.
    pub unused: Option<String>,
    /// The operation that is most like it, where nothing answers.
    pub nearest: Option<OperationReference>,
    /// Fields that one side knows and the other does not.
    pub mismatches: Vec<FieldMismatch>,
    /// Milliseconds between two calls, where it is called by a timer.
    pub interval: Option<u64>,
    /// Fields of the response that are read, dotted, in alphabetical order.
    pub reads: Vec<String>,
    /// What leads to it, and what its result changes; the ways with the fewest calls first.
    pub interactions: Vec<Interaction>,
}

/// A field that one side knows and the other does not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct FieldMismatch {
    /// What is wrong.
    pub kind: FieldMismatchKind,
    /// The field, dotted.
    pub field: String,
    /// The model that has or lacks it.
    pub model: String,
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldMismatchKind {
    /// The frontend sends it and the model of the body does not know it.
    UnknownBodyField,
    /// The model of the body requires it and the frontend does not send it.
    MissingBodyField,
    /// The frontend reads it and no response has it.
    UnknownResponseField,
}

/// A type of message over a channel, and who knows it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ChannelMessage {
    /// Path of the channel; empty where it is not known which.
    pub channel: String,
    /// What it goes over.
    pub transport: Transport,
    /// The text that tells it from others; none for a message without.
    pub name: Option<String>,
    /// What a message without a type is, e.g. `untyped JSON`, `text`, `binary`.
    pub format: String,
    /// From whom to whom.
    pub direction: MessageDirection,
    /// Places that send it, by file and line.
    pub sent: Vec<MessagePlace>,
    /// Places that handle it, by file and line.
    pub handled: Vec<MessagePlace>,
    /// Fields besides the type, in the order in which they are sent.
    pub fields: Vec<String>,
    /// What leads to its being sent by the frontend.
    pub triggers: Vec<Trigger>,
    /// What the frontend changes where it handles it, in the order in which it runs as far as that is known.
    pub updates: Vec<Update>,
    /// Calls that the frontend makes where it handles it: [`FrontendCall::location`].
    pub requests: Vec<Location>,
}

/// A place that sends or handles a message.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct MessagePlace {
    /// Where.
    pub location: Location,
    /// The function that it stands in, `module:name` of Python and `file:name` of the frontend.
    pub function: String,
}

/// From whom to whom a message goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum MessageDirection {
    /// From the frontend to the backend.
    #[default]
    #[serde(rename = "client->server")]
    ClientToServer,
    /// From the backend to the frontend.
    #[serde(rename = "server->client")]
    ServerToClient,
    /// From one frontend to another, where the backend is no peer.
    #[serde(rename = "peer->peer")]
    BetweenPeers,
}
