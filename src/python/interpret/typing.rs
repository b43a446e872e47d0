//! Forms of the type language, as values.

use std::{cell::OnceCell, rc::Rc, sync::Arc};

use ecow::EcoString;

use super::{
    class::Builtin,
    scope::Scope,
    value::{ModuleObject, Value},
};
use crate::python::syntax::ast::Expr;

/// A form of the type language that is not a class.
pub enum TypeForm {
    /// A name of `typing` that takes arguments or stands alone: `Any`, `Optional`, `Callable`, …
    Special(EcoString),
    /// A subscripted class or special form: `list[int]`, `Callable[[int], str]`.
    Alias {
        /// The class or special form.
        origin: Value,
        /// The arguments.
        args: Vec<Value>,
    },
    /// `X | Y`, `Union[X, Y]`, `Optional[X]`: at least two distinct members, `None` for its type.
    Union(Vec<Value>),
    /// `Annotated[X, …]`, nested ones flattened.
    Annotated {
        /// The annotated type.
        inner: Value,
        /// What it is annotated with.
        metadata: Vec<Value>,
    },
    /// `Literal[…]`.
    Literal(Vec<Value>),
    /// A type variable.
    Variable(TypeVariable),
    /// `NewType(name, supertype)`.
    NewType {
        /// Its name.
        name: EcoString,
        /// The type it is at run time.
        supertype: Value,
    },
    /// A type given as text, evaluated when asked for.
    Forward {
        /// The text.
        text: EcoString,
        /// Where its names are looked up.
        scope: Rc<Scope>,
        /// The module that holds it.
        module: Rc<ModuleObject>,
    },
    /// `type Name[T] = …`.
    Lazy {
        /// Its name.
        name: EcoString,
        /// The type's expression.
        expr: Arc<Expr>,
        /// Where its names are looked up.
        scope: Rc<Scope>,
        /// The module that holds it.
        module: Rc<ModuleObject>,
        /// Its type parameters.
        parameters: Vec<Value>,
        /// Its value, once asked for.
        value: OnceCell<Value>,
    },
}

/// A type variable.
pub struct TypeVariable {
    /// Its name.
    pub name: EcoString,
    /// `TypeVar`, `ParamSpec` or `TypeVarTuple`.
    pub kind: EcoString,
    /// `bound=`.
    pub bound: Option<Value>,
    /// The types it is limited to.
    pub constraints: Vec<Value>,
    /// `default=`.
    pub default: Option<Value>,
}

impl TypeForm {
    /// As a value.
    #[must_use]
    pub fn value(self) -> Value {
        Value::Type(Rc::new(self))
    }

    /// `A | B | …` with nested unions flattened and repeats dropped; a single member stands for itself.
    #[must_use]
    pub fn union(members: Vec<Value>) -> Value {
        let mut flat: Vec<Value> = vec![];
        for member in members {
            match &member {
                Value::Type(form) if matches!(&**form, TypeForm::Union(_)) => {
                    let TypeForm::Union(inner) = &**form else { continue };
                    inner.iter().for_each(|m| push_type(&mut flat, m.clone()));
                }
                _ => push_type(&mut flat, member),
            }
        }
        if flat.len() == 1 {
            flat.remove(0)
        } else {
            TypeForm::Union(flat).value()
        }
    }
}

fn push_type(types: &mut Vec<Value>, value: Value) {
    let value = match &value {
        Value::Class(class) if class.builtin == Some(Builtin::NoneType) => Value::None,
        _ => value,
    };
    let key = super::key::Key::of(&value);
    if !types.iter().any(|known| super::key::Key::of(known) == key) {
        types.push(value);
    }
}
