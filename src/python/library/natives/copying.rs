//! `copy.deepcopy`: containers are copied with all that is in them.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::python::interpret::{
    collection::Collection,
    containers::length,
    flow::Eval,
    interpreter::Interpreter,
    key::Key,
    value::{Entries, InstanceObject, Value},
};

/// Containers nested more deeply are shared with the original.
const DEPTH: usize = 100;

/// Copies made so far: what occurs twice is copied once, as is what contains itself.
#[derive(Default)]
pub(super) struct Copier {
    copies: FxHashMap<usize, Value>,
    depth: usize,
}

impl Copier {
    /// A copy of a value.
    ///
    /// # Errors
    /// When too few steps are left.
    pub(super) fn copy(&mut self, it: &mut Interpreter, value: &Value) -> Eval<Value> {
        let address = value.address().unwrap_or_default();
        if let Some(copy) = self.copies.get(&address) {
            return Ok(copy.clone());
        }
        if self.depth >= DEPTH {
            return Ok(value.clone());
        }
        it.charge(16 + length(value))?;
        self.depth += 1;
        let copy = self.copy_of_parts(it, value, address);
        self.depth -= 1;
        copy
    }

    fn copy_of_parts(&mut self, it: &mut Interpreter, value: &Value, address: usize) -> Eval<Value> {
        match value {
            Value::List(items) => {
                let copy = Collection::with_least(vec![], items.least());
                self.copies.insert(address, Value::List(Rc::clone(&copy)));
                for item in items.borrow().clone() {
                    let item = self.copy(it, &item)?;
                    copy.borrow_mut().push(item);
                }
                Ok(Value::List(copy))
            }
            Value::Dict(entries) => {
                let copy = Collection::with_least(Entries::default(), entries.least());
                self.copies.insert(address, Value::Dict(Rc::clone(&copy)));
                for (key, value) in entries.borrow().values().cloned().collect::<Vec<_>>() {
                    let value = self.copy(it, &value)?;
                    copy.borrow_mut().insert(Key::of(&key), (key, value));
                }
                Ok(Value::Dict(copy))
            }
            Value::Set(entries) => {
                let copy = Collection::with_least(entries.borrow().clone(), entries.least());
                Ok(Value::Set(copy))
            }
            Value::Tuple(items) => {
                let items: Eval<Vec<Value>> = items.iter().map(|item| self.copy(it, item)).collect();
                Ok(Value::tuple(items?))
            }
            Value::Instance(instance) if is_data(instance) => {
                let attributes = instance.attributes.borrow().clone();
                let copy = Value::Instance(instance.with_attributes(attributes));
                self.copies.insert(address, copy.clone());
                Ok(copy)
            }
            _ => Ok(value.clone()),
        }
    }
}

/// Whether an instance is not rather a function or one of a fixed number.
fn is_data(instance: &InstanceObject) -> bool {
    !instance.class.is_enum.get() && instance.class.get("__call__").is_none()
}
