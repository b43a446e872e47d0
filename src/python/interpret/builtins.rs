//! The built-in types and functions.

pub mod collections;
pub mod construct;
pub mod dictionaries;
pub mod functions;
pub mod instance_check;
pub mod iteration;
pub mod objects;
pub mod sets;
pub mod text;

use std::{
    cell::{Cell, OnceCell, RefCell},
    rc::Rc,
};

use ecow::EcoString;

pub use construct::{construct, initialise_base};
pub use instance_check::is_instance;
pub use objects::{class_method, instance_method, super_method};

use super::{
    arguments::Arguments,
    class::{Builtin, ClassObject},
    flow::Eval,
    interpreter::Interpreter,
    unknown::Unknown,
    value::{NativeObject, Value},
};

/// The built-in classes.
pub struct Types {
    classes: Vec<(Builtin, Rc<ClassObject>)>,
    /// Classes whose metaclass is running: what `type.__new__` answers with.
    pub making: Vec<Rc<ClassObject>>,
}

/// Each built-in class, its name and its parent.
const CLASSES: &[(Builtin, &str, Builtin)] = &[
    (Builtin::Type, "type", Builtin::Object),
    (Builtin::Int, "int", Builtin::Object),
    (Builtin::Bool, "bool", Builtin::Int),
    (Builtin::Float, "float", Builtin::Object),
    (Builtin::Complex, "complex", Builtin::Object),
    (Builtin::Str, "str", Builtin::Object),
    (Builtin::Bytes, "bytes", Builtin::Object),
    (Builtin::ByteArray, "bytearray", Builtin::Object),
    (Builtin::Tuple, "tuple", Builtin::Object),
    (Builtin::List, "list", Builtin::Object),
    (Builtin::Set, "set", Builtin::Object),
    (Builtin::FrozenSet, "frozenset", Builtin::Object),
    (Builtin::Dict, "dict", Builtin::Object),
    (Builtin::NoneType, "NoneType", Builtin::Object),
    (Builtin::Function, "function", Builtin::Object),
    (Builtin::Method, "method", Builtin::Object),
    (Builtin::Module, "module", Builtin::Object),
    (Builtin::Slice, "slice", Builtin::Object),
    (Builtin::Generator, "generator", Builtin::Object),
    (Builtin::Property, "property", Builtin::Object),
    (Builtin::StaticMethod, "staticmethod", Builtin::Object),
    (Builtin::ClassMethod, "classmethod", Builtin::Object),
    (Builtin::Super, "super", Builtin::Object),
    (Builtin::Exception, "BaseException", Builtin::Object),
    (Builtin::Enum, "_EnumBase", Builtin::Object),
    (Builtin::NamedTuple, "_NamedTupleBase", Builtin::Tuple),
];

/// Exceptions and warnings with their parents
/// (<https://docs.python.org/3/library/exceptions.html#exception-hierarchy>).
const EXCEPTIONS: &[(&str, &str)] = &[
    ("Exception", "BaseException"),
    ("BaseExceptionGroup", "BaseException"),
    ("ExceptionGroup", "Exception"),
    ("GeneratorExit", "BaseException"),
    ("KeyboardInterrupt", "BaseException"),
    ("SystemExit", "BaseException"),
    ("ArithmeticError", "Exception"),
    ("OverflowError", "ArithmeticError"),
    ("ZeroDivisionError", "ArithmeticError"),
    ("AssertionError", "Exception"),
    ("AttributeError", "Exception"),
    ("BufferError", "Exception"),
    ("EOFError", "Exception"),
    ("ImportError", "Exception"),
    ("ModuleNotFoundError", "ImportError"),
    ("LookupError", "Exception"),
    ("IndexError", "LookupError"),
    ("KeyError", "LookupError"),
    ("MemoryError", "Exception"),
    ("NameError", "Exception"),
    ("UnboundLocalError", "NameError"),
    ("OSError", "Exception"),
    ("BlockingIOError", "OSError"),
    ("ConnectionError", "OSError"),
    ("BrokenPipeError", "ConnectionError"),
    ("ConnectionAbortedError", "ConnectionError"),
    ("ConnectionRefusedError", "ConnectionError"),
    ("ConnectionResetError", "ConnectionError"),
    ("FileExistsError", "OSError"),
    ("FileNotFoundError", "OSError"),
    ("InterruptedError", "OSError"),
    ("IsADirectoryError", "OSError"),
    ("NotADirectoryError", "OSError"),
    ("PermissionError", "OSError"),
    ("ProcessLookupError", "OSError"),
    ("TimeoutError", "OSError"),
    ("ReferenceError", "Exception"),
    ("RuntimeError", "Exception"),
    ("NotImplementedError", "RuntimeError"),
    ("RecursionError", "RuntimeError"),
    ("StopIteration", "Exception"),
    ("StopAsyncIteration", "Exception"),
    ("SyntaxError", "Exception"),
    ("IndentationError", "SyntaxError"),
    ("SystemError", "Exception"),
    ("TypeError", "Exception"),
    ("ValueError", "Exception"),
    ("UnicodeError", "ValueError"),
    ("UnicodeDecodeError", "UnicodeError"),
    ("UnicodeEncodeError", "UnicodeError"),
    ("Warning", "Exception"),
    ("DeprecationWarning", "Warning"),
    ("FutureWarning", "Warning"),
    ("ImportWarning", "Warning"),
    ("PendingDeprecationWarning", "Warning"),
    ("ResourceWarning", "Warning"),
    ("RuntimeWarning", "Warning"),
    ("SyntaxWarning", "Warning"),
    ("UnicodeWarning", "Warning"),
    ("UserWarning", "Warning"),
];

