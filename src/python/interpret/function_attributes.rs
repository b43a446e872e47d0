//! Attributes of functions, natives, descriptors and type forms.

use std::rc::Rc;

use super::{
    class::Builtin,
    classes::ANNOTATIONS,
    flow::Eval,
    interpreter::Interpreter,
    typing::TypeForm,
    unknown::Unknown,
    value::{Descriptor, FunctionObject, MethodObject, NativeObject, Value},
};

impl Interpreter {
    pub(super) fn function_attribute(
        &mut self,
        object: &Value,
        function: &Rc<FunctionObject>,
        name: &str,
    ) -> Option<Value> {
        if let Some(value) = function.attributes.borrow().get(name) {
            return Some(value.clone());
        }
        Some(match name {
            "__name__" => Value::Str(function.def.name.clone()),
            "__qualname__" => Value::Str(function.qualname.clone()),
            "__module__" => Value::Str(function.module.name.clone()),
            "__doc__" => function
                .def
                .body()
                .docstring
                .clone()
                .map_or(Value::None, Value::Str),
            "__dict__" => {
                let own = function.attributes.borrow().clone();
                Value::dict(own.into_iter().filter(|(name, _)| name != ANNOTATIONS))
            }
            "__globals__" => {
                let mut scope = Rc::clone(&function.scope);
                while let Some(parent) = scope.parent.clone() {
                    scope = parent;
                }
                let names = scope.names.borrow().clone();
                Value::dict(names)
            }
            "__defaults__" => Value::tuple(function.defaults.iter().flatten().cloned().collect()),
            ANNOTATIONS => {
                let annotations = self.annotations(function);
                let names = function
                    .def
                    .parameters
                    .all
                    .iter()
                    .map(|p| p.name.clone())
                    .chain(["return".into()]);
                let annotations = Value::dict(
                    names
                        .zip(annotations)
                        .filter_map(|(name, value)| Some((name, value?))),
                );
                // What is put into it later counts from then on.
                function
                    .attributes
                    .borrow_mut()
                    .insert(ANNOTATIONS.into(), annotations.clone());
                annotations
            }
            "__call__" => object.clone(),
            "__get__" => Value::native_with("__get__", vec![object.clone()], |_, native, arguments| {
                Ok(match (native.captured.first(), arguments.at(0)) {
                    (Some(function), Value::None) => function.clone(),
                    (Some(function), receiver) => Value::Method(Rc::new(MethodObject {
                        function: function.clone(),
                        receiver,
                    })),
                    _ => Unknown::nothing(),
                })
            }),
            "__class__" => Value::Class(self.class(Builtin::Function)),
            "__code__" | "__kwdefaults__" | "__closure__" => Unknown::nothing(),
            // While handlers are followed: `task.delay` is what the decorator put there.
            _ if self.tracer.is_some() => {
                match function.attributes.borrow().get(super::statements::DECORATED) {
                    Some(Value::Unknown(decorated)) => decorated.attribute(name),
                    _ => return None,
                }
            }
            _ => return None,
        })
    }

    /// The class that a name of `typing` stands for when a program runs: `list` of `List`, `collections.abc.Sequence` of
    /// `Sequence` (<https://docs.python.org/3/library/typing.html#aliases-to-built-in-types>).
    #[must_use]
    pub fn runtime_class(&self, origin: &Value) -> Value {
        let Value::Type(form) = origin else {
            return origin.clone();
        };
        let TypeForm::Special(name) = &**form else {
            return origin.clone();
        };
        let builtin = match name.as_str() {
            "Dict" => Builtin::Dict,
            "FrozenSet" => Builtin::FrozenSet,
            "List" => Builtin::List,
            "Set" => Builtin::Set,
            "Tuple" => Builtin::Tuple,
            "Type" => Builtin::Type,
            name => {
                let (module, name) = match name {
                    "DefaultDict" => ("collections", "defaultdict"),
                    "Deque" => ("collections", "deque"),
                    name => ("collections.abc", name),
                };
                let held = match self.modules.get(module) {
                    Some(Value::Module(module)) => module.scope.get(name),
                    _ => None,
                };
                return held.unwrap_or_else(|| origin.clone());
            }
        };
        Value::Class(self.class(builtin))
    }

