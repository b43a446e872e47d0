//! Messages that a frontend sends and handles over WebSockets.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{
    interaction::{Trigger, Update},
    project::ModuleId,
    syntax::tree::{BlockKind, ExpressionId, ExpressionKind as Kind, FunctionId},
    values::{Evaluator, External, Origin, ParameterValue, Site, UseKind, Value},
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

    /// `socket.send(…)` and `socket.emit('x', …)`.
    fn sends(&mut self) {
        for site in self.sites() {
            let script = self.evaluator.project.script(site.module);
            let Kind::Call { callee, .. } = script.kind(site.expression) else {
                continue;
            };
            let Kind::Member { property, .. } = script.kind(*callee) else {
                continue;
            };
            if !matches!(property.as_str(), "send" | "emit") {
                continue;
            }
            for callee in self.evaluator.callees(&site) {
                let Value::External(callee) = callee else { continue };
                let Some((socket, is_io)) = socket(&callee) else {
                    continue;
                };
                match (is_io, callee.members.last().map(|member| member.as_str())) {
                    (false, Some("send")) => {
                        if let Some(argument) = self.argument(&site, 0) {
                            self.sent(&site, &argument, socket, 0);
                        }
                    }
                    (true, Some("emit")) => {
                        let fields = self
                            .argument(&site, 1)
                            .map(|argument| self.fields(&argument))
                            .unwrap_or_default();
                        for name in self.names(&self.argument(&site, 0)) {
                            self.note(&site, socket, true, Shape::typed(name, fields.clone()));
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    fn names(&self, site: &Option<Site>) -> Vec<String> {
        let values = site
            .as_ref()
            .map(|site| self.evaluator.values_at(site))
            .unwrap_or_default();
        values
            .iter()
            .filter_map(Value::as_literal)
            .map(|name| name.to_string())
            .collect()
    }

    fn fields(&self, site: &Site) -> Vec<String> {
        let values = self.evaluator.values_at(site);
        let object = values.iter().find_map(|value| match value {
            Value::Object(site) => Some(self.evaluator.properties(site)),
            _ => None,
        });
        object
            .unwrap_or_default()
            .into_iter()
            .map(|(name, _)| name.to_string())
            .collect()
    }

    /// A value that is sent at a place; a parameter is what the callers give.
    fn sent(&mut self, place: &Site, value: &Site, socket: Socket, depth: u32) {
        if depth > MAX_DEPTH {
            return;
        }
        for found in self.evaluator.values_at(value) {
            match found {
                Value::Text(_) => self.note(place, socket, true, Shape::of("text")),
                Value::Object(object) => self.sent_object(place, &object, socket, depth),
                Value::External(external) => match json(&external, "JSON.stringify") {
                    Some(call) => match self.argument(call, 0) {
                        Some(inner) => self.sent(place, &inner, socket, depth + 1),
                        None => self.note(place, socket, true, Shape::of("untyped JSON")),
                    },
                    None => self.note(place, socket, true, Shape::of("text or binary")),
                },
                Value::Parameter(parameter) => {
                    for (call, argument) in self.arguments_for(&parameter) {
                        self.sent(&call, &argument, socket, depth + 1);
                    }
                }
                _ => {}
            }
        }
    }

    fn sent_object(&mut self, place: &Site, object: &Site, socket: Socket, depth: u32) {
        let properties = self.evaluator.properties(object);
        let key = TYPE_KEYS
            .iter()
            .find(|key| properties.iter().any(|(name, _)| name == *key));
        let fields = |key: &str| -> Vec<String> {
            let names = properties.iter().map(|(name, _)| name.to_string());
            names.filter(|name| name != key).collect()
        };
        let Some(key) = key else {
            let shape = Shape {
                fields: fields(""),
                ..Shape::of("untyped JSON")
            };
            self.note(place, socket, true, shape);
            return;
        };
        let Some((_, site)) = properties.iter().find(|(name, _)| name == key) else {
            return;
        };
        for value in self.evaluator.values_at(site) {
            match &value {
                Value::Parameter(parameter) if depth < MAX_DEPTH => {
                    for (call, argument) in self.arguments_for(parameter) {
                        for name in self.names(&Some(argument)) {
                            self.note(&call, socket, true, Shape::typed(name, fields(key)));
                        }
                    }
                }
                value => match value.as_literal() {
                    Some(name) => self.note(place, socket, true, Shape::typed(name.to_string(), fields(key))),
                    None => self.note(place, socket, true, Shape::of("untyped JSON")),
                },
            }
        }
    }

    /// What callers give to a parameter: the call and the argument.
    fn arguments_for(&self, parameter: &ParameterValue) -> Vec<(Site, Site)> {
        if !parameter.members.is_empty() {
            return vec![];
        }
        self.evaluator
            .callers(parameter.module, parameter.function)
            .iter()
            .filter_map(|caller| {
                let argument = self.argument(&caller.site, parameter.index as usize)?;
                Some((caller.site.clone(), argument))
            })
            .collect()
    }

    /// `socket.onmessage = …`, `socket.addEventListener('message', …)`, `socket.on('x', …)`.
    fn handlers(&mut self) {
        for site in self.sites() {
            let script = self.evaluator.project.script(site.module);
            match script.kind(site.expression) {
                Kind::Assign {
                    target: Some(target),
                    value,
                    ..
                } => {
                    let Kind::Member { object, property, .. } = script.kind(*target) else {
                        continue;
                    };
                    if property != "onmessage" {
                        continue;
                    }
                    let handler = Site {
                        expression: *value,
                        ..site.clone()
                    };
                    for value in self.evaluator.values(site.module, *object) {
                        if let Value::External(external) = value
                            && let Some((socket, false)) = socket(&external)
                        {
                            self.handler(&handler, socket, None);
                        }
                    }
                }
                Kind::Call { callee, .. } => {
                    let Kind::Member { property, .. } = script.kind(*callee) else {
                        continue;
                    };
                    if !matches!(
                        property.as_str(),
                        "addEventListener" | "on" | "once" | "addListener"
                    ) {
                        continue;
                    }
                    let callees = self.evaluator.callees(&site);
                    let sockets: Vec<(Socket, bool)> = callees
                        .iter()
                        .filter_map(|value| match value {
                            Value::External(external) => socket(external),
                            _ => None,
                        })
                        .collect();
                    let Some(handler) = self.argument(&site, 1).filter(|_| !sockets.is_empty()) else {
                        continue;
                    };
                    for (socket, is_io) in sockets {
                        for name in self.names(&self.argument(&site, 0)) {
                            if is_io && !is_of_protocol(&name) {
                                self.note(&site, socket, false, Shape::typed(name, vec![]));
                            } else if !is_io && name == "message" {
                                self.handler(&handler, socket, None);
                            }
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// A function that is given each message.
    fn handler(&mut self, handler: &Site, socket: Socket, format: Option<&'static str>) {
        for value in self.evaluator.values_at(handler) {
            if let Value::Function(closure) = value {
                let key = (closure.module, closure.function, 0);
                self.parameters.entry(key).or_default().insert(socket);
            }
        }
        let is_binary = self.evaluator.uses(socket.0, socket.1).iter().any(|found| {
            matches!(found.kind, UseKind::Write(_)) && found.members.last().is_some_and(|m| m == "binaryType")
        });
        let format = format.unwrap_or(if is_binary { "binary" } else { "any" });
        self.note(handler, socket, false, Shape::of(format));
    }

    /// The sockets that a value is a message of.
    fn sockets_of(&self, value: &Value, depth: u32) -> BTreeSet<Socket> {
        let none = BTreeSet::new();
        if depth > MAX_DEPTH {
            return none;
        }
        match value {
            Value::Parameter(parameter) => {
                let key = (parameter.module, parameter.function, parameter.index);
                self.parameters.get(&key).cloned().unwrap_or_default()
            }
            Value::External(external) => match &external.origin {
                Origin::Result { .. } => {
                    match json_of(external, "JSON.parse").and_then(|call| self.argument(call, 0)) {
                        Some(argument) => {
                            let values = self.evaluator.values_at(&argument);
                            values
                                .iter()
                                .flat_map(|value| self.sockets_of(value, depth + 1))
                                .collect()
                        }
                        None => none,
                    }
                }
                Origin::Given {
                    callee,
                    site,
                    parameter: 0,
                    ..
                } => match socket(callee) {
                    Some((socket, false))
                        if self
                            .names(&self.argument(site, 0))
                            .contains(&"message".to_owned()) =>
                    {
                        BTreeSet::from([socket])
                    }
                    _ => none,
                },
                _ => none,
            },
            _ => none,
        }
    }

    /// Functions that messages are handed to.
    fn spread(&mut self) {
        for _ in 0..MAX_DEPTH {
            let before = self.parameters.clone();
            for site in self.sites() {
                let script = self.evaluator.project.script(site.module);
                if matches!(script.kind(site.expression), Kind::Call { .. }) {
                    self.handed(&site);
                }
            }
            if self.parameters == before {
                return;
            }
        }
    }

    fn handed(&mut self, site: &Site) {
        for (index, argument) in self.evaluator.arguments_of(site).iter().enumerate() {
            let values = self.evaluator.values(site.module, argument.value);
            let sockets: BTreeSet<Socket> = values
                .iter()
                .flat_map(|value| self.sockets_of(value, 0))
                .collect();
            if sockets.is_empty() {
                continue;
            }
            let mut targets = self.evaluator.callees(site);
            // A listener that was handed over earlier.
            let listeners: Vec<Value> = targets
                .iter()
                .filter_map(|value| match value {
                    Value::Parameter(parameter) => Some(self.arguments_for(parameter)),
                    _ => None,
                })
                .flatten()
                .flat_map(|(_, argument)| self.evaluator.values_at(&argument))
                .collect();
            targets.extend(listeners);
            for target in targets {
                if let Value::Function(closure) = target {
                    let key = (closure.module, closure.function, index as u32);
                    self.parameters
                        .entry(key)
                        .or_default()
                        .extend(sockets.iter().copied());
                }
            }
        }
    }

    /// `message.type === 'x'`, `case 'x':`, `handlers[message.type]`.
    fn comparisons(&mut self) {
        for site in self.sites() {
            let script = self.evaluator.project.script(site.module);
            let at = |expression| Site {
                expression,
                ..site.clone()
            };
            match script.kind(site.expression) {
                Kind::Binary {
                    operator,
                    left,
                    right,
                } if matches!(*operator, "===" | "==" | "!==" | "!=") => {
                    for (one, other) in [(*left, *right), (*right, *left)] {
                        let sockets = self.type_of(&at(one));
                        if sockets.is_empty() {
                            continue;
                        }
                        for name in self.names(&Some(at(other))) {
                            self.note_all(&site, &sockets, &name);
                        }
                    }
                }
                Kind::Index { object, index } => {
                    let sockets = self.type_of(&at(*index));
                    if sockets.is_empty() {
                        continue;
                    }
                    for value in self.evaluator.values_at(&at(*object)) {
                        if let Value::Object(table) = value {
                            for (name, handler) in self.evaluator.properties(&table) {
                                self.note_all(&handler, &sockets, &name);
                            }
                        }
                    }
                }
                _ => {}
            }
        }
        let project = self.evaluator.project;
        for module in project.module_ids() {
            for block in &project.script(module).blocks {
                let BlockKind::Case {
                    subject,
                    test: Some(test),
                } = block.kind
                else {
                    continue;
                };
                let at = |expression| Site::alone(module, expression);
                let sockets = self.type_of(&at(subject));
                if sockets.is_empty() {
                    continue;
                }
                for name in self.names(&Some(at(test))) {
                    self.note_all(&at(test), &sockets, &name);
                }
            }
        }
    }

    fn note_all(&mut self, site: &Site, sockets: &BTreeSet<Socket>, name: &str) {
        for socket in sockets {
            self.note(site, *socket, false, Shape::typed(name.to_owned(), vec![]));
        }
    }

    /// The sockets whose messages' type an expression is.
    fn type_of(&self, site: &Site) -> BTreeSet<Socket> {
        let script = self.evaluator.project.script(site.module);
        if !matches!(
            script.kind(site.expression),
            Kind::Member { .. } | Kind::Local(_) | Kind::Index { .. }
        ) {
            return BTreeSet::new();
        }
        let is_type = |members: &[ecow::EcoString]| {
            // Of a message within a message it is that one's type.
            members
                .last()
                .is_some_and(|last| TYPE_KEYS.contains(&last.as_str()))
                && matches!(members, [_] | [_, _])
                && members
                    .first()
                    .is_some_and(|first| members.len() == 1 || first == "data")
        };
        let values = self.evaluator.values_at(site);
        let typed = values.iter().filter(|value| match value {
            Value::External(external) => is_type(&external.members),
            Value::Parameter(parameter) => is_type(&parameter.members),
            _ => false,
        });
        typed.flat_map(|value| self.sockets_of(value, 0)).collect()
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
