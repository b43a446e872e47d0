//! Plain values to the types that a field declares.

use crate::python::interpret::{
    arguments::Arguments, class::Builtin, flow::Eval, interpreter::Interpreter, typing::TypeForm,
    value::Value,
};

/// Text of the environment as a value of the annotated type, as pydantic-settings reads it
/// (<https://docs.pydantic.dev/latest/concepts/pydantic_settings/#parsing-environment-variable-values>).
///
/// # Errors
/// When an enumeration that is looked up raises.
pub fn coerce(it: &mut Interpreter, value: &Value, annotation: &Value) -> Eval<Value> {
    let Some(text) = value.as_str() else {
        return Ok(value.clone());
    };
    let resolved = it.resolve_type(annotation);
    match &resolved {
        Value::Class(class) => match class.builtin {
            Some(Builtin::Int) => Ok(text.trim().parse().map_or_else(|_| value.clone(), Value::Int)),
            Some(Builtin::Float) => Ok(text.trim().parse().map_or_else(|_| value.clone(), Value::Float)),
            Some(Builtin::Bool) => Ok(match text.to_lowercase().as_str() {
                "true" | "1" | "yes" | "on" | "t" | "y" => Value::Bool(true),
                "false" | "0" | "no" | "off" | "f" | "n" => Value::Bool(false),
                _ => value.clone(),
            }),
            Some(Builtin::List | Builtin::Dict | Builtin::Set | Builtin::Tuple) => {
                Ok(json_or_text(&text, value))
            }
            None if class.is_enum.get() => it.call(&resolved, Arguments::of(vec![value.clone()])),
            None if class.inherits("pathlib.PurePath") || class.inherits("pydantic.types.SecretStr") => {
                it.call(&resolved, Arguments::of(vec![value.clone()]))
            }
            _ => Ok(value.clone()),
        },
        Value::Type(form) => match &**form {
            TypeForm::Annotated { inner, .. } => coerce(it, value, &inner.clone()),
            TypeForm::Union(members) => {
                let members = members.clone();
                for member in members.iter().filter(|member| !member.is_none()) {
                    let coerced = coerce(it, value, member)?;
                    if !coerced.is_same(value) {
                        return Ok(coerced);
                    }
                }
                Ok(value.clone())
            }
            TypeForm::Alias { origin, .. } => {
                let words = crate::python::interpret::repr::repr(origin).to_lowercase();
                let is_collection =
                    ["list", "dict", "set", "tuple", "sequence", "mapping"].contains(&words.as_str());
                Ok(if is_collection {
                    json_or_text(&text, value)
                } else {
                    value.clone()
                })
            }
            _ => Ok(value.clone()),
        },
        _ => Ok(value.clone()),
    }
}

fn json_or_text(text: &str, value: &Value) -> Value {
    serde_json::from_str(text).map_or_else(
        |_| value.clone(),
        |json| crate::python::library::natives::documents::from_json(&json),
    )
}
