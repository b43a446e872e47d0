//! Executing statements.

use super::{
    flow::{Completion, Eval, Flow},
    interpreter::Interpreter,
    unknown::Unknown,
    value::Value,
};
use crate::python::syntax::ast::{Expr, ExprKind, Span, Stmt, StmtKind};

impl Interpreter {
    /// Executes a suite until a statement leaves it.
    ///
    /// # Errors
    /// When a statement raises, or the budget is used up.
    pub fn exec_block(&mut self, block: &[Stmt]) -> Eval<Completion> {
        for statement in block {
            match self.exec(statement)? {
                Completion::Next => {}
                leaving => return Ok(leaving),
            }
        }
        Ok(Completion::Next)
    }

    /// Executes the statements of a module or class body. One that raises, or takes too many steps, is reported
    /// and passed over, because what comes after it is still of interest.
    ///
    /// # Errors
    /// When the share of a class body is used up, or an exception is on its way that a `try` around the import waits for.
    pub fn exec_body(&mut self, block: &[Stmt]) -> Eval<()> {
        let is_module = self.scope().kind == super::scope::ScopeKind::Module;
        for statement in block {
            let result = if is_module {
                self.exec_of_module(statement)
            } else {
                self.exec(statement)
            };
            match result {
                Ok(_) => {}
                Err(Flow::Raise(raised)) if self.is_expected(&raised) => return Err(Flow::Raise(raised)),
                Err(Flow::Raise(raised)) => self.report_raised(&raised),
                Err(Flow::Exhausted) if is_module => {
                    self.frame().span = statement.span;
                    if self.budget.is_spent() {
                        self.report_given_up("this module", "what follows here is not known");
                        return Ok(());
                    }
                    self.report_given_up("this statement", "what it would bind or register is not known");
                }
                Err(Flow::Exhausted) => return Err(Flow::Exhausted),
            }
        }
        Ok(())
    }

    fn exec_of_module(&mut self, statement: &Stmt) -> Eval<Completion> {
        self.budget.open_statement();
        let result = self.exec(statement);
        self.budget.close();
        result
    }

    fn exec(&mut self, statement: &Stmt) -> Eval<Completion> {
        self.step()?;
        self.frame().span = statement.span;
        match &statement.kind {
            StmtKind::Expr(value) => {
                self.eval(value)?;
            }
            StmtKind::Assign { targets, value } => {
                let value = self.eval(value)?;
                for target in targets {
                    self.assign(target, value.clone())?;
                }
            }
            StmtKind::AnnAssign {
                target,
                annotation,
                value,
            } => {
                self.exec_annotated(target, annotation, value.as_ref())?;
            }
            StmtKind::AugAssign { target, op, value } => {
                let current = self.eval(target)?;
                let value = self.eval(value)?;
                let result = self.binary_in_place(&current, *op, &value)?;
                self.assign(target, result)?;
            }
            StmtKind::FunctionDef(def) => {
                let function = self.make_function(def)?;
                let value = self.decorate(&def.decorators, function)?;
                self.scope().set(&def.name, value);
            }
            StmtKind::ClassDef(def) => {
                let class = self.make_class(def)?;
                let value = self.decorate(&def.decorators, class)?;
                self.scope().set(&def.name, value);
            }
            StmtKind::Return(value) => {
                let value = value.as_ref().map_or(Ok(Value::None), |value| self.eval(value))?;
                return Ok(Completion::Return(value));
            }
            StmtKind::Delete(targets) => self.exec_delete(targets)?,
            StmtKind::TypeAlias {
                name,
                type_params,
                value,
            } => {
                let alias = self.make_type_alias(name, type_params, value)?;
                self.scope().set(name, alias);
            }
            StmtKind::For {
                target,
                iter,
                body,
                orelse,
                ..
            } => {
                return self.exec_for(statement.span, target, iter, body, orelse);
            }
            StmtKind::While { test, body, orelse } => {
                return self.exec_while(statement.span, test, body, orelse);
            }
            StmtKind::If { test, body, orelse } => return self.exec_if(statement.span, test, body, orelse),
            StmtKind::With { items, body, .. } => return self.exec_with(items, body),
            StmtKind::Match { subject, cases } => return self.exec_match(statement.span, subject, cases),
            StmtKind::Raise { exception, .. } => {
                return Err(self.exec_raise(exception.as_ref(), statement.span)?);
            }
            StmtKind::Try {
                body,
                handlers,
                orelse,
                finalbody,
            } => {
                return self.exec_try(body, handlers, orelse, finalbody);
            }
            StmtKind::Assert { test, .. } => {
                // Evaluated for what it binds; a failing assertion is a gap of ours more often than a bug of theirs.
                self.eval(test)?;
            }
            StmtKind::Import(names) => self.exec_import(names)?,
            StmtKind::ImportFrom { module, level, names } => self.exec_import_from(module, *level, names)?,
            StmtKind::Global(names) => self.scope().globals.borrow_mut().extend(names.iter().cloned()),
            StmtKind::Nonlocal(names) => self.scope().nonlocals.borrow_mut().extend(names.iter().cloned()),
            StmtKind::Pass => {}
            StmtKind::Break => return Ok(Completion::Break),
            StmtKind::Continue => return Ok(Completion::Continue),
        }
        Ok(Completion::Next)
    }

