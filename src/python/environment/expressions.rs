//! Walking statements and expressions.

use crate::python::syntax::ast::{Argument, Expr, ExprKind, FStringPart, Stmt, StmtKind};

/// The expressions of a statement itself, those that are evaluated around it: decorators, defaults, bases.
/// What is assigned to or deleted is left out.
pub(super) fn of_statement<'a>(stmt: &'a Stmt, see: &mut impl FnMut(&'a Expr)) {
    match &stmt.kind {
        StmtKind::FunctionDef(def) => {
            def.decorators.iter().for_each(&mut *see);
            def.parameters
                .all
                .iter()
                .filter_map(|parameter| parameter.default.as_deref())
                .for_each(see);
        }
        StmtKind::ClassDef(def) => {
            def.decorators.iter().for_each(&mut *see);
            arguments(&def.arguments, see);
        }
        StmtKind::Return(value) => value.iter().for_each(see),
        StmtKind::Assign { value, .. } | StmtKind::AugAssign { value, .. } | StmtKind::Expr(value) => {
            see(value)
        }
        StmtKind::AnnAssign {
            value, annotation, ..
        } => {
            see(annotation);
            value.iter().for_each(see);
        }
        StmtKind::For { iter, .. } => see(iter),
        StmtKind::While { test, .. } | StmtKind::If { test, .. } => see(test),
        StmtKind::With { items, .. } => items.iter().for_each(|(value, _)| see(value)),
        StmtKind::Match { subject, cases } => {
            see(subject);
            cases.iter().filter_map(|case| case.guard.as_ref()).for_each(see);
        }
        StmtKind::Raise { exception, cause } => exception.iter().chain(cause).for_each(see),
        StmtKind::Assert { test, message } => {
            see(test);
            message.iter().for_each(see);
        }
        _ => {}
    }
}

fn arguments<'a>(arguments: &'a [Argument], see: &mut impl FnMut(&'a Expr)) {
    for argument in arguments {
        let (Argument::Positional(value)
        | Argument::Star(value)
        | Argument::Keyword(_, value)
        | Argument::DoubleStar(value)) = argument;
        see(value);
    }
}

/// The expressions directly inside another one.
pub(super) fn children<'a>(expr: &'a Expr, see: &mut impl FnMut(&'a Expr)) {
    match &expr.kind {
        ExprKind::FString(parts) => fields(parts, see),
        ExprKind::List(items)
        | ExprKind::Tuple(items)
        | ExprKind::Set(items)
        | ExprKind::BoolOp(_, items) => {
            items.iter().for_each(see);
        }
        ExprKind::Dict(entries) => {
            for (key, value) in entries {
                key.iter().for_each(&mut *see);
                see(value);
            }
        }
        ExprKind::Unary(_, value)
        | ExprKind::Attribute(value, _)
        | ExprKind::Await(value)
        | ExprKind::YieldFrom(value)
        | ExprKind::Starred(value)
        | ExprKind::Named(_, value) => see(value),
        ExprKind::Binary(left, _, right) | ExprKind::Subscript(left, right) => {
            see(left);
            see(right);
        }
        ExprKind::Compare(left, rest) => {
            see(left);
            rest.iter().for_each(|(_, right)| see(right));
        }
        ExprKind::Call(callee, given) => {
            see(callee);
            arguments(given, see);
        }
        ExprKind::Slice(from, to, step) => [from, to, step].into_iter().flatten().for_each(|part| see(part)),
        ExprKind::Lambda(def) => def
            .body()
            .statements
            .iter()
            .for_each(|stmt| of_statement(stmt, see)),
        ExprKind::IfExp { test, body, orelse } => [test, body, orelse].into_iter().for_each(|part| see(part)),
        ExprKind::ListComp(item, parts)
        | ExprKind::SetComp(item, parts)
        | ExprKind::Generator(item, parts) => {
            see(item);
            comprehensions(parts, see);
        }
        ExprKind::DictComp(key, value, parts) => {
            see(key);
            see(value);
            comprehensions(parts, see);
        }
        ExprKind::Yield(value) => value.iter().for_each(|value| see(value)),
        ExprKind::Name(_) | ExprKind::Constant(_) | ExprKind::Invalid => {}
    }
}

fn comprehensions<'a>(
    parts: &'a [crate::python::syntax::ast::Comprehension],
    see: &mut impl FnMut(&'a Expr),
) {
    for part in parts {
        see(&part.iter);
        part.conditions.iter().for_each(&mut *see);
    }
}

fn fields<'a>(parts: &'a [FStringPart], see: &mut impl FnMut(&'a Expr)) {
    for part in parts {
        if let FStringPart::Field { value, spec, .. } = part {
            see(value);
            fields(spec, see);
        }
    }
}
