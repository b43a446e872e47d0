//! Every expression and statement of a suite, functions within left out.

use super::code::is_name;
use crate::python::syntax::ast::{Argument, Expr, ExprKind, FStringPart, Stmt, StmtKind};

/// Visits every statement of a suite and of the suites in it.
pub(super) fn statements<'s>(body: &'s [Stmt], visit: &mut impl FnMut(&'s Stmt)) {
    for statement in body {
        visit(statement);
        for suite in statement.suites() {
            statements(suite, visit);
        }
    }
}

/// The targets and the value of an assignment.
pub(super) fn assignment(statement: &Stmt) -> Option<(&[Expr], &Expr)> {
    match &statement.kind {
        StmtKind::Assign { targets, value } => Some((targets, value)),
        StmtKind::AnnAssign {
            target,
            value: Some(value),
            ..
        } => Some((std::slice::from_ref(target), value)),
        _ => None,
    }
}

/// The values that a suite and those in it give to a name, in order.
pub(super) fn assigned<'s>(body: &'s [Stmt], name: &str) -> Vec<&'s Expr> {
    let mut values = vec![];
    statements(body, &mut |statement| {
        if let Some((targets, value)) = assignment(statement)
            && targets.iter().any(|target| is_name(target, name))
        {
            values.push(value);
        }
    });
    values
}

/// Visits every expression of a suite, parts behind wholes.
pub(super) fn expressions<'s>(body: &'s [Stmt], visit: &mut impl FnMut(&'s Expr)) {
    statements(body, &mut |statement| {
        own(statement)
            .into_iter()
            .for_each(|expression| below(expression, visit));
    });
}

/// The expressions that a statement holds itself.
fn own(statement: &Stmt) -> Vec<&Expr> {
    match &statement.kind {
        StmtKind::Return(value) => value.iter().collect(),
        StmtKind::Delete(targets) => targets.iter().collect(),
        StmtKind::Assign { targets, value } => targets.iter().chain([value]).collect(),
        StmtKind::AugAssign { target, value, .. } => vec![target, value],
        StmtKind::AnnAssign { target, value, .. } => [target].into_iter().chain(value).collect(),
        StmtKind::For { target, iter, .. } => vec![target, iter],
        StmtKind::While { test, .. } | StmtKind::If { test, .. } => vec![test],
        StmtKind::With { items, .. } => items.iter().map(|(context, _)| context).collect(),
        StmtKind::Match { subject, cases } => [subject]
            .into_iter()
            .chain(cases.iter().filter_map(|case| case.guard.as_ref()))
            .collect(),
        StmtKind::Raise { exception, cause } => exception.iter().chain(cause).collect(),
        StmtKind::Assert { test, message } => [test].into_iter().chain(message).collect(),
        StmtKind::Expr(expression) => vec![expression],
        _ => vec![],
    }
}

/// Visits an expression and all of its parts.
pub(super) fn below<'s>(expression: &'s Expr, visit: &mut impl FnMut(&'s Expr)) {
    visit(expression);
    parts(expression).into_iter().for_each(|part| below(part, visit));
}

fn parts(expression: &Expr) -> Vec<&Expr> {
    match &expression.kind {
        ExprKind::FString(parts) => parts
            .iter()
            .filter_map(|part| match part {
                FStringPart::Field { value, .. } => Some(value.as_ref()),
                FStringPart::Text(_) => None,
            })
            .collect(),
        ExprKind::List(items)
        | ExprKind::Tuple(items)
        | ExprKind::Set(items)
        | ExprKind::BoolOp(_, items) => items.iter().collect(),
        ExprKind::Dict(items) => items
            .iter()
            .flat_map(|(key, value)| key.iter().chain([value]))
            .collect(),
        ExprKind::Unary(_, operand) => vec![operand],
        ExprKind::Binary(left, _, right) | ExprKind::Subscript(left, right) => vec![left, right],
        ExprKind::Compare(left, others) => [left.as_ref()]
            .into_iter()
            .chain(others.iter().map(|(_, right)| right))
            .collect(),
        ExprKind::Call(callee, arguments) => [callee.as_ref()]
            .into_iter()
            .chain(arguments.iter().map(argument))
            .collect(),
        ExprKind::Attribute(object, _) => vec![object],
        ExprKind::IfExp { test, body, orelse } => vec![test, body, orelse],
        ExprKind::ListComp(item, clauses)
        | ExprKind::SetComp(item, clauses)
        | ExprKind::Generator(item, clauses) => [item.as_ref()]
            .into_iter()
            .chain(
                clauses
                    .iter()
                    .flat_map(|clause| [&clause.iter].into_iter().chain(&clause.conditions)),
            )
            .collect(),
        ExprKind::DictComp(key, value, clauses) => [key.as_ref(), value]
            .into_iter()
            .chain(clauses.iter().map(|clause| &clause.iter))
            .collect(),
        ExprKind::Await(value)
        | ExprKind::YieldFrom(value)
        | ExprKind::Starred(value)
        | ExprKind::Named(_, value) => vec![value],
        ExprKind::Yield(Some(value)) => vec![value],
        _ => vec![],
    }
}

/// The value of an argument.
pub(super) fn argument(argument: &Argument) -> &Expr {
    match argument {
        Argument::Positional(value)
        | Argument::Star(value)
        | Argument::Keyword(_, value)
        | Argument::DoubleStar(value) => value,
    }
}
