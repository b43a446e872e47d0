//! What a message is, from the expression that makes it.

use super::code::{Code, Function, is_name, text};
use super::walk;
use crate::{
    python::syntax::ast::{Argument, ClassDef, Expr, ExprKind, StmtKind},
    web::messages::TYPE_KEYS,
};

/// Values that are followed, one after the other.
const MAX_DEPTH: u32 = 8;

/// A kind of message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Message {
    /// Its type.
    pub name: Option<String>,
    /// What it is without a type.
    pub format: &'static str,
    /// Fields besides the type.
    pub fields: Vec<String>,
    /// The parameter that is its type, or that is all of it.
    pub parameter: Option<Parameter>,
}

/// What a parameter is of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Parameter {
    /// All of it.
    Whole(String),
    /// Its type.
    Type(String),
}

/// Reads messages from expressions of one function.
pub(super) struct Reader<'a> {
    pub code: &'a Code,
    pub function: &'a Function,
}

impl Reader<'_> {
    /// The messages that an expression may be.
    pub(super) fn messages(&self, expression: &Expr, format: &'static str, depth: u32) -> Vec<Message> {
        let other = |format| {
            vec![Message {
                format,
                ..Message::default()
            }]
        };
        if depth > MAX_DEPTH {
            return other(format);
        }
        let next = |expression, format| self.messages(expression, format, depth + 1);
        match &expression.kind {
            ExprKind::Await(value) | ExprKind::Named(_, value) => next(value, format),
            ExprKind::IfExp { body, orelse, .. } => [next(body, format), next(orelse, format)].concat(),
            ExprKind::Dict(items) => {
                let items = items
                    .iter()
                    .filter_map(|(key, value)| Some((text(key.as_ref()?)?, value)));
                self.dictionary(&items.collect::<Vec<_>>())
            }
            ExprKind::Constant(_) | ExprKind::FString(_) => {
                other(if format == "binary" { format } else { "text" })
            }
            ExprKind::Name(name) => self.named(name, format, depth),
            ExprKind::Subscript(_, key) if text(key).as_deref() == Some("data") => other("data of an event"),
            ExprKind::Call(callee, arguments)
                if is_name(callee, "dict") && matches!(arguments.first(), Some(Argument::Keyword(..))) =>
            {
                let keywords = arguments.iter().filter_map(|argument| match argument {
                    Argument::Keyword(name, value) => Some((name.to_string(), value)),
                    _ => None,
                });
                self.dictionary(&keywords.collect::<Vec<_>>())
            }
            ExprKind::Call(callee, arguments) => {
                let first = arguments.first().map(walk::argument);
                match &callee.kind {
                    ExprKind::Attribute(_, method) if method == "dumps" => match first {
                        Some(first) => next(first, "untyped JSON"),
                        None => other(format),
                    },
                    ExprKind::Attribute(object, method)
                        if matches!(
                            method.as_str(),
                            "model_dump" | "model_dump_json" | "dict" | "json" | "encode" | "copy" | "decode"
                        ) && first.is_none_or(|_| method != "get") =>
                    {
                        let json = if method.contains("encode") || method.contains("decode") {
                            format
                        } else {
                            "untyped JSON"
                        };
                        next(object, json)
                    }
                    ExprKind::Name(name)
                        if matches!(name.as_str(), "jsonable_encoder" | "asdict" | "dict")
                            && first.is_some() =>
                    {
                        first.map_or_else(|| other(format), |first| next(first, "untyped JSON"))
                    }
                    _ => self.called(callee, arguments, format, depth),
                }
            }
            _ => other(format),
        }
    }

    fn dictionary(&self, items: &[(String, &Expr)]) -> Vec<Message> {
        let keyed = |key: &str| items.iter().find(|(own, _)| own == key).map(|(_, value)| *value);
        let found = TYPE_KEYS.iter().find_map(|key| {
            let value = keyed(key)?;
            let names = self.type_names(value);
            let parameter = self.parameter(value).map(Parameter::Type);
            (!names.is_empty() || parameter.is_some()).then_some((*key, names, parameter))
        });
        let fields = |key: &str| -> Vec<String> {
            let names = items.iter().map(|(own, _)| own.clone());
            names.filter(|name| name != key).collect()
        };
        match found {
            Some((key, names, None)) => names
                .into_iter()
                .map(|name| Message {
                    name: Some(name),
                    format: "JSON",
                    fields: fields(key),
                    parameter: None,
                })
                .collect(),
            Some((key, _, parameter)) => vec![Message {
                name: None,
                format: "untyped JSON",
                fields: fields(key),
                parameter,
            }],
            None => vec![Message {
                name: None,
                format: "untyped JSON",
                fields: fields(""),
                parameter: None,
            }],
        }
    }

    /// The strings that the type of a message may be: a literal, a member of an enumeration, a constant.
    pub(super) fn type_names(&self, expression: &Expr) -> Vec<String> {
        match &expression.kind {
            ExprKind::IfExp { body, orelse, .. } => [self.type_names(body), self.type_names(orelse)].concat(),
            ExprKind::Attribute(object, member) if member == "value" => self.type_names(object),
            ExprKind::Attribute(object, member) => match &object.kind {
                ExprKind::Name(class) => {
                    let found = self.code.class(self.function.source, class);
                    found
                        .and_then(|(_, class)| assigned(class, member))
                        .into_iter()
                        .collect()
                }
                _ => vec![],
            },
            ExprKind::Name(name) if self.parameter(expression).is_none() => {
                let constant = self.code.constant(self.function.source, name);
                constant.and_then(|(_, value)| text(value)).into_iter().collect()
            }
            _ => text(expression).into_iter().collect(),
        }
    }

    /// The parameter of the function that an expression is.
    pub(super) fn parameter(&self, expression: &Expr) -> Option<String> {
        let ExprKind::Name(name) = &expression.kind else {
            return None;
        };
        let parameters = &self.function.definition.parameters.all;
        parameters
            .iter()
            .any(|known| known.name == *name)
            .then(|| name.to_string())
    }

    fn named(&self, name: &str, format: &'static str, depth: u32) -> Vec<Message> {
        let values = walk::assigned(&self.function.definition.body().statements, name);
        let mut found = vec![];
        for value in values {
            found.extend(self.messages(value, format, depth + 1));
        }
        if self
            .function
            .definition
            .parameters
            .all
            .iter()
            .any(|known| known.name == *name)
        {
            found.push(Message {
                format,
                parameter: Some(Parameter::Whole(name.to_owned())),
                ..Message::default()
            });
        }
        if found.is_empty() {
            if let Some((source, constant)) = self.code.constant(self.function.source, name)
                && source == self.function.source
            {
                return self.messages(constant, format, depth + 1);
            }
            found.push(Message {
                format,
                ..Message::default()
            });
        }
        found
    }

    /// A model that is made, or what a function returns.
    fn called(
        &self,
        callee: &Expr,
        arguments: &[Argument],
        format: &'static str,
        depth: u32,
    ) -> Vec<Message> {
        if let ExprKind::Name(name) | ExprKind::Attribute(_, name) = &callee.kind
            && let Some((source, class)) = self.code.class(self.function.source, name)
        {
            return self.model(source, class, arguments);
        }
        let mut found = vec![];
        for index in self.code.certain_callees(self.function, callee) {
            let function = &self.code.functions[index];
            let reader = Reader {
                code: self.code,
                function,
            };
            walk::statements(&function.definition.body().statements, &mut |statement| {
                if let StmtKind::Return(Some(value)) = &statement.kind {
                    let returned = reader.messages(value, format, depth + 2);
                    found.extend(returned.into_iter().filter(|message| message.parameter.is_none()));
                }
            });
        }
        if found.is_empty() {
            found.push(Message {
                format,
                ..Message::default()
            });
        }
        found
    }

    fn model(&self, source: usize, class: &ClassDef, arguments: &[Argument]) -> Vec<Message> {
        let fields = fields(self.code, source, class, 0);
        let given = |key: &str| {
            arguments.iter().find_map(|argument| match argument {
                Argument::Keyword(name, value) if name == key => Some(self.type_names(value)),
                _ => None,
            })
        };
        let found = TYPE_KEYS.iter().find_map(|key| {
            let (_, own) = fields.iter().find(|(name, _)| name == key)?;
            let names = given(key)
                .filter(|names| !names.is_empty())
                .unwrap_or_else(|| own.clone());
            (!names.is_empty()).then_some((*key, names))
        });
        let (key, names) = found.unwrap_or(("", vec![]));
        let others: Vec<String> = fields
            .iter()
            .map(|(name, _)| name.clone())
            .filter(|name| name != key)
            .collect();
        if names.is_empty() {
            return vec![Message {
                format: "untyped JSON",
                fields: others,
                ..Message::default()
            }];
        }
        let message = |name| Message {
            name: Some(name),
            format: "JSON",
            fields: others.clone(),
            parameter: None,
        };
        names.into_iter().map(message).collect()
    }
}

