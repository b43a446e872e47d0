//! Messages that the backend handles.

use std::collections::BTreeSet;

use super::{
    code::{Code, Function, text},
    message::{Reader, fields},
    walk,
};
use crate::{
    architecture::model::MessagePlace,
    python::syntax::ast::{Argument, BinaryOp, CompareOp, Expr, ExprKind, Pattern, Span, Stmt, StmtKind},
    web::messages::TYPE_KEYS,
};

/// A message that is handled.
#[derive(Clone, Debug)]
pub(super) struct Received {
    /// Its type; none where it is not told from others.
    pub name: Option<String>,
    /// What it is without a type.
    pub format: &'static str,
    pub place: MessagePlace,
    /// Place in [`Code::functions`].
    pub function: usize,
}

/// What a local name holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Held {
    Message,
    Type,
}

/// Names that hold a message or its type: function, name, what.
type Holders = BTreeSet<(usize, String, Held)>;

/// Everything that is received over WebSockets.
pub(super) fn received(code: &Code) -> Vec<Received> {
    let mut holders = Holders::new();
    let mut found = vec![];
    for (index, function) in code.functions.iter().enumerate() {
        for (name, format, span) in receives(code, function) {
            holders.insert((index, name, Held::Message));
            found.push(Received {
                name: None,
                format,
                place: code.place(function, span),
                function: index,
            });
        }
    }
    spread(code, &mut holders);
    let functions: BTreeSet<usize> = holders.iter().map(|(function, ..)| *function).collect();
    let mut typed: Vec<Received> = vec![];
    for index in functions {
        let function = &code.functions[index];
        for (name, span) in handled(code, index, &holders) {
            typed.push(Received {
                name: Some(name),
                format: "JSON",
                place: code.place(function, span),
                function: index,
            });
        }
    }
    typed.sort_by(|a, b| (&a.place, &a.name).cmp(&(&b.place, &b.name)));
    typed.dedup_by(|a, b| a.name == b.name && a.function == b.function);
    found.extend(typed);
    found
}

/// The names that receive messages, with what they are.
fn receives(code: &Code, function: &Function) -> Vec<(String, &'static str, Span)> {
    let mut found = vec![];
    walk::statements(&function.definition.body().statements, &mut |statement| {
        let (targets, value) = match &statement.kind {
            StmtKind::For { target, iter, .. } => (std::slice::from_ref(target), iter),
            _ => match walk::assignment(statement) {
                Some(assignment) => assignment,
                None => return,
            },
        };
        let Some(ExprKind::Name(name)) = targets.first().map(|target| &target.kind) else {
            return;
        };
        walk::below(value, &mut |part| {
            if let ExprKind::Call(callee, _) = &part.kind
                && let ExprKind::Attribute(object, method) = &callee.kind
                && let Some(format) = format(method)
                && !code.is_of_other_server(function, object)
            {
                found.push((name.to_string(), format, part.span));
            }
        });
    });
    found
}

/// What Starlette's methods for receiving give.
fn format(method: &str) -> Option<&'static str> {
    Some(match method {
        "receive_json" | "iter_json" => "untyped JSON",
        "receive_text" | "iter_text" => "text",
        "receive_bytes" | "iter_bytes" => "binary",
        _ => return None,
    })
}

/// Follows messages and their types through assignments and calls.
fn spread(code: &Code, holders: &mut Holders) {
    loop {
        let mut new = Holders::new();
        for (index, function) in code.functions.iter().enumerate() {
            let known = Known { index, holders };
            walk::statements(&function.definition.body().statements, &mut |statement| {
                assigned(statement, &known, &mut new);
            });
            walk::expressions(&function.definition.body().statements, &mut |expression| {
                if let ExprKind::Call(callee, arguments) = &expression.kind {
                    handed(code, function, callee, arguments, &known, &mut new);
                }
            });
        }
        let before = holders.len();
        holders.extend(new);
        if holders.len() == before {
            return;
        }
    }
}

fn assigned(statement: &Stmt, known: &Known<'_>, new: &mut Holders) {
    let StmtKind::Assign { targets, value } = &statement.kind else {
        return;
    };
    for target in targets {
        if let ExprKind::Name(name) = &target.kind
            && let Some(held) = known.held(value)
        {
            new.insert((known.index, name.to_string(), held));
        }
    }
}

fn handed(
    code: &Code,
    function: &Function,
    callee: &Expr,
    arguments: &[Argument],
    known: &Known<'_>,
    new: &mut Holders,
) {
    if !arguments
        .iter()
        .any(|argument| known.held(walk::argument(argument)).is_some())
    {
        return;
    }
    for target in code.callees(function, callee) {
        let inner = &code.functions[target];
        let skipped = usize::from(inner.class.is_some());
        for (place, argument) in arguments.iter().enumerate() {
            let Some(held) = known.held(walk::argument(argument)) else {
                continue;
            };
            let parameter = match argument {
                Argument::Keyword(name, _) => Some(name.to_string()),
                _ => {
                    let all = &inner.definition.parameters.all;
                    all.get(place + skipped)
                        .map(|parameter| parameter.name.to_string())
                }
            };
            new.extend(parameter.map(|parameter| (target, parameter, held)));
        }
    }
}

