//! Executing statements.

use std::rc::Rc;

use ecow::EcoString;

use super::{
    flow::{Completion, Eval, Flow, Raised},
    interpreter::{Interpreter, location},
    unknown::Unknown,
    value::Value,
};
use crate::python::syntax::ast::{ExceptHandler, Expr, ExprKind, Span, Stmt, StmtKind};

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

    /// Whether a `try` around the import of this module waits for such an exception.
    pub(super) fn is_expected(&self, raised: &Raised) -> bool {
        match &raised.exception {
            Value::Instance(instance) => instance
                .class
                .mro()
                .any(|class| self.guards.iter().flatten().any(|guard| *guard == class.name)),
            Value::Class(class) => class
                .mro()
                .any(|class| self.guards.iter().flatten().any(|guard| *guard == class.name)),
            _ => false,
        }
    }

    fn report_raised(&mut self, raised: &Raised) {
        let words = self.exception_words(&raised.exception);
        let module = match self.module() {
            Some(module) if !module.is_own() => format!("`{}`", module.name),
            _ => "this module".to_owned(),
        };
        self.report_at(
            raised.location.clone(),
            "raised-at-import",
            format!("importing {module} raises `{words}`; the rest of it was analysed all the same"),
        );
    }

    /// An exception in words: its class and message.
    #[must_use]
    pub fn exception_words(&self, exception: &Value) -> EcoString {
        match exception {
            Value::Instance(instance) => {
                let args = instance.attributes.borrow().get("args").cloned();
                match args {
                    Some(Value::Tuple(args)) if !args.is_empty() => {
                        ecow::eco_format!("{}: {}", instance.class.name, super::repr::display(&args[0]))
                    }
                    _ => instance.class.name.clone(),
                }
            }
            other => super::repr::repr(other),
        }
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

    fn exec_raise(&mut self, exception: Option<&Expr>, span: Span) -> Eval<Flow> {
        let exception = match exception {
            Some(exception) => self.eval(exception)?,
            None => match self.frames.iter().rev().find_map(|frame| frame.handling.clone()) {
                Some(raised) => {
                    let place = self.frames.last().map(|frame| location(&frame.module, span));
                    self.trace_raise(&raised.exception, &place.unwrap_or_default());
                    return Ok(Flow::Raise(Box::new(raised)));
                }
                None => Unknown::nothing(),
            },
        };
        let exception = match &exception {
            Value::Class(_) => self.call(&exception, super::arguments::Arguments::default())?,
            _ => exception,
        };
        let place = match self.frames.last() {
            Some(frame) if frame.module.is_own() => location(&Rc::clone(&frame.module), span),
            _ => self.here(),
        };
        self.trace_raise(&exception, &place);
        Ok(Flow::Raise(Box::new(Raised {
            exception,
            location: place,
        })))
    }

    fn exec_with(&mut self, items: &[(Expr, Option<Expr>)], body: &[Stmt]) -> Eval<Completion> {
        let mut managers = vec![];
        let mut suppressed: Vec<EcoString> = vec![];
        for (context, target) in items {
            let mark = self.trace_open();
            let manager = self.eval(context)?;
            let at_exit = self.trace_entered(mark, &manager);
            suppressed.extend(self.suppressed_by(&manager));
            let entered = self.enter(&manager)?;
            if let Some(target) = target {
                self.assign(target, entered)?;
            }
            managers.push((manager, at_exit));
        }
        let is_guarding = !suppressed.is_empty();
        if is_guarding {
            self.guards.push(suppressed.clone());
        }
        let mark = self.trace_open();
        let result = self.exec_block(body);
        self.trace_suppressed(mark, &suppressed);
        if is_guarding {
            self.guards.pop();
        }
        for (manager, at_exit) in managers.into_iter().rev() {
            self.exit(&manager)?;
            self.trace_push(at_exit);
        }
        match result {
            Err(Flow::Raise(raised)) if self.is_caught_by_names(&raised, &suppressed) => Ok(Completion::Next),
            other => other,
        }
    }

    fn is_caught_by_names(&self, raised: &Raised, names: &[EcoString]) -> bool {
        let class = match &raised.exception {
            Value::Instance(instance) => &instance.class,
            Value::Class(class) => class,
            _ => return !names.is_empty(),
        };
        class.mro().any(|class| names.contains(&class.name))
    }

    fn exec_try(
        &mut self,
        body: &[Stmt],
        handlers: &[ExceptHandler],
        orelse: &[Stmt],
        finalbody: &[Stmt],
    ) -> Eval<Completion> {
        let names = handlers
            .iter()
            .filter_map(|handler| handler.exception.as_ref())
            .flat_map(caught_names);
        let mark = self.trace_open();
        self.guards.push(names.collect());
        let tried = self.exec_block(body);
        self.guards.pop();
        let goes_on = self.trace_handlers(mark, handlers, &tried)?;
        let result = match tried {
            Ok(Completion::Next) => self.exec_block(orelse),
            Err(Flow::Raise(_)) if goes_on => Ok(Completion::Next),
            // What the handler does has its place in the record already.
            Err(Flow::Raise(raised)) if mark.is_some() => self.unrecorded(|it| it.handle(*raised, handlers)),
            Err(Flow::Raise(raised)) => self.handle(*raised, handlers),
            other => other,
        };
        match self.exec_block(finalbody)? {
            Completion::Next => result,
            leaving => Ok(leaving),
        }
    }

    fn handle(&mut self, raised: Raised, handlers: &[ExceptHandler]) -> Eval<Completion> {
        for handler in handlers {
            if !self.is_caught(&raised, handler)? {
                continue;
            }
            if let Some(name) = &handler.name {
                self.scope().set(name, raised.exception.clone());
            }
            let outer = self.frame().handling.replace(raised);
            let result = self.exec_block(&handler.body);
            self.frame().handling = outer;
            if let Some(name) = &handler.name {
                self.scope().delete(name);
            }
            return result;
        }
        Err(Flow::Raise(Box::new(raised)))
    }

    fn is_caught(&mut self, raised: &Raised, handler: &ExceptHandler) -> Eval<bool> {
        let Some(caught) = &handler.exception else {
            return Ok(true);
        };
        let caught = self.eval(caught)?;
        let kinds: Vec<Value> = match &caught {
            Value::Tuple(kinds) => kinds.to_vec(),
            other => vec![other.clone()],
        };
        let class = match &raised.exception {
            Value::Instance(instance) => Rc::clone(&instance.class),
            Value::Class(class) => Rc::clone(class),
            // An unknown exception is taken to be the one that the code is prepared for.
            _ => return Ok(true),
        };
        Ok(kinds.iter().any(|kind| match kind {
            Value::Class(kind) => class.is_subclass_of(kind),
            Value::Unknown(_) => !class.unknown_bases.is_empty(),
            _ => false,
        }))
    }
}

/// Where a function keeps what an unknown decorator made of it.
pub(super) const DECORATED: &str = "__arch_decorated__";

/// The last parts of the exception names that an `except` clause lists.
fn caught_names(exception: &Expr) -> Vec<EcoString> {
    match &exception.kind {
        ExprKind::Name(name) | ExprKind::Attribute(_, name) => vec![name.clone()],
        ExprKind::Tuple(items) => items.iter().flat_map(caught_names).collect(),
        _ => vec![],
    }
}
