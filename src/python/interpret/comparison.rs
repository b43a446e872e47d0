//! Comparing values: equality, identity, order, membership.

use super::{
    arguments::Arguments, flow::Eval, interpreter::Interpreter, key::Key, unknown::Unknown, value::Value,
};
use crate::python::syntax::ast::{CompareOp, Expr};

impl Interpreter {
    pub(super) fn eval_compare(&mut self, left: &Expr, rest: &[(CompareOp, Expr)]) -> Eval<Value> {
        let mut left = self.eval(left)?;
        let mut verdict = Value::Bool(true);
        for (op, right) in rest {
            let right = self.eval(right)?;
            verdict = self.compare_values(&left, *op, &right)?;
            match self.truth(&verdict)? {
                Some(false) => return Ok(verdict),
                None => return Ok(Unknown::nothing()),
                Some(true) => {}
            }
            left = right;
        }
        Ok(verdict)
    }

    fn compare_values(&mut self, left: &Value, op: CompareOp, right: &Value) -> Eval<Value> {
        let dunder = match op {
            CompareOp::Eq => "__eq__",
            CompareOp::NotEq => "__ne__",
            CompareOp::Lt => "__lt__",
            CompareOp::LtE => "__le__",
            CompareOp::Gt => "__gt__",
            CompareOp::GtE => "__ge__",
            _ => "",
        };
        if let Value::Instance(instance) = left
            && let Some(Value::Function(_)) = instance.class.get(dunder)
        {
            return self.call_method(left, dunder, Arguments::of(vec![right.clone()]));
        }
        // Without a `__ne__` of its own, Python negates `__eq__`.
        if let Value::Instance(instance) = left
            && op == CompareOp::NotEq
            && let Some(Value::Function(_)) = instance.class.get("__eq__")
        {
            let equal = self.call_method(left, "__eq__", Arguments::of(vec![right.clone()]))?;
            return Ok(self
                .truth(&equal)?
                .map_or_else(Unknown::nothing, |flag| Value::Bool(!flag)));
        }
        Ok(match self.compare(left, op, right)? {
            Some(flag) => Value::Bool(flag),
            None => Unknown::nothing(),
        })
    }

    /// A comparison; `None` when its outcome is not known.
    ///
    /// # Errors
    /// When `__contains__` or an iteration raises.
    pub fn compare(&mut self, left: &Value, op: CompareOp, right: &Value) -> Eval<Option<bool>> {
        Ok(match op {
            CompareOp::Is => self.identical(left, right),
            CompareOp::IsNot => self.identical(left, right).map(|flag| !flag),
            CompareOp::Eq => self.equal(left, right),
            CompareOp::NotEq => self.equal(left, right).map(|flag| !flag),
            CompareOp::In => return self.contains(right, left),
            CompareOp::NotIn => return Ok(self.contains(right, left)?.map(|flag| !flag)),
            CompareOp::Lt | CompareOp::LtE | CompareOp::Gt | CompareOp::GtE => {
                order(&left.unboxed(), &right.unboxed()).map(|ordering| match op {
                    CompareOp::Lt => ordering.is_lt(),
                    CompareOp::LtE => ordering.is_le(),
                    CompareOp::Gt => ordering.is_gt(),
                    _ => ordering.is_ge(),
                })
            }
        })
    }

    fn identical(&mut self, left: &Value, right: &Value) -> Option<bool> {
        if let (Value::Unknown(a), Value::Unknown(b)) = (left, right)
            && !a.is_instance
            && !b.is_instance
            && !a.origin.is_empty()
            && a.origin == b.origin
        {
            return Some(true);
        }
        for (unknown, other) in [(left, right), (right, left)] {
            let Value::Unknown(unknown) = unknown else {
                continue;
            };
            if unknown.template.is_some() && other.is_none() {
                return Some(false);
            }
            if !unknown.alternatives.is_empty() && !other.is_unknown() {
                let same: Vec<bool> = unknown
                    .alternatives
                    .iter()
                    .map(|value| value.is_same(other))
                    .collect();
                if unknown.alternatives.iter().any(Value::is_unknown) {
                    return None;
                }
                return same.iter().all(|flag| *flag == same[0]).then(|| same[0]);
            }
            return None;
        }
        if left.is_same(right) {
            return Some(true);
        }
        // An object of which only the class is known may be any object.
        let is_any = |value: &Value| matches!(value, Value::Instance(instance) if instance.is_abstract.get());
        let are_objects = matches!((left, right), (Value::Instance(_), Value::Instance(_)));
        (!are_objects || !is_any(left) && !is_any(right)).then_some(false)
    }

