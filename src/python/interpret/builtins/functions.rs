//! The built-in functions.

use std::rc::Rc;

use super::super::{
    arguments::Arguments,
    class::Builtin,
    flow::Eval,
    interpreter::Interpreter,
    repr::repr,
    typing::TypeForm,
    unknown::Unknown,
    value::{IteratorObject, NativeCall, NativeObject, Value},
};
use crate::python::syntax::ast::BinaryOp;

/// The built-in functions by name.
pub const FUNCTIONS: &[(&str, NativeCall)] = &[
    ("len", |it, _, arguments| length(it, &arguments.at(0))),
    ("isinstance", |it, _, arguments| {
        Ok(is_instance(it, &arguments.at(0), &arguments.at(1)).map_or_else(Unknown::nothing, Value::Bool))
    }),
    ("issubclass", |it, _, arguments| {
        Ok(is_subclass(it, &arguments.at(0), &arguments.at(1)).map_or_else(Unknown::nothing, Value::Bool))
    }),
    ("getattr", |it, _, arguments| get_attribute(it, &arguments)),
    ("setattr", |it, _, arguments| {
        if let Some(name) = arguments.at(1).as_str() {
            it.set_attribute(&arguments.at(0), &name, arguments.at(2))?;
        }
        Ok(Value::None)
    }),
    ("hasattr", |it, _, arguments| has_attribute(it, &arguments)),
    ("delattr", |_, _, arguments| {
        if let (Value::Instance(instance), Some(name)) = (arguments.at(0), arguments.at(1).as_str()) {
            instance.attributes.borrow_mut().shift_remove(&name);
        }
        Ok(Value::None)
    }),
    ("callable", |_, _, arguments| {
        Ok(match arguments.at(0) {
            Value::Function(_) | Value::Native(_) | Value::Method(_) | Value::Class(_) => Value::Bool(true),
            Value::Instance(instance) if instance.class.unknown_bases.is_empty() => {
                Value::Bool(instance.class.get("__call__").is_some())
            }
            Value::Unknown(_) | Value::Instance(_) | Value::Type(_) => Unknown::nothing(),
            _ => Value::Bool(false),
        })
    }),
    ("repr", |_, _, arguments| Ok(Value::Str(repr(&arguments.at(0))))),
    ("ascii", |_, _, arguments| Ok(Value::Str(repr(&arguments.at(0))))),
    ("format", |_, _, arguments| {
        let spec = arguments.at(1).as_str().unwrap_or_default();
        Ok(Value::Str(super::super::format::format_spec(
            &arguments.at(0),
            &spec,
        )))
    }),
    ("print", |_, _, _| Ok(Value::None)),
    ("input", |_, _, _| Ok(Unknown::instance("input"))),
    ("id", |_, _, arguments| {
        Ok(arguments
            .at(0)
            .address()
            .map_or_else(Unknown::nothing, |a| Value::Int(a as i64)))
    }),
    ("hash", |_, _, _| Ok(Unknown::nothing())),
    ("iter", |it, _, arguments| {
        let (items, is_open) = it.iterate(&arguments.at(0))?;
        Ok(iterator(items, is_open))
    }),
    ("aiter", |it, _, arguments| {
        let (items, is_open) = it.iterate(&arguments.at(0))?;
        Ok(iterator(items, is_open))
    }),
    ("next", next),
    ("anext", next),
    ("enumerate", |it, _, arguments| {
        let (items, is_open) = it.iterate(&arguments.at(0))?;
        let start = arguments.get(1, "start").and_then(Value::as_int).unwrap_or(0);
        let index = |i: usize| {
            if is_open {
                Unknown::nothing()
            } else {
                Value::Int(start + i as i64)
            }
        };
        let pairs = items
            .into_iter()
            .enumerate()
            .map(|(i, item)| Value::tuple(vec![index(i), item]))
            .collect();
        Ok(iterator(pairs, is_open))
    }),
    ("zip", zip),
    ("map", map),
    ("filter", filter),
    ("reversed", |it, _, arguments| {
        let (mut items, is_open) = it.iterate(&arguments.at(0))?;
        items.reverse();
        Ok(iterator(items, is_open))
    }),
    ("sorted", |it, _, arguments| {
        let (items, is_open) = it.iterate(&arguments.at(0))?;
        if is_open {
            return Ok(iterator(items, true));
        }
        super::collections::sort(it, items, &arguments).map(Value::list)
    }),
    ("range", range),
    ("sum", |it, _, arguments| {
        let mut total = arguments.get(1, "start").cloned().unwrap_or(Value::Int(0));
        for item in it.iterate(&arguments.at(0))?.0 {
            total = it.binary(&total, BinaryOp::Add, &item)?;
        }
        Ok(total)
    }),
    ("min", |it, _, arguments| {
        extreme(it, &arguments, std::cmp::Ordering::Less)
    }),
    ("max", |it, _, arguments| {
        extreme(it, &arguments, std::cmp::Ordering::Greater)
    }),
    ("any", |it, _, arguments| quantify(it, &arguments.at(0), true)),
    ("all", |it, _, arguments| quantify(it, &arguments.at(0), false)),
    ("abs", |_, _, arguments| {
        Ok(match arguments.at(0) {
            Value::Int(number) => Value::Int(number.saturating_abs()),
            Value::Float(number) => Value::Float(number.abs()),
            _ => Unknown::nothing(),
        })
    }),
    ("round", |_, _, arguments| {
        Ok(match (arguments.at(0), arguments.at(1)) {
            (Value::Int(number), _) => Value::Int(number),
            (Value::Float(number), Value::None) => Value::Int(number.round_ties_even() as i64),
            _ => Unknown::nothing(),
        })
    }),
    ("pow", |it, _, arguments| {
        it.binary(&arguments.at(0), BinaryOp::Pow, &arguments.at(1))
    }),
    ("divmod", |it, _, arguments| {
        let quotient = it.binary(&arguments.at(0), BinaryOp::FloorDiv, &arguments.at(1))?;
        let rest = it.binary(&arguments.at(0), BinaryOp::Mod, &arguments.at(1))?;
        Ok(Value::tuple(vec![quotient, rest]))
    }),
    ("chr", |_, _, arguments| {
        let code = arguments
            .at(0)
            .as_int()
            .and_then(|code| u32::try_from(code).ok())
            .and_then(char::from_u32);
        Ok(code.map_or_else(Unknown::nothing, |c| Value::text(c.to_string())))
    }),
    ("ord", |_, _, arguments| {
        let first = arguments.at(0).as_str().and_then(|text| text.chars().next());
        Ok(first.map_or_else(Unknown::nothing, |c| Value::Int(i64::from(c as u32))))
    }),
    ("hex", |_, _, arguments| {
        Ok(arguments
            .at(0)
            .as_int()
            .map_or_else(Unknown::nothing, |n| Value::text(format!("{n:#x}"))))
    }),
    ("bin", |_, _, arguments| {
        Ok(arguments
            .at(0)
            .as_int()
            .map_or_else(Unknown::nothing, |n| Value::text(format!("{n:#b}"))))
    }),
    ("oct", |_, _, arguments| {
        Ok(arguments
            .at(0)
            .as_int()
            .map_or_else(Unknown::nothing, |n| Value::text(format!("{n:#o}"))))
    }),
    ("vars", |it, _, arguments| {
        if arguments.positional.is_empty() {
            return locals(it);
        }
        it.attribute(&arguments.at(0), "__dict__")
    }),
    ("dir", |it, _, arguments| {
        let names = it.attribute(&arguments.at(0), "__dict__")?;
        let (names, is_open) = it.iterate(&names)?;
        if is_open {
            return Ok(Unknown::nothing());
        }
        super::collections::sort(it, names, &Arguments::default()).map(Value::list)
    }),
    ("locals", |it, _, _| locals(it)),
    ("globals", |it, _, _| {
        let Some(module) = it.module() else {
            return Ok(Unknown::nothing());
        };
        Ok(Value::dict(module.scope.names.borrow().clone()))
    }),
    ("__import__", |it, _, arguments| match arguments.at(0).as_str() {
        Some(name) => it.import_module(&name),
        None => Ok(Unknown::nothing()),
    }),
    ("open", |it, _, arguments| {
        it.trace_library("open".into(), None, &arguments);
        Ok(Unknown::instance("open"))
    }),
    ("exec", |_, _, _| Ok(Value::None)),
    ("eval", |_, _, _| Ok(Unknown::nothing())),
    ("compile", |_, _, _| Ok(Unknown::nothing())),
    ("memoryview", |_, _, arguments| Ok(arguments.at(0))),
];

