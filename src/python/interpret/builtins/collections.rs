//! Methods of lists, tuples and iterators, and the names of all that collections have.

use std::rc::Rc;

use super::super::{
    arguments::Arguments,
    collection::Collection,
    flow::Eval,
    interpreter::Interpreter,
    unknown::Unknown,
    value::{IteratorObject, Value},
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