    fn exec_annotated(
        &mut self,
        target: &Expr,
        annotation: &std::sync::Arc<Expr>,
        value: Option<&Expr>,
    ) -> Eval<()> {
        if let ExprKind::Name(name) = &target.kind {
            self.note_annotation(name, annotation, target.span);
        }
        if let Some(value) = value {
            let value = self.eval(value)?;
            self.assign(target, value)?;
        }
        Ok(())
    }

    /// Applies decorators, innermost first.
    fn decorate(&mut self, decorators: &[Expr], mut value: Value) -> Eval<Value> {
        let evaluated: Vec<(Value, Span)> = decorators
            .iter()
            .map(|decorator| Ok((self.eval(decorator)?, decorator.span)))
            .collect::<Eval<_>>()?;
        for (decorator, span) in evaluated.into_iter().rev() {
            self.frame().span = span;
            value = self.apply_decorator(&decorator, value)?;
        }
        Ok(value)
    }

    fn apply_decorator(&mut self, decorator: &Value, value: Value) -> Eval<Value> {
        let result = self.call(decorator, super::arguments::Arguments::of(vec![value.clone()]))?;
        // An unknown decorator almost always returns what it was given, or a wrapper with the same signature.
        Ok(match &result {
            Value::Unknown(unknown) if unknown.alternatives.is_empty() => {
                if let Value::Function(function) = &value {
                    function
                        .attributes
                        .borrow_mut()
                        .insert(DECORATED.into(), result.clone());
                }
                value
            }
            _ => result,
        })
    }

    fn exec_delete(&mut self, targets: &[Expr]) -> Eval<()> {
        for target in targets {
            match &target.kind {
                ExprKind::Name(name) => self.scope().delete(name),
                ExprKind::Attribute(object, name) => {
                    let object = self.eval(object)?;
                    if let Value::Instance(instance) = &object {
                        instance.attributes.borrow_mut().shift_remove(name);
                    }
                }
                ExprKind::Subscript(object, index) => {
                    let object = self.eval(object)?;
                    let index = self.eval(index)?;
                    self.delete_item(&object, &index)?;
                }
                ExprKind::Tuple(items) | ExprKind::List(items) => self.exec_delete(items)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// Binds a value to a target: a name, attribute, subscript, or a pattern of them.
    ///
    /// # Errors
    /// When a setter raises.
    pub fn assign(&mut self, target: &Expr, value: Value) -> Eval<()> {
        match &target.kind {
            ExprKind::Name(name) => self.scope().set(name, value),
            ExprKind::Attribute(object, name) => {
                let object = self.eval(object)?;
                self.set_attribute(&object, name, value)?;
            }
            ExprKind::Subscript(object, index) => {
                let object = self.eval(object)?;
                let index = self.eval(index)?;
                self.set_item(&object, &index, value)?;
            }
            ExprKind::Tuple(targets) | ExprKind::List(targets) => self.unpack(targets, &value)?,
            ExprKind::Starred(inner) => self.assign(inner, value)?,
            _ => {}
        }
        Ok(())
    }

    fn unpack(&mut self, targets: &[Expr], value: &Value) -> Eval<()> {
        let (items, is_open) = self.iterate(value)?;
        let starred = targets
            .iter()
            .position(|target| matches!(target.kind, ExprKind::Starred(_)));
        let after = starred.map_or(0, |index| targets.len() - index - 1);
        for (index, target) in targets.iter().enumerate() {
            let item = if is_open && items.len() <= 1 {
                items.first().cloned().unwrap_or_else(Unknown::nothing)
            } else {
                match starred {
                    Some(star) if index == star => {
                        let end = items.len().saturating_sub(after).max(star);
                        Value::list(items.get(star..end).unwrap_or_default().to_vec())
                    }
                    Some(star) if index > star => {
                        let from_end = targets.len() - index;
                        items
                            .len()
                            .checked_sub(from_end)
                            .and_then(|i| items.get(i))
                            .cloned()
                            .unwrap_or_else(Unknown::nothing)
                    }
                    _ => items.get(index).cloned().unwrap_or_else(Unknown::nothing),
                }
            };
            self.assign(target, item)?;
        }
        Ok(())
    }
}

/// Where a function keeps what an unknown decorator made of it.
pub(super) const DECORATED: &str = "__arch_decorated__";
