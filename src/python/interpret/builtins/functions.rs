//! The built-in functions.

use super::super::{
    arguments::Arguments,
    flow::Eval,
    interpreter::Interpreter,
    repr::repr,
    unknown::Unknown,
    value::{NativeCall, Value},
};
use super::{
    instance_check::{is_instance, is_subclass},
    iteration::{extreme, filter, map, next, quantify, range, zip},
};
use crate::python::syntax::ast::BinaryOp;

/// The built-in functions by name.
pub const FUNCTIONS: &[(&str, NativeCall)] = &[
    ("len", |it, _, arguments| length(it, &arguments.at(0))),
    ("isinstance", |it, _, arguments| {
        Ok(is_instance(it, &arguments.at(0), &arguments.at(1)).map_or_else(Unknown::nothing, Value::Bool))
    }),
    ("issubclass", |_, _, arguments| {
        Ok(is_subclass(&arguments.at(0), &arguments.at(1)).map_or_else(Unknown::nothing, Value::Bool))
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
        Ok(Value::open_iterator(items, is_open))
    }),
    ("aiter", |it, _, arguments| {
        let (items, is_open) = it.iterate(&arguments.at(0))?;
        Ok(Value::open_iterator(items, is_open))
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
        Ok(Value::open_iterator(pairs, is_open))
    }),
    ("zip", zip),
    ("map", map),
    ("filter", filter),
    ("reversed", |it, _, arguments| {
        let (mut items, is_open) = it.iterate(&arguments.at(0))?;
        items.reverse();
        Ok(Value::open_iterator(items, is_open))
    }),
    ("sorted", |it, _, arguments| {
        let (items, is_open) = it.iterate(&arguments.at(0))?;
        let sorted = super::collections::sort(it, items, &arguments)?;
        Ok(Value::open_list(sorted, is_open.then_some(0)))
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
        let names = Value::dict(module.scope.names.borrow().clone());
        let model = it.import_module("__arch_namespace__")?;
        let namespace = it.attribute(&model, "Namespace")?;
        it.call(&namespace, Arguments::of(vec![Value::Module(module), names]))
    }),
    ("__import__", |it, _, arguments| match arguments.at(0).as_str() {
        Some(name) => it.import_module(&name),
        None => Ok(Unknown::nothing()),
    }),
    ("open", |it, _, arguments| {
        it.trace_library("open".into(), &arguments);
        let module = it.import_module("__arch_open__")?;
        let open = it.attribute(&module, "open")?;
        it.call(&open, arguments)
    }),
    ("exec", |_, _, _| Ok(Value::None)),
    ("eval", |_, _, _| Ok(Unknown::nothing())),
    ("compile", |_, _, _| Ok(Unknown::nothing())),
    ("memoryview", |_, _, arguments| Ok(arguments.at(0))),
];

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
        Value::Iterator(iterator) if iterator.is_open => Unknown::nothing(),
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
