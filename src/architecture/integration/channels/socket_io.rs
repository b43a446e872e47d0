//! Events of python-socketio: handlers and what is emitted (<https://python-socketio.readthedocs.io/en/stable/server.html>).

use std::collections::BTreeSet;

use super::{
    code::{Code, Function, text},
    walk,
};
use crate::{
    architecture::model::MessagePlace,
    python::syntax::ast::{Argument, Expr, ExprKind, Stmt, StmtKind},
};

/// Where events of Socket.IO arrive, whatever the path of its server.
pub(super) const CHANNEL: &str = "socket.io";

/// Classes that emit events: servers, and managers that other processes emit through.
const EMITTERS: [&str; 8] = [
    "AsyncServer",
    "Server",
    "AsyncRedisManager",
    "RedisManager",
    "AsyncAioPikaManager",
    "KombuManager",
    "KafkaManager",
    "AsyncManager",
];

/// Events that the library makes itself.
const OWN: [&str; 2] = ["connect", "disconnect"];

/// One event that is emitted or handled.
pub(super) struct Event {
    pub(super) name: String,
    pub(super) is_sent: bool,
    pub(super) fields: Vec<String>,
    pub(super) place: MessagePlace,
}

/// Every event that the backend emits or handles.
pub(super) fn events(code: &Code) -> Vec<Event> {
    let servers = Servers::of(code);
    let has_namespaces = code.functions.iter().any(|function| is_namespace(code, function));
    if servers.names.is_empty() && servers.fields.is_empty() && servers.givers.is_empty() && !has_namespaces {
        return vec![];
    }
    let mut found = vec![];
    for function in &code.functions {
        found.extend(handled(code, function, &servers));
        walk::expressions(&function.definition.body().statements, &mut |expression| {
            if let Some((name, fields)) = emitted(expression, code, function, &servers)
                && let Some(name) = text(name)
            {
                found.push(Event {
                    name,
                    is_sent: true,
                    fields,
                    place: code.place(function, expression.span),
                });
            }
        });
    }
    found
}

/// What holds a server: names of variables, fields of objects by file, and names of functions that give one.
struct Servers {
    names: BTreeSet<String>,
    fields: BTreeSet<(usize, String)>,
    givers: BTreeSet<String>,
}

impl Servers {
    fn of(code: &Code) -> Self {
        let mut this = Self {
            names: BTreeSet::new(),
            fields: BTreeSet::new(),
            givers: BTreeSet::new(),
        };
        for (index, source) in code.sources.iter().enumerate() {
            this.assigned(index, &source.parsed.syntax.body);
        }
        for function in &code.functions {
            let body = &function.definition.body().statements;
            let is_giver = body.iter().any(|statement| match &statement.kind {
                StmtKind::Return(Some(value)) => makes(value),
                _ => false,
            });
            if is_giver {
                this.givers.insert(function.definition.name.to_string());
            }
            this.assigned(function.source, body);
        }
        this
    }

    fn assigned(&mut self, source: usize, body: &[Stmt]) {
        walk::statements(body, &mut |statement| {
            let Some((targets, value)) = walk::assignment(statement) else {
                return;
            };
            if !makes(value) {
                return;
            }
            for target in targets {
                match &target.kind {
                    ExprKind::Name(name) => {
                        self.names.insert(name.to_string());
                    }
                    ExprKind::Attribute(_, name) => {
                        self.fields.insert((source, name.to_string()));
                    }
                    _ => {}
                }
            }
        });
    }

    /// Whether an expression of a function is a server or a manager.
    fn holds(&self, expression: &Expr, function: &Function, code: &Code) -> bool {
        if let ExprKind::Attribute(object, name) = &expression.kind
            && let Some((source, _)) = code.class_of(function, object)
            && self.fields.contains(&(source, name.to_string()))
        {
            return true;
        }
        let (source, function) = (function.source, &function.definition);
        let name = match &expression.kind {
            ExprKind::Name(name) if self.names.contains(name.as_str()) => return true,
            ExprKind::Name(name) => name,
            // What an object of one file calls so may be something else in another.
            ExprKind::Attribute(object, name) => {
                let is_own = self.fields.contains(&(source, name.to_string()));
                let is_field = last(object) == Some("self");
                return is_own || !is_field && self.names.contains(name.as_str());
            }
            _ => return false,
        };
        let mut parameters = function.parameters.all.iter();
        let is_declared = parameters.any(|parameter| {
            let annotation = parameter.annotation.as_ref();
            parameter.name == *name
                && annotation
                    .and_then(|annotation| last(annotation))
                    .is_some_and(|class| EMITTERS.contains(&class))
        });
        let mut is_given = false;
        walk::statements(&function.body().statements, &mut |statement| {
            if let StmtKind::Assign { targets, value } = &statement.kind
                && targets.iter().any(|target| last(target) == Some(name.as_str()))
                && let ExprKind::Call(callee, _) = &value.kind
            {
                is_given |= last(callee).is_some_and(|giver| self.givers.contains(giver));
            }
        });
        is_declared || is_given
    }
}

