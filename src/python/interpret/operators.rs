//! Operators: truth, arithmetic, comparison.

use std::rc::Rc;

use ecow::EcoString;

use super::{
    arguments::Arguments,
    arithmetic::{numeric, operator_name},
    class::Builtin,
    collection::Collection,
    containers::length,
    expressions::open_set_of,
    flow::Eval,
    interpreter::Interpreter,
    typing::TypeForm,
    unknown::{Piece, Unknown},
    value::Value,
};
use crate::python::syntax::ast::{BinaryOp, Expr};

impl Interpreter {
    /// Whether a value is true; `None` when that is not known.
    ///
    /// # Errors
    /// When `__bool__` or `__len__` raises.
    pub fn truth(&mut self, value: &Value) -> Eval<Option<bool>> {
        Ok(Some(match value {
            Value::None => false,
            Value::Bool(flag) => *flag,
            Value::Int(number) => *number != 0,
            Value::Float(number) => *number != 0.0,
            Value::Str(text) => !text.is_empty(),
            Value::Bytes(bytes) => !bytes.is_empty(),
            Value::Tuple(items) => !items.is_empty(),
            Value::List(items) => return Ok(has_items(items, items.borrow().len())),
            Value::Set(items) | Value::Dict(items) => return Ok(has_items(items, items.borrow().len())),
            Value::Instance(instance) => return self.instance_truth(value, instance),
            Value::Unknown(unknown) => return self.unknown_truth(unknown),
            _ => true,
        }))
    }

    fn unknown_truth(&mut self, unknown: &Unknown) -> Eval<Option<bool>> {
        if let Some(template) = &unknown.template {
            let has_text = template
                .iter()
                .any(|piece| matches!(piece, Piece::Text(text) if !text.is_empty()));
            return Ok(has_text.then_some(true));
        }
        if !unknown.is_instance && !unknown.origin.is_empty() && unknown.origin.contains('.') {
            let last = unknown.origin.rsplit('.').next().unwrap_or_default();
            // A class of a library is true like any class.
            if last.starts_with(char::is_uppercase) && last.chars().any(char::is_lowercase) {
                return Ok(Some(true));
            }
        }
        let mut verdicts = vec![];
        for alternative in &unknown.alternatives {
            verdicts.push(self.truth(alternative)?);
        }
        Ok(match verdicts.split_first() {
            Some((first, rest)) if rest.iter().all(|verdict| verdict == first) => *first,
            _ => None,
        })
    }

    fn instance_truth(
        &mut self,
        value: &Value,
        instance: &Rc<super::value::InstanceObject>,
    ) -> Eval<Option<bool>> {
        for name in ["__bool__", "__len__"] {
            if let Some(Value::Function(_)) = instance.class.get(name) {
                let result = self.call_method(value, name, Arguments::default())?;
                return self.truth(&result);
            }
        }
        if instance.class.is_builtin(Builtin::Enum) && instance.class.data_type().is_none() {
            return Ok(Some(true));
        }
        let base = instance.base.borrow().clone();
        match base {
            Some(base) => self.truth(&base),
            None if instance.class.data_type().is_some() => Ok(None),
            None if !instance.class.unknown_bases.is_empty() => Ok(None),
            None => Ok(Some(true)),
        }
    }

