//! Methods of sets.

use std::rc::Rc;

use rustc_hash::FxHashSet;

use super::super::{
    arguments::Arguments,
    collection::Collection,
    expressions::open_set_of,
    flow::Eval,
    interpreter::Interpreter,
    key::Key,
    unknown::Unknown,
    value::{Entries, Value},
};

/// Calls a method of `set`.
///
/// # Errors
/// When an iteration raises.
pub fn set_method(
    it: &mut Interpreter,
    entries: &Rc<Collection<Entries>>,
    name: &str,
    arguments: &Arguments,
) -> Eval<Value> {
    let first = arguments.at(0);
    let own = || {
        entries
            .borrow()
            .values()
            .map(|(key, _)| key.clone())
            .collect::<Vec<_>>()
    };
    let (mut others, mut is_open) = (vec![], entries.is_open());
    if matches!(
        name,
        "update"
            | "union"
            | "intersection"
            | "difference"
            | "symmetric_difference"
            | "issubset"
            | "issuperset"
            | "isdisjoint"
            | "difference_update"
            | "intersection_update"
    ) {
        for argument in &arguments.positional {
            let (items, is_argument_open) = it.iterate(argument)?;
            is_open |= is_argument_open;
            others.extend(items);
        }
    }
    if !matches!(
        name,
        "add" | "remove" | "discard" | "pop" | "__len__" | "__contains__"
    ) {
        it.charge(entries.borrow().len())?;
    }
    let least = is_open.then_some(0);
    let other_keys: FxHashSet<Key> = others.iter().map(Key::of).collect();
    let has = |value: &Value| other_keys.contains(&Key::of(value));
    Ok(match name {
        "add" => {
            entries.put(Key::of(&first), (first.clone(), first));
            Value::None
        }
        "remove" | "discard" => {
            entries.take(&Key::of(&first));
            Value::None
        }
        "pop" => entries.take_last().map_or_else(Unknown::nothing, |(key, _)| key),
        "clear" => {
            entries.borrow_mut().clear();
            entries.note_cleared();
            Value::None
        }
        "copy" => open_set_of(own(), entries.least()),
        "update" => {
            if is_open {
                entries.open(entries.borrow().len());
            }
            for item in others {
                entries.borrow_mut().insert(Key::of(&item), (item.clone(), item));
            }
            Value::None
        }
        "union" => open_set_of(own().into_iter().chain(others).collect(), least),
        "intersection" => open_set_of(own().into_iter().filter(|item| has(item)).collect(), least),
        "difference" => open_set_of(own().into_iter().filter(|item| !has(item)).collect(), least),
        "symmetric_difference" => {
            let left: Vec<Value> = own().into_iter().filter(|item| !has(item)).collect();
            let known = entries.borrow().clone();
            let right = others
                .iter()
                .filter(|item| !known.contains_key(&Key::of(item)))
                .cloned();
            open_set_of(left.into_iter().chain(right).collect(), least)
        }
        "difference_update" => {
            entries.borrow_mut().retain(|_, (key, _)| !has(key));
            if is_open {
                entries.open(0);
            }
            Value::None
        }
        "intersection_update" => {
            entries.borrow_mut().retain(|_, (key, _)| has(key));
            if is_open {
                entries.open(0);
            }
            Value::None
        }
        "issubset" | "issuperset" | "isdisjoint" if is_open => Unknown::nothing(),
        "issubset" => Value::Bool(own().iter().all(has)),
        "issuperset" => {
            let known = entries.borrow();
            Value::Bool(others.iter().all(|item| known.contains_key(&Key::of(item))))
        }
        "isdisjoint" => Value::Bool(!own().iter().any(has)),
        "__len__" if is_open => Unknown::nothing(),
        "__len__" => Value::Int(entries.borrow().len() as i64),
        "__iter__" => Value::open_iterator(own(), is_open),
        "__contains__" => it
            .contains(&Value::Set(Rc::clone(entries)), &first)?
            .map_or_else(Unknown::nothing, Value::Bool),
        _ => Value::None,
    })
}
