//! Methods of lists, tuples, dictionaries, sets and iterators.

use std::{cell::RefCell, rc::Rc};

use rustc_hash::FxHashSet;

use super::super::{
    arguments::Arguments,
    expressions::set_of,
    flow::Eval,
    interpreter::Interpreter,
    key::Key,
    unknown::Unknown,
    value::{Entries, IteratorObject, Value},
};

/// The methods of `list`.
pub const LIST_METHODS: &[&str] = &[
    "append",
    "extend",
    "insert",
    "remove",
    "pop",
    "clear",
    "index",
    "count",
    "sort",
    "reverse",
    "copy",
    "__len__",
    "__iter__",
    "__getitem__",
    "__setitem__",
    "__contains__",
];

/// The methods of `dict`.
pub const DICT_METHODS: &[&str] = &[
    "get",
    "keys",
    "values",
    "items",
    "pop",
    "popitem",
    "setdefault",
    "update",
    "clear",
    "copy",
    "fromkeys",
    "move_to_end",
    "__len__",
    "__iter__",
    "__getitem__",
    "__setitem__",
    "__delitem__",
    "__contains__",
];

/// The methods of `set`.
pub const SET_METHODS: &[&str] = &[
    "add",
    "remove",
    "discard",
    "pop",
    "clear",
    "copy",
    "update",
    "union",
    "intersection",
    "difference",
    "symmetric_difference",
    "issubset",
    "issuperset",
    "isdisjoint",
    "difference_update",
    "intersection_update",
    "__len__",
    "__iter__",
    "__contains__",
];

/// Calls a method of `list`.
///
/// # Errors
/// When a key function or an iteration raises.
pub fn list_method(
    it: &mut Interpreter,
    items: &Rc<RefCell<Vec<Value>>>,
    name: &str,
    arguments: &Arguments,
) -> Eval<Value> {
    let first = arguments.at(0);
    if !matches!(name, "append" | "pop" | "clear" | "__setitem__") {
        it.charge(items.borrow().len())?;
    }
    match name {
        "append" => items.borrow_mut().push(first),
        "extend" => {
            let (new, _) = it.iterate(&first)?;
            let length = items.borrow().len() + new.len();
            if it.has_room(length)? {
                items.borrow_mut().extend(new);
            }
        }
        "insert" => {
            let mut items = items.borrow_mut();
            let index = first.as_int().unwrap_or(i64::MAX);
            let index = if index < 0 {
                (index + items.len() as i64).max(0)
            } else {
                index.min(items.len() as i64)
            };
            items.insert(index as usize, arguments.at(1));
        }
        "remove" => {
            let known = items.borrow().clone();
            let found = known.iter().position(|item| it.equal(item, &first) == Some(true));
            match found {
                Some(index) => drop(items.borrow_mut().remove(index)),
                None => return it.missing("ValueError", "list.remove(x): x not in list".into()),
            }
        }
        "pop" => {
            let length = items.borrow().len() as i64;
            let index = first.as_int().unwrap_or(-1);
            let index = if index < 0 { index + length } else { index };
            if !(0..length).contains(&index) {
                return it.missing("IndexError", "pop from empty list".into());
            }
            return Ok(items.borrow_mut().remove(index as usize));
        }
        "clear" => items.borrow_mut().clear(),
        "copy" => return Ok(Value::list(items.borrow().clone())),
        "reverse" => items.borrow_mut().reverse(),
        "sort" => {
            let sorted = sort(it, items.borrow().clone(), arguments)?;
            *items.borrow_mut() = sorted;
        }
        "__iter__" => return Ok(Value::iterator(items.borrow().clone())),
        "__setitem__" => it.set_item(&Value::List(Rc::clone(items)), &first, arguments.at(1))?,
        _ => {
            let known: Rc<[Value]> = items.borrow().clone().into();
            return tuple_method(it, &known, name, arguments);
        }
    }
    Ok(Value::None)
}