/// Whether an expression makes a server or a manager: `socketio.AsyncServer(…)`.
fn makes(value: &Expr) -> bool {
    match &value.kind {
        ExprKind::Call(callee, _) => match &callee.kind {
            ExprKind::Attribute(module, class) => {
                EMITTERS.contains(&class.as_str()) && last(module) == Some("socketio")
            }
            ExprKind::Name(class) => EMITTERS.contains(&class.as_str()) && class != "Server",
            _ => false,
        },
        _ => false,
    }
}

/// Whether a function is a method of a class that takes the events of a namespace.
fn is_namespace(code: &Code, function: &Function) -> bool {
    let class = function
        .class
        .as_deref()
        .and_then(|class| code.class(function.source, class));
    class.is_some_and(|(source, class)| {
        source == function.source
            && class
                .arguments
                .iter()
                .any(|base| matches!(last(walk::argument(base)), Some("AsyncNamespace" | "Namespace")))
    })
}

/// The last part of a dotted name.
fn last(expression: &Expr) -> Option<&str> {
    match &expression.kind {
        ExprKind::Name(name) | ExprKind::Attribute(_, name) => Some(name.as_str()),
        _ => None,
    }
}

/// `@sio.on("name")`, `@sio.event`.
fn handled(code: &Code, function: &Function, servers: &Servers) -> Vec<Event> {
    let definition = &function.definition;
    let event = |name: String| Event {
        name,
        is_sent: false,
        fields: vec![],
        place: code.place(function, definition.span),
    };
    let decorators = definition.decorators.iter();
    // https://python-socketio.readthedocs.io/en/stable/server.html#class-based-namespaces
    let of_namespace = definition
        .name
        .strip_prefix("on_")
        .filter(|_| is_namespace(code, function))
        .map(str::to_owned);
    decorators
        .filter_map(|decorator| {
            let (callee, arguments) = match &decorator.kind {
                ExprKind::Call(callee, arguments) => (&**callee, arguments.as_slice()),
                _ => (decorator, &[][..]),
            };
            let ExprKind::Attribute(server, method) = &callee.kind else {
                return None;
            };
            if !servers.holds(server, function, code) {
                return None;
            }
            match method.as_str() {
                "event" => Some(definition.name.to_string()),
                "on" => arguments.first().map(walk::argument).and_then(text),
                _ => None,
            }
        })
        .chain(of_namespace)
        .filter(|name| !OWN.contains(&name.as_str()))
        .map(event)
        .collect()
}

/// `await sio.emit("name", {…}, to=room)`: the name, and the keys of what is sent.
fn emitted<'e>(
    expression: &'e Expr,
    code: &Code,
    function: &Function,
    servers: &Servers,
) -> Option<(&'e Expr, Vec<String>)> {
    let ExprKind::Call(callee, arguments) = &expression.kind else {
        return None;
    };
    let ExprKind::Attribute(server, method) = &callee.kind else {
        return None;
    };
    let is_of_namespace = is_namespace(code, function) && last(server) == Some("self");
    if method != "emit" || !is_of_namespace && !servers.holds(server, function, code) {
        return None;
    }
    let named = |wanted: &str, place: usize| {
        let keyword = arguments.iter().find_map(|argument| match argument {
            Argument::Keyword(name, value) if name == wanted => Some(value),
            _ => None,
        });
        keyword.or_else(|| match arguments.get(place) {
            Some(Argument::Positional(value)) => Some(value),
            _ => None,
        })
    };
    let fields = match named("data", 1).map(|data| &data.kind) {
        Some(ExprKind::Dict(items)) => items
            .iter()
            .filter_map(|(key, _)| key.as_ref().and_then(text))
            .collect(),
        _ => vec![],
    };
    Some((named("event", 0)?, fields))
}
