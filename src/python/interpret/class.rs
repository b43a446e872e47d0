//! Classes: their bases, their order of method resolution, and their attributes.

use std::{
    cell::{Cell, OnceCell, RefCell},
    rc::Rc,
    sync::Arc,
};

use ecow::EcoString;

use super::{
    scope::Scope,
    value::{ModuleObject, Names, Value},
};
use crate::python::syntax::ast::{ClassDef, Expr, Span};

/// A class.
pub struct ClassObject {
    /// Its name.
    pub name: EcoString,
    /// Dotted path below its module.
    pub qualname: EcoString,
    /// The module that holds it; absent for built-in classes.
    pub module: Option<Rc<ModuleObject>>,
    /// Its definition; absent for built-in classes and those made by a call.
    pub def: Option<Arc<ClassDef>>,
    /// Its bases as given, subscripts kept (`Generic[T]`), unknown ones included.
    pub bases: Vec<Value>,
    /// Its ancestors in method resolution order, itself excluded.
    pub ancestors: Vec<Rc<ClassObject>>,
    /// Bases anywhere above it that are not known.
    pub unknown_bases: Vec<Value>,
    /// Names bound in its body, and set on it later.
    pub attributes: RefCell<Names>,
    /// Annotated names of its body in order.
    pub annotations: RefCell<Vec<Annotation>>,
    /// The built-in type it is; absent for all others.
    pub builtin: Option<Builtin>,
    /// Its metaclass when that is not `type`.
    pub metaclass: Option<Value>,
    /// Keywords of its definition other than `metaclass`.
    pub keywords: Names,
    /// Fields collected by `@dataclass`, in order.
    pub dataclass: OnceCell<Vec<DataclassField>>,
    /// Direct subclasses in order of definition.
    pub subclasses: RefCell<Vec<std::rc::Weak<ClassObject>>>,
    /// Whether enumeration members were made of its attributes.
    pub is_enum: Cell<bool>,
    /// What a subscript of a generic class gave: the class itself and the arguments.
    pub parametrised: Option<(Rc<ClassObject>, Vec<Value>)>,
}

/// A `name: annotation` of a class body.
#[derive(Clone)]
pub struct Annotation {
    /// The name.
    pub name: EcoString,
    /// The annotation as written; absent when it was given as a value (`create_model`).
    pub expr: Option<Arc<Expr>>,
    /// The scope in which it is evaluated.
    pub scope: Rc<Scope>,
    /// The module whose text it stands in.
    pub module: Rc<ModuleObject>,
    /// Its value, once asked for.
    pub value: OnceCell<Value>,
    /// Where the name stands.
    pub span: Span,
}

/// A field of a dataclass.
#[derive(Clone)]
pub struct DataclassField {
    /// Its name.
    pub name: EcoString,
    /// Its default, if any.
    pub default: Option<Value>,
    /// What makes its default, if anything.
    pub default_factory: Option<Value>,
    /// Whether the constructor takes it.
    pub init: bool,
    /// Whether it is only taken by keyword.
    pub keyword_only: bool,
    /// What `field(metadata=…)` holds.
    pub metadata: Option<Value>,
    /// Its annotation.
    pub annotation: Annotation,
}

/// The built-in types whose behaviour is the interpreter's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are Python's")]
pub enum Builtin {
    Object,
    Type,
    Int,
    Bool,
    Float,
    Complex,
    Str,
    Bytes,
    ByteArray,
    Tuple,
    List,
    Set,
    FrozenSet,
    Dict,
    NoneType,
    Function,
    Method,
    Module,
    Slice,
    Generator,
    Property,
    StaticMethod,
    ClassMethod,
    Super,
    Exception,
    Enum,
    NamedTuple,
}

impl ClassObject {
    /// The class and its ancestors in method resolution order.
    pub fn mro(self: &Rc<Self>) -> impl Iterator<Item = &Rc<ClassObject>> {
        std::iter::once(self).chain(self.ancestors.iter())
    }

    /// The first value of this name in method resolution order, with the class that holds it.
    #[must_use]
    pub fn find(self: &Rc<Self>, name: &str) -> Option<(Value, Rc<ClassObject>)> {
        self.mro().find_map(|class| {
            let value = class.attributes.borrow().get(name).cloned()?;
            Some((value, Rc::clone(class)))
        })
    }

    /// The first value of this name in method resolution order.
    #[must_use]
    pub fn get(self: &Rc<Self>, name: &str) -> Option<Value> {
        self.find(name).map(|(value, _)| value)
    }

    /// Whether it is `other` or inherits from it.
    #[must_use]
    pub fn is_subclass_of(self: &Rc<Self>, other: &Rc<ClassObject>) -> bool {
        self.mro().any(|class| Rc::ptr_eq(class, other))
    }

    /// Whether it or an ancestor is this built-in type.
    #[must_use]
    pub fn is_builtin(self: &Rc<Self>, builtin: Builtin) -> bool {
        self.mro().any(|class| class.builtin == Some(builtin))
    }

    /// The nearest built-in type that holds data: what its instances extend.
    #[must_use]
    pub fn data_type(self: &Rc<Self>) -> Option<Builtin> {
        self.mro().find_map(|class| match class.builtin {
            Some(
                kind @ (Builtin::Int
                | Builtin::Float
                | Builtin::Str
                | Builtin::Bytes
                | Builtin::Tuple
                | Builtin::List
                | Builtin::Set
                | Builtin::FrozenSet
                | Builtin::Dict),
            ) => Some(kind),
            _ => None,
        })
    }

    /// `module.qualname`, by which a class of a library is recognised.
    #[must_use]
    pub fn path(&self) -> EcoString {
        match &self.module {
            Some(module) => ecow::eco_format!("{}.{}", module.name, self.qualname),
            None => self.qualname.clone(),
        }
    }

    /// Whether it or an ancestor has this path.
    #[must_use]
    pub fn inherits(self: &Rc<Self>, path: &str) -> bool {
        self.ancestor(path).is_some()
    }

    /// The class of this path among it and its ancestors.
    #[must_use]
    pub fn ancestor(self: &Rc<Self>, path: &str) -> Option<&Rc<ClassObject>> {
        let (module, name) = path.rsplit_once('.').unwrap_or(("builtins", path));
        self.mro().find(|class| {
            class.name == name && class.module.as_ref().map_or("builtins", |m| m.name.as_str()) == module
        })
    }
}

/// Python's linearisation ([C3](https://docs.python.org/3/howto/mro.html)) of the classes above a new class.
/// Where the bases contradict each other, Python refuses; here the order of first mention is taken.
#[must_use]
pub fn linearise(bases: &[Rc<ClassObject>]) -> Vec<Rc<ClassObject>> {
    let mut sequences: Vec<Vec<Rc<ClassObject>>> =
        bases.iter().map(|base| base.mro().cloned().collect()).collect();
    sequences.push(bases.to_vec());
    let mut result: Vec<Rc<ClassObject>> = vec![];
    loop {
        sequences.retain(|sequence| !sequence.is_empty());
        let Some(first) = sequences.first() else {
            return result;
        };
        let in_a_tail = |candidate: &Rc<ClassObject>| {
            sequences
                .iter()
                .any(|sequence| sequence[1..].iter().any(|class| Rc::ptr_eq(class, candidate)))
        };
        let next = sequences
            .iter()
            .map(|sequence| &sequence[0])
            .find(|candidate| !in_a_tail(candidate))
            .unwrap_or(&first[0])
            .clone();
        for sequence in &mut sequences {
            sequence.retain(|class| !Rc::ptr_eq(class, &next));
        }
        result.push(next);
    }
}