    /// `left op right`.
    ///
    /// # Errors
    /// When a user-defined operator raises.
    pub fn binary(&mut self, left: &Value, op: BinaryOp, right: &Value) -> Eval<Value> {
        if let Some(result) = self.overloaded(left, op, right)? {
            return Ok(result);
        }
        let (l, r) = (left.unboxed(), right.unboxed());
        Ok(match (op, &l, &r) {
            (BinaryOp::BitOr, ..) if is_type(&l) && is_type(&r) => {
                TypeForm::union(vec![self.forward(l), self.forward(r)])
            }
            (BinaryOp::BitOr, Value::Unknown(u), other) | (BinaryOp::BitOr, other, Value::Unknown(u))
                if !u.is_instance && !u.origin.is_empty() && is_type(other) =>
            {
                TypeForm::union(vec![self.forward(l), self.forward(r)])
            }
            (BinaryOp::Add, ..) if !self.has_room(length(&l) + length(&r))? => Unknown::nothing(),
            (BinaryOp::Add, Value::Str(a), Value::Str(b)) => Value::Str(ecow::eco_format!("{a}{b}")),
            (BinaryOp::Add, a, b) if is_text(a) || is_text(b) => {
                let mut pieces = Unknown::pieces(a);
                pieces.extend(Unknown::pieces(b));
                Unknown::text(pieces)
            }
            (BinaryOp::Add, Value::List(a), Value::List(b)) => {
                let mut items = a.borrow().clone();
                let least = either_least(a, items.len(), b, b.borrow().len());
                items.extend(b.borrow().iter().cloned());
                Value::open_list(items, least)
            }
            (BinaryOp::Add, Value::Tuple(a), Value::Tuple(b)) => {
                Value::tuple(a.iter().chain(b.iter()).cloned().collect())
            }
            (BinaryOp::Add, Value::List(a), _) if r.is_unknown() => {
                let mut items = a.borrow().clone();
                let least = a.least().unwrap_or(items.len());
                let (new, is_open) = self.iterate(&r)?;
                items.extend(new);
                Value::open_list(items, is_open.then_some(least).or_else(|| a.least()))
            }
            (BinaryOp::Add, _, Value::List(b)) if l.is_unknown() => {
                let (mut items, is_open) = self.iterate(&l)?;
                let least = b.least().unwrap_or(b.borrow().len());
                items.extend(b.borrow().iter().cloned());
                Value::open_list(items, is_open.then_some(least).or_else(|| b.least()))
            }
            (BinaryOp::Add, Value::Bytes(a), Value::Bytes(b)) => {
                Value::Bytes(a.iter().chain(b.iter()).copied().collect::<Vec<u8>>().into())
            }
            (BinaryOp::Mod, Value::Str(format), _) => super::format::percent(format, right),
            (BinaryOp::Mult, Value::Str(text), Value::Int(times))
            | (BinaryOp::Mult, Value::Int(times), Value::Str(text)) => {
                let times = usize::try_from(*times).unwrap_or(0);
                if !self.has_room(text.len().saturating_mul(times))? {
                    return Ok(Unknown::nothing());
                }
                Value::text(text.repeat(times))
            }
            (BinaryOp::Mult, Value::List(list), Value::Int(times))
            | (BinaryOp::Mult, Value::Int(times), Value::List(list)) => {
                let items = list.borrow();
                match self.repeated(&items, *times)? {
                    Some(copies) => Value::open_list(copies, list.least()),
                    None => Unknown::nothing(),
                }
            }
            (BinaryOp::Mult, Value::Tuple(items), Value::Int(times))
            | (BinaryOp::Mult, Value::Int(times), Value::Tuple(items)) => {
                match self.repeated(items, *times)? {
                    Some(items) => Value::tuple(items),
                    None => Unknown::nothing(),
                }
            }
            (BinaryOp::BitOr, Value::Dict(a), Value::Dict(b)) => {
                self.charge(length(&l) + length(&r))?;
                let mut entries = a.borrow().clone();
                let least = either_least(a, entries.len(), b, 0);
                entries.extend(b.borrow().iter().map(|(k, v)| (k.clone(), v.clone())));
                Value::Dict(Collection::with_least(entries, least))
            }
            (_, Value::Set(a), Value::Set(b)) => {
                self.charge(length(&l) + length(&r))?;
                let least = (a.is_open() || b.is_open()).then_some(0);
                let (a, b) = (a.borrow(), b.borrow());
                let members: Vec<Value> = match op {
                    BinaryOp::BitOr => a.values().chain(b.values()).map(|(k, _)| k.clone()).collect(),
                    BinaryOp::BitAnd => a
                        .iter()
                        .filter(|(k, _)| b.contains_key(*k))
                        .map(|(_, (v, _))| v.clone())
                        .collect(),
                    BinaryOp::Sub => a
                        .iter()
                        .filter(|(k, _)| !b.contains_key(*k))
                        .map(|(_, (v, _))| v.clone())
                        .collect(),
                    BinaryOp::BitXor => {
                        let left = a.iter().filter(|(k, _)| !b.contains_key(*k));
                        left.chain(b.iter().filter(|(k, _)| !a.contains_key(*k)))
                            .map(|(_, (v, _))| v.clone())
                            .collect()
                    }
                    _ => return Ok(Unknown::nothing()),
                };
                open_set_of(members, least)
            }
            _ => numeric(op, &l, &r).unwrap_or_else(Unknown::nothing),
        })
    }

