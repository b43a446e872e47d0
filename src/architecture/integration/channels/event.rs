//! What is yielded as one server-sent event.

use super::{
    code::{Code, Function, argument_for, text},
    message::{Message, Parameter, Reader},
    walk,
};
use crate::python::syntax::ast::{Argument, BinaryOp, Constant, Expr, ExprKind, FStringPart, StmtKind};

/// Values that are followed, one after the other.
const MAX_DEPTH: u32 = 4;

/// Keys of a dictionary that sse-starlette makes an event of.
const KEYS: [&str; 6] = ["event", "data", "id", "retry", "comment", "sep"];

/// The events that a value may be.
pub(super) fn events(code: &Code, function: &Function, value: &Expr, depth: u32) -> Vec<Event> {
    let reader = Reader { code, function };
    let next = |value| events(code, function, value, depth + 1);
    let plain = |format| named(&reader.messages(value, format, 0), &[], None);
    if depth > MAX_DEPTH {
        return plain("text");
    }
    match &value.kind {
        ExprKind::Await(value) | ExprKind::Named(_, value) => next(value),
        ExprKind::IfExp { body, orelse, .. } => [next(body), next(orelse)].concat(),
        ExprKind::Constant(Constant::Str(_))
        | ExprKind::FString(_)
        | ExprKind::Binary(_, BinaryOp::Add, _) => {
            let mut pieces = vec![];
            flatten(value, &mut pieces);
            framed(&reader, &pieces)
        }
        ExprKind::Dict(items) => {
            let keyed = |wanted: &str| {
                let of_key = |key: &Option<Expr>| key.as_ref().and_then(text);
                items
                    .iter()
                    .find(|(key, _)| of_key(key).as_deref() == Some(wanted))
                    .map(|(_, value)| value)
            };
            let is_event = items.iter().all(|(key, _)| {
                let key = key.as_ref().and_then(text);
                key.is_some_and(|key| KEYS.contains(&key.as_str()))
            });
            match (is_event, keyed("data").is_some() || keyed("event").is_some()) {
                (true, true) => event(&reader, keyed("event"), keyed("data")),
                // A comment that keeps the connection open.
                (true, false) if !items.is_empty() => vec![],
                _ => plain("untyped JSON"),
            }
        }
        ExprKind::Call(callee, arguments) => called(&reader, value, callee, arguments, depth),
        ExprKind::Name(name) => {
            let values = walk::assigned(&function.definition.body().statements, name);
            let found: Vec<Event> = values.into_iter().flat_map(next).collect();
            if found.is_empty() { plain("untyped") } else { found }
        }
        _ => plain("untyped"),
    }
}

/// An event that a call makes: an object of a library, or what a function of the tree returns.
fn called(
    reader: &Reader<'_>,
    whole: &Expr,
    callee: &Expr,
    arguments: &[Argument],
    depth: u32,
) -> Vec<Event> {
    let Reader { code, function } = *reader;
    if let ExprKind::Attribute(object, method) = &callee.kind
        && method == "encode"
    {
        return events(code, function, object, depth + 1);
    }
    if let ExprKind::Name(name) | ExprKind::Attribute(_, name) = &callee.kind
        && name.ends_with("ServerSentEvent")
    {
        let keyword = |wanted: &str| {
            arguments.iter().find_map(|argument| match argument {
                Argument::Keyword(name, value) if name == wanted => Some(value),
                _ => None,
            })
        };
        let first = arguments.first().and_then(|argument| match argument {
            Argument::Positional(value) => Some(value),
            _ => None,
        });
        let (name, data) = (keyword("event"), first.or_else(|| keyword("data")));
        return match (name, data) {
            (None, None) => vec![],
            (name, data) => event(reader, name, data),
        };
    }
    let mut found = vec![];
    for index in code.certain_callees(function, callee) {
        let target = &code.functions[index];
        walk::statements(&target.definition.body().statements, &mut |statement| {
            let StmtKind::Return(Some(value)) = &statement.kind else {
                return;
            };
            for event in events(code, target, value, depth + 1) {
                found.extend(given(reader, target, event, arguments));
            }
        });
    }
    if found.is_empty() {
        return named(&reader.messages(whole, "untyped", 0), &[], None);
    }
    found
}

/// What a function returns, with what it is given for its parameters.
fn given(reader: &Reader<'_>, target: &Function, event: Event, arguments: &[Argument]) -> Vec<Event> {
    let argument = |name: &str| argument_for(target, name, arguments);
    let data = match &event.data {
        Some(parameter) => argument(parameter)
            .map(|value| reader.messages(value, event.message.format, 0))
            .unwrap_or_default(),
        None => vec![event.message.clone()],
    };
    let names = match &event.name {
        Some(parameter) => argument(parameter).map(|value| reader.type_names(value)),
        None => event.message.name.clone().map(|name| vec![name]),
    };
    named(&data, &names.unwrap_or_default(), None)
}