    /// `==`; `None` when that is not known.
    pub fn equal(&mut self, left: &Value, right: &Value) -> Option<bool> {
        if left.is_unknown() || right.is_unknown() {
            return self.identical(left, right);
        }
        if left.is_same(right) {
            return Some(true);
        }
        match (&left.unboxed(), &right.unboxed()) {
            (a, b) if is_open(a) && has_items(b) || is_open(b) && has_items(a) => None,
            (Value::Instance(_), Value::Instance(_)) if self.identical(left, right).is_none() => None,
            (Value::List(a), Value::List(b)) => {
                let (a, b) = (a.borrow().clone(), b.borrow().clone());
                self.equal_items(&a, &b)
            }
            (Value::Tuple(a), Value::Tuple(b)) => self.equal_items(a, b),
            (Value::Dict(a), Value::Dict(b)) => {
                let (a, b) = (a.borrow().clone(), b.borrow().clone());
                if a.len() != b.len() {
                    return Some(false);
                }
                let mut verdict = Some(true);
                for (key, (_, value)) in &a {
                    match b.get(key).map(|(_, other)| self.equal(value, other)) {
                        Some(Some(true)) => {}
                        Some(None) => verdict = None,
                        _ => return Some(false),
                    }
                }
                verdict
            }
            (Value::Set(a), Value::Set(b)) => {
                let (a, b) = (a.borrow(), b.borrow());
                Some(a.len() == b.len() && a.keys().all(|key| b.contains_key(key)))
            }
            (Value::Float(a), Value::Float(b)) => Some(a == b),
            (a, b) => Some(Key::of(a) == Key::of(b)),
        }
    }

    fn equal_items(&mut self, a: &[Value], b: &[Value]) -> Option<bool> {
        if a.len() != b.len() {
            return Some(false);
        }
        let mut verdict = Some(true);
        for (a, b) in a.iter().zip(b) {
            match self.equal(a, b) {
                Some(true) => {}
                Some(false) => return Some(false),
                None => verdict = None,
            }
        }
        verdict
    }

    /// `item in container`; `None` when that is not known.
    ///
    /// # Errors
    /// When `__contains__` or an iteration raises.
    pub fn contains(&mut self, container: &Value, item: &Value) -> Eval<Option<bool>> {
        if let Value::Instance(instance) = container
            && let Some(Value::Function(_)) = instance.class.get("__contains__")
        {
            let result = self.call_method(container, "__contains__", Arguments::of(vec![item.clone()]))?;
            return self.truth(&result);
        }
        match (&container.unboxed(), &item.unboxed()) {
            (Value::Str(text), Value::Str(part)) => Ok(Some(text.contains(part.as_str()))),
            (Value::Unknown(_), _) => Ok(None),
            (Value::Dict(entries) | Value::Set(entries), _) => {
                if entries.borrow().contains_key(&Key::of(item)) {
                    return Ok(Some(true));
                }
                let has_unknown =
                    item.is_unknown() || entries.borrow().values().any(|(key, _)| key.is_unknown());
                Ok(
                    if has_unknown && !entries.borrow().is_empty() || entries.is_open() {
                        None
                    } else {
                        Some(false)
                    },
                )
            }
            _ => {
                let (items, is_open) = self.iterate(container)?;
                let mut verdict = if is_open { None } else { Some(false) };
                for candidate in items {
                    match self.equal(&candidate, item) {
                        Some(true) => return Ok(Some(true)),
                        None => verdict = None,
                        Some(false) => {}
                    }
                }
                Ok(verdict)
            }
        }
    }
}

/// Whether a value may be equal to a list, set or dictionary; a tuple of which not all is known is a list here.
fn has_items(value: &Value) -> bool {
    matches!(
        value,
        Value::List(_) | Value::Tuple(_) | Value::Set(_) | Value::Dict(_) | Value::Instance(_)
    )
}

/// Whether a collection may have other items than those that are known.
#[must_use]
pub fn is_open(value: &Value) -> bool {
    match value {
        Value::List(items) => items.is_open(),
        Value::Set(entries) | Value::Dict(entries) => entries.is_open(),
        _ => false,
    }
}

/// The order of two values of comparable types.
#[must_use]
pub fn order(left: &Value, right: &Value) -> Option<std::cmp::Ordering> {
    match (left, right) {
        (Value::Str(a), Value::Str(b)) => Some(a.cmp(b)),
        (Value::Tuple(a), Value::Tuple(b)) => order_items(a, b),
        (Value::List(a), Value::List(b)) => order_items(&a.borrow(), &b.borrow()),
        _ => {
            let number = |value: &Value| match value {
                Value::Int(number) => Some(*number as f64),
                Value::Bool(flag) => Some(f64::from(u8::from(*flag))),
                Value::Float(number) => Some(*number),
                _ => None,
            };
            number(left)?.partial_cmp(&number(right)?)
        }
    }
}

fn order_items(a: &[Value], b: &[Value]) -> Option<std::cmp::Ordering> {
    for (a, b) in a.iter().zip(b) {
        match order(&a.unboxed(), &b.unboxed())? {
            std::cmp::Ordering::Equal => {}
            decided => return Some(decided),
        }
    }
    Some(a.len().cmp(&b.len()))
}