impl Types {
    /// The built-in classes, linked to each other.
    #[must_use]
    pub fn new() -> Self {
        let object = built_in("object", Some(Builtin::Object), vec![]);
        let mut types = Self {
            classes: vec![(Builtin::Object, object)],
            making: vec![],
        };
        for (kind, name, parent) in CLASSES {
            let parent = types.get(*parent);
            types
                .classes
                .push((*kind, built_in(name, Some(*kind), vec![parent])));
        }
        types
    }

    /// The class of a kind.
    #[must_use]
    pub fn get(&self, kind: Builtin) -> Rc<ClassObject> {
        self.classes
            .iter()
            .find(|(known, _)| *known == kind)
            .map_or_else(|| Rc::clone(&self.classes[0].1), |(_, class)| Rc::clone(class))
    }
}

impl Default for Types {
    fn default() -> Self {
        Self::new()
    }
}

fn built_in(name: &str, builtin: Option<Builtin>, bases: Vec<Rc<ClassObject>>) -> Rc<ClassObject> {
    Rc::new(ClassObject {
        name: name.into(),
        qualname: name.into(),
        module: None,
        def: None,
        bases: bases.iter().cloned().map(Value::Class).collect(),
        ancestors: super::class::linearise(&bases),
        unknown_bases: vec![],
        attributes: RefCell::default(),
        annotations: RefCell::default(),
        builtin,
        metaclass: None,
        keywords: super::value::Names::default(),
        dataclass: OnceCell::new(),
        subclasses: RefCell::default(),
        is_enum: Cell::new(false),
        parametrised: None,
    })
}

/// Binds the built-in names.
pub fn install(interpreter: &mut Interpreter) {
    let mut names = interpreter.builtins.names.borrow_mut();
    for (_, class) in &interpreter.types.classes {
        names.insert(class.name.clone(), Value::Class(Rc::clone(class)));
    }
    for (name, parent) in EXCEPTIONS {
        let Some(Value::Class(parent)) = names.get(*parent).cloned() else {
            continue;
        };
        names.insert((*name).into(), Value::Class(built_in(name, None, vec![parent])));
    }
    for (alias, name) in [("IOError", "OSError"), ("EnvironmentError", "OSError")] {
        if let Some(value) = names.get(name).cloned() {
            names.insert(alias.into(), value);
        }
    }
    names.insert("NotImplemented".into(), Unknown::symbol("NotImplemented"));
    names.insert("Ellipsis".into(), Value::Ellipsis);
    names.insert("__debug__".into(), Value::Bool(true));
    names.insert("__name__".into(), Value::text("builtins"));
    for (name, call) in functions::FUNCTIONS {
        names.insert((*name).into(), Value::native(name, *call));
    }
}

