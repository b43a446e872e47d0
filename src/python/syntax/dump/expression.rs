//! Expressions, patterns and parameters of a dump, each on one line.

use std::fmt::Write as _;

use crate::python::syntax::ast::{
    Argument, Comprehension, Constant, Expr, ExprKind, FStringPart, FunctionDef, ParameterKind, Parameters,
    Pattern, StmtKind, TypeParam, TypeParamKind,
};

/// One expression on one line.
#[must_use]
pub fn expression(expr: &Expr) -> String {
    match &expr.kind {
        ExprKind::Name(name) => name.to_string(),
        ExprKind::Constant(constant) => literal(constant),
        ExprKind::FString(parts) => format!("(f {})", joined(parts, part)),
        ExprKind::List(items) => list("list", items),
        ExprKind::Tuple(items) => list("tuple", items),
        ExprKind::Set(items) => list("set", items),
        ExprKind::Dict(items) => {
            let item = |(key, value): &(Option<Expr>, Expr)| match key {
                Some(key) => format!("{}:{}", expression(key), expression(value)),
                None => format!("**{}", expression(value)),
            };
            format!("(dict {})", joined(items, item))
        }
        ExprKind::Unary(op, inner) => format!("({op:?} {})", expression(inner)),
        ExprKind::Binary(left, op, right) => format!("({op:?} {} {})", expression(left), expression(right)),
        ExprKind::BoolOp(op, terms) => list(&format!("{op:?}"), terms),
        ExprKind::Compare(first, rest) => {
            format!(
                "(compare {} {})",
                expression(first),
                joined(rest, |(op, term)| format!("{op:?} {}", expression(term)))
            )
        }
        ExprKind::Call(callee, arguments) => spaced(
            &format!("(call {}", expression(callee)),
            &joined(arguments, argument),
        ),
        ExprKind::Attribute(object, name) => format!("{}.{name}", expression(object)),
        ExprKind::Subscript(value, index) => format!("{}[{}]", expression(value), expression(index)),
        ExprKind::Slice(start, end, step) => {
            let part = |part: &Option<Box<Expr>>| {
                part.as_ref()
                    .map_or_else(|| "-".to_owned(), |part| expression(part))
            };
            format!("(slice {} {} {})", part(start), part(end), part(step))
        }
        ExprKind::Lambda(function) => lambda(function),
        ExprKind::IfExp { test, body, orelse } => {
            format!(
                "(if {} {} {})",
                expression(test),
                expression(body),
                expression(orelse)
            )
        }
        ExprKind::ListComp(body, clauses) => comprehension("listcomp", &expression(body), clauses),
        ExprKind::SetComp(body, clauses) => comprehension("setcomp", &expression(body), clauses),
        ExprKind::Generator(body, clauses) => comprehension("generator", &expression(body), clauses),
        ExprKind::DictComp(key, value, clauses) => comprehension(
            "dictcomp",
            &format!("{}:{}", expression(key), expression(value)),
            clauses,
        ),
        ExprKind::Await(inner) => format!("(await {})", expression(inner)),
        ExprKind::Yield(inner) => spaced(
            "(yield",
            &inner.as_ref().map(|inner| expression(inner)).unwrap_or_default(),
        ),
        ExprKind::YieldFrom(inner) => format!("(yield-from {})", expression(inner)),
        ExprKind::Starred(inner) => format!("*{}", expression(inner)),
        ExprKind::Named(name, value) => format!("({name} := {})", expression(value)),
        ExprKind::Invalid => "<invalid>".to_owned(),
    }
}

pub(super) fn joined<T>(items: &[T], show: impl FnMut(&T) -> String) -> String {
    items.iter().map(show).collect::<Vec<_>>().join(" ")
}

/// `(head rest)` without a blank when there is no rest.
pub(super) fn spaced(head: &str, rest: &str) -> String {
    if rest.is_empty() {
        format!("{head})")
    } else {
        format!("{head} {rest})")
    }
}

pub(super) fn list(name: &str, items: &[Expr]) -> String {
    spaced(&format!("({name}"), &joined(items, expression))
}

fn literal(constant: &Constant) -> String {
    match constant {
        Constant::None => "None".to_owned(),
        Constant::Bool(true) => "True".to_owned(),
        Constant::Bool(false) => "False".to_owned(),
        Constant::Int(value) => value.to_string(),
        Constant::BigInt(digits) => format!("{digits}n"),
        Constant::Float(value) => format!("{value:?}"),
        Constant::Imaginary(value) => format!("{value:?}j"),
        Constant::Str(text) => format!("{text:?}"),
        Constant::Bytes(data) => format!("b\"{}\"", data.escape_ascii()),
        Constant::Ellipsis => "...".to_owned(),
    }
}

