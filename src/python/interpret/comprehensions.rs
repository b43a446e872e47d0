//! Comprehensions: loops inside an expression, in a scope of their own.

use std::{cell::RefCell, rc::Rc};

use super::{
    flow::Eval,
    interpreter::Interpreter,
    key::Key,
    scope::{Scope, ScopeKind},
    value::{Entries, Value},
};
use crate::python::syntax::ast::{Comprehension, Expr};

impl Interpreter {
    pub(super) fn eval_dict_comprehension(
        &mut self,
        key: &Expr,
        value: &Expr,
        loops: &[Comprehension],
    ) -> Eval<Value> {
        let pairs = self.comprehend(loops, &mut |it, out| {
            let pair = Value::tuple(vec![it.eval(key)?, it.eval(value)?]);
            out.push(pair);
            Ok(())
        })?;
        let mut entries = Entries::default();
        for pair in pairs {
            if let Value::Tuple(pair) = pair {
                entries.insert(Key::of(&pair[0]), (pair[0].clone(), pair[1].clone()));
            }
        }
        Ok(Value::Dict(Rc::new(RefCell::new(entries))))
    }

    /// Runs a comprehension's loops and collects what `emit` puts out for each round.
    pub(super) fn comprehend(&mut self, loops: &[Comprehension], emit: &mut Emit<'_>) -> Eval<Vec<Value>> {
        let scope = Scope::new(ScopeKind::Comprehension, Some(self.scope()));
        let first = self.eval(&loops[0].iter)?;
        let outer = std::mem::replace(&mut self.frame().scope, scope);
        let mut out = vec![];
        let result = self.comprehend_level(loops, Some(first), emit, &mut out);
        self.frame().scope = outer;
        result.map(|()| out)
    }

    fn comprehend_level(
        &mut self,
        loops: &[Comprehension],
        source: Option<Value>,
        emit: &mut Emit<'_>,
        out: &mut Vec<Value>,
    ) -> Eval<()> {
        let Some((level, inner)) = loops.split_first() else {
            return emit(self, out);
        };
        let source = match source {
            Some(source) => source,
            None => self.eval(&level.iter)?,
        };
        let (items, is_open) = self.iterate(&source)?;
        let mut rounds = vec![];
        'items: for item in items {
            self.step()?;
            let mark = self.trace_open();
            self.assign(&level.target, item)?;
            for condition in &level.conditions {
                let value = self.eval(condition)?;
                if self.truth(&value)? == Some(false) {
                    rounds.push(self.trace_close(mark));
                    continue 'items;
                }
            }
            self.comprehend_level(inner, None, emit, out)?;
            rounds.push(self.trace_close(mark));
        }
        if self.tracer.is_some() {
            let (target, iter) = (self.snippet(level.target.span), self.snippet(level.iter.span));
            // An unknown number of items was folded into one; it is a loop all the same.
            rounds.extend(is_open.then(Vec::new));
            self.trace_rounds(
                rounds,
                &ecow::eco_format!("for {target} in {iter}"),
                level.target.span,
            );
        }
        Ok(())
    }
}

/// What a comprehension puts out for each round.
pub(super) type Emit<'a> = dyn FnMut(&mut Interpreter, &mut Vec<Value>) -> Eval<()> + 'a;

/// Putting out the value of an element.
pub(super) trait PushItem {
    fn push_item(&mut self, interpreter: &mut Interpreter, element: &Expr) -> Eval<()>;
}

impl PushItem for Vec<Value> {
    fn push_item(&mut self, interpreter: &mut Interpreter, element: &Expr) -> Eval<()> {
        self.push(interpreter.eval(element)?);
        Ok(())
    }
}
