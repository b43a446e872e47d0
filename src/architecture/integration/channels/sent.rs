//! Messages that the backend sends.

use std::collections::BTreeSet;

use super::{
    code::{Code, Function, argument_for},
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
}

/// Everything that is sent over WebSockets.
pub(super) fn sent(code: &Code) -> Vec<Sent> {
    let mut found = vec![];
    let mut senders: BTreeSet<Sender> = BTreeSet::new();
    for (index, function) in code.functions.iter().enumerate() {
        walk::expressions(&function.definition.body, &mut |expression| {
            let ExprKind::Call(callee, arguments) = &expression.kind else {
                return;
            };
            let ExprKind::Attribute(_, method) = &callee.kind else {
                return;
            };
            let format = match method.as_str() {
                "send_json" => "untyped JSON",
                "send_text" => "text",
                "send_bytes" => "binary",
                _ => return,
            };
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
    let mut pending: Vec<Sender> = senders.iter().cloned().collect();
    while let Some(sender) = pending.pop() {
        let before = senders.clone();
        hand_over(code, &sender, &mut senders, &mut found);
        pending.extend(senders.difference(&before).cloned());
    }
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

/// The calls of a sender.
fn hand_over(code: &Code, sender: &Sender, senders: &mut BTreeSet<Sender>, found: &mut Vec<Sent>) {
    let target: &Function = &code.functions[sender.function];
    for (index, function) in code.functions.iter().enumerate() {
        walk::expressions(&function.definition.body, &mut |expression| {
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
}
