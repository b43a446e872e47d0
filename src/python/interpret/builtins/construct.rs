//! Calling the built-in types.

use std::rc::Rc;

use super::super::{
    arguments::Arguments,
    class::{Builtin, ClassObject},
    classes::ClassParts,
    collection::Collection,
    expressions::open_set_of,
    flow::Eval,
    interpreter::{Frame, Interpreter},
    key::Key,
    unknown::Unknown,
    value::{Descriptor, Entries, InstanceObject, ModuleObject, Names, SuperObject, Value},
};

/// Calls a built-in type: `str(x)`, `dict(a=1)`, `type(x)`, `super(C, self)`.
///
/// # Errors
/// When an argument that is iterated or shown raises.
pub fn construct(
    it: &mut Interpreter,
    kind: Builtin,
    class: &Rc<ClassObject>,
    arguments: Arguments,
) -> Eval<Value> {
    let first = arguments.at(0);
    Ok(match kind {
        Builtin::Str if arguments.positional.is_empty() => Value::text(""),
        Builtin::Str => {
            let pieces = it.text_pieces(&first)?;
            Unknown::text(pieces)
        }
        Builtin::Int => {
            let number = integer(&first, &arguments);
            if let Value::Str(text) = first.unboxed()
                && number.is_unknown()
            {
                let message = format!("invalid literal for int() with base 10: '{text}'");
                return it.missing("ValueError", message);
            }
            number
        }
        Builtin::Float => match first.unboxed() {
            Value::Float(number) => Value::Float(number),
            Value::Str(text) => match text.trim().parse() {
                Ok(number) => Value::Float(number),
                Err(_) => {
                    return it.missing(
                        "ValueError",
                        format!("could not convert string to float: '{text}'"),
                    );
                }
            },
            Value::Instance(instance) if instance.class.get("__float__").is_some() => {
                it.call_method(&Value::Instance(instance), "__float__", Arguments::default())?
            }
            other => other
                .as_int()
                .map_or_else(Unknown::nothing, |number| Value::Float(number as f64)),
        },
        Builtin::Bool => it.truth(&first)?.map_or_else(Unknown::nothing, Value::Bool),
        Builtin::List => sequence(it, &first, &arguments, Value::open_list)?,
        Builtin::Tuple | Builtin::NamedTuple => sequence(it, &first, &arguments, tuple_or_open_list)?,
        Builtin::Set | Builtin::FrozenSet => sequence(it, &first, &arguments, open_set_of)?,
        Builtin::Dict => dict(it, &first, arguments)?,
        Builtin::Bytes | Builtin::ByteArray => match first {
            Value::Str(text) => Value::Bytes(text.as_bytes().into()),
            bytes @ Value::Bytes(_) => bytes,
            _ => Unknown::nothing(),
        },
        Builtin::Type => type_of(it, &first, &arguments)?,
        Builtin::Object => it.new_instance(class),
        Builtin::Property => {
            let set = arguments.get(1, "fset").cloned().unwrap_or(Value::None);
            let get = arguments.get(0, "fget").cloned().unwrap_or(Value::None);
            Value::Descriptor(Rc::new(Descriptor::Property {
                get,
                set,
                is_cached: false,
            }))
        }
        Builtin::StaticMethod => Value::Descriptor(Rc::new(Descriptor::Static(first))),
        Builtin::ClassMethod => Value::Descriptor(Rc::new(Descriptor::ClassMethod(first))),
        Builtin::Super => match (first, arguments.at(1)) {
            (Value::Class(class), receiver) if !receiver.is_none() => {
                Value::Super(Rc::new(SuperObject { class, receiver }))
            }
            _ => it.implicit_super()?,
        },
        Builtin::Slice => Value::Slice(Rc::new(match arguments.positional.as_slice() {
            [stop] => [Value::None, stop.clone(), Value::None],
            _ => [first, arguments.at(1), arguments.at(2)],
        })),
        Builtin::Exception => it.instantiate(class, arguments)?,
        Builtin::Enum => it.enum_lookup(class, &arguments)?,
        Builtin::NoneType => Value::None,
        _ => Unknown::nothing(),
    })
}

fn integer(value: &Value, arguments: &Arguments) -> Value {
    if arguments.positional.is_empty() {
        return Value::Int(0);
    }
    match value.unboxed() {
        Value::Float(number) if number.abs() < 9e18 => Value::Int(number as i64),
        Value::Str(text) => {
            let radix = arguments.get(1, "base").and_then(Value::as_int).unwrap_or(10);
            let digits = text.trim().replace('_', "");
            u32::try_from(radix)
                .ok()
                .filter(|radix| (2..=36).contains(radix))
                .and_then(|radix| i64::from_str_radix(&digits, radix).ok())
                .map_or_else(Unknown::nothing, Value::Int)
        }
        other => other.as_int().map_or_else(Unknown::nothing, Value::Int),
    }
}

fn sequence(
    it: &mut Interpreter,
    source: &Value,
    arguments: &Arguments,
    make: fn(Vec<Value>, Option<usize>) -> Value,
) -> Eval<Value> {
    if arguments.positional.is_empty() {
        return Ok(make(vec![], None));
    }
    let (items, is_open) = it.iterate(source)?;
    Ok(match source {
        _ if !is_open => make(items, None),
        Value::Unknown(_) => source.clone(),
        Value::List(list) => make(items, list.least()),
        _ => make(items, Some(0)),
    })
}