    /// Items one after the other so many times; `None` when that is too long.
    fn repeated(&mut self, items: &[Value], times: i64) -> Eval<Option<Vec<Value>>> {
        let length = items.len().saturating_mul(usize::try_from(times).unwrap_or(0));
        if !self.has_room(length)? {
            return Ok(None);
        }
        Ok(Some(items.iter().cloned().cycle().take(length).collect()))
    }

    /// A text in the type language becomes a forward reference.
    fn forward(&mut self, value: Value) -> Value {
        match (&value, self.module()) {
            (Value::Str(text), Some(module)) => TypeForm::Forward {
                text: text.clone(),
                scope: self.scope(),
                module,
            }
            .value(),
            _ => value,
        }
    }

    /// `left op= right`: lists, sets and dictionaries are changed in place.
    ///
    /// # Errors
    /// When a user-defined operator raises.
    pub fn binary_in_place(&mut self, left: &Value, op: BinaryOp, right: &Value) -> Eval<Value> {
        match (left, op) {
            (Value::List(items), BinaryOp::Add) => {
                if !self.extend_list(items, right)? {
                    return Ok(Unknown::nothing());
                }
                Ok(left.clone())
            }
            (Value::Dict(entries), BinaryOp::BitOr) => {
                self.update_dict(entries, right)?;
                Ok(left.clone())
            }
            (Value::Set(members), BinaryOp::BitOr) => {
                self.update_set(members, right)?;
                Ok(left.clone())
            }
            _ => {
                if let Value::Instance(instance) = left {
                    let name = ecow::eco_format!("__i{}", &operator_name(op)[2..]);
                    if let Some(Value::Function(_)) = instance.class.get(&name) {
                        return self.call_method(left, &name, Arguments::of(vec![right.clone()]));
                    }
                }
                self.binary(left, op, right)
            }
        }
    }

    fn overloaded(&mut self, left: &Value, op: BinaryOp, right: &Value) -> Eval<Option<Value>> {
        let name = operator_name(op);
        if let Value::Instance(instance) = left
            && let Some(Value::Function(_) | Value::Native(_)) = instance.class.get(name)
        {
            return self
                .call_method(left, name, Arguments::of(vec![right.clone()]))
                .map(Some);
        }
        if let Value::Instance(instance) = right {
            let reflected = ecow::eco_format!("__r{}", &name[2..]);
            if let Some(Value::Function(_)) = instance.class.get(&reflected) {
                return self
                    .call_method(right, &reflected, Arguments::of(vec![left.clone()]))
                    .map(Some);
            }
        }
        if let Value::Class(class) = left
            && let Some(Value::Class(metaclass)) = &class.metaclass
            && let Some(method @ Value::Function(_)) = metaclass.get(name)
        {
            return self
                .call(&method, Arguments::of(vec![left.clone(), right.clone()]))
                .map(Some);
        }
        Ok(None)
    }

