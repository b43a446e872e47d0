//! Functions and classes of the program as names with a place.

use crate::{
    architecture::model::{Location, Symbol},
    python::interpret::{interpreter::location, repr, value::Value},
};

/// The name and place of a callable: what is under `partial`, bound methods and wrappers.
#[must_use]
pub fn symbol(value: &Value) -> Symbol {
    match value {
        Value::Function(function) => {
            let wrapped = function.attributes.borrow().get("__wrapped__").cloned();
            if let Some(wrapped @ (Value::Function(_) | Value::Method(_))) = wrapped {
                return symbol(&wrapped);
            }
            Symbol {
                name: format!("{}:{}", function.module.name, function.qualname),
                location: if !function.module.is_own() {
                    Location::default()
                } else {
                    location(&function.module, function.def.span)
                },
            }
        }
        Value::Method(method) => symbol(&method.function),
        Value::Class(class) => {
            let Some(module) = &class.module else {
                return Symbol {
                    name: format!("builtins:{}", class.qualname),
                    location: Location::default(),
                };
            };
            let place = class.def.as_ref().filter(|_| module.is_own());
            Symbol {
                name: format!("{}:{}", module.name, class.qualname),
                location: place.map_or_else(Location::default, |def| location(module, def.span)),
            }
        }
        Value::Instance(instance) => {
            let wrapped = instance.attributes.borrow().get("__wrapped__").cloned();
            match wrapped {
                Some(wrapped) => symbol(&wrapped),
                None => symbol(&Value::Class(std::rc::Rc::clone(&instance.class))),
            }
        }
        Value::Native(native) => match native.captured.first() {
            Some(inner @ (Value::Function(_) | Value::Method(_) | Value::Class(_) | Value::Native(_))) => {
                symbol(inner)
            }
            _ => Symbol {
                name: native.name.to_string(),
                location: Location::default(),
            },
        },
        Value::Descriptor(descriptor) => match &**descriptor {
            crate::python::interpret::value::Descriptor::Static(inner) => symbol(inner),
            _ => Symbol::default(),
        },
        Value::Unknown(unknown) => match (&unknown.wrapped, unknown.alternatives.first()) {
            (Some(wrapped), _) => symbol(wrapped),
            (None, Some(first)) => symbol(first),
            _ => Symbol {
                name: dotted(&unknown.origin),
                location: Location::default(),
            },
        },
        other => Symbol {
            name: repr::repr(other).to_string(),
            location: Location::default(),
        },
    }
}

/// `a.b.C.m` as `a.b:C.m`: the part from the first capitalised segment on, or the last, stands behind the colon.
#[must_use]
pub fn dotted(origin: &str) -> String {
    let clean = origin.replace("()", "").replace("[]", "");
    let parts: Vec<&str> = clean.split('.').collect();
    let split = parts
        .iter()
        .position(|part| part.starts_with(char::is_uppercase))
        .unwrap_or(parts.len().saturating_sub(1));
    if split == 0 {
        return clean;
    }
    format!("{}:{}", parts[..split].join("."), parts[split..].join("."))
}

/// The last part of a symbol's name, for a diagram.
#[must_use]
pub fn label(name: &str) -> String {
    let tail = name.rsplit(':').next().unwrap_or(name);
    tail.replace("<locals>.", "")
        .rsplit('.')
        .next()
        .unwrap_or(tail)
        .to_owned()
}
