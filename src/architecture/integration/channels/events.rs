//! [Server-sent events](https://html.spec.whatwg.org/multipage/server-sent-events.html): what the generators behind an
//! endpoint yield, as text of the protocol, or as what
//! [sse-starlette](https://github.com/sysid/sse-starlette) and
//! [FastAPI](https://fastapi.tiangolo.com/tutorial/server-sent-events/) make events of.

use std::collections::BTreeSet;

use super::{
    code::{Code, Function, is_name},
    event::events,
    message::Message,
    walk,
};
use crate::{
    architecture::model::MessagePlace,
    python::syntax::ast::{Argument, Expr, ExprKind, StmtKind},
};

/// Functions of one name that are looked at.
const MAX_CALLEES: usize = 3;

/// Values that are followed, one after the other.
const MAX_DEPTH: u32 = 4;

/// An event that is sent.
#[derive(Clone, Debug)]
pub(super) struct SentEvent {
    pub message: Message,
    pub place: MessagePlace,
}

/// What is sent to an endpoint's client. `reached`: the handler and what it calls, the handler first.
pub(super) fn sent(code: &Code, handler: usize, reached: &BTreeSet<usize>) -> Vec<SentEvent> {
    let mut generators = BTreeSet::new();
    if code.functions[handler].definition.body().is_generator {
        generators.insert(handler);
    }
    for index in reached {
        let function = &code.functions[*index];
        walk::expressions(&function.definition.body().statements, &mut |expression| {
            if let Some(content) = streamed(expression) {
                generators.extend(made_by(code, function, content, 0));
            }
        });
    }
    let mut found = vec![];
    let mut known = BTreeSet::new();
    while let Some(index) = generators.pop_first() {
        if !known.insert(index) {
            continue;
        }
        let function = &code.functions[index];
        walk::expressions(&function.definition.body().statements, &mut |expression| {
            match &expression.kind {
                ExprKind::Yield(Some(value)) => {
                    // What another generator yields is told there.
                    if let Some(others) = passed_on(code, function, value) {
                        generators.extend(others);
                        return;
                    }
                    for event in events(code, function, value, 0) {
                        found.push(SentEvent {
                            message: event.message,
                            place: code.place(function, expression.span),
                        });
                    }
                }
                ExprKind::YieldFrom(value) => generators.extend(made_by(code, function, value, 0)),
                _ => {}
            }
        });
    }
    found
}

/// The content of `EventSourceResponse(…)`, `StreamingResponse(…)` and what is named like them.
fn streamed(expression: &Expr) -> Option<&Expr> {
    let ExprKind::Call(callee, arguments) = &expression.kind else {
        return None;
    };
    let (ExprKind::Name(name) | ExprKind::Attribute(_, name)) = &callee.kind else {
        return None;
    };
    if !name.ends_with("EventSourceResponse") && !name.ends_with("StreamingResponse") {
        return None;
    }
    arguments.iter().find_map(|argument| match argument {
        Argument::Positional(value) => Some(value),
        Argument::Keyword(name, value) if name == "content" => Some(value),
        _ => None,
    })
}

/// The generators whose call an expression is.
fn made_by(code: &Code, function: &Function, value: &Expr, depth: u32) -> Vec<usize> {
    if depth > MAX_DEPTH {
        return vec![];
    }
    match &value.kind {
        ExprKind::Call(callee, _) => {
            let mut found = vec![];
            for index in code.callees(function, callee).into_iter().take(MAX_CALLEES) {
                let called = &code.functions[index];
                if called.definition.body().is_generator {
                    found.push(index);
                    continue;
                }
                walk::statements(&called.definition.body().statements, &mut |statement| {
                    if let StmtKind::Return(Some(value)) = &statement.kind {
                        found.extend(made_by(code, called, value, depth + 1));
                    }
                });
            }
            found
        }
        ExprKind::Await(value) => made_by(code, function, value, depth + 1),
        ExprKind::Name(name) => {
            let values = walk::assigned(&function.definition.body().statements, name);
            values
                .into_iter()
                .flat_map(|value| made_by(code, function, value, depth + 1))
                .collect()
        }
        _ => vec![],
    }
}

/// `async for event in other(): yield event`: the generators behind it.
fn passed_on(code: &Code, function: &Function, value: &Expr) -> Option<Vec<usize>> {
    let ExprKind::Name(name) = &value.kind else {
        return None;
    };
    let mut found = vec![];
    walk::statements(&function.definition.body().statements, &mut |statement| {
        if let StmtKind::For { target, iter, .. } = &statement.kind
            && is_name(target, name)
        {
            found.extend(made_by(code, function, iter, 0));
        }
    });
    (!found.is_empty()).then_some(found)
}