/// A tuple; a list where other items may be there, which a tuple cannot say.
fn tuple_or_open_list(items: Vec<Value>, least: Option<usize>) -> Value {
    match least {
        None => Value::tuple(items),
        Some(_) => Value::open_list(items, least),
    }
}

fn dict(it: &mut Interpreter, source: &Value, arguments: Arguments) -> Eval<Value> {
    let dict = Collection::new(Entries::default());
    if !arguments.positional.is_empty() {
        it.update_dict(&dict, source)?;
        if source.is_unknown() && arguments.keywords.is_empty() && dict.borrow().is_empty() {
            return Ok(source.clone());
        }
    }
    if arguments.is_open {
        dict.open(0);
    }
    for (name, value) in arguments.keywords {
        dict.borrow_mut()
            .insert(Key::Str(name.clone()), (Value::Str(name), value));
    }
    Ok(Value::Dict(dict))
}

/// `type(x)`, or `type(name, bases, namespace)`.
fn type_of(it: &mut Interpreter, value: &Value, arguments: &Arguments) -> Eval<Value> {
    if arguments.positional.len() < 3 {
        return Ok(match value {
            Value::Instance(instance) => Value::Class(Rc::clone(&instance.class)),
            Value::Class(class) => class
                .metaclass
                .clone()
                .unwrap_or_else(|| Value::Class(it.class(Builtin::Type))),
            Value::Unknown(unknown) => {
                unknown
                    .class
                    .clone()
                    .unwrap_or_else(|| match unknown.origin.as_str() {
                        "" => Unknown::nothing(),
                        origin => Unknown::symbol(origin),
                    })
            }
            other => super::kind_of(other).map_or_else(Unknown::nothing, |kind| Value::Class(it.class(kind))),
        });
    }
    let name = value.as_str().unwrap_or_default();
    let bases = it.iterate(&arguments.at(1))?.0;
    let mut attributes = Names::default();
    let mut annotations = vec![];
    for (key, value) in it.mapping_items(&arguments.at(2))? {
        let name = super::super::repr::display(&key);
        if name == "__annotations__" {
            annotations = given_annotations(it, &value)?;
        } else {
            attributes.insert(name, value);
        }
    }
    let keywords = arguments.keywords.iter().cloned().collect();
    let said = attributes
        .shift_remove("__module__")
        .and_then(|module| module.as_str());
    let module = match said.and_then(|name| it.modules.get(&name)) {
        Some(Value::Module(module)) => Some(Rc::clone(module)),
        _ => made_in(it),
    };
    it.build_class(ClassParts {
        qualname: name.clone(),
        name,
        module,
        def: None,
        bases,
        attributes,
        annotations,
        metaclass: None,
        keywords,
    })
}

/// The module of a class that a call makes: where the call is written, not the function of a library that makes it.
fn made_in(it: &Interpreter) -> Option<Rc<ModuleObject>> {
    let is_of_library = |frame: &Frame| frame.module.is_model() && frame.function.is_some();
    let frame = it.frames.iter().rev().find(|frame| !is_of_library(frame));
    frame
        .map(|frame| Rc::clone(&frame.module))
        .or_else(|| it.module())
}

/// Annotations given as a mapping of names to types.
///
/// # Errors
/// When the mapping raises.
pub fn given_annotations(
    it: &mut Interpreter,
    mapping: &Value,
) -> Eval<Vec<super::super::class::Annotation>> {
    let Some(module) = it.module() else {
        return Ok(vec![]);
    };
    let scope = it.scope();
    let mut annotations = vec![];
    for (key, value) in it.mapping_items(mapping)? {
        let Some(name) = key.as_str() else { continue };
        let value = match value {
            Value::Str(_) => it.type_arguments(&value).remove(0),
            other => other,
        };
        annotations.push(super::super::class::Annotation {
            name,
            expr: None,
            scope: Rc::clone(&scope),
            module: Rc::clone(&module),
            value: value.into(),
            span: crate::python::syntax::ast::Span::default(),
        });
    }
    Ok(annotations)
}

/// Gives an instance of a subclass of a built-in type the value that it extends.
///
/// # Errors
/// When an argument that is iterated raises.
pub fn initialise_base(
    it: &mut Interpreter,
    class: &Rc<ClassObject>,
    instance: &InstanceObject,
    arguments: &Arguments,
) -> Eval<()> {
    let Some(kind) = class.data_type() else {
        return Ok(());
    };
    if instance.base.borrow().is_some() && arguments.positional.is_empty() && arguments.keywords.is_empty() {
        return Ok(());
    }
    let builtin = it.class(kind);
    // The constructor's other arguments are the subclass's own.
    let first: Vec<Value> = arguments.positional.iter().take(1).cloned().collect();
    let keywords = if kind == Builtin::Dict {
        arguments.keywords.clone()
    } else {
        vec![]
    };
    let base = construct(
        it,
        kind,
        &builtin,
        Arguments {
            positional: first,
            keywords,
            ..Arguments::default()
        },
    )?;
    *instance.base.borrow_mut() = Some(base);
    Ok(())
}
