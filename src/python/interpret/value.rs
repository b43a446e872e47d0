//! What an expression evaluates to: Python's values, and what is known of those that cannot be known.

use std::{
    cell::{Cell, OnceCell, RefCell},
    fmt,
    rc::Rc,
    sync::Arc,
};

use ecow::EcoString;
use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::{
    arguments::Arguments, class::ClassObject, collection::Collection, flow::Eval, interpreter::Interpreter,
    key::Key, scope::Scope, typing::TypeForm, unknown::Unknown,
};
use crate::python::{source_file::SourceFile, syntax::ast::FunctionDef};

/// Names and what they are bound to, in the order of first binding.
pub type Names = IndexMap<EcoString, Value, FxBuildHasher>;

/// A dictionary's entries by hashed key, in insertion order: the key as a value, and the value.
pub type Entries = IndexMap<Key, (Value, Value), FxBuildHasher>;

/// A value of the analysed program.
#[derive(Clone)]
pub enum Value {
    /// `None`.
    None,
    /// `...`.
    Ellipsis,
    /// `True` and `False`.
    Bool(bool),
    /// An integer. Larger ones than 64 bits are [`Value::Unknown`].
    Int(i64),
    /// A floating-point number.
    Float(f64),
    /// Text that is known whole. Text with holes is an [`Unknown`] with a template.
    Str(EcoString),
    /// Bytes.
    Bytes(Rc<[u8]>),
    /// A tuple.
    Tuple(Rc<[Value]>),
    /// A list.
    List(Rc<Collection<Vec<Value>>>),
    /// A set or frozen set.
    Set(Rc<Collection<Entries>>),
    /// A dictionary.
    Dict(Rc<Collection<Entries>>),
    /// `slice(start, stop, step)`.
    Slice(Rc<[Value; 3]>),
    /// A module.
    Module(Rc<ModuleObject>),
    /// A function written in Python.
    Function(Rc<FunctionObject>),
    /// A function of the interpreter.
    Native(Rc<NativeObject>),
    /// A function with its first argument bound.
    Method(Rc<MethodObject>),
    /// A class.
    Class(Rc<ClassObject>),
    /// An instance of a class.
    Instance(Rc<InstanceObject>),
    /// `property`, `staticmethod`, `classmethod` and the like.
    Descriptor(Rc<Descriptor>),
    /// What a generator function, `iter()`, `map()` and the like return: the items, already computed.
    Iterator(Rc<IteratorObject>),
    /// `super()`.
    Super(Rc<SuperObject>),
    /// A form of the type language: `Optional[X]`, `X | Y`, `list[int]`, a type variable.
    Type(Rc<TypeForm>),
    /// What cannot be known, with what is known of it.
    Unknown(Rc<Unknown>),
}

/// A module: its names, and where its text stands.
pub struct ModuleObject {
    /// Dotted name.
    pub name: EcoString,
    /// Where its names live.
    pub scope: Rc<Scope>,
    /// Its file; absent for a namespace package and for built-in modules.
    pub file: Option<Arc<SourceFile>>,
    /// Whether it is a package.
    pub is_package: bool,
    /// Whose text it is.
    pub origin: Origin,
    /// Whether its body is still running.
    pub is_loading: Cell<bool>,
    /// What it imports, by dotted name, in order of first import.
    pub imports: RefCell<IndexMap<EcoString, (), FxBuildHasher>>,
}

impl ModuleObject {
    /// Whether the analysed tree holds it.
    #[must_use]
    pub fn is_own(&self) -> bool {
        self.origin == Origin::Project
    }

    /// Whether it is a model of a library.
    #[must_use]
    pub fn is_model(&self) -> bool {
        self.origin == Origin::Model
    }
}

/// Whose text a module is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The analysed tree's.
    Project,
    /// That of a library whose source is at hand. It is interpreted like the tree's, but nothing in it has a place there.
    ThirdParty,
    /// Ours: a model of a library.
    Model,
}