    pub(super) fn type_attribute(
        &mut self,
        object: &Value,
        form: &Rc<TypeForm>,
        name: &str,
    ) -> Eval<Option<Value>> {
        Ok(match (&**form, name) {
            (TypeForm::Alias { origin, .. }, "__origin__") => Some(self.runtime_class(origin)),
            (TypeForm::Literal(args), "__args__") => Some(Value::tuple(args.clone())),
            (TypeForm::Alias { args, .. } | TypeForm::Union(args), "__args__") => {
                let class_of_none = Value::Class(self.class(Builtin::NoneType));
                let args = args
                    .iter()
                    .map(|arg| if arg.is_none() { &class_of_none } else { arg });
                Some(Value::tuple(args.cloned().collect()))
            }
            (TypeForm::Annotated { metadata, .. }, "__metadata__") => Some(Value::tuple(metadata.clone())),
            (TypeForm::Annotated { inner, .. }, "__origin__") => Some(inner.clone()),
            (TypeForm::Annotated { inner, .. }, "__args__") => Some(Value::tuple(vec![inner.clone()])),
            (TypeForm::Lazy { .. }, "__value__") => Some(self.resolve_type(object)),
            (TypeForm::NewType { supertype, .. }, "__supertype__") => Some(supertype.clone()),
            (TypeForm::Variable(variable), "__name__") => Some(Value::Str(variable.name.clone())),
            (TypeForm::Variable(variable), "__bound__") => {
                Some(variable.bound.clone().unwrap_or(Value::None))
            }
            (TypeForm::Special(special), "__name__") => Some(Value::Str(special.clone())),
            (TypeForm::Alias { origin, .. }, _) => return self.get_attribute(&origin.clone(), name),
            _ => None,
        })
    }
}

/// Attributes that natives carry because a decorator left them: `functools.partial(f).func`.
pub(super) fn native_attribute(native: &NativeObject, name: &str) -> Option<Value> {
    match (native.name.as_str(), name) {
        ("partial", "func") | (_, "__wrapped__") if !native.captured.is_empty() => {
            native.captured.first().cloned()
        }
        ("partial", "args") => native.captured.get(1).cloned(),
        ("partial", "keywords") => native.captured.get(2).cloned(),
        _ => None,
    }
}

pub(super) fn descriptor_attribute(object: &Value, descriptor: &Rc<Descriptor>, name: &str) -> Option<Value> {
    match (&**descriptor, name) {
        (Descriptor::Property { .. }, "setter" | "getter" | "deleter") => {
            let which = if name == "setter" {
                Value::text("setter")
            } else {
                Value::text("other")
            };
            Some(Value::native_with(
                "setter",
                vec![object.clone(), which],
                |_, native, arguments| {
                    let Some(Value::Descriptor(descriptor)) = native.captured.first() else {
                        return Ok(Value::None);
                    };
                    let Descriptor::Property { get, .. } = &**descriptor else {
                        return Ok(Value::None);
                    };
                    let is_setter =
                        native.captured.get(1).and_then(Value::as_str).as_deref() == Some("setter");
                    let set = if is_setter { arguments.at(0) } else { Value::None };
                    Ok(Value::Descriptor(Rc::new(Descriptor::Property {
                        get: get.clone(),
                        set,
                        is_cached: false,
                    })))
                },
            ))
        }
        (Descriptor::Property { get, .. }, "fget" | "func" | "__wrapped__") => Some(get.clone()),
        (Descriptor::Static(inner) | Descriptor::ClassMethod(inner), "__func__" | "__wrapped__") => {
            Some(inner.clone())
        }
        _ => None,
    }
}