    pub(super) fn eval_binary(&mut self, left: &Expr, op: BinaryOp, right: &Expr) -> Eval<Value> {
        // A chain such as `a + b + c` nests to the left as deep as it is long: walk down first.
        let mut chain = vec![(op, right)];
        let mut first = left;
        while let crate::python::syntax::ast::ExprKind::Binary(inner, op, right) = &first.kind {
            chain.push((*op, right));
            first = inner;
        }
        let mut value = self.eval(first)?;
        // What a number of 64 bits holds may come of one that is larger: `2**63 - 1`.
        let mut wide = wide(&value);
        for (op, right) in chain.into_iter().rev() {
            let right = self.eval(right)?;
            wide = wide
                .zip(self::wide(&right))
                .and_then(|(a, b)| wide_result(a, op, b));
            value = self.binary(&value, op, &right)?;
            if let Some(whole) = wide.and_then(|whole| i64::try_from(whole).ok()) {
                value = Value::Int(whole);
            }
        }
        Ok(value)
    }
}

fn wide(value: &Value) -> Option<i128> {
    match value {
        Value::Int(number) => Some((*number).into()),
        _ => None,
    }
}

fn wide_result(a: i128, op: BinaryOp, b: i128) -> Option<i128> {
    match op {
        BinaryOp::Add => a.checked_add(b),
        BinaryOp::Sub => a.checked_sub(b),
        BinaryOp::Mult => a.checked_mul(b),
        BinaryOp::Pow => a.checked_pow(u32::try_from(b).ok()?),
        BinaryOp::LShift => a.checked_mul(2_i128.checked_pow(u32::try_from(b).ok()?)?),
        BinaryOp::FloorDiv if a >= 0 && b > 0 => Some(a / b),
        _ => None,
    }
}

/// Whether a collection with so many items has any; `None` when that is not known.
fn has_items<T>(collection: &Collection<T>, length: usize) -> Option<bool> {
    match collection.least() {
        Some(0) => None,
        Some(_) => Some(true),
        None => Some(length > 0),
    }
}

/// How many items two collections have together at least, if one of them is open.
fn either_least<A, B>(
    a: &Collection<A>,
    a_length: usize,
    b: &Collection<B>,
    b_length: usize,
) -> Option<usize> {
    (a.is_open() || b.is_open()).then(|| a.least().unwrap_or(a_length) + b.least().unwrap_or(b_length))
}

fn is_text(value: &Value) -> bool {
    match value {
        Value::Str(_) => true,
        Value::Unknown(unknown) => unknown.template.is_some(),
        _ => false,
    }
}

/// Whether a value can stand in the type language, so that `|` makes a union of it.
fn is_type(value: &Value) -> bool {
    match value {
        Value::Class(_) | Value::Type(_) | Value::None | Value::Str(_) => true,
        Value::Unknown(unknown) => !unknown.is_instance && !unknown.origin.is_empty(),
        _ => false,
    }
}

/// Text pieces of `str(value)`.
impl Interpreter {
    /// The pieces of a value's text, calling a `__str__` of its own.
    ///
    /// # Errors
    /// When `__str__` raises.
    pub fn text_pieces(&mut self, value: &Value) -> Eval<Vec<Piece>> {
        if let Value::Instance(instance) = value {
            for name in ["__str__", "__repr__"] {
                if let Some(Value::Function(_)) = instance.class.get(name) {
                    let text = self.call_method(value, name, Arguments::default())?;
                    return Ok(Unknown::pieces(&text));
                }
            }
            let args = instance.attributes.borrow().get("args").cloned();
            if instance.class.is_builtin(Builtin::Exception)
                && let Some(Value::Tuple(args)) = args
            {
                return Ok(args.first().map_or_else(Vec::new, Unknown::pieces));
            }
            if instance.is_abstract.get() && instance.base.borrow().is_none() {
                return Ok(vec![Piece::Hole(EcoString::from(instance.class.name.as_str()))]);
            }
        }
        Ok(Unknown::pieces(value))
    }
}
