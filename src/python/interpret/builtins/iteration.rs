//! Built-in functions over iterables.

use super::super::{
    arguments::Arguments,
    flow::Eval,
    interpreter::Interpreter,
    unknown::Unknown,
    value::{NativeObject, Value},
};

pub(super) fn next(it: &mut Interpreter, _: &NativeObject, arguments: Arguments) -> Eval<Value> {
    match arguments.at(0) {
        Value::Iterator(iterator) => match super::collections::next(&iterator) {
            Some(item) if iterator.is_open => Ok(match arguments.positional.get(1) {
                Some(default) => Unknown::one_of(vec![item, default.clone()]),
                None => item,
            }),
            Some(item) => Ok(item),
            None => match arguments.positional.get(1) {
                Some(default) => Ok(default.clone()),
                None => it.missing("StopIteration", String::new()),
            },
        },
        Value::Instance(instance) if instance.class.get("__next__").is_some() => {
            it.call_method(&arguments.at(0), "__next__", Arguments::default())
        }
        _ => Ok(Unknown::nothing()),
    }
}

pub(super) fn zip(it: &mut Interpreter, _: &NativeObject, arguments: Arguments) -> Eval<Value> {
    let mut columns = vec![];
    let mut any_open = false;
    for source in &arguments.positional {
        let (items, is_open) = it.iterate(source)?;
        any_open |= is_open;
        columns.push(items);
    }
    let length = columns.iter().map(Vec::len).min().unwrap_or(0);
    let rows = (0..length)
        .map(|i| Value::tuple(columns.iter().map(|column| column[i].clone()).collect()))
        .collect();
    Ok(Value::open_iterator(rows, any_open))
}

pub(super) fn map(it: &mut Interpreter, _: &NativeObject, arguments: Arguments) -> Eval<Value> {
    let mut columns = vec![];
    let mut any_open = false;
    for source in arguments.positional.iter().skip(1) {
        let (items, is_open) = it.iterate(source)?;
        any_open |= is_open;
        columns.push(items);
    }
    let length = columns.iter().map(Vec::len).min().unwrap_or(0);
    let mut results = vec![];
    for i in 0..length {
        let row = columns.iter().map(|column| column[i].clone()).collect();
        results.push(it.call(&arguments.at(0), Arguments::of(row))?);
    }
    Ok(Value::open_iterator(results, any_open))
}

pub(super) fn filter(it: &mut Interpreter, _: &NativeObject, arguments: Arguments) -> Eval<Value> {
    let predicate = arguments.at(0);
    let (items, is_open) = it.iterate(&arguments.at(1))?;
    let mut kept = vec![];
    for item in items {
        let verdict = if predicate.is_none() {
            item.clone()
        } else {
            it.call(&predicate, Arguments::of(vec![item.clone()]))?
        };
        if it.truth(&verdict)? != Some(false) {
            kept.push(item);
        }
    }
    Ok(Value::open_iterator(kept, is_open))
}

pub(super) fn range(it: &mut Interpreter, _: &NativeObject, arguments: Arguments) -> Eval<Value> {
    let bounds: Option<Vec<i64>> = arguments.positional.iter().map(Value::as_int).collect();
    let (start, stop, step) = match bounds.as_deref() {
        Some([stop]) => (0, *stop, 1),
        Some([start, stop]) => (*start, *stop, 1),
        Some([start, stop, step]) if *step != 0 => (*start, *stop, *step),
        _ => return Ok(Value::open_iterator(vec![Unknown::nothing()], true)),
    };
    let mut items = vec![];
    let mut number = start;
    while (step > 0 && number < stop) || (step < 0 && number > stop) {
        if items.len() >= it.budget.iterations {
            it.report(
                "budget-exceeded",
                format!(
                    "`range` is longer than {} here; the rest was left out",
                    it.budget.iterations
                ),
            );
            break;
        }
        items.push(Value::Int(number));
        match number.checked_add(step) {
            Some(next) => number = next,
            None => break,
        }
    }
    it.charge(items.len())?;
    Ok(Value::list(items))
}

pub(super) fn extreme(
    it: &mut Interpreter,
    arguments: &Arguments,
    wanted: std::cmp::Ordering,
) -> Eval<Value> {
    let items = match arguments.positional.as_slice() {
        [only] => {
            let (items, is_open) = it.iterate(only)?;
            if is_open {
                return Ok(Unknown::nothing());
            }
            items
        }
        several => several.to_vec(),
    };
    let key = arguments.keyword("key").cloned().unwrap_or(Value::None);
    let mut best: Option<(Value, Value)> = None;
    for item in items {
        let by = if key.is_none() {
            item.clone()
        } else {
            it.call(&key, Arguments::of(vec![item.clone()]))?
        };
        best = Some(match best {
            None => (by, item),
            Some((best_by, best_item)) => {
                match super::super::comparison::order(&by.unboxed(), &best_by.unboxed()) {
                    Some(order) if order == wanted => (by, item),
                    Some(_) => (best_by, best_item),
                    None => return Ok(Unknown::nothing()),
                }
            }
        });
    }
    Ok(best
        .map(|(_, item)| item)
        .or_else(|| arguments.keyword("default").cloned())
        .unwrap_or_else(Unknown::nothing))
}

pub(super) fn quantify(it: &mut Interpreter, source: &Value, decisive: bool) -> Eval<Value> {
    let (items, is_open) = it.iterate(source)?;
    let mut is_certain = !is_open;
    for item in items {
        match it.truth(&item)? {
            Some(flag) if flag == decisive && !is_open => return Ok(Value::Bool(decisive)),
            Some(_) => {}
            None => is_certain = false,
        }
    }
    Ok(if is_certain {
        Value::Bool(!decisive)
    } else {
        Unknown::nothing()
    })
}