/// What is known of the names of one function.
struct Known<'a> {
    index: usize,
    holders: &'a Holders,
}

impl Known<'_> {
    /// Whether an expression is a message or the type of one.
    fn held(&self, expression: &Expr) -> Option<Held> {
        match &expression.kind {
            ExprKind::Name(name) => [Held::Message, Held::Type]
                .into_iter()
                .find(|held| self.holders.contains(&(self.index, name.to_string(), *held))),
            ExprKind::Await(value) | ExprKind::Named(_, value) => self.held(value),
            ExprKind::Attribute(object, member) => {
                let is_type =
                    TYPE_KEYS.contains(&member.as_str()) && self.held(object) == Some(Held::Message);
                is_type.then_some(Held::Type)
            }
            ExprKind::Subscript(object, index) => {
                let is_type = text(index).is_some_and(|key| TYPE_KEYS.contains(&key.as_str()))
                    && self.held(object) == Some(Held::Message);
                is_type.then_some(Held::Type)
            }
            ExprKind::Call(callee, arguments) => self.held_call(callee, arguments),
            _ => None,
        }
    }

    fn held_call(&self, callee: &Expr, arguments: &[Argument]) -> Option<Held> {
        let first = arguments.first().map(walk::argument)?;
        let (method, object) = match &callee.kind {
            ExprKind::Attribute(object, method) => (method.as_str(), Some(object.as_ref())),
            ExprKind::Name(name) => (name.as_str(), None),
            _ => return None,
        };
        match method {
            "get" | "pop" => {
                let is_type = text(first).is_some_and(|key| TYPE_KEYS.contains(&key.as_str()))
                    && object.and_then(|object| self.held(object)) == Some(Held::Message);
                is_type.then_some(Held::Type)
            }
            method if method == "loads" || is_validation(method) => {
                (self.held(first) == Some(Held::Message)).then_some(Held::Message)
            }
            "str" | "MessageType" => self.held(first),
            _ => None,
        }
    }
}

/// The types that a function tells apart.
fn handled(code: &Code, index: usize, holders: &Holders) -> Vec<(String, Span)> {
    let function = &code.functions[index];
    let known = Known { index, holders };
    let reader = Reader { code, function };
    let mut found = vec![];
    walk::expressions(
        &function.definition.body().statements,
        &mut |expression| match &expression.kind {
            ExprKind::Compare(left, others) => {
                let [(operator, right)] = others.as_slice() else {
                    return;
                };
                for (one, other) in [(left.as_ref(), right), (right, left.as_ref())] {
                    if known.held(one) != Some(Held::Type) {
                        continue;
                    }
                    match (operator, &other.kind) {
                        (CompareOp::Eq | CompareOp::NotEq | CompareOp::Is, _) => {
                            found.extend(
                                reader
                                    .type_names(other)
                                    .into_iter()
                                    .map(|name| (name, expression.span)),
                            );
                        }
                        (
                            CompareOp::In | CompareOp::NotIn,
                            ExprKind::Tuple(items) | ExprKind::List(items) | ExprKind::Set(items),
                        ) => {
                            let names = items.iter().flat_map(|item| reader.type_names(item));
                            found.extend(names.map(|name| (name, expression.span)));
                        }
                        _ => {}
                    }
                }
            }
            ExprKind::Subscript(table, key) if known.held(key) == Some(Held::Type) => {
                found.extend(keys(&reader, table));
            }
            ExprKind::Call(callee, arguments) => match (&callee.kind, arguments.as_slice()) {
                (ExprKind::Attribute(model, method), [first, ..])
                    if is_validation(method) && known.held(walk::argument(first)) == Some(Held::Message) =>
                {
                    let names = of_type(code, function.source, model, 0);
                    found.extend(names.into_iter().map(|name| (name, expression.span)));
                }
                (ExprKind::Attribute(table, method), [first, ..])
                    if method == "get" && known.held(walk::argument(first)) == Some(Held::Type) =>
                {
                    found.extend(keys(&reader, table));
                }
                (ExprKind::Name(name), [first, second])
                    if name == "isinstance" && known.held(walk::argument(first)) == Some(Held::Message) =>
                {
                    found.extend(of_class(code, function, walk::argument(second)));
                }
                _ => {}
            },
            _ => {}
        },
    );
    walk::statements(&function.definition.body().statements, &mut |statement| {
        if let StmtKind::Match { subject, cases } = &statement.kind
            && let Some(held) = known.held(subject)
        {
            for case in cases {
                found.extend(matched(&reader, &case.pattern, held));
            }
        }
    });
    found
}

