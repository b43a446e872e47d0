//! One request as it is written: by what, to where, how.

use ecow::EcoString;

use super::address;
use crate::web::{
    syntax::tree::{Argument, Element, ExpressionKind as Kind, Tag},
    values::{Evaluator, External, Origin, Site, Text, UseKind, Value, Values},
};

/// A request, within the calls that led to it.
#[derive(Clone, Debug, Default)]
pub(super) struct Request {
    pub kind: EcoString,
    pub methods: Vec<EcoString>,
    pub addresses: Vec<Text>,
    pub written: EcoString,
    pub body: Values,
    pub headers: Values,
    /// Milliseconds between two calls, by an option of its own.
    pub interval: Option<u64>,
}

/// Clients whose members are the methods of HTTP.
const CLIENTS: [&str; 9] = [
    "axios",
    "ky",
    "got",
    "superagent",
    "ofetch",
    "redaxios",
    "wretch",
    "umi-request",
    "xior",
];

/// The request that a call, `new` expression or form makes, if it makes one.
pub(super) fn request(evaluator: &Evaluator<'_>, site: &Site) -> Option<Request> {
    let script = evaluator.project.script(site.module);
    let is_new = match script.kind(site.expression) {
        Kind::Call { .. } => false,
        Kind::New { .. } => true,
        Kind::Element(element) => return form(evaluator, site, element),
        _ => return None,
    };
    let reader = Reader {
        evaluator,
        site,
        arguments: evaluator.arguments_of(site),
    };
    evaluator.callees(site).iter().find_map(|callee| match callee {
        Value::External(callee) if is_new => reader.made(callee),
        Value::External(callee) => reader.called(callee),
        // What a framework hands over: `load({ fetch })` of SvelteKit.
        Value::Parameter(parameter) if parameter.members.last().is_some_and(|last| last == "fetch") => {
            reader.with_options("fetch", 0, 1)
        }
        _ => None,
    })
}

fn form(evaluator: &Evaluator<'_>, site: &Site, element: &Element) -> Option<Request> {
    if !matches!(&element.tag, Tag::Intrinsic(tag) if tag == "form") {
        return None;
    }
    let attributes = evaluator.properties(site);
    let attribute = |name: &str| attributes.iter().find(|(key, _)| key == name);
    let (_, action) = attribute("action")?;
    let addresses: Vec<Text> = evaluator.texts(action);
    let is_address = |text: &Text| {
        let text = text.display();
        text.starts_with('/') || text.starts_with("http")
    };
    if !addresses.iter().any(is_address) {
        return None;
    }
    let methods = attribute("method").and_then(|(_, method)| evaluator.texts(method).first()?.as_literal());
    Some(Request {
        kind: "form".into(),
        methods: vec![methods.map_or("GET".into(), |method| method.to_uppercase())],
        addresses,
        written: evaluator.project.script(action.module).written(action.expression),
        ..Request::default()
    })
}

struct Reader<'e, 'p> {
    evaluator: &'e Evaluator<'p>,
    site: &'e Site,
    arguments: Vec<Argument>,
}

impl Reader<'_, '_> {
    fn place(&self, index: usize) -> Option<Site> {
        let argument = self.arguments.get(index).filter(|argument| !argument.spread)?;
        Some(Site {
            expression: argument.value,
            ..self.site.clone()
        })
    }

    fn values(&self, index: usize) -> Values {
        self.place(index)
            .map(|place| self.evaluator.values_at(&place))
            .unwrap_or_default()
    }

    fn texts(&self, index: usize) -> Vec<Text> {
        self.place(index)
            .map(|place| self.evaluator.texts(&place))
            .unwrap_or_default()
    }

    fn written(&self, index: usize) -> EcoString {
        self.place(index)
            .map(|place| {
                self.evaluator
                    .project
                    .script(place.module)
                    .written(place.expression)
            })
            .unwrap_or_default()
    }

