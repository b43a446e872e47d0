//! What is handled: the functions that are given messages, and what they compare the types of these with.

use std::collections::BTreeSet;

use ecow::EcoString;

use super::{
    MAX_DEPTH, Reader, Shape, Socket, TYPE_KEYS, Transport, is_of_protocol, json_of,
    socket::{is_last_message, may_open_with_options, opens_with_options, socket},
};
use crate::web::{
    project::ModuleId,
    syntax::tree::{BlockKind, ExpressionKind as Kind},
    values::{External, Origin, Site, UseKind, Value},
};

/// Methods that take an event and what answers to it.
const LISTENERS: [&str; 4] = ["addEventListener", "on", "once", "addListener"];

impl Reader<'_, '_> {
    /// `socket.onmessage = …`, `socket.addEventListener('message', …)`, `socket.on('x', …)`.
    pub(super) fn handlers(&mut self) {
        let project = self.evaluator.project;
        let with_options: BTreeSet<ModuleId> = project
            .module_ids()
            .filter(|module| may_open_with_options(&project.script(*module).text))
            .collect();
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
                        if let Some((socket, [])) = self.owner(&value)
                            && socket.transport != Transport::SocketIo
                        {
                            self.handler(&handler, socket, 0);
                        }
                    }
                }
                Kind::Call { callee, .. } => {
                    let is_listener = matches!(script.kind(*callee), Kind::Member { property, .. }
                        if LISTENERS.contains(&property.as_str()));
                    if is_listener {
                        self.listener(&site);
                    } else if with_options.contains(&site.module) {
                        self.options(&site);
                    }
                }
                _ => {}
            }
        }
    }

    /// `socket.on('x', …)`.
    fn listener(&mut self, site: &Site) {
        let callees = self.evaluator.callees(site);
        let sockets: BTreeSet<Socket> = callees
            .iter()
            .filter_map(|value| match self.owner(value)? {
                (socket, [_]) => Some(socket),
                _ => None,
            })
            .collect();
        let Some(handler) = self.argument(site, 1).filter(|_| !sockets.is_empty()) else {
            return;
        };
        for socket in sockets {
            for (site, name) in &self.named(site) {
                match (socket.transport, name.as_str()) {
                    (Transport::SocketIo, name) if !is_of_protocol(name) => {
                        self.note(site, socket, false, Shape::typed(name.to_owned(), vec![]));
                    }
                    (Transport::SocketIo, _) => {}
                    (_, "message") | (Transport::DataChannel, "data") => self.handler(&handler, socket, 0),
                    // Every other name is one of an event of the server.
                    (Transport::ServerSentEvents, name) if !matches!(name, "open" | "error") => {
                        self.note(site, socket, false, Shape::typed(name.to_owned(), vec![]));
                    }
                    _ => {}
                }
            }
        }
    }

    /// `fetchEventSource(address, { onmessage(event) {} })`, `useWebSocket(address, { onMessage: … })`.
    fn options(&mut self, site: &Site) {
        let callees = self.evaluator.callees(site);
        let opened = callees.iter().find_map(|callee| match callee {
            Value::External(callee) => self.opened(site, callee),
            _ => None,
        });
        let Some((socket, parameter)) = opened else { return };
        let options: Vec<Value> = [0, 1, 2]
            .into_iter()
            .filter_map(|index| self.argument(site, index))
            .flat_map(|options| self.evaluator.values_at(&options))
            .collect();
        for options in options {
            let Value::Object(options) = options else { continue };
            for (name, handler) in self.evaluator.properties(&options) {
                if matches!(name.as_str(), "onmessage" | "onMessage") {
                    self.handler(&handler, socket, parameter);
                }
            }
        }
    }

    /// The socket that a call opens or listens to, and which parameter of its handlers is the message.
    fn opened(&self, site: &Site, callee: &External) -> Option<(Socket, u32)> {
        if let Some(transport) = opens_with_options(callee) {
            // VueUse gives the socket first and the message behind it.
            let parameter = u32::from(callee.of_package("@vueuse/core").is_some());
            return Some((Socket::at(site, transport), parameter));
        }
        // `source.listen({ onMessage: … })` of event-source-plus.
        let is_listen = callee.members.last().is_some_and(|member| member == "listen");
        socket(callee)
            .filter(|socket| is_listen && socket.transport == Transport::ServerSentEvents)
            .map(|socket| (socket, 0))
    }

    /// A function that is given each message.
    fn handler(&mut self, handler: &Site, socket: Socket, parameter: u32) {
        let values = self.evaluator.values_at(handler);
        let is_none = |value: &Value| matches!(value, Value::Null | Value::Undefined);
        // `socket.onmessage = null` takes the handler away.
        if !values.is_empty() && values.iter().all(is_none) {
            return;
        }
        for value in self.evaluator.values_at(handler) {
            if let Value::Function(closure) = value {
                let key = (closure.module, closure.function, parameter);
                self.parameters.entry(key).or_default().insert(socket);
            }
        }
        let is_binary = self
            .evaluator
            .uses(socket.module, socket.expression)
            .iter()
            .any(|found| {
                matches!(found.kind, UseKind::Write(_))
                    && found.members.last().is_some_and(|m| m == "binaryType")
            });
        let format = if is_binary { "binary" } else { "any" };
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
                Origin::Result { .. } if is_last_message(external) => socket(external).into_iter().collect(),
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
                } => {
                    let names = self.names(&self.argument(site, 0));
                    let is_message = |name: &String| matches!(name.as_str(), "message" | "data");
                    let found = socket(callee).filter(|socket| socket.transport != Transport::SocketIo);
                    found
                        .filter(|_| names.iter().any(is_message))
                        .into_iter()
                        .collect()
                }
                _ => none,
            },
            _ => none,
        }
    }

    /// Functions that messages are handed to.
    pub(super) fn spread(&mut self) {
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
    pub(super) fn comparisons(&mut self) {
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
        let is_type = |members: &[EcoString]| {
            // Of a message within a message it is that one's type.
            members
                .last()
                .is_some_and(|last| TYPE_KEYS.contains(&last.as_str()))
                && matches!(members, [_] | [_, _])
                && members.first().is_some_and(|first| {
                    members.len() == 1 || matches!(first.as_str(), "data" | "lastJsonMessage")
                })
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
