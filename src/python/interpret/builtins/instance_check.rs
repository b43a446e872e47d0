//! `isinstance` and `issubclass`, as far as values and classes are known.

use std::rc::Rc;

use super::super::{class::Builtin, interpreter::Interpreter, typing::TypeForm, value::Value};

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
                    Some(known @ Value::Class(_)) => is_subclass(known, &Value::Class(Rc::clone(class))),
                    _ => None,
                }
            }
            Value::Class(own) => Some(
                matches!(class.builtin, Some(Builtin::Type | Builtin::Object))
                    || matches!(&own.metaclass, Some(Value::Class(metaclass)) if metaclass.is_subclass_of(class)),
            ),
            Value::Ellipsis => Some(class.builtin == Some(Builtin::Object)),
            // `Model[int]` of pydantic is a class; `list[int]`, unions and the like are instances of no class of a program.
            Value::Type(form) if class.builtin == Some(Builtin::Type) => Some(matches!(
                &**form,
                TypeForm::Alias { origin: Value::Class(origin), .. } if origin.inherits("pydantic.BaseModel")
            )),
            Value::Type(_) if class.builtin.is_none() && class.def.is_some() => Some(false),
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
pub fn is_subclass(class: &Value, other: &Value) -> Option<bool> {
    match (class, other) {
        (_, Value::Tuple(others)) => any_known(others.iter().map(|other| is_subclass(class, other))),
        (Value::Class(class), Value::Class(other)) => {
            let verdict = class.is_subclass_of(other);
            if !verdict && !class.unknown_bases.is_empty() && other.builtin.is_none() {
                None
            } else {
                Some(verdict)
            }
        }
        (Value::Type(form), _) => match &**form {
            TypeForm::Alias { origin, .. } => is_subclass(&origin.clone(), other),
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