/// An event of a name with data.
fn event(reader: &Reader<'_>, name: Option<&Expr>, data: Option<&Expr>) -> Vec<Event> {
    let data = match data {
        Some(data) => reader.messages(data, "text", 0),
        None => vec![Message::default()],
    };
    let names = name.map(|name| reader.type_names(name)).unwrap_or_default();
    named(&data, &names, name.and_then(|name| reader.parameter(name)))
}

/// An event, and the parameters of the function around it that name it and that are its data.
#[derive(Clone, Debug)]
pub(super) struct Event {
    pub message: Message,
    name: Option<String>,
    data: Option<String>,
}

/// Stands for a field that is not known as a whole.
const PART: &str = "\0";

/// A part of a text.
enum Piece<'e> {
    Text(&'e str),
    Value(&'e Expr),
}

fn flatten<'e>(value: &'e Expr, pieces: &mut Vec<Piece<'e>>) {
    match &value.kind {
        ExprKind::Constant(Constant::Str(text)) => pieces.push(Piece::Text(text)),
        ExprKind::FString(parts) => pieces.extend(parts.iter().map(|part| match part {
            FStringPart::Text(text) => Piece::Text(text),
            FStringPart::Field { value, .. } => Piece::Value(value),
        })),
        ExprKind::Binary(left, BinaryOp::Add, right) => {
            flatten(left, pieces);
            flatten(right, pieces);
        }
        _ => pieces.push(Piece::Value(value)),
    }
}

/// The event that a text of the protocol is: `event: name`, `data: …`; lines that begin with a colon are comments.
fn framed(reader: &Reader<'_>, pieces: &[Piece<'_>]) -> Vec<Event> {
    let field = |name: &str| {
        pieces.iter().enumerate().find_map(|(index, piece)| {
            let Piece::Text(text) = piece else { return None };
            let mut lines = text.split('\n').peekable();
            while let Some(line) = lines.next() {
                let Some(value) = line.strip_prefix(name) else {
                    continue;
                };
                // What is only begun here goes on in a value.
                let goes_on =
                    lines.peek().is_none() && matches!(pieces.get(index + 1), Some(Piece::Value(_)));
                let is_part = goes_on && !value.trim().is_empty();
                return Some((if is_part { PART } else { value.trim() }, index));
            }
            None
        })
    };
    let behind = |index: usize| match pieces.get(index + 1) {
        Some(Piece::Value(value)) => Some(*value),
        _ => None,
    };
    let is_comment = matches!(pieces.first(), Some(Piece::Text(text)) if text.starts_with(':'));
    let (event_name, data) = (field("event:"), field("data:"));
    if event_name.is_none() && data.is_none() {
        let other = Message {
            format: "text",
            ..Message::default()
        };
        return if is_comment {
            vec![]
        } else {
            named(&[other], &[], None)
        };
    }
    let data = match data {
        Some(("", index)) => behind(index).map_or_else(Vec::new, |value| reader.messages(value, "text", 0)),
        _ => vec![],
    };
    let data = match data.is_empty() {
        true => vec![Message {
            format: "text",
            ..Message::default()
        }],
        false => data,
    };
    match event_name {
        Some(("", index)) => {
            let name = behind(index);
            let names = name.map(|name| reader.type_names(name)).unwrap_or_default();
            named(&data, &names, name.and_then(|name| reader.parameter(name)))
        }
        Some((name, _)) if name != PART => named(&data, &[name.to_owned()], None),
        _ => named(&data, &[], None),
    }
}

/// Data under the names of events; `parameter`: what is named by one.
fn named(data: &[Message], names: &[String], parameter: Option<String>) -> Vec<Event> {
    let mut found = vec![];
    for data in data {
        let whole = match &data.parameter {
            Some(Parameter::Whole(name)) => Some(name.clone()),
            _ => None,
        };
        let of = |name: Option<String>| Event {
            message: Message {
                name: name.or_else(|| data.name.clone()),
                // What a subscription gives is passed on as it comes.
                format: match data.format {
                    "data of an event" => "untyped",
                    format => format,
                },
                parameter: None,
                ..data.clone()
            },
            name: parameter.clone(),
            data: whole.clone(),
        };
        match names {
            [] => found.push(of(None)),
            names => found.extend(names.iter().map(|name| of(Some(name.clone())))),
        }
    }
    found
}
