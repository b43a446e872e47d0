//! `object[index]`: read, written and deleted.

use std::rc::Rc;

use ecow::EcoString;

use super::{
    arguments::Arguments, class::Builtin, containers::length, flow::Eval, interpreter::Interpreter, key::Key,
    typing::TypeForm, unknown::Unknown, value::Value,
};

impl Interpreter {
    /// `object[index]`.
    ///
    /// # Errors
    /// When `__getitem__` raises, or nothing is there and the code expects that.
    pub fn subscript(&mut self, object: &Value, index: &Value) -> Eval<Value> {
        match object {
            Value::Dict(entries) => {
                if let Some((_, value)) = entries.borrow().get(&Key::of(index)) {
                    return Ok(value.clone());
                }
                if index.is_unknown() {
                    let values: Vec<Value> = entries
                        .borrow()
                        .values()
                        .map(|(_, value)| value.clone())
                        .collect();
                    return Ok(if values.len() <= 8 {
                        Unknown::one_of(values)
                    } else {
                        Unknown::nothing()
                    });
                }
                if entries.is_open() {
                    return Ok(Unknown::nothing());
                }
                self.missing("KeyError", super::repr::repr(index).into())
            }
            Value::List(list) => {
                if let Some(item) = index.as_int().and_then(|index| item_at(&list.borrow(), index)) {
                    return Ok(item);
                }
                if list.is_open() && index.as_int().is_some() {
                    return Ok(Unknown::nothing());
                }
                self.charge(length(object))?;
                let items = list.borrow().clone();
                let least = list.least().map(|_| 0);
                self.sequence_item(&items, index, |items| Value::open_list(items, least))
            }
            Value::Tuple(items) => self.sequence_item(items, index, Value::tuple),
            Value::Str(text) => {
                self.charge(length(object))?;
                let letters: Vec<Value> = text.chars().map(|c| Value::text(c.to_string())).collect();
                self.sequence_item(&letters, index, |items| {
                    Value::text(
                        items
                            .iter()
                            .map(|item| super::repr::display(item).to_string())
                            .collect::<String>(),
                    )
                })
            }
            Value::Bytes(bytes) => {
                self.charge(length(object))?;
                let items: Vec<Value> = bytes.iter().map(|b| Value::Int(i64::from(*b))).collect();
                self.sequence_item(&items, index, |items| {
                    Value::Bytes(
                        items
                            .iter()
                            .filter_map(Value::as_int)
                            .map(|b| b as u8)
                            .collect::<Vec<_>>()
                            .into(),
                    )
                })
            }
            Value::Class(class) => self.subscript_class(object, class, index),
            Value::Type(form) => self.subscript_type(object, &Rc::clone(form), index),
            Value::Instance(instance) => {
                if let Some(Value::Function(_) | Value::Native(_)) = instance.class.get("__getitem__") {
                    return self.call_method(object, "__getitem__", Arguments::of(vec![index.clone()]));
                }
                let base = instance.base.borrow().clone();
                match base {
                    Some(base) => {
                        if let (Value::Dict(entries), Some(Value::Function(_))) =
                            (&base, instance.class.get("__missing__"))
                            && !entries.borrow().contains_key(&Key::of(index))
                        {
                            return self.call_method(
                                object,
                                "__missing__",
                                Arguments::of(vec![index.clone()]),
                            );
                        }
                        self.subscript(&base, index)
                    }
                    None => Ok(Unknown::nothing()),
                }
            }
            Value::Unknown(unknown) => self.subscript_unknown(unknown, index),
            Value::Native(native) if native.receiver.is_none() => Ok(object.clone()),
            _ => Ok(Unknown::nothing()),
        }
    }

    fn subscript_unknown(&mut self, unknown: &Rc<Unknown>, index: &Value) -> Eval<Value> {
        if !unknown.alternatives.is_empty() {
            let mut values = vec![];
            for alternative in &unknown.alternatives {
                if !alternative.is_none() {
                    values.push(self.subscript(alternative, index)?);
                }
            }
            return Ok(self.one_of(values));
        }
        if !unknown.is_instance && !unknown.origin.is_empty() {
            // A generic class of a library without source.
            let args = self.type_arguments(index);
            return Ok(TypeForm::Alias {
                origin: Value::Unknown(Rc::clone(unknown)),
                args,
            }
            .value());
        }
        Ok(Unknown::instance(if unknown.origin.is_empty() {
            EcoString::new()
        } else {
            ecow::eco_format!("{}[]", unknown.origin)
        }))
    }

    fn sequence_item(
        &mut self,
        items: &[Value],
        index: &Value,
        make: impl Fn(Vec<Value>) -> Value,
    ) -> Eval<Value> {
        if let Value::Slice(parts) = index {
            return Ok(slice(items, parts).map_or_else(Unknown::nothing, make));
        }
        match index.as_int() {
            Some(position) => match item_at(items, position) {
                Some(item) => Ok(item),
                None => self.missing("IndexError", "list index out of range".into()),
            },
            None => Ok(if items.len() <= 8 {
                Unknown::one_of(items.to_vec())
            } else {
                Unknown::nothing()
            }),
        }
    }

