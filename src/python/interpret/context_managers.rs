//! Context managers: `with` and what is entered and left.

use ecow::EcoString;

use super::{
    arguments::Arguments,
    flow::{Completion, Eval, Flow},
    interpreter::Interpreter,
    unknown::Unknown,
    value::Value,
};
use crate::python::syntax::ast::{Expr, Stmt};

impl Interpreter {
    pub(super) fn exec_with(&mut self, items: &[(Expr, Option<Expr>)], body: &[Stmt]) -> Eval<Completion> {
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

    /// `with`: what entering a context manager gives.
    pub(super) fn enter(&mut self, manager: &Value) -> Eval<Value> {
        match manager {
            Value::Iterator(iterator) => {
                let first = iterator.items.borrow().first().cloned();
                Ok(first.unwrap_or(Value::None))
            }
            Value::Instance(instance) => {
                for name in ["__enter__", "__aenter__"] {
                    if instance.class.get(name).is_some() {
                        return self.call_method(manager, name, Arguments::default());
                    }
                }
                Ok(Unknown::nothing())
            }
            Value::Unknown(unknown) if unknown.alternatives.is_empty() => Ok(manager.clone()),
            Value::Unknown(unknown) => {
                let mut entered = vec![];
                for alternative in &unknown.alternatives {
                    entered.push(self.enter(alternative)?);
                }
                Ok(self.one_of(entered))
            }
            _ => Ok(Unknown::nothing()),
        }
    }

    pub(super) fn exit(&mut self, manager: &Value) -> Eval<()> {
        if let Value::Instance(instance) = manager {
            for name in ["__exit__", "__aexit__"] {
                if let Some(Value::Function(_)) = instance.class.get(name) {
                    let arguments = Arguments::of(vec![Value::None, Value::None, Value::None]);
                    self.call_method(manager, name, arguments)?;
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// The exceptions that `contextlib.suppress(…)` swallows, by name.
    pub(super) fn suppressed_by(&self, manager: &Value) -> Vec<EcoString> {
        let Value::Instance(instance) = manager else {
            return vec![];
        };
        if instance.class.path() != "contextlib.suppress" {
            return vec![];
        }
        let exceptions = instance.attributes.borrow().get("exceptions").cloned();
        match exceptions {
            Some(Value::Tuple(classes)) => classes
                .iter()
                .filter_map(|class| match class {
                    Value::Class(class) => Some(class.name.clone()),
                    _ => None,
                })
                .collect(),
            _ => vec![],
        }
    }
}