fn iterator(items: Vec<Value>, is_open: bool) -> Value {
    Value::Iterator(Rc::new(IteratorObject {
        items: items.into(),
        position: 0.into(),
        result: Value::None.into(),
        is_open,
    }))
}

fn locals(it: &mut Interpreter) -> Eval<Value> {
    let names = it.scope().names.borrow().clone();
    Ok(Value::dict(names))
}

/// `len(value)`.
fn length(it: &mut Interpreter, value: &Value) -> Eval<Value> {
    Ok(match value {
        Value::Str(text) => Value::Int(text.chars().count() as i64),
        Value::Instance(instance) => {
            if let Some(Value::Function(_)) = instance.class.get("__len__") {
                return it.call_method(value, "__len__", Arguments::default());
            }
            let base = instance.base.borrow().clone();
            return base.map_or_else(|| Ok(Unknown::nothing()), |base| length(it, &base));
        }
        Value::Unknown(_) => Unknown::nothing(),
        Value::Iterator(iterator) => Value::Int(iterator.items.borrow().len() as i64),
        other => {
            let (items, is_open) = it.iterate(other)?;
            if is_open {
                Unknown::nothing()
            } else {
                Value::Int(items.len() as i64)
            }
        }
    })
}

fn get_attribute(it: &mut Interpreter, arguments: &Arguments) -> Eval<Value> {
    let object = arguments.at(0);
    let Some(name) = arguments.at(1).as_str() else {
        return Ok(Unknown::nothing());
    };
    let default = arguments.positional.get(2);
    match it.get_attribute(&object, &name)? {
        Some(value) => Ok(match (&value, default) {
            // What a library without source has under this name is not known; it may well be the default.
            (Value::Unknown(unknown), Some(default))
                if !unknown.is_instance && unknown.alternatives.is_empty() =>
            {
                Unknown::one_of(vec![value.clone(), default.clone()])
            }
            _ => value,
        }),
        None => match default {
            Some(default) => Ok(default.clone()),
            None => it.missing(
                "AttributeError",
                format!("{} has no attribute '{name}'", repr(&object)),
            ),
        },
    }
}

