//! Methods of lists, tuples, dictionaries, sets and iterators.

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
    items: &Rc<Collection<Vec<Value>>>,
    name: &str,
    arguments: &Arguments,
) -> Eval<Value> {
    let first = arguments.at(0);
    if !matches!(name, "append" | "pop" | "clear" | "__setitem__") {
        it.charge(items.borrow().len())?;
    }
    match name {
        "append" => {
            items.borrow_mut().push(first);
            items.note_added(1);
        }
        "extend" => {
            it.extend_list(items, &first)?;
        }
        "insert" => {
            items.note_added(1);
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
                Some(index) => {
                    items.borrow_mut().remove(index);
                    items.note_removed();
                }
                None if items.is_open() => {}
                None => return it.missing("ValueError", "list.remove(x): x not in list".into()),
            }
        }
        "pop" => {
            let length = items.borrow().len() as i64;
            let index = first.as_int().unwrap_or(-1);
            let index = if index < 0 { index + length } else { index };
            if !(0..length).contains(&index) {
                if items.is_open() {
                    return Ok(Unknown::nothing());
                }
                return it.missing("IndexError", "pop from empty list".into());
            }
            items.note_removed();
            return Ok(items.borrow_mut().remove(index as usize));
        }
        "clear" => {
            items.borrow_mut().clear();
            items.note_cleared();
        }
        "copy" => return Ok(Value::open_list(items.borrow().clone(), items.least())),
        "reverse" => items.borrow_mut().reverse(),
        "sort" => {
            let sorted = sort(it, items.borrow().clone(), arguments)?;
            *items.borrow_mut() = sorted;
        }
        "__iter__" => return Ok(Value::open_iterator(items.borrow().clone(), items.is_open())),
        "__len__" | "index" | "count" if items.is_open() => return Ok(Unknown::nothing()),
        "__getitem__" => return it.subscript(&Value::List(Rc::clone(items)), &first),
        "__contains__" => {
            let found = it.contains(&Value::List(Rc::clone(items)), &first)?;
            return Ok(found.map_or_else(Unknown::nothing, Value::Bool));
        }
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