/// Calls a method of `tuple`.
///
/// # Errors
/// None of its own.
pub fn tuple_method(
    it: &mut Interpreter,
    items: &Rc<[Value]>,
    name: &str,
    arguments: &Arguments,
) -> Eval<Value> {
    let first = arguments.at(0);
    Ok(match name {
        "index" => match items.iter().position(|item| it.equal(item, &first) == Some(true)) {
            Some(index) => Value::Int(index as i64),
            None => return it.missing("ValueError", "x not in list".into()),
        },
        "count" => Value::Int(
            items
                .iter()
                .filter(|item| it.equal(item, &first) == Some(true))
                .count() as i64,
        ),
        "__len__" => Value::Int(items.len() as i64),
        "__iter__" => Value::iterator(items.to_vec()),
        "__getitem__" => return it.subscript(&Value::Tuple(Rc::clone(items)), &first),
        "__contains__" => it
            .contains(&Value::Tuple(Rc::clone(items)), &first)?
            .map_or_else(Unknown::nothing, Value::Bool),
        _ => Unknown::nothing(),
    })
}

/// Sorts as `sorted(items, key=…, reverse=…)` does; what cannot be compared keeps its place.
///
/// # Errors
/// When the key function raises.
pub fn sort(it: &mut Interpreter, items: Vec<Value>, arguments: &Arguments) -> Eval<Vec<Value>> {
    let key = arguments.keyword("key").cloned().unwrap_or(Value::None);
    let mut keyed = vec![];
    for item in items {
        let by = if key.is_none() {
            item.clone()
        } else {
            it.call(&key, Arguments::of(vec![item.clone()]))?
        };
        keyed.push((by.unboxed(), item));
    }
    keyed
        .sort_by(|(a, _), (b, _)| super::super::comparison::order(a, b).unwrap_or(std::cmp::Ordering::Equal));
    if matches!(arguments.keyword("reverse"), Some(Value::Bool(true))) {
        keyed.reverse();
    }
    Ok(keyed.into_iter().map(|(_, item)| item).collect())
}

/// Calls a method of `dict`.
///
/// # Errors
/// When a mapping that is read raises.
pub fn dict_method(
    it: &mut Interpreter,
    entries: &Rc<RefCell<Entries>>,
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
                None => default,
            }
        }
        "keys" | "__iter__" => Value::list(entries.borrow().values().map(|(key, _)| key.clone()).collect()),
        "values" => Value::list(
            entries
                .borrow()
                .values()
                .map(|(_, value)| value.clone())
                .collect(),
        ),
        "items" => Value::list(
            entries
                .borrow()
                .values()
                .map(|(key, value)| Value::tuple(vec![key.clone(), value.clone()]))
                .collect(),
        ),
        "pop" => {
            let removed = entries.borrow_mut().shift_remove(&key).map(|(_, value)| value);
            match (removed, arguments.get(1, "default")) {
                (Some(value), _) => value,
                (None, Some(default)) => default.clone(),
                (None, None) => return it.missing("KeyError", super::super::repr::repr(&first).into()),
            }
        }
        "popitem" => entries
            .borrow_mut()
            .pop()
            .map_or_else(Unknown::nothing, |(_, (key, value))| {
                Value::tuple(vec![key, value])
            }),
        "setdefault" => {
            let default = arguments.at(1);
            entries
                .borrow_mut()
                .entry(key)
                .or_insert((first, default))
                .1
                .clone()
        }
        "update" => {
            if !arguments.positional.is_empty() {
                for (key, value) in it.mapping_items(&first)? {
                    entries.borrow_mut().insert(Key::of(&key), (key, value));
                }
            }
            for (name, value) in arguments.keywords {
                entries
                    .borrow_mut()
                    .insert(Key::Str(name.clone()), (Value::Str(name), value));
            }
            Value::None
        }
        "clear" => {
            entries.borrow_mut().clear();
            Value::None
        }
        "copy" => Value::Dict(Rc::new(RefCell::new(entries.borrow().clone()))),
        "fromkeys" => {
            let (keys, _) = it.iterate(&first)?;
            let value = arguments.at(1);
            let entries = keys
                .into_iter()
                .map(|key| (Key::of(&key), (key, value.clone())))
                .collect();
            Value::Dict(Rc::new(RefCell::new(entries)))
        }
        "__len__" => Value::Int(entries.borrow().len() as i64),
        "__getitem__" => return it.subscript(&Value::Dict(Rc::clone(entries)), &first),
        "__setitem__" => {
            it.set_item(&Value::Dict(Rc::clone(entries)), &first, arguments.at(1))?;
            Value::None
        }
        "__delitem__" => {
            entries.borrow_mut().shift_remove(&key);
            Value::None
        }
        "__contains__" => it
            .contains(&Value::Dict(Rc::clone(entries)), &first)?
            .map_or_else(Unknown::nothing, Value::Bool),
        _ => Value::None,
    })
}

