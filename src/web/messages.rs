//! Messages that a frontend sends and handles over WebSockets, Socket.IO, streams of events and data channels.

mod handled;
mod sent;
mod socket;

use std::collections::{BTreeMap, BTreeSet};

use ecow::EcoString;
use serde::Serialize;

use super::{
    interaction::{Trigger, Update},
    project::ModuleId,
    syntax::tree::{ExpressionId, FunctionId},
    values::{Evaluator, External, Origin, Site, Value},
};
use crate::source::location::Location;

/// Keys that tell messages apart.
pub const TYPE_KEYS: [&str; 12] = [
    "type",
    "event",
    "kind",
    "action",
    "op",
    "message_type",
    "messageType",
    "msg_type",
    "command",
    "cmd",
    "topic",
    "t",
];

/// Calls of wrappers that are followed, one after the other.
const MAX_DEPTH: u32 = 6;

/// A message that is sent or handled.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct SocketMessage {
    /// Where it is sent or handled.
    pub location: Location,
    /// The function that it stands in, `file:name`.
    pub function: String,
    /// Where the socket is opened.
    pub socket: Location,
    /// Whether it is sent; else it is handled.
    pub is_sent: bool,
    /// Its type; none where it has none that is known.
    pub name: Option<String>,
    /// What it is without a type: `untyped JSON`, `text`, `binary`.
    pub format: String,
    /// Fields besides the type, in order.
    pub fields: Vec<String>,
    /// What it goes over.
    pub transport: Transport,
    /// What leads to its being sent by the frontend.
    pub triggers: Vec<Trigger>,
    /// What is changed where it is handled.
    pub updates: Vec<Update>,
    /// Calls of servers that it leads to where it is handled, by place.
    pub requests: Vec<Location>,
}

pub use socket::Transport;
use socket::{Socket, socket};

/// Parameters that are given a message, with the sockets that it came from.
type Parameters = BTreeMap<(ModuleId, FunctionId, u32), BTreeSet<Socket>>;

/// Everything that is sent and handled, by file and line.
#[must_use]
pub fn messages(evaluator: &Evaluator<'_>) -> Vec<SocketMessage> {
    if !has_sockets(evaluator) {
        return vec![];
    }
    let mut reader = Reader {
        evaluator,
        parameters: Parameters::new(),
        awaited: awaited(evaluator),
        found: vec![],
    };
    reader.sends();
    reader.handlers();
    reader.spread();
    reader.comparisons();
    let mut found = reader.found;
    found.sort();
    found.dedup();
    found
}

/// Whether any script may open what messages go over.
fn has_sockets(evaluator: &Evaluator<'_>) -> bool {
    let project = evaluator.project;
    project.module_ids().any(|module| {
        let text = &project.script(module).text;
        [
            "WebSocket",
            "socket.io",
            "partysocket",
            "EventSource",
            "event-source",
            "DataChannel",
            "datachannel",
            "simple-peer",
            "peerjs",
        ]
        .iter()
        .any(|word| text.contains(word))
    })
}

/// `connection.ondatachannel = (event) => …`: the functions, with the place that stands for their channels.
fn awaited(evaluator: &Evaluator<'_>) -> BTreeMap<(ModuleId, FunctionId), Socket> {
    let mut found = BTreeMap::new();
    for (module, object, value) in evaluator.assignments_to("ondatachannel") {
        let socket = Socket::at(&Site::alone(module, object), Transport::DataChannel);
        for handler in evaluator.values(module, value) {
            if let Value::Function(closure) = handler {
                found.insert((closure.module, closure.function), socket);
            }
        }
    }
    found
}

struct Reader<'e, 'p> {
    evaluator: &'e Evaluator<'p>,
    parameters: Parameters,
    /// Functions that are given a data channel of the other end.
    awaited: BTreeMap<(ModuleId, FunctionId), Socket>,
    found: Vec<SocketMessage>,
}

impl Reader<'_, '_> {
    /// The socket that a value is, or is a member of, and the way from there.
    fn owner<'v>(&self, value: &'v Value) -> Option<(Socket, &'v [EcoString])> {
        match value {
            Value::External(external) => {
                let found = socket(external)?;
                // `event.channel` is the channel.
                let is_given = matches!(external.origin, Origin::Given { .. })
                    && external.members.first().is_some_and(|first| first == "channel");
                Some((found, &external.members[usize::from(is_given)..]))
            }
            Value::Parameter(parameter) if parameter.index == 0 => {
                let found = self.awaited.get(&(parameter.module, parameter.function))?;
                let (first, rest) = parameter.members.split_first()?;
                (first == "channel").then_some((*found, rest))
            }
            _ => None,
        }
    }

    fn sites(&self) -> Vec<Site> {
        let project = self.evaluator.project;
        let modules = project.module_ids();
        modules
            .flat_map(|module| {
                let expressions = project.script(module).expression_ids();
                expressions.map(move |expression| Site::alone(module, expression))
            })
            .collect()
    }

    fn location(&self, module: ModuleId, expression: ExpressionId) -> Location {
        let script = self.evaluator.project.script(module);
        let (line, column) = script.position(script.expression(expression).start);
        Location {
            file: self.evaluator.project.module(module).file.to_string(),
            line,
            end_line: line,
            column,
        }
    }

    fn note(&mut self, site: &Site, socket: Socket, is_sent: bool, shape: Shape) {
        let script = self.evaluator.project.script(site.module);
        let file = &self.evaluator.project.module(site.module).file;
        let mut function = script.expression(site.expression).function;
        while script.function(function).name.is_empty()
            && let Some(parent) = script.function(function).parent
        {
            function = parent;
        }
        let message = SocketMessage {
            location: self.location(site.module, site.expression),
            function: format!("{file}:{}", script.function(function).name),
            socket: self.location(socket.module, socket.expression),
            is_sent,
            name: shape.name,
            format: shape.format.to_owned(),
            fields: shape.fields,
            transport: socket.transport,
            triggers: vec![],
            updates: vec![],
            requests: vec![],
        };
        self.found.push(message);
    }

    fn argument(&self, site: &Site, index: usize) -> Option<Site> {
        let argument = *self.evaluator.arguments_of(site).get(index)?;
        Some(Site {
            expression: argument.value,
            ..site.clone()
        })
    }
}

/// What a message looks like.
#[derive(Clone, Debug)]
struct Shape {
    name: Option<String>,
    format: &'static str,
    fields: Vec<String>,
}

impl Shape {
    fn typed(name: String, fields: Vec<String>) -> Self {
        Self {
            name: Some(name),
            format: "JSON",
            fields,
        }
    }

    fn of(format: &'static str) -> Self {
        Self {
            name: None,
            format,
            fields: vec![],
        }
    }
}

/// Events of socket.io's own.
fn is_of_protocol(name: &str) -> bool {
    matches!(
        name,
        "connect"
            | "disconnect"
            | "connect_error"
            | "reconnect"
            | "reconnect_attempt"
            | "reconnect_error"
            | "reconnect_failed"
            | "error"
    )
}

/// The call of this function of the platform, if that is all of it.
fn json<'v>(external: &'v External, function: &str) -> Option<&'v Site> {
    json_of(external, function).filter(|_| external.members.is_empty())
}

/// The call of this function of the platform that something is a member of.
fn json_of<'v>(external: &'v External, function: &str) -> Option<&'v Site> {
    match &external.origin {
        Origin::Result { callee, site } if callee.is_global(function) => Some(site),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
