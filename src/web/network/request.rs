//! One request as it is written: by what, to where, how.

mod chain;
mod client;
mod element;
mod endpoints;
mod interceptor;
mod jquery;
mod library;
mod navigation;
mod platform;

use ecow::EcoString;

use super::address;
use crate::web::{
    syntax::tree::{Argument, ExpressionKind as Kind},
    values::{Evaluator, External, Origin, Site, Text, TextPart, Value, Values},
};

pub(super) use endpoints::described;

/// A request, within the calls that led to it.
#[derive(Clone, Debug, Default)]
pub(super) struct Request {
    pub kind: EcoString,
    pub methods: Vec<EcoString>,
    pub addresses: Vec<Text>,
    pub written: EcoString,
    pub body: Values,
    pub headers: Values,
    /// Names of headers that an interceptor or a step of a chain sets.
    pub header_names: Vec<EcoString>,
    /// Milliseconds between two calls, by an option of its own.
    pub interval: Option<u64>,
    /// Whether what is given to those who ask is made from the response and not the response itself.
    pub is_transformed: bool,
    /// Whether it may lead to a page or a file as well as to an endpoint.
    pub is_link: bool,
    /// Whether a script sends the browser there.
    pub is_navigation: bool,
}

/// Clients whose members are the methods of HTTP.
const CLIENTS: [&str; 8] = [
    "axios",
    "ky",
    "got",
    "superagent",
    "ofetch",
    "redaxios",
    "umi-request",
    "xior",
];

/// The request that a call, `new` expression, assignment or element makes, if it makes one.
pub(super) fn request(evaluator: &Evaluator<'_>, site: &Site) -> Option<Request> {
    let script = evaluator.project.script(site.module);
    let is_new = match script.kind(site.expression) {
        Kind::Call { .. } => false,
        Kind::New { .. } => true,
        Kind::Element(element) => return element::request(evaluator, site, element),
        Kind::Assign {
            operator: "=",
            target: Some(target),
            value,
        } => return navigation::assigned(evaluator, site, *target, *value),
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
            Origin::Result { callee: maker, site } => self
                .chained(callee)
                .or_else(|| self.of_instance(maker, site, &callee.members)),
            _ => None,
        }
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
        // The platform's own function has no such option.
        if kind != "fetch" {
            request.addresses = joined(&self.bases(&options), &request.addresses);
        }
        Some(request)
    }

    /// What the options say to stand in front of the address; what they are not said to hold is none.
    fn bases(&self, options: &[Value]) -> Vec<Text> {
        let bases = ["baseURL", "baseUrl"].iter();
        let bases = bases.flat_map(|name| self.option_texts(options, name));
        let is_said = |text: &Text| !matches!(text.parts.as_slice(), [TextPart::Hole { value, .. }] if matches!(value.as_ref(), Value::Parameter(_)));
        bases.filter(is_said).collect()
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

/// Addresses behind bases, of which the best known count.
pub(super) fn joined(bases: &[Text], addresses: &[Text]) -> Vec<Text> {
    if bases.is_empty() {
        return addresses.to_vec();
    }
    let bases = address::best(bases.to_vec());
    bases
        .iter()
        .flat_map(|base| addresses.iter().map(|address| address::join(base, address)))
        .collect()
}