    /// `object[index] = value`.
    ///
    /// # Errors
    /// When `__setitem__` raises.
    pub fn set_item(&mut self, object: &Value, index: &Value, value: Value) -> Eval<()> {
        match object {
            Value::Dict(entries) => {
                entries.put(Key::of(index), (index.clone(), value));
            }
            Value::List(items) => {
                let length = items.borrow().len() as i64;
                match index {
                    Value::Slice(_) => {
                        let (new, is_open) = self.iterate(&value)?;
                        if is_open {
                            items.open(0);
                        }
                        if let Value::Slice(parts) = index
                            && parts.iter().all(Value::is_none)
                        {
                            *items.borrow_mut() = new;
                        } else if self.has_room(length as usize + new.len())? {
                            items.borrow_mut().extend(new);
                        }
                    }
                    _ => {
                        if let Some(position) = index.as_int() {
                            let position = if position < 0 { position + length } else { position };
                            if let Ok(position) = usize::try_from(position)
                                && let Some(slot) = items.borrow_mut().get_mut(position)
                            {
                                *slot = value;
                            }
                        }
                    }
                }
            }
            Value::Instance(instance) => {
                if let Some(Value::Function(_)) = instance.class.get("__setitem__") {
                    self.call_method(object, "__setitem__", Arguments::of(vec![index.clone(), value]))?;
                } else {
                    let base = instance.base.borrow().clone();
                    if let Some(base) = base {
                        self.set_item(&base, index, value)?;
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    pub(super) fn delete_item(&mut self, object: &Value, index: &Value) -> Eval<()> {
        match object.unboxed() {
            Value::Dict(entries) => {
                entries.take(&Key::of(index));
            }
            Value::List(items) => {
                items.note_removed();
                let mut items = items.borrow_mut();
                if let Some(position) = index.as_int() {
                    let position = if position < 0 {
                        position + items.len() as i64
                    } else {
                        position
                    };
                    if (0..items.len() as i64).contains(&position) {
                        items.remove(position as usize);
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn subscript_class(
        &mut self,
        object: &Value,
        class: &Rc<super::class::ClassObject>,
        index: &Value,
    ) -> Eval<Value> {
        if class.is_enum.get() && !self.enum_members(class).is_empty() {
            let name = index.as_str().unwrap_or_default();
            let member = class.attributes.borrow().get(&name).cloned();
            return match member {
                Some(member) => Ok(member),
                None => self.missing("KeyError", name.into()),
            };
        }
        if let Some(Value::Class(metaclass)) = &class.metaclass
            && let Some(method @ Value::Function(_)) = metaclass.get("__getitem__")
        {
            return self.call(&method, Arguments::of(vec![object.clone(), index.clone()]));
        }
        if let Some((method, _)) = class.find("__class_getitem__")
            && let Value::Descriptor(_) | Value::Function(_) = method
        {
            let function = match &method {
                Value::Descriptor(descriptor) => match &**descriptor {
                    super::value::Descriptor::ClassMethod(inner) => inner.clone(),
                    _ => method.clone(),
                },
                _ => method.clone(),
            };
            return self.call(&function, Arguments::of(vec![object.clone(), index.clone()]));
        }
        if class.builtin == Some(Builtin::Type) || !class.is_builtin(Builtin::Enum) {
            let args = self.type_arguments(index);
            return Ok(TypeForm::Alias {
                origin: object.clone(),
                args,
            }
            .value());
        }
        Ok(Unknown::nothing())
    }
}

fn slice(items: &[Value], parts: &[Value; 3]) -> Option<Vec<Value>> {
    let length = items.len() as i64;
    let step = if parts[2].is_none() { 1 } else { parts[2].as_int()? };
    if step == 0 {
        return None;
    }
    let clamp = |value: &Value, default: i64| -> Option<i64> {
        if value.is_none() {
            return Some(default);
        }
        let index = value.as_int()?;
        let index = if index < 0 { index + length } else { index };
        Some(if step > 0 {
            index.clamp(0, length)
        } else {
            index.clamp(-1, length - 1)
        })
    };
    let start = clamp(&parts[0], if step > 0 { 0 } else { length - 1 })?;
    let stop = clamp(&parts[1], if step > 0 { length } else { -1 })?;
    let mut result = vec![];
    let mut position = start;
    while (step > 0 && position < stop) || (step < 0 && position > stop) {
        result.push(items.get(usize::try_from(position).ok()?)?.clone());
        position += step;
    }
    Some(result)
}

/// The item at an index that counts from the end when it is negative.
fn item_at(items: &[Value], index: i64) -> Option<Value> {
    let index = if index < 0 {
        index.checked_add(i64::try_from(items.len()).ok()?)?
    } else {
        index
    };
    items.get(usize::try_from(index).ok()?).cloned()
}