/// Fields of a class and its bases, each with the strings that its annotation or default allow.
pub(super) fn fields(code: &Code, source: usize, class: &ClassDef, depth: u32) -> Vec<(String, Vec<String>)> {
    let mut fields: Vec<(String, Vec<String>)> = vec![];
    if depth > MAX_DEPTH {
        return fields;
    }
    for argument in &class.arguments {
        if let Argument::Positional(base) = argument
            && let ExprKind::Name(name) = &base.kind
            && let Some((source, base)) = code.class(source, name)
            && base.name != class.name
        {
            fields.extend(self::fields(code, source, base, depth + 1));
        }
    }
    for statement in &class.body {
        let StmtKind::AnnAssign {
            target,
            annotation,
            value,
        } = &statement.kind
        else {
            continue;
        };
        let ExprKind::Name(name) = &target.kind else {
            continue;
        };
        let mut names = literals(annotation);
        if names.is_empty() {
            names.extend(value.as_ref().and_then(text));
        }
        fields.retain(|(known, _)| known != name.as_str());
        fields.push((name.to_string(), names));
    }
    fields
}

/// The strings of `Literal["a", "b"]`.
fn literals(annotation: &Expr) -> Vec<String> {
    let ExprKind::Subscript(object, index) = &annotation.kind else {
        return vec![];
    };
    if !matches!(&object.kind, ExprKind::Name(name) | ExprKind::Attribute(_, name) if name == "Literal") {
        return vec![];
    }
    match &index.kind {
        ExprKind::Tuple(items) => items.iter().filter_map(text).collect(),
        _ => text(index).into_iter().collect(),
    }
}

/// The string that a class assigns to a member.
fn assigned(class: &ClassDef, member: &str) -> Option<String> {
    class.body.iter().find_map(|statement| match &statement.kind {
        StmtKind::Assign { targets, value } if targets.iter().any(|target| is_name(target, member)) => {
            text(value)
        }
        StmtKind::AnnAssign {
            target,
            value: Some(value),
            ..
        } if is_name(target, member) => text(value),
        _ => None,
    })
}