/// A function written in Python.
pub struct FunctionObject {
    /// Its definition.
    pub def: Arc<FunctionDef>,
    /// The module that holds it.
    pub module: Rc<ModuleObject>,
    /// Dotted path below the module, e.g. `create_app.<locals>.health`.
    pub qualname: EcoString,
    /// The scope in which it was defined.
    pub scope: Rc<Scope>,
    /// Default values, parallel to the parameters.
    pub defaults: Vec<Option<Value>>,
    /// Evaluated annotations, parallel to the parameters and with the return annotation last.
    /// Filled when the function is made if its scope may change later, else at first use.
    pub annotations: OnceCell<Vec<Option<Value>>>,
    /// The class in whose body it stands, filled when that class is made: what `super()` and `__class__` need.
    pub class_cell: Rc<OnceCell<Rc<ClassObject>>>,
    /// Attributes set on it.
    pub attributes: RefCell<Names>,
}

/// What a native function runs.
pub type NativeCall = fn(&mut Interpreter, &NativeObject, Arguments) -> Eval<Value>;

/// A function of the interpreter.
pub struct NativeObject {
    /// Its name as Python shows it.
    pub name: EcoString,
    /// What it is bound to; [`Value::None`] when it is a plain function.
    pub receiver: Value,
    /// What else it closes over.
    pub captured: Vec<Value>,
    /// What it does.
    pub call: NativeCall,
}

/// A function with its first argument bound.
pub struct MethodObject {
    /// The function.
    pub function: Value,
    /// Its first argument.
    pub receiver: Value,
}

/// An instance of a class.
pub struct InstanceObject {
    /// Its class.
    pub class: Rc<ClassObject>,
    /// Its own attributes.
    pub attributes: RefCell<Names>,
    /// The built-in value it extends: the text of a `str` subclass, the entries of a `dict` subclass,
    /// the value of an enumeration member that mixes in a type.
    pub base: RefCell<Option<Value>>,
    /// Whether nothing but its class is known, so that a missing attribute is unknown rather than an error.
    pub is_abstract: Cell<bool>,
}

impl InstanceObject {
    /// A copy with other attributes.
    #[must_use]
    pub fn with_attributes(&self, attributes: Names) -> Rc<Self> {
        Rc::new(Self {
            class: Rc::clone(&self.class),
            attributes: attributes.into(),
            base: self.base.clone(),
            is_abstract: self.is_abstract.clone(),
        })
    }
}

/// Objects that decide what looking them up on a class means.
pub enum Descriptor {
    /// `property` and `functools.cached_property`.
    Property {
        /// The getter.
        get: Value,
        /// The setter, `None` if absent.
        set: Value,
        /// Whether an instance keeps what the getter gave once.
        is_cached: bool,
    },
    /// `staticmethod`.
    Static(Value),
    /// `classmethod`.
    ClassMethod(Value),
}

/// Items already computed, and how far they have been taken.
pub struct IteratorObject {
    /// All items.
    pub items: RefCell<Vec<Value>>,
    /// Index of the next.
    pub position: Cell<usize>,
    /// What a generator returned.
    pub result: RefCell<Value>,
    /// Whether an unknown number of unknown items was folded into one.
    pub is_open: bool,
}

/// `super()` as seen from `class`, bound to `receiver`.
pub struct SuperObject {
    /// The class whose successors are searched.
    pub class: Rc<ClassObject>,
    /// The instance or class that found attributes are bound to.
    pub receiver: Value,
}

impl Value {
    /// Known text.
    pub fn text(text: impl Into<EcoString>) -> Self {
        Self::Str(text.into())
    }

    /// A list of these items.
    #[must_use]
    pub fn list(items: Vec<Value>) -> Self {
        Self::List(Collection::new(items))
    }

    /// A list of these items, of which so many are there for certain; without a number, of these and no others.
    #[must_use]
    pub fn open_list(items: Vec<Value>, least: Option<usize>) -> Self {
        Self::List(Collection::with_least(items, least))
    }

    /// A tuple of these items.
    #[must_use]
    pub fn tuple(items: Vec<Value>) -> Self {
        Self::Tuple(items.into())
    }

    /// A dictionary with text keys.
    #[must_use]
    pub fn dict(items: impl IntoIterator<Item = (EcoString, Value)>) -> Self {
        let entries = items
            .into_iter()
            .map(|(k, v)| (Key::Str(k.clone()), (Value::Str(k), v)))
            .collect();
        Self::Dict(Collection::new(entries))
    }

