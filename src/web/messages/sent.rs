//! What is sent, and what it looks like.

use super::{MAX_DEPTH, Reader, Shape, Socket, TYPE_KEYS, Transport, json};
use crate::web::{
    syntax::tree::ExpressionKind as Kind,
    values::{ParameterValue, Site, Value},
};

/// Methods that send.
const SENDS: [&str; 4] = ["send", "emit", "sendMessage", "sendJsonMessage"];

impl Reader<'_, '_> {
    /// `socket.send(…)` and `socket.emit('x', …)`.
    pub(super) fn sends(&mut self) {
        for site in self.sites() {
            let script = self.evaluator.project.script(site.module);
            let Kind::Call { callee, .. } = script.kind(site.expression) else {
                continue;
            };
            let is_send = match script.kind(*callee) {
                Kind::Member { property, .. } => SENDS.contains(&property.as_str()),
                // What a hook gives is taken apart.
                Kind::Local(name) => {
                    let name = script.name(*name);
                    name.definitions
                        .iter()
                        .any(|definition| !definition.path.is_empty())
                        && name.text.to_lowercase().contains("send")
                }
                _ => false,
            };
            if is_send {
                self.send(&site);
            }
        }
    }

    fn send(&mut self, site: &Site) {
        for callee in self.evaluator.callees(site) {
            let Some((socket, [method])) = self.owner(&callee) else {
                continue;
            };
            match (socket.transport, method.as_str()) {
                (Transport::SocketIo, "emit") => {
                    let fields = self
                        .argument(site, 1)
                        .map(|argument| self.fields(&argument))
                        .unwrap_or_default();
                    for (site, name) in self.named(site) {
                        self.note(&site, socket, true, Shape::typed(name, fields.clone()));
                    }
                }
                (
                    Transport::WebSocket | Transport::DataChannel,
                    "send" | "sendMessage" | "sendJsonMessage",
                ) => {
                    if let Some(argument) = self.argument(site, 0) {
                        self.sent(site, &argument, socket, 0);
                    }
                }
                _ => {}
            }
        }
    }

    /// The events that a call names, and where: a parameter is what the callers give.
    pub(super) fn named(&self, site: &Site) -> Vec<(Site, String)> {
        let Some(argument) = self.argument(site, 0) else {
            return vec![];
        };
        let mut found = vec![];
        for value in self.evaluator.values_at(&argument) {
            match &value {
                Value::Parameter(parameter) => {
                    for (call, argument) in self.arguments_for(parameter) {
                        let names = self.names(&Some(argument));
                        found.extend(names.into_iter().map(|name| (call.clone(), name)));
                    }
                }
                value => found.extend(value.as_literal().map(|name| (site.clone(), name.to_string()))),
            }
        }
        found
    }

    pub(super) fn names(&self, site: &Option<Site>) -> Vec<String> {
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
    pub(super) fn arguments_for(&self, parameter: &ParameterValue) -> Vec<(Site, Site)> {
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
}