    /// `new WebSocket(address)` and the like.
    fn made(&self, class: &External) -> Option<Request> {
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
            "event-source-polyfill"
            | "eventsource"
            | "extended-eventsource"
            | "sse.js"
            | "reconnecting-eventsource" => self.fixed(package, "SSE", 0),
            _ => None,
        }
    }

    fn called(&self, callee: &External) -> Option<Request> {
        match &callee.origin {
            Origin::Global => self.global(&callee.path()),
            Origin::Library { package, .. } => {
                let path = callee.of_package(package)?;
                self.library(package, path.strip_prefix("default.").unwrap_or(&path))
            }
            Origin::Made { class, .. } if class.is_global("XMLHttpRequest") && callee.path() == "open" => {
                self.opened(callee)
            }
            Origin::Result { callee: maker, site } => self.of_instance(maker, site, &callee.members),
            _ => None,
        }
    }

    fn global(&self, path: &str) -> Option<Request> {
        match path {
            "fetch" => self.with_options("fetch", 0, 1),
            "navigator.sendBeacon" => {
                let mut request = self.fixed("sendBeacon", "POST", 0)?;
                request.body = self.values(1);
                Some(request)
            }
            "$fetch" | "useFetch" | "useLazyFetch" | "$fetch.raw" => self.with_options("ofetch", 0, 1),
            "io" | "io.connect" => self.socket_io(),
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

    fn library(&self, package: &str, path: &str) -> Option<Request> {
        match package {
            "node-fetch" | "cross-fetch" | "isomorphic-fetch" | "undici" | "whatwg-fetch" | "electron"
                if matches!(path, "default" | "fetch" | "net.fetch") =>
            {
                self.with_options("fetch", 0, 1)
            }
            "#imports" | "#app" | "nuxt/app" | "@vueuse/core" | "ofetch"
                if matches!(path, "$fetch" | "ofetch" | "useFetch" | "useLazyFetch") =>
            {
                self.with_options("ofetch", 0, 1)
            }
            "@microsoft/fetch-event-source" if path == "fetchEventSource" => self.with_options(package, 0, 1),
            "react-use-websocket" => self.fixed(package, "WS", 0),
            "@vueuse/core" if path == "useWebSocket" => self.fixed(package, "WS", 0),
            "@vueuse/core" if path == "useEventSource" => self.fixed(package, "SSE", 0),
            "socket.io-client" if matches!(path, "io" | "default" | "connect" | "io.connect") => {
                self.socket_io()
            }
            "jquery" => self.jquery(path),
            // Without a fetcher of its own it is that of the configuration.
            "swr" if matches!(path, "default" | "useSWR") && self.arguments.len() == 1 => {
                let request = self.fixed("swr", "GET", 0)?;
                request.addresses.iter().any(Text::has_literal).then_some(request)
            }
            _ if CLIENTS.contains(&package) => {
                let member = if matches!(path, "default" | "axios" | "ky" | "got") {
                    ""
                } else {
                    path
                };
                let member = member.strip_prefix(&format!("{package}.")).unwrap_or(member);
                self.client(package, member, &[])
            }
            _ => None,
        }
    }

    /// A method of what a client's function made: `axios.create(…).get`.
    fn of_instance(&self, maker: &External, made: &Site, members: &[EcoString]) -> Option<Request> {
        let (package, _) = match maker.package() {
            Some((package, path)) => (package.as_str(), path.as_str()),
            None if maker.origin == Origin::Global => {
                (maker.members.first().map_or("", EcoString::as_str), "")
            }
            None => return None,
        };
        let member = members.join(".");
        let options = self.options_of(made);
        match package {
            "openapi-fetch" => self.typed(&member, &options),
            "$fetch" => self.client("ofetch", &member, &options),
            _ if CLIENTS.contains(&package) => {
                let makes = maker.members.last().is_some_and(|last| {
                    matches!(last.as_str(), "create" | "extend" | "instance" | "defaults")
                });
                if !makes {
                    return None;
                }
                let mut request = self.client(package, &member, &options)?;
                self.set_later(made, &mut request);
                Some(request)
            }
            _ => None,
        }
    }

    fn options_of(&self, made: &Site) -> Values {
        let Some(first) = self.evaluator.arguments_of(made).first().copied() else {
            return vec![];
        };
        self.evaluator.values_at(&Site {
            expression: first.value,
            ..made.clone()
        })
    }

    /// `instance.defaults.baseURL = …`.
    fn set_later(&self, made: &Site, request: &mut Request) {
        for used in self.evaluator.uses(made.module, made.expression) {
            let UseKind::Write(value) = used.kind else {
                continue;
            };
            if used
                .members
                .iter()
                .map(EcoString::as_str)
                .eq(["defaults", "baseURL"])
            {
                let bases = self.evaluator.texts(&Site {
                    expression: value,
                    ..used.site.clone()
                });
                request.addresses = joined(&bases, &self.texts(0));
            }
        }
    }

    /// A client in the manner of axios: <https://axios-http.com/docs/api_intro>.
    fn client(&self, package: &str, member: &str, instance: &[Value]) -> Option<Request> {
        let mut bases = vec![];
        for name in ["baseURL", "prefixUrl", "prefix", "baseUrl"] {
            bases.extend(self.option_texts(instance, name));
        }
        let verb = member.trim_end_matches("Form");
        let mut request = match verb {
            "" | "request" | "stream" | "raw" => self.by_configuration(package)?,
            "get" | "delete" | "head" | "options" | "del" => self.by_verb(package, verb, None, 1)?,
            "post" | "put" | "patch" if package == "axios" || package == "redaxios" || package == "xior" => {
                self.by_verb(package, verb, Some(1), 2)?
            }
            "post" | "put" | "patch" => self.by_verb(package, verb, None, 1)?,
            _ => return None,
        };
        request.headers.extend(self.options(instance, "headers"));
        request.addresses = joined(&bases, &request.addresses);
        Some(request)
    }

    fn by_verb(&self, package: &str, verb: &str, body: Option<usize>, options: usize) -> Option<Request> {
        let verb = if verb == "del" { "delete" } else { verb };
        let mut request = self.fixed(package, &verb.to_uppercase(), 0)?;
        let options = self.values(options);
        request.headers = self.options(&options, "headers");
        request.body = match body {
            Some(body) => self.values(body),
            None => self.body(&options),
        };
        let bases = self.option_texts(&options, "baseURL");
        request.addresses = joined(&bases, &request.addresses);
        Some(request)
    }

    /// `client(address, options)` or `client({ url, method })`.
    fn by_configuration(&self, package: &str) -> Option<Request> {
        let first = self.values(0);
        let urls = self.option_texts(&first, "url");
        if urls.is_empty() {
            let is_object = |value: &Value| matches!(value, Value::Object(_));
            if first.iter().any(is_object) {
                return None;
            }
            return self.with_options(package, 0, 1);
        }
        let bases = self.option_texts(&first, "baseURL");
        Some(Request {
            kind: package.into(),
            methods: self.methods(&first, "GET"),
            addresses: joined(&bases, &urls),
            written: urls.first().map(|url| url.display().into()).unwrap_or_default(),
            body: self.body(&first),
            headers: self.options(&first, "headers"),
            interval: None,
        })
    }

    /// <https://openapi-ts.dev/openapi-fetch/api>
    fn typed(&self, member: &str, instance: &[Value]) -> Option<Request> {
        let methods = [
            "GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE",
        ];
        let method = methods.iter().find(|method| **method == member)?;
        let mut request = self.fixed("openapi-fetch", method, 0)?;
        let bases = self.option_texts(instance, "baseUrl");
        let addresses: Vec<Text> = request.addresses.iter().map(address::with_holes).collect();
        request.addresses = joined(&bases, &addresses);
        let options = self.values(1);
        request.body = self.body(&options);
        request.headers = self.options(&options, "headers");
        Some(request)
    }

    /// <https://api.jquery.com/category/ajax/>
    fn jquery(&self, member: &str) -> Option<Request> {
        let member = member.strip_prefix("default.").unwrap_or(member);
        match member {
            "ajax" => {
                let first = self.values(0);
                let urls = self.option_texts(&first, "url");
                if urls.is_empty() {
                    return self.with_options("jquery", 0, 1);
                }
                let methods = match self.methods(&first, "") {
                    methods if methods.iter().any(|method| !method.is_empty()) => methods,
                    _ => self.named_methods(&first, "type", "GET"),
                };
                Some(Request {
                    kind: "jquery".into(),
                    methods,
                    written: urls.first().map(|url| url.display().into()).unwrap_or_default(),
                    addresses: urls,
                    body: self.options(&first, "data"),
                    headers: self.options(&first, "headers"),
                    interval: None,
                })
            }
            "get" | "getJSON" => self.fixed("jquery", "GET", 0),
            "post" => {
                let mut request = self.fixed("jquery", "POST", 0)?;
                request.body = self.values(1);
                Some(request)
            }
            _ => None,
        }
    }

    /// <https://socket.io/docs/v4/client-options/>: the path is an option, the address names host and namespace.
    fn socket_io(&self) -> Option<Request> {
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
    fn opened(&self, callee: &External) -> Option<Request> {
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

    fn fixed(&self, kind: &str, method: &str, address: usize) -> Option<Request> {
        self.place(address)?;
        let addresses = self.texts(address);
        // A request object is a call where it is made.
        let is_request = |value: &Value| match value {
            Value::External(External {
                origin: Origin::Made { class, .. },
                members,
            }) => members.is_empty() && class.is_global("Request"),
            _ => false,
        };
        if self.values(address).iter().any(is_request) {
            return None;
        }
        Some(Request {
            kind: kind.into(),
            methods: vec![method.into()],
            addresses,
            written: self.written(address),
            ..Request::default()
        })
    }

    /// `fetch(address, { method, headers, body })`.
    fn with_options(&self, kind: &str, address: usize, options: usize) -> Option<Request> {
        let mut request = self.fixed(kind, "GET", address)?;
        let options = self.values(options);
        request.methods = self.methods(&options, "GET");
        request.body = self.body(&options);
        request.headers = self.options(&options, "headers");
        let bases = self.option_texts(&options, "baseURL");
        request.addresses = joined(&bases, &request.addresses);
        Some(request)
    }

    fn options(&self, options: &[Value], name: &str) -> Values {
        options
            .iter()
            .flat_map(|value| self.evaluator.member(value, name))
            .collect()
    }

    fn option_texts(&self, options: &[Value], name: &str) -> Vec<Text> {
        let mut texts = vec![];
        for value in self.options(options, name) {
            match value {
                Value::Text(text) => texts.push(text),
                Value::Undefined | Value::Null => {}
                value => texts.push(Text::hole(name.into(), value)),
            }
        }
        texts
    }

    fn body(&self, options: &[Value]) -> Values {
        ["body", "json", "data", "form"]
            .iter()
            .flat_map(|name| self.options(options, name))
            .filter(|value| !matches!(value, Value::Boolean(_) | Value::Undefined))
            .collect()
    }

    fn methods(&self, options: &[Value], default: &str) -> Vec<EcoString> {
        self.named_methods(options, "method", default)
    }

    fn named_methods(&self, options: &[Value], name: &str, default: &str) -> Vec<EcoString> {
        let mut methods: Vec<EcoString> = vec![];
        for value in self.options(options, name) {
            let method = match value {
                Value::Undefined | Value::Null => default.into(),
                value => value
                    .as_literal()
                    .map_or("?".into(), |method| method.to_uppercase()),
            };
            if !methods.contains(&method) {
                methods.push(method);
            }
        }
        if methods.len() > 1 {
            methods.retain(|method| method != "?");
        }
        if methods.is_empty() {
            methods.push(default.into());
        }
        methods
    }
}

fn joined(bases: &[Text], addresses: &[Text]) -> Vec<Text> {
    if bases.is_empty() {
        return addresses.to_vec();
    }
    let bases = address::best(bases.to_vec());
    bases
        .iter()
        .flat_map(|base| addresses.iter().map(|address| address::join(base, address)))
        .collect()
}