/// The built-in type of a value, if it is of one.
#[must_use]
pub fn kind_of(value: &Value) -> Option<Builtin> {
    Some(match value {
        Value::None => Builtin::NoneType,
        Value::Bool(_) => Builtin::Bool,
        Value::Int(_) => Builtin::Int,
        Value::Float(_) => Builtin::Float,
        Value::Str(_) => Builtin::Str,
        Value::Bytes(_) => Builtin::Bytes,
        Value::Tuple(_) => Builtin::Tuple,
        Value::List(_) => Builtin::List,
        Value::Set(_) => Builtin::Set,
        Value::Dict(_) => Builtin::Dict,
        Value::Slice(_) => Builtin::Slice,
        Value::Module(_) => Builtin::Module,
        Value::Function(_) | Value::Native(_) => Builtin::Function,
        Value::Method(_) => Builtin::Method,
        Value::Class(_) => Builtin::Type,
        Value::Iterator(_) => Builtin::Generator,
        Value::Descriptor(descriptor) => match &**descriptor {
            super::value::Descriptor::Property { .. } => Builtin::Property,
            super::value::Descriptor::Static(_) => Builtin::StaticMethod,
            super::value::Descriptor::ClassMethod(_) => Builtin::ClassMethod,
        },
        _ => return None,
    })
}

/// The method of a built-in type, bound to a value of it.
#[must_use]
pub fn method(kind: Builtin, receiver: &Value, name: &str) -> Option<Value> {
    has_method(kind, name).then(|| bound(receiver, name))
}

/// A built-in method bound to its receiver.
#[must_use]
pub fn bound(receiver: &Value, name: &str) -> Value {
    Value::Native(Rc::new(NativeObject {
        name: name.into(),
        receiver: receiver.clone(),
        captured: vec![],
        call: |interpreter, native, arguments| {
            let receiver = native.receiver.clone();
            call_method(interpreter, &receiver, &native.name, arguments)
        },
    }))
}

/// Whether a built-in type has a method of this name.
#[must_use]
pub fn has_method(kind: Builtin, name: &str) -> bool {
    let own: &[&str] = match kind {
        Builtin::Str => text::METHODS,
        Builtin::Bytes => text::BYTES_METHODS,
        Builtin::List => collections::LIST_METHODS,
        Builtin::Tuple | Builtin::NamedTuple => &[
            "index",
            "count",
            "__len__",
            "__iter__",
            "__getitem__",
            "__contains__",
        ],
        Builtin::Dict => collections::DICT_METHODS,
        Builtin::Set | Builtin::FrozenSet => collections::SET_METHODS,
        Builtin::Int | Builtin::Bool => &["bit_length", "to_bytes", "conjugate", "__index__"],
        Builtin::Float => &["is_integer", "hex", "conjugate"],
        Builtin::Generator => &[
            "send",
            "close",
            "throw",
            "aclose",
            "asend",
            "__next__",
            "__iter__",
            "__aiter__",
            "__anext__",
            "__enter__",
            "__exit__",
            "__aenter__",
            "__aexit__",
        ],
        _ => &[],
    };
    own.contains(&name)
}

/// Calls a built-in method.
///
/// # Errors
/// When an argument that is called raises.
pub fn call_method(
    interpreter: &mut Interpreter,
    receiver: &Value,
    name: &EcoString,
    arguments: Arguments,
) -> Eval<Value> {
    match receiver.unboxed() {
        Value::Str(text) => text::str_method(interpreter, &text, name, &arguments),
        Value::Bytes(bytes) => text::bytes_method(&bytes, name, &arguments),
        Value::List(items) => collections::list_method(interpreter, &items, name, &arguments),
        Value::Tuple(items) => collections::tuple_method(interpreter, &items, name, &arguments),
        Value::Dict(entries) => dictionaries::dict_method(interpreter, &entries, name, arguments),
        Value::Set(entries) => sets::set_method(interpreter, &entries, name, &arguments),
        Value::Iterator(iterator) => Ok(collections::iterator_method(receiver, &iterator, name)),
        Value::Unknown(unknown) if unknown.template.is_some() => {
            Ok(text::template_method(&unknown, name, &arguments))
        }
        Value::Float(number) if name == "is_integer" => Ok(Value::Bool(number.fract() == 0.0)),
        _ => Ok(Unknown::nothing()),
    }
}

/// The name of an enumeration member.
#[must_use]
pub fn enum_name(member: &Value) -> EcoString {
    match member {
        Value::Instance(instance) => instance
            .attributes
            .borrow()
            .get("_name_")
            .and_then(Value::as_str)
            .unwrap_or_default(),
        _ => EcoString::new(),
    }
}