/// Calls a method of `set`.
///
/// # Errors
/// When an iteration raises.
pub fn set_method(
    it: &mut Interpreter,
    entries: &Rc<RefCell<Entries>>,
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
    let mut others = vec![];
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
            others.extend(it.iterate(argument)?.0);
        }
    }
    if !matches!(
        name,
        "add" | "remove" | "discard" | "pop" | "__len__" | "__contains__"
    ) {
        it.charge(entries.borrow().len())?;
    }
    let other_keys: FxHashSet<Key> = others.iter().map(Key::of).collect();
    let has = |value: &Value| other_keys.contains(&Key::of(value));
    Ok(match name {
        "add" => {
            entries
                .borrow_mut()
                .insert(Key::of(&first), (first.clone(), first));
            Value::None
        }
        "remove" | "discard" => {
            entries.borrow_mut().shift_remove(&Key::of(&first));
            Value::None
        }
        "pop" => entries
            .borrow_mut()
            .pop()
            .map_or_else(Unknown::nothing, |(_, (key, _))| key),
        "clear" => {
            entries.borrow_mut().clear();
            Value::None
        }
        "copy" => set_of(own()),
        "update" => {
            for item in others {
                entries.borrow_mut().insert(Key::of(&item), (item.clone(), item));
            }
            Value::None
        }
        "union" => set_of(own().into_iter().chain(others).collect()),
        "intersection" => set_of(own().into_iter().filter(|item| has(item)).collect()),
        "difference" => set_of(own().into_iter().filter(|item| !has(item)).collect()),
        "symmetric_difference" => {
            let left: Vec<Value> = own().into_iter().filter(|item| !has(item)).collect();
            let known = entries.borrow().clone();
            let right = others
                .iter()
                .filter(|item| !known.contains_key(&Key::of(item)))
                .cloned();
            set_of(left.into_iter().chain(right).collect())
        }
        "difference_update" => {
            entries.borrow_mut().retain(|_, (key, _)| !has(key));
            Value::None
        }
        "intersection_update" => {
            entries.borrow_mut().retain(|_, (key, _)| has(key));
            Value::None
        }
        "issubset" => Value::Bool(own().iter().all(has)),
        "issuperset" => {
            let known = entries.borrow();
            Value::Bool(others.iter().all(|item| known.contains_key(&Key::of(item))))
        }
        "isdisjoint" => Value::Bool(!own().iter().any(has)),
        "__len__" => Value::Int(entries.borrow().len() as i64),
        "__iter__" => Value::iterator(own()),
        "__contains__" => Value::Bool(entries.borrow().contains_key(&Key::of(&first))),
        _ => Value::None,
    })
}

/// Calls a method of an iterator or generator.
#[must_use]
pub fn iterator_method(receiver: &Value, iterator: &IteratorObject, name: &str) -> Value {
    match name {
        "__next__" | "send" | "asend" | "__anext__" => next(iterator).unwrap_or_else(Unknown::nothing),
        "__enter__" | "__aenter__" => next(iterator).unwrap_or(Value::None),
        "__iter__" | "__aiter__" => receiver.clone(),
        _ => Value::None,
    }
}

/// The next item of an iterator.
#[must_use]
pub fn next(iterator: &IteratorObject) -> Option<Value> {
    let item = iterator.items.borrow().get(iterator.position.get()).cloned()?;
    iterator.position.set(iterator.position.get() + 1);
    Some(item)
}
