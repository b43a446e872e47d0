//! Comprehensions: loops inside an expression, in a scope of their own.

use super::{
    collection::Collection,
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
        let (pairs, least) = self.comprehend(loops, &mut |it, out| {
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
        Ok(Value::Dict(Collection::with_least(entries, least)))
    }

    /// Runs a comprehension's loops and collects what `emit` puts out for each round. With it goes how many of these are
    /// there at least, if that are not exactly all.
    pub(super) fn comprehend(
        &mut self,
        loops: &[Comprehension],
        emit: &mut Emit<'_>,
    ) -> Eval<(Vec<Value>, Option<usize>)> {
        let scope = Scope::new(ScopeKind::Comprehension, Some(self.scope()));
        let first = self.eval(&loops[0].iter)?;
        let outer = std::mem::replace(&mut self.frame().scope, scope);
        let (mut out, mut is_certain) = (vec![], true);
        let result = self.comprehend_level(loops, Some(first), emit, &mut (&mut out, &mut is_certain));
        self.frame().scope = outer;
        result.map(|()| (out, (!is_certain).then_some(0)))
    }

    fn comprehend_level(
        &mut self,
        loops: &[Comprehension],
        source: Option<Value>,
        emit: &mut Emit<'_>,
        (out, is_certain): &mut (&mut Vec<Value>, &mut bool),
    ) -> Eval<()> {
        let Some((level, inner)) = loops.split_first() else {
            return emit(self, out);
        };
        let source = match source {
            Some(source) => source,
            None => self.eval(&level.iter)?,
        };
        let (items, is_open) = self.iterate(&source)?;
        **is_certain &= !is_open;
        let mut rounds = vec![];
        'items: for item in items {
            self.step()?;
            let mark = self.trace_open();
            self.assign(&level.target, item)?;
            for condition in &level.conditions {
                let value = self.eval(condition)?;
                match self.truth(&value)? {
                    Some(true) => {}
                    Some(false) => {
                        rounds.push(self.trace_close(mark));
                        continue 'items;
                    }
                    None => **is_certain = false,
                }
            }
            self.comprehend_level(inner, None, emit, &mut (&mut **out, &mut **is_certain))?;
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