/// The types of a table of handlers.
fn keys(reader: &Reader<'_>, table: &Expr) -> Vec<(String, Span)> {
    let mut tables: Vec<&Expr> = vec![table];
    let name = match &table.kind {
        ExprKind::Name(name) | ExprKind::Attribute(_, name) => Some(name),
        _ => None,
    };
    let mut assigned = |statement| collect_table(statement, name.map(|name| name.as_str()), &mut tables);
    walk::statements(&reader.function.definition.body().statements, &mut assigned);
    walk::statements(
        &reader.code.sources[reader.function.source].parsed.syntax.body,
        &mut assigned,
    );
    for other in reader.code.functions.iter().filter(|other| {
        other.source == reader.function.source
            && other.class.is_some()
            && other.class == reader.function.class
    }) {
        walk::statements(&other.definition.body().statements, &mut assigned);
    }
    let mut found = vec![];
    for table in tables {
        if let ExprKind::Dict(items) = &table.kind {
            for (key, value) in items {
                let names = key.iter().flat_map(|key| reader.type_names(key));
                found.extend(names.map(|name| (name, value.span)));
            }
        }
    }
    // Only tables of the function's own file have places in it.
    found
}

fn collect_table<'s>(statement: &'s Stmt, name: Option<&str>, tables: &mut Vec<&'s Expr>) {
    let (targets, value): (Vec<&Expr>, &Expr) = match &statement.kind {
        StmtKind::Assign { targets, value } => (targets.iter().collect(), value),
        StmtKind::AnnAssign {
            target,
            value: Some(value),
            ..
        } => (vec![target], value),
        _ => return,
    };
    let is_it = targets.iter().any(|target| match &target.kind {
        ExprKind::Name(own) | ExprKind::Attribute(_, own) => Some(own.as_str()) == name,
        _ => false,
    });
    if is_it {
        tables.push(value);
    }
}

/// Methods of [Pydantic](https://docs.pydantic.dev/latest/concepts/models/#validating-data) that make a model of data.
fn is_validation(method: &str) -> bool {
    matches!(
        method,
        "model_validate"
            | "model_validate_json"
            | "validate_json"
            | "validate_python"
            | "parse_raw"
            | "parse_obj"
    )
}

/// The types of messages that an annotation allows: a model, a union of models, a `TypeAdapter` of one.
fn of_type(code: &Code, source: usize, annotation: &Expr, depth: u32) -> Vec<String> {
    if depth > 8 {
        return vec![];
    }
    let inner = |annotation: &Expr| of_type(code, source, annotation, depth + 1);
    match &annotation.kind {
        ExprKind::Name(name) => match code.class(source, name) {
            Some((source, class)) => {
                let fields = fields(code, source, class, 0);
                let own = TYPE_KEYS
                    .iter()
                    .find_map(|key| fields.iter().find(|(name, _)| name == key));
                own.map(|(_, names)| names.clone()).unwrap_or_default()
            }
            None => match code.constant(source, name) {
                Some((source, value)) => of_type(code, source, value, depth + 1),
                None => vec![],
            },
        },
        ExprKind::Binary(left, BinaryOp::BitOr, right) => [inner(left), inner(right)].concat(),
        ExprKind::Tuple(items) => items.iter().flat_map(inner).collect(),
        ExprKind::Subscript(_, index) => inner(index),
        // `TypeAdapter(Message)`, but not the `Field(…)` of an `Annotated`.
        ExprKind::Call(callee, arguments) => match &callee.kind {
            ExprKind::Name(name) if name == "TypeAdapter" => arguments
                .first()
                .map(|first| inner(walk::argument(first)))
                .unwrap_or_default(),
            _ => vec![],
        },
        _ => vec![],
    }
}

/// The types of a message's model.
fn of_class(code: &Code, function: &Function, class: &Expr) -> Vec<(String, Span)> {
    let ExprKind::Name(name) = &class.kind else {
        return vec![];
    };
    let Some((source, definition)) = code.class(function.source, name) else {
        return vec![];
    };
    let fields = fields(code, source, definition, 0);
    let own = TYPE_KEYS
        .iter()
        .find_map(|key| fields.iter().find(|(name, _)| name == key));
    own.map(|(_, names)| names.iter().map(|name| (name.clone(), class.span)).collect())
        .unwrap_or_default()
}

fn matched(reader: &Reader<'_>, pattern: &Pattern, held: Held) -> Vec<(String, Span)> {
    match pattern {
        Pattern::Value(value) if held == Held::Type => reader
            .type_names(value)
            .into_iter()
            .map(|name| (name, value.span))
            .collect(),
        Pattern::Or(patterns) => patterns
            .iter()
            .flat_map(|pattern| matched(reader, pattern, held))
            .collect(),
        Pattern::As {
            pattern: Some(pattern),
            ..
        } => matched(reader, pattern, held),
        Pattern::Mapping { items, .. } if held == Held::Message => items
            .iter()
            .filter(|(key, _)| text(key).is_some_and(|key| TYPE_KEYS.contains(&key.as_str())))
            .flat_map(|(_, pattern)| matched(reader, pattern, Held::Type))
            .collect(),
        Pattern::Class { class, .. } if held == Held::Message => {
            of_class(reader.code, reader.function, class)
        }
        _ => vec![],
    }
}
