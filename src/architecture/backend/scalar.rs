//! Which annotations FastAPI takes for scalars, so that a parameter is a query parameter and not a body
//! (<https://fastapi.tiangolo.com/tutorial/body/#request-body-path-query-parameters>).

use crate::python::interpret::{
    class::{Builtin, ClassObject},
    interpreter::Interpreter,
    typing::TypeForm,
    value::Value,
};
use std::rc::Rc;

/// Whether a value of this type is one text on the wire.
pub fn is_scalar(it: &mut Interpreter, annotation: &Value) -> bool {
    let annotation = it.resolve_type(annotation);
    match &annotation {
        Value::Class(class) => !is_complex_class(class),
        Value::Type(form) => match &**form {
            TypeForm::Union(members) => members.clone().iter().all(|member| is_scalar(it, member)),
            TypeForm::Annotated { inner, .. } => is_scalar(it, &inner.clone()),
            TypeForm::Alias { origin, args } => match origin {
                Value::Class(class) => !is_complex_class(class),
                Value::Type(special) => match &**special {
                    TypeForm::Special(name) if name == "Final" => {
                        args.first().is_none_or(|arg| is_scalar(it, &arg.clone()))
                    }
                    TypeForm::Special(name) => !is_collection(name),
                    _ => true,
                },
                _ => false,
            },
            TypeForm::NewType { supertype, .. } => is_scalar(it, &supertype.clone()),
            TypeForm::Variable(variable) => match &variable.bound {
                Some(bound) => is_scalar(it, &bound.clone()),
                None => true,
            },
            TypeForm::Special(name) => !is_collection(name),
            _ => true,
        },
        // A class of a library without source that is not a dependency is a model far more often than a scalar.
        Value::Unknown(unknown) => unknown.is_instance || unknown.origin.is_empty(),
        _ => true,
    }
}

/// Whether it is a list, set or tuple of scalars: one query parameter given several times.
pub fn is_scalar_sequence(it: &mut Interpreter, annotation: &Value) -> bool {
    let annotation = it.resolve_type(annotation);
    match &annotation {
        Value::Class(class) => is_sequence_class(class),
        Value::Type(form) => match &**form {
            TypeForm::Annotated { inner, .. } => is_scalar_sequence(it, &inner.clone()),
            TypeForm::Union(members) => {
                let members = members.clone();
                members.iter().any(|member| is_scalar_sequence(it, member))
                    && members
                        .iter()
                        .all(|member| is_scalar_sequence(it, member) || is_scalar(it, member))
            }
            TypeForm::Alias { origin, args } => {
                let is_sequence = match origin {
                    Value::Class(class) => is_sequence_class(class),
                    Value::Type(special) => {
                        matches!(&**special, TypeForm::Special(name) if is_sequence_name(name))
                    }
                    _ => false,
                };
                let args = args.clone();
                is_sequence
                    && args
                        .iter()
                        .all(|arg| matches!(arg, Value::Ellipsis) || is_scalar(it, arg))
            }
            TypeForm::Special(name) => is_sequence_name(name),
            _ => false,
        },
        _ => false,
    }
}

fn is_sequence_name(name: &str) -> bool {
    matches!(
        name,
        "List" | "Tuple" | "Set" | "FrozenSet" | "Sequence" | "MutableSequence" | "Deque" | "AbstractSet"
    )
}

fn is_collection(name: &str) -> bool {
    is_sequence_name(name)
        || matches!(
            name,
            "Dict" | "Mapping" | "MutableMapping" | "DefaultDict" | "OrderedDict" | "Counter"
        )
}

fn is_sequence_class(class: &Rc<ClassObject>) -> bool {
    if class.is_builtin(Builtin::Str) || class.is_builtin(Builtin::Bytes) {
        return false;
    }
    [Builtin::List, Builtin::Tuple, Builtin::Set, Builtin::FrozenSet]
        .iter()
        .any(|kind| class.is_builtin(*kind))
        || class.inherits("collections.abc.Sequence")
        || class.inherits("collections.abc.Set")
}

fn is_complex_class(class: &Rc<ClassObject>) -> bool {
    is_sequence_class(class)
        || class.is_builtin(Builtin::Dict)
        || class.inherits("collections.abc.Mapping")
        || class.inherits("pydantic.BaseModel")
        || class.inherits("starlette.datastructures.UploadFile")
        || class.mro().any(|ancestor| ancestor.dataclass.get().is_some())
        || (!class.unknown_bases.is_empty() && !class.is_enum.get() && class.data_type().is_none())
}

/// The model that a parameter's type is, an optional one included
/// (<https://fastapi.tiangolo.com/tutorial/query-param-models/>).
pub fn model_of(it: &mut Interpreter, annotation: &Value) -> Option<Rc<ClassObject>> {
    let annotation = it.resolve_type(annotation);
    match &annotation {
        Value::Class(class) => class.inherits("pydantic.BaseModel").then(|| Rc::clone(class)),
        Value::Type(form) => match &**form {
            TypeForm::Annotated { inner, .. } => model_of(it, &inner.clone()),
            TypeForm::Alias { origin, .. } => model_of(it, &origin.clone()),
            TypeForm::Union(members) => {
                let known: Vec<Value> = members
                    .iter()
                    .filter(|member| !member.is_none())
                    .cloned()
                    .collect();
                match known.as_slice() {
                    [only] => model_of(it, only),
                    _ => None,
                }
            }
            _ => None,
        },
        _ => None,
    }
}

/// Whether an annotation is an uploaded file, an optional one, or a list of them.
pub fn is_upload(it: &mut Interpreter, annotation: &Value) -> bool {
    let annotation = it.resolve_type(annotation);
    match &annotation {
        Value::Class(class) => class.inherits("starlette.datastructures.UploadFile"),
        Value::Type(form) => match &**form {
            TypeForm::Annotated { inner, .. } => is_upload(it, &inner.clone()),
            TypeForm::Union(members) => members.clone().iter().any(|member| is_upload(it, member)),
            TypeForm::Alias { args, .. } => args.clone().iter().any(|arg| is_upload(it, arg)),
            _ => false,
        },
        _ => false,
    }
}