    /// An iterator over these items.
    #[must_use]
    pub fn iterator(items: Vec<Value>) -> Self {
        Self::open_iterator(items, false)
    }

    /// An iterator over items of which, if it is open, one may stand for many and each may be absent.
    #[must_use]
    pub fn open_iterator(items: Vec<Value>, is_open: bool) -> Self {
        Self::Iterator(Rc::new(IteratorObject {
            items: RefCell::new(items),
            position: Cell::new(0),
            result: RefCell::new(Value::None),
            is_open,
        }))
    }

    /// A native function that is not bound to anything.
    #[must_use]
    pub fn native(name: &str, call: NativeCall) -> Self {
        Self::Native(Rc::new(NativeObject {
            name: name.into(),
            receiver: Value::None,
            captured: vec![],
            call,
        }))
    }

    /// A native function that remembers values.
    #[must_use]
    pub fn native_with(name: &str, captured: Vec<Value>, call: NativeCall) -> Self {
        Self::Native(Rc::new(NativeObject {
            name: name.into(),
            receiver: Value::None,
            captured,
            call,
        }))
    }

    /// Whether it is `None`.
    #[must_use]
    pub fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }

    /// Whether it is unknown.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown(_))
    }

    /// The text of a `str`, or of an instance of a subclass of `str`.
    #[must_use]
    pub fn as_str(&self) -> Option<EcoString> {
        match self {
            Self::Str(text) => Some(text.clone()),
            Self::Instance(instance) => match &*instance.base.borrow() {
                Some(Self::Str(text)) => Some(text.clone()),
                _ => None,
            },
            _ => None,
        }
    }

    /// The number of an `int` or `bool`, or of an instance of a subclass of `int`.
    #[must_use]
    pub fn as_int(&self) -> Option<i64> {
        match self {
            Self::Int(number) => Some(*number),
            Self::Bool(flag) => Some(i64::from(*flag)),
            Self::Instance(instance) => instance.base.borrow().as_ref().and_then(Value::as_int),
            _ => None,
        }
    }

    /// The built-in value behind an instance of a subclass of a built-in type, or the value itself.
    #[must_use]
    pub fn unboxed(&self) -> Value {
        match self {
            Self::Instance(instance) => instance.base.borrow().clone().unwrap_or_else(|| self.clone()),
            _ => self.clone(),
        }
    }

    /// Whether both are the same object, or equal immutable values without parts.
    #[must_use]
    pub fn is_same(&self, other: &Value) -> bool {
        match (self, other) {
            (Self::None, Self::None) | (Self::Ellipsis, Self::Ellipsis) => true,
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Int(a), Self::Int(b)) => a == b,
            (Self::Str(a), Self::Str(b)) => a == b,
            (Self::Type(a), Self::Type(b)) => {
                let names = match (&**a, &**b) {
                    (TypeForm::Special(a), TypeForm::Special(b)) => a == b,
                    _ => false,
                };
                names || Rc::ptr_eq(a, b)
            }
            _ => match (self.address(), other.address()) {
                (Some(a), Some(b)) => a == b,
                _ => false,
            },
        }
    }

    /// The identity of a value that has one.
    #[must_use]
    pub fn address(&self) -> Option<usize> {
        fn of<T: ?Sized>(rc: &Rc<T>) -> Option<usize> {
            Some(Rc::as_ptr(rc).cast::<()>() as usize)
        }
        match self {
            Self::Tuple(rc) => of(rc),
            Self::List(rc) => of(rc),
            Self::Set(rc) | Self::Dict(rc) => of(rc),
            Self::Module(rc) => of(rc),
            Self::Function(rc) => of(rc),
            Self::Native(rc) => of(rc),
            Self::Method(rc) => of(rc),
            Self::Class(rc) => of(rc),
            Self::Instance(rc) => of(rc),
            Self::Descriptor(rc) => of(rc),
            Self::Iterator(rc) => of(rc),
            Self::Type(rc) => of(rc),
            Self::Unknown(rc) => of(rc),
            _ => None,
        }
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&super::repr::repr(self))
    }
}