fn part(part: &FStringPart) -> String {
    match part {
        FStringPart::Text(text) => format!("{text:?}"),
        FStringPart::Field {
            value,
            conversion,
            spec,
            debug_text,
        } => {
            let mut out = format!("{{{}", expression(value));
            if let Some(conversion) = conversion {
                let _ = write!(out, "!{conversion}");
            }
            if !spec.is_empty() {
                let _ = write!(out, ":{}", joined(spec, self::part));
            }
            if let Some(text) = debug_text {
                let _ = write!(out, " debug {text:?}");
            }
            out + "}"
        }
    }
}

pub(super) fn argument(argument: &Argument) -> String {
    match argument {
        Argument::Positional(value) => expression(value),
        Argument::Star(value) => format!("*{}", expression(value)),
        Argument::Keyword(name, value) => format!("{name}={}", expression(value)),
        Argument::DoubleStar(value) => format!("**{}", expression(value)),
    }
}

fn lambda(function: &FunctionDef) -> String {
    let body = match function.body().statements.first().map(|stmt| &stmt.kind) {
        Some(StmtKind::Return(Some(body))) => expression(body),
        _ => String::new(),
    };
    format!("(lambda ({}) {body})", parameters(&function.parameters))
}

fn comprehension(name: &str, body: &str, clauses: &[Comprehension]) -> String {
    let mut out = format!("({name} {body}");
    for clause in clauses {
        let kind = if clause.is_async { "async-for" } else { "for" };
        let _ = write!(
            out,
            " ({kind} {} {}",
            expression(&clause.target),
            expression(&clause.iter)
        );
        for condition in &clause.conditions {
            let _ = write!(out, " if {}", expression(condition));
        }
        out.push(')');
    }
    out + ")"
}

pub(super) fn parameters(parameters: &Parameters) -> String {
    joined(&parameters.all, |parameter| {
        let mut out = match parameter.kind {
            ParameterKind::PositionalOnly => format!("{}/", parameter.name),
            ParameterKind::PositionalOrKeyword => parameter.name.to_string(),
            ParameterKind::VarPositional => format!("*{}", parameter.name),
            ParameterKind::KeywordOnly => format!("{}!", parameter.name),
            ParameterKind::VarKeyword => format!("**{}", parameter.name),
        };
        if let Some(annotation) = &parameter.annotation {
            let _ = write!(out, ":{}", expression(annotation));
        }
        if let Some(default) = &parameter.default {
            let _ = write!(out, "={}", expression(default));
        }
        out
    })
}

pub(super) fn type_params(params: &[TypeParam]) -> String {
    if params.is_empty() {
        return String::new();
    }
    let shown = joined(params, |param| {
        let stars = match param.kind {
            TypeParamKind::TypeVar => "",
            TypeParamKind::TypeVarTuple => "*",
            TypeParamKind::ParamSpec => "**",
        };
        let mut out = format!("{stars}{}", param.name);
        if let Some(bound) = &param.bound {
            let _ = write!(out, ":{}", expression(bound));
        }
        if let Some(default) = &param.default {
            let _ = write!(out, "={}", expression(default));
        }
        out
    });
    format!("[{shown}]")
}

/// A pattern on one line.
pub(super) fn pattern(it: &Pattern) -> String {
    match it {
        Pattern::Value(value) | Pattern::Singleton(value) => expression(value),
        Pattern::Sequence(items) => spaced("(seq", &joined(items, pattern)),
        Pattern::Mapping { items, rest } => {
            let mut out = joined(items, |(key, value)| {
                format!("{}:{}", expression(key), pattern(value))
            });
            if let Some(rest) = rest {
                let _ = write!(out, " **{rest}");
            }
            spaced("(map", &out)
        }
        Pattern::Class {
            class,
            positional,
            keyword,
        } => {
            let mut out = joined(positional, pattern);
            for (name, value) in keyword {
                let _ = write!(out, " {name}={}", pattern(value));
            }
            spaced(&format!("(class {}", expression(class)), out.trim_start())
        }
        Pattern::Star(name) => format!("*{}", name.as_deref().unwrap_or("_")),
        Pattern::As { pattern: None, name } => name
            .as_ref()
            .map_or_else(|| "_".to_owned(), |name| format!("→{name}")),
        Pattern::As {
            pattern: Some(inner),
            name,
        } => {
            format!("({} as {})", pattern(inner), name.as_deref().unwrap_or("_"))
        }
        Pattern::Or(items) => format!("(or {})", joined(items, pattern)),
    }
}
