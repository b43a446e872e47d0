//! Iteration, and what containers take in.

use std::rc::Rc;

use ecow::EcoString;

use super::{
    arguments::Arguments,
    collection::Collection,
    flow::{Eval, Flow},
    interpreter::Interpreter,
    key::Key,
    unknown::Unknown,
    value::{Entries, Value},
};

impl Interpreter {
    /// The items of an iterable, and whether one stands for an unknown number of them.
    ///
    /// # Errors
    /// When `__iter__` or `__next__` raises.
    pub fn iterate(&mut self, value: &Value) -> Eval<(Vec<Value>, bool)> {
        let known = |items: Vec<Value>| Ok((items, false));
        self.charge(length(value))?;
        match value {
            Value::List(items) => Ok((items.borrow().clone(), items.is_open())),
            Value::Tuple(items) => known(items.to_vec()),
            Value::Set(entries) | Value::Dict(entries) => {
                let keys = entries.borrow().values().map(|(key, _)| key.clone()).collect();
                Ok((keys, entries.is_open()))
            }
            Value::Str(text) => known(text.chars().map(|c| Value::text(c.to_string())).collect()),
            Value::Bytes(bytes) => known(bytes.iter().map(|byte| Value::Int(i64::from(*byte))).collect()),
            Value::Iterator(iterator) => {
                let items = iterator.items.borrow();
                let rest = items.get(iterator.position.get()..).unwrap_or_default().to_vec();
                iterator.position.set(items.len());
                Ok((rest, iterator.is_open))
            }
            Value::Class(class) if class.is_enum.get() => known(self.enum_members(class)),
            Value::Class(class) => match &class.metaclass {
                Some(Value::Class(metaclass)) => match metaclass.get("__iter__") {
                    Some(method @ Value::Function(_)) => {
                        let items = self.call(&method, Arguments::of(vec![value.clone()]))?;
                        self.iterate(&items)
                    }
                    _ => Ok((vec![Unknown::nothing()], true)),
                },
                _ => Ok((vec![Unknown::nothing()], true)),
            },
            Value::Instance(instance) => self.iterate_instance(value, instance),
            Value::Unknown(unknown) => {
                let (mut items, mut is_open) = (vec![], false);
                for alternative in unknown.alternatives.clone() {
                    if !alternative.is_unknown() && !alternative.is_none() {
                        let (new, is_alternative_open) = self.iterate(&alternative)?;
                        is_open |= is_alternative_open;
                        items.extend(new);
                    }
                }
                if items.is_empty() {
                    let origin = if unknown.origin.is_empty() {
                        EcoString::new()
                    } else {
                        ecow::eco_format!("{}[]", unknown.origin)
                    };
                    items.push(Unknown::instance(origin));
                    return Ok((items, true));
                }
                Ok((items, is_open))
            }
            _ => Ok((vec![Unknown::nothing()], true)),
        }
    }

    fn iterate_instance(
        &mut self,
        value: &Value,
        instance: &Rc<super::value::InstanceObject>,
    ) -> Eval<(Vec<Value>, bool)> {
        for name in ["__iter__", "__aiter__"] {
            if let Some(Value::Function(_)) = instance.class.get(name) {
                let iterator = self.call_method(value, name, Arguments::default())?;
                if !iterator.is_same(value) {
                    return self.iterate(&iterator);
                }
                return self.drain(value);
            }
        }
        let base = instance.base.borrow().clone();
        match base {
            Some(base) => self.iterate(&base),
            None => Ok((vec![Unknown::nothing()], true)),
        }
    }

    /// Takes items from an object with `__next__` until it stops.
    fn drain(&mut self, value: &Value) -> Eval<(Vec<Value>, bool)> {
        let mut items = vec![];
        self.guards
            .push(vec!["StopIteration".into(), "StopAsyncIteration".into()]);
        for _ in 0..1000 {
            match self.call_method(value, "__next__", Arguments::default()) {
                Ok(item) => {
                    let is_open = item.is_unknown();
                    items.push(item);
                    if is_open {
                        self.guards.pop();
                        return Ok((items, true));
                    }
                }
                Err(Flow::Raise(_)) => break,
                Err(exhausted) => {
                    self.guards.pop();
                    return Err(exhausted);
                }
            }
        }
        self.guards.pop();
        Ok((items, false))
    }