fn has_attribute(it: &mut Interpreter, arguments: &Arguments) -> Eval<Value> {
    let object = arguments.at(0);
    let Some(name) = arguments.at(1).as_str() else {
        return Ok(Unknown::nothing());
    };
    if object.is_unknown() {
        return Ok(Unknown::nothing());
    }
    it.guards.push(vec!["AttributeError".into()]);
    let found = it.get_attribute(&object, &name);
    it.guards.pop();
    Ok(match found {
        Ok(Some(Value::Unknown(unknown))) if !unknown.is_instance => match &object {
            Value::Instance(instance) if !instance.class.unknown_bases.is_empty() => Unknown::nothing(),
            Value::Class(class) if !class.unknown_bases.is_empty() => Unknown::nothing(),
            _ => Value::Bool(true),
        },
        Ok(Some(_)) => Value::Bool(true),
        Ok(None) => Value::Bool(false),
        Err(super::super::flow::Flow::Raise(_)) => Value::Bool(false),
        Err(exhausted) => return Err(exhausted),
    })
}

fn next(it: &mut Interpreter, _: &NativeObject, arguments: Arguments) -> Eval<Value> {
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

fn zip(it: &mut Interpreter, _: &NativeObject, arguments: Arguments) -> Eval<Value> {
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
    Ok(iterator(rows, any_open))
}

fn map(it: &mut Interpreter, _: &NativeObject, arguments: Arguments) -> Eval<Value> {
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
    Ok(iterator(results, any_open))
}

fn filter(it: &mut Interpreter, _: &NativeObject, arguments: Arguments) -> Eval<Value> {
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
    Ok(iterator(kept, is_open))
}

fn range(it: &mut Interpreter, _: &NativeObject, arguments: Arguments) -> Eval<Value> {
    let bounds: Option<Vec<i64>> = arguments.positional.iter().map(Value::as_int).collect();
    let (start, stop, step) = match bounds.as_deref() {
        Some([stop]) => (0, *stop, 1),
        Some([start, stop]) => (*start, *stop, 1),
        Some([start, stop, step]) if *step != 0 => (*start, *stop, *step),
        _ => return Ok(iterator(vec![Unknown::nothing()], true)),
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
        number += step;
    }
    Ok(Value::list(items))
}

fn extreme(it: &mut Interpreter, arguments: &Arguments, wanted: std::cmp::Ordering) -> Eval<Value> {
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
                match super::super::operators::order(&by.unboxed(), &best_by.unboxed()) {
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

fn quantify(it: &mut Interpreter, source: &Value, decisive: bool) -> Eval<Value> {
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

/// `isinstance(value, class)`; `None` when that is not known.
pub fn is_instance(it: &mut Interpreter, value: &Value, class: &Value) -> Option<bool> {
    match class {
        Value::Tuple(classes) => any_known(classes.iter().map(|class| is_instance(it, value, class))),
        Value::Type(form) => match &**form {
            TypeForm::Union(members) => any_known(members.iter().map(|class| is_instance(it, value, class))),
            TypeForm::Alias { origin, .. } => is_instance(it, value, &origin.clone()),
            TypeForm::Special(name) => is_instance_of_special(value, name),
            _ => None,
        },
        Value::None => Some(value.is_none()),
        Value::Class(class) => match value {
            Value::Instance(instance) => Some(
                instance.class.is_subclass_of(class)
                    || (!instance.class.unknown_bases.is_empty()
                        && class.builtin.is_none()
                        && class.def.is_none()),
            ),
            Value::Unknown(unknown) => {
                if !unknown.alternatives.is_empty() {
                    let class = Value::Class(Rc::clone(class));
                    let verdicts: Vec<_> = unknown
                        .alternatives
                        .iter()
                        .map(|value| is_instance(it, value, &class))
                        .collect();
                    return verdicts
                        .iter()
                        .all(|v| *v == verdicts[0])
                        .then(|| verdicts[0])
                        .flatten();
                }
                if unknown.template.is_some() {
                    return Some(
                        class.builtin == Some(Builtin::Str) || class.builtin == Some(Builtin::Object),
                    );
                }
                match &unknown.class {
                    Some(known @ Value::Class(_)) => is_subclass(it, known, &Value::Class(Rc::clone(class))),
                    _ => None,
                }
            }
            Value::Class(own) => Some(
                matches!(class.builtin, Some(Builtin::Type | Builtin::Object))
                    || matches!(&own.metaclass, Some(Value::Class(metaclass)) if metaclass.is_subclass_of(class)),
            ),
            _ => {
                if class.builtin == Some(Builtin::Object) {
                    return Some(true);
                }
                if let Some(verdict) = is_abstract_collection(value, &class.path()) {
                    return Some(verdict);
                }
                let kind = super::kind_of(value)?;
                Some(
                    it.class(kind).is_subclass_of(class)
                        || (kind == Builtin::Set && class.builtin == Some(Builtin::FrozenSet)),
                )
            }
        },
        _ => None,
    }
}

/// Membership in the abstract classes of `collections.abc`, for built-in values.
fn is_abstract_collection(value: &Value, path: &str) -> Option<bool> {
    let name = path
        .strip_prefix("collections.abc.")
        .or_else(|| path.strip_prefix("numbers."))?;
    is_instance_of_special(value, name)
}

fn is_instance_of_special(value: &Value, name: &str) -> Option<bool> {
    if value.is_unknown() {
        return None;
    }
    let value = value.unboxed();
    Some(match name {
        "Mapping" | "MutableMapping" | "Dict" => matches!(value, Value::Dict(_)),
        "Sequence" => matches!(
            value,
            Value::List(_) | Value::Tuple(_) | Value::Str(_) | Value::Bytes(_)
        ),
        "MutableSequence" | "List" => matches!(value, Value::List(_)),
        "Set" | "MutableSet" => matches!(value, Value::Set(_)),
        "Iterable" | "Collection" | "Container" => {
            matches!(
                value,
                Value::List(_)
                    | Value::Tuple(_)
                    | Value::Str(_)
                    | Value::Bytes(_)
                    | Value::Dict(_)
                    | Value::Set(_)
                    | Value::Iterator(_)
            )
        }
        "Iterator" | "Generator" => matches!(value, Value::Iterator(_)),
        "Callable" => matches!(
            value,
            Value::Function(_) | Value::Native(_) | Value::Method(_) | Value::Class(_)
        ),
        "Number" | "Real" => matches!(value, Value::Int(_) | Value::Float(_) | Value::Bool(_)),
        "Any" => true,
        _ => return None,
    })
}

/// `issubclass(class, other)`; `None` when that is not known.
pub fn is_subclass(it: &mut Interpreter, class: &Value, other: &Value) -> Option<bool> {
    match (class, other) {
        (_, Value::Tuple(others)) => any_known(others.iter().map(|other| is_subclass(it, class, other))),
        (Value::Class(class), Value::Class(other)) => {
            let verdict = class.is_subclass_of(other);
            if !verdict && !class.unknown_bases.is_empty() && other.builtin.is_none() {
                None
            } else {
                Some(verdict)
            }
        }
        (Value::Type(form), _) => match &**form {
            TypeForm::Alias { origin, .. } => is_subclass(it, &origin.clone(), other),
            _ => Some(false),
        },
        (Value::Unknown(_), _) | (_, Value::Unknown(_)) => None,
        _ => Some(false),
    }
}

fn any_known(verdicts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut result = Some(false);
    for verdict in verdicts {
        match verdict {
            Some(true) => return Some(true),
            None => result = None,
            Some(false) => {}
        }
    }
    result
}
