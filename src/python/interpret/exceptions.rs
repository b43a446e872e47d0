//! Exceptions: raised, caught, and told where nothing catches them.

use std::rc::Rc;

use ecow::EcoString;

use super::{
    flow::{Completion, Eval, Flow, Raised},
    interpreter::{Interpreter, location},
    unknown::Unknown,
    value::Value,
};
use crate::python::syntax::ast::{ExceptHandler, Expr, ExprKind, Span, Stmt};

impl Interpreter {
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

    pub(super) fn report_raised(&mut self, raised: &Raised) {
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

    pub(super) fn exec_raise(&mut self, exception: Option<&Expr>, span: Span) -> Eval<Flow> {
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

    pub(super) fn is_caught_by_names(&self, raised: &Raised, names: &[EcoString]) -> bool {
        let class = match &raised.exception {
            Value::Instance(instance) => &instance.class,
            Value::Class(class) => class,
            _ => return !names.is_empty(),
        };
        class.mro().any(|class| names.contains(&class.name))
    }

    pub(super) fn exec_try(
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

/// The last parts of the exception names that an `except` clause lists.
fn caught_names(exception: &Expr) -> Vec<EcoString> {
    match &exception.kind {
        ExprKind::Name(name) | ExprKind::Attribute(_, name) => vec![name.clone()],
        ExprKind::Tuple(items) => items.iter().flat_map(caught_names).collect(),
        _ => vec![],
    }
}