    /// The items of a mapping; those of an unknown one are not known and left out.
    ///
    /// # Errors
    /// When `keys` or `__getitem__` raises.
    pub fn mapping_items(&mut self, value: &Value) -> Eval<Vec<(Value, Value)>> {
        self.charge(length(value))?;
        match value {
            Value::Dict(entries) => Ok(entries.borrow().values().cloned().collect()),
            Value::Unknown(unknown) => {
                let known = unknown
                    .alternatives
                    .iter()
                    .find(|value| matches!(value, Value::Dict(_)))
                    .cloned();
                known.map_or(Ok(vec![]), |known| self.mapping_items(&known))
            }
            Value::Instance(instance) => {
                let base = instance.base.borrow().clone();
                if let Some(base @ Value::Dict(_)) = base {
                    return self.mapping_items(&base);
                }
                if instance.class.get("keys").is_none() {
                    return Ok(vec![]);
                }
                let keys = self.call_method(value, "keys", Arguments::default())?;
                let mut items = vec![];
                for key in self.iterate(&keys)?.0 {
                    let item = self.subscript(value, &key)?;
                    items.push((key, item));
                }
                Ok(items)
            }
            // A sequence of pairs, as `dict()` takes it.
            Value::List(_) | Value::Tuple(_) | Value::Iterator(_) | Value::Set(_) => {
                let mut items = vec![];
                for pair in self.iterate(value)?.0 {
                    let pair = self.iterate(&pair)?.0;
                    if let [key, value] = pair.as_slice() {
                        items.push((key.clone(), value.clone()));
                    }
                }
                Ok(items)
            }
            _ => Ok(vec![]),
        }
    }

    /// Whether a mapping may have other keys than [`Self::mapping_items`] gives.
    pub(super) fn is_open_mapping(&self, value: &Value) -> bool {
        match value.unboxed() {
            Value::Unknown(_) => true,
            other => super::comparison::is_open(&other),
        }
    }

    /// Adds the items of an iterable to a list; `false` when that makes it too long.
    ///
    /// # Errors
    /// When the iteration raises.
    pub fn extend_list(&mut self, list: &Collection<Vec<Value>>, source: &Value) -> Eval<bool> {
        let (new, is_open) = self.iterate(source)?;
        let length = list.borrow().len();
        if !self.has_room(length + new.len())? {
            return Ok(false);
        }
        if is_open {
            list.open(length);
        } else {
            list.note_added(new.len());
        }
        list.borrow_mut().extend(new);
        Ok(true)
    }

    /// Adds the items of an iterable to a set.
    ///
    /// # Errors
    /// When the iteration raises.
    pub fn update_set(&mut self, set: &Collection<Entries>, source: &Value) -> Eval<()> {
        let (new, is_open) = self.iterate(source)?;
        if is_open {
            set.open(set.borrow().len());
        }
        for item in new {
            let entry = (item.clone(), item);
            match is_open {
                true => set.place(Key::of(&entry.0), entry),
                false => set.put(Key::of(&entry.0), entry),
            }
        }
        Ok(())
    }

    /// Takes the entries of a mapping over into a dictionary.
    ///
    /// # Errors
    /// When reading the mapping raises.
    pub fn update_dict(&mut self, dict: &Collection<Entries>, source: &Value) -> Eval<()> {
        let new = self.mapping_items(source)?;
        let is_open = self.is_open_mapping(source);
        if is_open {
            dict.open(dict.borrow().len());
        }
        for (key, value) in new {
            match is_open {
                true => dict.place(Key::of(&key), (key, value)),
                false => dict.put(Key::of(&key), (key, value)),
            }
        }
        Ok(())
    }
}

/// How many items a container has, and bytes a text.
#[must_use]
pub fn length(value: &Value) -> usize {
    match value {
        Value::Str(text) => text.len(),
        Value::Bytes(bytes) => bytes.len(),
        Value::List(items) => items.borrow().len(),
        Value::Tuple(items) => items.len(),
        Value::Set(entries) | Value::Dict(entries) => entries.borrow().len(),
        Value::Iterator(iterator) => iterator.items.borrow().len(),
        _ => 0,
    }
}
