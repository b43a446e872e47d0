//! What every object and class can do: the methods of `object` and `type`.

use std::rc::Rc;

use super::super::{
    class::{Builtin, ClassObject},
    unknown::Unknown,
    value::Value,
};

/// A method of `object` on an instance.
#[must_use]
pub fn instance_method(class: &Rc<ClassObject>, object: &Value, name: &str) -> Option<Value> {
    match name {
        "with_traceback" if class.is_builtin(Builtin::Exception) => {
            Some(Value::native_with(name, vec![object.clone()], |_, native, _| {
                Ok(native.captured[0].clone())
            }))
        }
        "add_note" if class.is_builtin(Builtin::Exception) => {
            Some(Value::native(name, |_, _, _| Ok(Value::None)))
        }
        "__init__" | "__setattr__" | "__getattribute__" | "__init_subclass__" | "__str__" | "__repr__"
        | "__eq__" | "__hash__" | "__ne__" | "__format__" | "__delattr__" => super_method(&[], object, name),
        _ => None,
    }
}

/// A method found on a class: of a built-in type, waiting for its receiver, or of `type`.
#[must_use]
pub fn class_method(class: &Rc<ClassObject>, object: &Value, name: &str) -> Option<Value> {
    for ancestor in class.mro() {
        let Some(kind) = ancestor.builtin else { continue };
        if kind == Builtin::Dict && name == "fromkeys" {
            return Some(super::bound(&Value::dict([]), name));
        }
        if kind == Builtin::Str && name == "maketrans" {
            return Some(Unknown::symbol("str.maketrans"));
        }
        if super::has_method(kind, name) {
            return Some(Value::native(&format!(".{name}"), |it, native, mut arguments| {
                let receiver = arguments.shift();
                super::call_method(it, &receiver, &native.name[1..].into(), arguments)
            }));
        }
        if kind == Builtin::Int && name == "from_bytes" || kind == Builtin::Bytes && name == "fromhex" {
            return Some(Unknown::symbol(name));
        }
    }
    match name {
        "mro" => Some(Value::native_with(name, vec![object.clone()], |_, native, _| {
            Ok(match &native.captured[0] {
                Value::Class(class) => Value::list(class.mro().cloned().map(Value::Class).collect()),
                _ => Unknown::nothing(),
            })
        })),
        // Found on the class, they wait for the receiver.
        "__init__" | "__setattr__" | "__getattribute__" | "__str__" | "__repr__" | "__eq__" | "__hash__" => {
            Some(Value::native(&format!(".{name}"), |it, native, mut arguments| {
                let receiver = arguments.shift();
                match super_method(&[], &receiver, &native.name[1..]) {
                    Some(method) => it.call(&method, arguments),
                    None => Ok(Value::None),
                }
            }))
        }
        "__new__" | "__call__" | "__init_subclass__" | "__prepare__" => {
            super_method(&[Rc::clone(class)], object, name)
        }
        _ => None,
    }
}

/// A method of `object` or `type` that `super()` reaches.
#[must_use]
pub fn super_method(successors: &[Rc<ClassObject>], receiver: &Value, name: &str) -> Option<Value> {
    if successors
        .iter()
        .any(|class| !class.unknown_bases.is_empty() && class.builtin.is_none())
        && name != "__init__"
    {
        return None;
    }
    let captured = vec![receiver.clone()];
    Some(match name {
        "__init__" => Value::native_with(name, captured, |it, native, arguments| {
            if let Value::Instance(instance) = &native.captured[0] {
                let class = Rc::clone(&instance.class);
                super::initialise_base(it, &class, instance, &arguments)?;
                if class.is_builtin(Builtin::Exception) {
                    let args = Value::tuple(arguments.positional);
                    instance.attributes.borrow_mut().insert("args".into(), args);
                } else if !class.unknown_bases.is_empty() {
                    instance.is_abstract.set(true);
                    instance.attributes.borrow_mut().extend(arguments.keywords);
                }
            }
            Ok(Value::None)
        }),
        "__new__" => Value::native_with(name, captured, |it, _, mut arguments| {
            let class = arguments.shift();
            if let Some(making) = it.types.making.last()
                && arguments.positional.len() >= 3
            {
                return Ok(Value::Class(Rc::clone(making)));
            }
            let Value::Class(class) = &class else {
                return Ok(Unknown::nothing());
            };
            let instance = it.new_instance(class);
            if let Value::Instance(object) = &instance {
                super::initialise_base(it, class, object, &arguments)?;
            }
            Ok(instance)
        }),
        "__call__" => Value::native_with(name, captured, |it, native, arguments| {
            match &native.captured[0] {
                Value::Class(class) => it.instantiate(class, arguments),
                _ => Ok(Unknown::nothing()),
            }
        }),
        "__setattr__" => Value::native_with(name, captured, |_, native, arguments| {
            if let (Value::Instance(instance), Some(name)) = (&native.captured[0], arguments.at(0).as_str()) {
                instance.attributes.borrow_mut().insert(name, arguments.at(1));
            }
            Ok(Value::None)
        }),
        "__getattribute__" => Value::native_with(name, captured, |it, native, arguments| {
            let name = arguments.at(0).as_str().unwrap_or_default();
            it.attribute(&native.captured[0], &name)
        }),
        "__str__" | "__repr__" => Value::native_with(name, captured, |_, native, _| {
            Ok(Value::Str(super::super::repr::display(&native.captured[0])))
        }),
        "__eq__" => Value::native_with(name, captured, |_, native, arguments| {
            Ok(Value::Bool(native.captured[0].is_same(&arguments.at(0))))
        }),
        "__hash__" | "__ne__" | "__format__" => Unknown::symbol(name),
        "__prepare__" => Value::native(name, |_, _, _| Ok(Value::dict([]))),
        "__init_subclass__" | "__set_name__" | "__delattr__" | "__post_init__" | "__exit__" | "__aexit__" => {
            Value::native(name, |_, _, _| Ok(Value::None))
        }
        "__enter__" | "__aenter__" => {
            Value::native_with(name, captured, |_, native, _| Ok(native.captured[0].clone()))
        }
        _ => return None,
    })
}
