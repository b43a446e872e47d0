//! What the platform offers: `fetch`, sockets, `XMLHttpRequest`.

use ecow::EcoString;

use super::{Reader, Request, joined};
use crate::web::values::{External, Origin, Site, Text, Value, Values};

impl Reader<'_, '_> {
    /// `new WebSocket(address)` and the like.
    pub(super) fn made(&self, class: &External) -> Option<Request> {
        if class.origin == Origin::Global {
            return match class.path().as_str() {
                "WebSocket" => self.fixed("websocket", "WS", 0),
                "EventSource" => self.fixed("eventsource", "SSE", 0),
                "Request" => self.with_options("fetch", 0, 1),
                _ => None,
            };
        }
        let (package, _) = class.package()?;
        match package.as_str() {
            "ws"
            | "isomorphic-ws"
            | "reconnecting-websocket"
            | "partysocket"
            | "robust-websocket"
            | "websocket-ts" => self.fixed(package, "WS", 0),
            "event-source-plus"
            | "event-source-polyfill"
            | "eventsource"
            | "extended-eventsource"
            | "sse.js"
            | "reconnecting-eventsource" => self.fixed(package, "SSE", 0),
            _ => None,
        }
    }

    pub(super) fn global(&self, path: &str) -> Option<Request> {
        match path {
            "fetch" => self.with_options("fetch", 0, 1),
            "navigator.sendBeacon" => {
                let mut request = self.fixed("sendBeacon", "POST", 0)?;
                request.body = self.values(1);
                Some(request)
            }
            "$fetch" | "useFetch" | "useLazyFetch" | "$fetch.raw" => self.with_options("ofetch", 0, 1),
            "io" | "io.connect" => self.socket_io(),
            "location.assign" | "location.replace" | "open" => self.navigated(),
            _ => {
                let (head, member) = path.split_once('.').unwrap_or((path, ""));
                match head {
                    "axios" | "ky" => self.client(head, member, &[]),
                    "$" | "jQuery" => self.jquery(member),
                    _ => None,
                }
            }
        }
    }

    /// <https://socket.io/docs/v4/client-options/>: the path is an option, the address names host and namespace.
    pub(super) fn socket_io(&self) -> Option<Request> {
        let path = |options: &Values| self.option_texts(options, "path");
        let first = self.values(0);
        let mut paths = path(&self.values(1));
        paths.extend(path(&first));
        if paths.is_empty() {
            paths.push(Text::literal("/socket.io/"));
        }
        let hosts: Vec<Text> = match first.iter().any(|value| matches!(value, Value::Object(_))) {
            true => vec![],
            false => self.texts(0),
        };
        let is_host = |text: &&Text| !text.display().starts_with('/');
        let hosts: Vec<Text> = hosts.iter().filter(is_host).cloned().collect();
        Some(Request {
            kind: "socket.io".into(),
            methods: vec!["WS".into()],
            addresses: joined(&hosts, &paths),
            written: self.written(0),
            ..Request::default()
        })
    }

    /// `xhr.open(method, address)`; headers and body come later.
    pub(super) fn opened(&self, callee: &External) -> Option<Request> {
        let mut request = self.fixed("xhr", "?", 1)?;
        let methods: Vec<EcoString> = self
            .texts(0)
            .iter()
            .map(|method| {
                method
                    .as_literal()
                    .map_or("?".into(), |method| method.to_uppercase())
            })
            .collect();
        request.methods = methods;
        if let Some(made) = callee.site() {
            for used in self.evaluator.uses(made.module, made.expression) {
                if used.members.last().is_some_and(|last| last == "send")
                    && let Some(argument) = self.evaluator.arguments_of(&used.site).first()
                {
                    request.body = self.evaluator.values_at(&Site {
                        expression: argument.value,
                        ..used.site.clone()
                    });
                }
            }
        }
        Some(request)
    }
}
