//! Methods of dictionaries.

use std::rc::Rc;

use super::super::{
    arguments::Arguments,
    collection::Collection,
    flow::Eval,
    interpreter::Interpreter,
    key::Key,
    unknown::Unknown,
    value::{Entries, Value},
};

/// Calls a method of `dict`.
///
/// # Errors
/// When a mapping that is read raises.
pub fn dict_method(
    it: &mut Interpreter,
    entries: &Rc<Collection<Entries>>,
    name: &str,
    arguments: Arguments,
) -> Eval<Value> {
    let first = arguments.at(0);
    let key = Key::of(&first);
    if matches!(name, "keys" | "__iter__" | "values" | "items" | "copy") {
        it.charge(entries.borrow().len())?;
    }
    Ok(match name {
        "get" => {
            let found = entries.borrow().get(&key).map(|(_, value)| value.clone());
            let default = arguments.get(1, "default").cloned().unwrap_or(Value::None);
            match found {
                Some(value) => value,
                None if first.is_unknown() && !entries.borrow().is_empty() => {
                    let mut values: Vec<Value> = entries
                        .borrow()
                        .values()
                        .map(|(_, value)| value.clone())
                        .collect();
                    values.push(default);
                    if values.len() <= 8 {
                        Unknown::one_of(values)
                    } else {
                        Unknown::nothing()
                    }
                }
                // Also where further keys may be there: a default is what the code expects most often.
                None => default,
            }
        }
        "keys" | "__iter__" => {
            let keys = entries.borrow().values().map(|(key, _)| key.clone()).collect();
            Value::open_list(keys, entries.least())
        }
        "values" => {
            let values = entries
                .borrow()
                .values()
                .map(|(_, value)| value.clone())
                .collect();
            Value::open_list(values, entries.least())
        }
        "items" => {
            let pair = |(key, value): &(Value, Value)| Value::tuple(vec![key.clone(), value.clone()]);
            let pairs = entries.borrow().values().map(pair).collect();
            Value::open_list(pairs, entries.least())
        }
        "pop" => match (entries.take(&key), arguments.get(1, "default")) {
            (Some((_, value)), _) => value,
            (None, Some(default)) => default.clone(),
            (None, None) if entries.is_open() => Unknown::nothing(),
            (None, None) => return it.missing("KeyError", super::super::repr::repr(&first).into()),
        },
        "popitem" => entries
            .take_last()
            .map_or_else(Unknown::nothing, |(key, value)| Value::tuple(vec![key, value])),
        "setdefault" => {
            let known = entries.borrow().get(&key).map(|(_, value)| value.clone());
            if known.is_none() {
                entries.put(key, (first, arguments.at(1)));
            }
            known.unwrap_or_else(|| arguments.at(1))
        }
        "update" => {
            if !arguments.positional.is_empty() {
                it.update_dict(entries, &first)?;
            }
            if arguments.is_open {
                entries.open(0);
            }
            for (name, value) in arguments.keywords {
                entries.put(Key::Str(name.clone()), (Value::Str(name), value));
            }
            Value::None
        }
        "clear" => {
            entries.borrow_mut().clear();
            entries.note_cleared();
            Value::None
        }
        "copy" => Value::Dict(Collection::with_least(entries.borrow().clone(), entries.least())),
        "fromkeys" => {
            let (keys, is_open) = it.iterate(&first)?;
            let value = arguments.at(1);
            let entries = keys
                .into_iter()
                .map(|key| (Key::of(&key), (key, value.clone())))
                .collect();
            Value::Dict(Collection::with_least(entries, is_open.then_some(0)))
        }
        "__len__" if entries.is_open() => Unknown::nothing(),
        "__len__" => Value::Int(entries.borrow().len() as i64),
        "__getitem__" => return it.subscript(&Value::Dict(Rc::clone(entries)), &first),
        "__setitem__" => {
            it.set_item(&Value::Dict(Rc::clone(entries)), &first, arguments.at(1))?;
            Value::None
        }
        "__delitem__" => {
            it.delete_item(&Value::Dict(Rc::clone(entries)), &first)?;
            Value::None
        }
        "__contains__" => it
            .contains(&Value::Dict(Rc::clone(entries)), &first)?
            .map_or_else(Unknown::nothing, Value::Bool),
        _ => Value::None,
    })
}
