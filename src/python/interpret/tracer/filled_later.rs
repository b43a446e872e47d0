//! Names of a module that hold `None` until something fills them when the program starts, such as a connection pool.

use std::{rc::Rc, sync::Arc};

use ecow::EcoString;

use crate::python::{
    interpret::{
        interpreter::Interpreter,
        scope::{Scope, ScopeKind},
        unknown::Unknown,
        value::{ModuleObject, Value},
    },
    syntax::ast::{Expr, ExprKind, Stmt, StmtKind},
};

impl Interpreter {
    /// What a name stands for while a handler is followed, if it holds `None` now and functions of its module declare it
    /// `global` to bind it anew: by then it was filled. An object of the annotated type, else of the class that is called
    /// to fill it, else what is unknown.
    pub(in crate::python::interpret) fn filled_later(&mut self, name: &EcoString) -> Option<Value> {
        self.tracer.as_ref()?;
        let module = self.module().filter(|module| !module.is_model())?;
        if !is_of_module(&self.scope(), name) {
            return None;
        }
        let key = (Rc::as_ptr(&module) as usize, name.clone());
        if let Some(known) = self.tracer.as_ref().and_then(|tracer| tracer.filled.get(&key)) {
            return known.clone();
        }
        let filled = self.fill(&module, name);
        if let Some(tracer) = &mut self.tracer {
            tracer.filled.insert(key, filled.clone());
        }
        filled
    }

    fn fill(&mut self, module: &Rc<ModuleObject>, name: &str) -> Option<Value> {
        let file = Arc::clone(module.file.as_ref()?);
        let mut found = Found::default();
        look(&file.syntax.body, name, false, &mut found);
        if !found.is_rebound {
            return None;
        }
        if let Some(annotation) = found.annotation {
            let annotation = self.eval_in(module, &module.scope, annotation).ok()?;
            let held = self.stand_in(&annotation);
            return Some(self.without_none(held));
        }
        let made = found.values.into_iter().find_map(|value| match &value.kind {
            ExprKind::Call(callee, _) => match self.eval_in(module, &module.scope, callee) {
                Ok(class @ Value::Class(_)) => Some(self.stand_in(&class)),
                _ => None,
            },
            _ => None,
        });
        Some(made.unwrap_or_else(|| Unknown::instance(name)))
    }

    fn without_none(&self, value: Value) -> Value {
        match &value {
            Value::Unknown(unknown) if !unknown.alternatives.is_empty() => {
                let others = unknown.alternatives.iter().filter(|value| !value.is_none());
                self.one_of(others.cloned().collect())
            }
            _ => value,
        }
    }
}

/// Whether a name means the module's, seen from a scope.
fn is_of_module(scope: &Rc<Scope>, name: &str) -> bool {
    let mut scope = Some(scope);
    while let Some(inner) = scope {
        if inner.kind == ScopeKind::Module || inner.globals.borrow().iter().any(|global| global == name) {
            return true;
        }
        if inner.names.borrow().contains_key(name) {
            return false;
        }
        scope = inner.parent.as_ref();
    }
    false
}

/// How a module speaks of a name.
#[derive(Default)]
struct Found<'a> {
    annotation: Option<&'a Expr>,
    is_rebound: bool,
    values: Vec<&'a Expr>,
}

fn look<'a>(body: &'a [Stmt], name: &str, is_global: bool, found: &mut Found<'a>) {
    for statement in body {
        match &statement.kind {
            StmtKind::FunctionDef(def) => {
                let is_global = declares(&def.body().statements, name);
                found.is_rebound |= is_global;
                look(&def.body().statements, name, is_global, found);
            }
            StmtKind::ClassDef(def) => look(&def.body, name, false, found),
            StmtKind::AnnAssign {
                target, annotation, ..
            } if is_name(target, name) && found.annotation.is_none() => found.annotation = Some(annotation),
            StmtKind::Assign { targets, value } if is_global && targets.iter().any(|t| is_name(t, name)) => {
                found.values.push(value);
            }
            _ => {
                for suite in statement.suites() {
                    look(suite, name, is_global, found);
                }
            }
        }
    }
}

fn declares(body: &[Stmt], name: &str) -> bool {
    body.iter().any(|statement| {
        matches!(&statement.kind, StmtKind::Global(names) if names.iter().any(|global| global == name))
            || statement.suites().into_iter().any(|suite| declares(suite, name))
    })
}

fn is_name(expr: &Expr, name: &str) -> bool {
    matches!(&expr.kind, ExprKind::Name(found) if found == name)
}
