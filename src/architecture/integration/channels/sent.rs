//! Messages that the backend sends.

use std::collections::BTreeSet;

use super::{
    code::{Code, Function, argument_for, text},
    message::{Message, Parameter, Reader},
    walk,
};
use crate::{
    architecture::model::MessagePlace,
    python::syntax::ast::{Expr, ExprKind},
};

/// A message that is sent.
#[derive(Clone, Debug)]
pub(super) struct Sent {
    pub message: Message,
    pub place: MessagePlace,
    /// Place in [`Code::functions`] of the function that says what is sent.
    pub function: usize,
    /// Place in [`Code::functions`] of the function that sends it: the same, or one that it hands the message to.
    pub sender: usize,
}

/// A function that sends what it is handed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Sender {
    function: usize,
    sends_type: bool,
    parameter: String,
    fields: Vec<String>,
    format: &'static str,
    /// The function that it hands the message on to, or itself.
    last: usize,
    /// Where it sends.
    place: MessagePlace,
}

/// Everything that is sent over WebSockets.
pub(super) fn sent(code: &Code) -> Vec<Sent> {
    let mut found = vec![];
    let mut senders: BTreeSet<Sender> = BTreeSet::new();
    for (index, function) in code.functions.iter().enumerate() {
        walk::expressions(&function.definition.body().statements, &mut |expression| {
            let ExprKind::Call(callee, arguments) = &expression.kind else {
                return;
            };
            let ExprKind::Attribute(object, method) = &callee.kind else {
                return;
            };
            let format = match method.as_str() {
                "send_json" => "untyped JSON",
                "send_text" => "text",
                "send_bytes" => "binary",
                _ => return,
            };
            if code.is_of_other_server(function, object) {
                return;
            }
            let Some(value) = arguments.first().map(walk::argument) else {
                return;
            };
            note(
                code,
                (index, index),
                expression,
                value,
                format,
                &mut senders,
                &mut found,
            );
        });
    }
    let is_relayed = is_relayed(code, &senders);
    if is_relayed {
        publishes(code, &mut senders, &mut found);
    }
    let mut pending: Vec<Sender> = senders.iter().cloned().collect();
    while let Some(sender) = pending.pop() {
        let before = senders.clone();
        hand_over(code, &sender, &mut senders, &mut found);
        pending.extend(senders.difference(&before).cloned());
    }
    // What comes out of a subscription is told where it goes in.
    found.retain(|sent| !is_relayed || sent.message.format != "data of an event");
    found.sort_by(|a, b| (&a.place, &a.message.name).cmp(&(&b.place, &b.message.name)));
    found.dedup_by(|a, b| a.place == b.place && a.message == b.message);
    found
}

/// A value that is sent from a function: a message, or a parameter that makes the function a sender.
fn note(
    code: &Code,
    (function, last): (usize, usize),
    call: &Expr,
    value: &Expr,
    format: &'static str,
    senders: &mut BTreeSet<Sender>,
    found: &mut Vec<Sent>,
) {
    let reader = Reader {
        code,
        function: &code.functions[function],
    };
    for message in reader.messages(value, format, 0) {
        match &message.parameter {
            Some(parameter) => {
                let (sends_type, name) = match parameter {
                    Parameter::Whole(name) => (false, name),
                    Parameter::Type(name) => (true, name),
                };
                senders.insert(Sender {
                    function,
                    sends_type,
                    parameter: name.clone(),
                    fields: message.fields.clone(),
                    format: message.format,
                    last,
                    place: code.place(reader.function, call.span),
                });
            }
            None => found.push(Sent {
                place: code.place(reader.function, call.span),
                message,
                function,
                sender: last,
            }),
        }
    }
}

/// Whether what is sent comes out of a subscription: the `data` of an event is handed to a sender, as
/// [Redis](https://redis.readthedocs.io/en/stable/advanced_features.html#publish-subscribe) gives it.
fn is_relayed(code: &Code, senders: &BTreeSet<Sender>) -> bool {
    let is_data = |expression: &Expr| matches!(&expression.kind, ExprKind::Subscript(_, key) if text(key).as_deref() == Some("data"));
    let mut relayed = false;
    for function in &code.functions {
        let mut listens = false;
        let mut hands_on = false;
        walk::expressions(&function.definition.body().statements, &mut |expression| {
            let ExprKind::Call(callee, arguments) = &expression.kind else {
                return;
            };
            let (ExprKind::Attribute(_, method) | ExprKind::Name(method)) = &callee.kind else {
                return;
            };
            listens |= matches!(
                method.as_str(),
                "listen" | "get_message" | "subscribe" | "psubscribe"
            );
            let is_sender = senders
                .iter()
                .any(|sender| code.functions[sender.function].definition.name == *method);
            hands_on |= (is_sender || matches!(method.as_str(), "send_text" | "send_json"))
                && arguments.iter().any(|argument| is_data(walk::argument(argument)));
        });
        relayed |= listens && hands_on;
    }
    relayed
}

/// What is published comes out of the subscription.
fn publishes(code: &Code, senders: &mut BTreeSet<Sender>, found: &mut Vec<Sent>) {
    for (index, function) in code.functions.iter().enumerate() {
        walk::expressions(&function.definition.body().statements, &mut |expression| {
            let ExprKind::Call(callee, arguments) = &expression.kind else {
                return;
            };
            let ExprKind::Attribute(_, method) = &callee.kind else {
                return;
            };
            if let ("publish", [_, message]) = (method.as_str(), arguments.as_slice()) {
                let value = walk::argument(message);
                note(code, (index, index), expression, value, "text", senders, found);
            }
        });
    }
}

/// The calls of a sender.
fn hand_over(code: &Code, sender: &Sender, senders: &mut BTreeSet<Sender>, found: &mut Vec<Sent>) {
    let mut is_called = false;
    let target: &Function = &code.functions[sender.function];
    for (index, function) in code.functions.iter().enumerate() {
        walk::expressions(&function.definition.body().statements, &mut |expression| {
            let ExprKind::Call(callee, arguments) = &expression.kind else {
                return;
            };
            let is_named = match &callee.kind {
                ExprKind::Name(name) | ExprKind::Attribute(_, name) => *name == target.definition.name,
                _ => false,
            };
            if !is_named || !code.callees(function, callee).contains(&sender.function) {
                return;
            }
            let Some(value) = argument_for(target, &sender.parameter, arguments) else {
                return;
            };
            is_called = true;
            if !sender.sends_type {
                note(
                    code,
                    (index, sender.last),
                    expression,
                    value,
                    sender.format,
                    senders,
                    found,
                );
                return;
            }
            let reader = Reader { code, function };
            for name in reader.type_names(value) {
                found.push(Sent {
                    place: code.place(function, expression.span),
                    message: Message {
                        name: Some(name),
                        format: "JSON",
                        fields: sender.fields.clone(),
                        parameter: None,
                    },
                    function: index,
                    sender: sender.last,
                });
            }
        });
    }
    // A callback that a library calls: all that is known is that something is sent.
    if !is_called {
        found.push(Sent {
            message: Message {
                format: sender.format,
                fields: sender.fields.clone(),
                ..Message::default()
            },
            place: sender.place.clone(),
            function: sender.function,
            sender: sender.last,
        });
    }
}
