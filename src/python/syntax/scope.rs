//! Which names a function binds, whether it yields, and its docstring.

use ecow::EcoString;
use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

use super::ast::{Constant, Expr, ExprKind, Pattern, Stmt, StmtKind};
use super::lower::Lower;

/// What is known of the function, class or module whose body is being lowered.
///
/// The rules are those of Python's [naming and binding](https://docs.python.org/3/reference/executionmodel.html#naming-and-binding).
#[derive(Default)]
pub(super) struct Scope {
    /// Names bound so far, in order.
    bound: IndexSet<EcoString, FxBuildHasher>,
    /// Names declared `global` or `nonlocal`.
    elsewhere: Vec<EcoString>,
    /// Whether a `yield` of its own was seen.
    pub(super) yields: bool,
    /// Only functions have locals worth keeping.
    is_function: bool,
}

impl Scope {
    pub(super) fn function() -> Self {
        Self {
            is_function: true,
            ..Self::default()
        }
    }

    pub(super) fn class() -> Self {
        Self::default()
    }

    /// The names bound, less those that belong to an outer scope.
    pub(super) fn into_locals(mut self) -> Vec<EcoString> {
        for name in &self.elsewhere {
            self.bound.shift_remove(name);
        }
        self.bound.into_iter().collect()
    }
}

impl Lower<'_> {
    /// Notes that a name is bound in the innermost scope.
    pub(super) fn bind(&mut self, name: &EcoString) {
        if let Some(scope) = self.scopes.last_mut()
            && scope.is_function
            && !scope.bound.contains(name)
        {
            scope.bound.insert(name.clone());
        }
    }

    /// Notes the names of a `global` or `nonlocal` statement.
    pub(super) fn bind_elsewhere(&mut self, names: &[EcoString]) {
        if let Some(scope) = self.scopes.last_mut() {
            scope.elsewhere.extend_from_slice(names);
        }
    }

    /// Notes the names that an assignment to `target` binds.
    pub(super) fn bind_target(&mut self, target: &Expr) {
        match &target.kind {
            ExprKind::Name(name) => self.bind(name),
            ExprKind::Tuple(items) | ExprKind::List(items) => {
                for item in items {
                    self.bind_target(item);
                }
            }
            ExprKind::Starred(inner) => self.bind_target(inner),
            _ => {}
        }
    }

    /// Notes the names that a pattern captures.
    pub(super) fn bind_pattern(&mut self, pattern: &Pattern) {
        match pattern {
            Pattern::Value(_) | Pattern::Singleton(_) => {}
            Pattern::Sequence(items) | Pattern::Or(items) => {
                for item in items {
                    self.bind_pattern(item);
                }
            }
            Pattern::Mapping { items, rest } => {
                for (_, item) in items {
                    self.bind_pattern(item);
                }
                if let Some(name) = rest {
                    self.bind(name);
                }
            }
            Pattern::Class {
                positional, keyword, ..
            } => {
                for item in positional.iter().chain(keyword.iter().map(|(_, item)| item)) {
                    self.bind_pattern(item);
                }
            }
            Pattern::Star(name) => {
                if let Some(name) = name {
                    self.bind(name);
                }
            }
            Pattern::As { pattern, name } => {
                if let Some(pattern) = pattern {
                    self.bind_pattern(pattern);
                }
                if let Some(name) = name {
                    self.bind(name);
                }
            }
        }
    }
}

/// The docstring of a body: its first statement, when that is text alone.
pub(super) fn docstring(body: &[Stmt]) -> Option<EcoString> {
    match &body.first()?.kind {
        StmtKind::Expr(Expr {
            kind: ExprKind::Constant(Constant::Str(text)),
            ..
        }) => Some(text.clone()),
        _ => None,
    }
}
