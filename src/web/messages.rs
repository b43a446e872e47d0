//! Messages that a frontend sends and handles over WebSockets.

mod handled;
mod sent;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{
    interaction::{Trigger, Update},
    project::ModuleId,
    syntax::tree::{ExpressionId, FunctionId},
    values::{Evaluator, External, Origin, Site},
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

/// Packages whose objects are used like a `WebSocket`.
const SOCKET_PACKAGES: [&str; 6] = [
    "reconnecting-websocket",
    "partysocket",
    "isomorphic-ws",
    "ws",
    "robust-websocket",
    "websocket-ts",
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
    /// Whether it is an event of Socket.IO.
    pub is_event: bool,
    /// What leads to its being sent by the frontend.
    pub triggers: Vec<Trigger>,
    /// What is changed where it is handled.
    pub updates: Vec<Update>,
    /// Calls of servers that it leads to where it is handled, by place.
    pub requests: Vec<Location>,
}

type Socket = (ModuleId, ExpressionId);
/// Parameters that are given a message, with the sockets that it came from.
type Parameters = BTreeMap<(ModuleId, FunctionId, u32), BTreeSet<Socket>>;

/// Everything that is sent and handled, by file and line.
#[must_use]
pub fn messages(evaluator: &Evaluator<'_>) -> Vec<SocketMessage> {
    let mut reader = Reader {
        evaluator,
        parameters: Parameters::new(),
        found: vec![],
    };
    if !reader.has_sockets() {
        return vec![];
    }
    reader.sends();
    reader.handlers();
    reader.spread();
    reader.comparisons();
    let mut found = reader.found;
    found.sort();
    found.dedup();
    found
}

struct Reader<'e, 'p> {
    evaluator: &'e Evaluator<'p>,
    parameters: Parameters,
    found: Vec<SocketMessage>,
}

impl Reader<'_, '_> {
    fn has_sockets(&self) -> bool {
        let project = self.evaluator.project;
        project.module_ids().any(|module| {
            let text = &project.script(module).text;
            text.contains("WebSocket") || text.contains("socket.io") || text.contains("partysocket")
        })
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
            socket: self.location(socket.0, socket.1),
            is_sent,
            name: shape.name,
            format: shape.format.to_owned(),
            fields: shape.fields,
            is_event: shape.is_event,
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
    is_event: bool,
}

impl Shape {
    fn typed(name: String, fields: Vec<String>) -> Self {
        Self {
            name: Some(name),
            format: "JSON",
            fields,
            is_event: false,
        }
    }

    fn event(name: String, fields: Vec<String>) -> Self {
        Self {
            is_event: true,
            ..Self::typed(name, fields)
        }
    }

    fn of(format: &'static str) -> Self {
        Self {
            name: None,
            format,
            fields: vec![],
            is_event: false,
        }
    }
}

/// Events of socket.io's own.
fn is_of_protocol(name: &str) -> bool {
    matches!(
        name,
        "connect" | "disconnect" | "connect_error" | "reconnect" | "reconnect_attempt" | "error"
    )
}

/// The socket that something is a member of, and whether it is one of socket.io.
fn socket(external: &External) -> Option<(Socket, bool)> {
    let (class, site) = match &external.origin {
        Origin::Made { class, site } => (class, site),
        Origin::Result { callee, site } => (callee, site),
        _ => return None,
    };
    let place = (site.module, site.expression);
    if class.is_global("io")
        || class
            .package()
            .is_some_and(|(package, _)| package == "socket.io-client")
    {
        return Some((place, true));
    }
    let is_socket = class.is_global("WebSocket")
        || matches!(external.origin, Origin::Made { .. })
            && class
                .package()
                .is_some_and(|(package, _)| SOCKET_PACKAGES.contains(&package.as_str()));
    is_socket.then_some((place, false))
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
