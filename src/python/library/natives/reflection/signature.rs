//! What `inspect.signature` says of a callable.

use std::rc::Rc;

use ecow::EcoString;

use crate::python::{
    interpret::{class::ClassObject, flow::Eval, interpreter::Interpreter, typing::TypeForm, value::Value},
    syntax::ast::ParameterKind,
};

/// What `inspect.signature` says of a callable.
#[derive(Clone, Default)]
pub struct Signature {
    /// Its parameters, the bound one excluded.
    pub parameters: Vec<SignatureParameter>,
    /// The return annotation.
    pub returns: Option<Value>,
}

/// One parameter of a signature.
#[derive(Clone)]
pub struct SignatureParameter {
    /// Its name.
    pub name: EcoString,
    /// How it takes arguments.
    pub kind: ParameterKind,
    /// Its annotation, forward references unresolved.
    pub annotation: Option<Value>,
    /// Its default.
    pub default: Option<Value>,
    /// Whether it has one.
    pub has_default: bool,
}

/// The signature of a callable, following `__signature__` and `__wrapped__` as
/// [`inspect.signature`](https://docs.python.org/3/library/inspect.html#inspect.signature) does.
/// `None` when nothing is known of it.
///
/// # Errors
/// When an attribute that is read raises.
pub fn signature(it: &mut Interpreter, callable: &Value) -> Eval<Option<Signature>> {
    match callable {
        Value::Function(function) => {
            if let Some(given) = function.attributes.borrow().get("__signature__").cloned() {
                return given_signature(it, &given).map(Some);
            }
            let wrapped = function.attributes.borrow().get("__wrapped__").cloned();
            if let Some(wrapped) = wrapped {
                return signature(it, &wrapped);
            }
            let mut annotations = it.annotations(function);
            let returns = annotations.pop().flatten();
            let parameters = function
                .def
                .parameters
                .all
                .iter()
                .zip(annotations)
                .zip(&function.defaults)
                .map(|((parameter, annotation), default)| SignatureParameter {
                    name: parameter.name.clone(),
                    kind: parameter.kind,
                    annotation,
                    default: default.clone(),
                    has_default: default.is_some(),
                })
                .collect();
            Ok(Some(Signature { parameters, returns }))
        }
        Value::Method(method) => {
            let signature = signature(it, &method.function)?;
            Ok(signature.map(drop_first))
        }
        Value::Class(class) => class_signature(it, class),
        Value::Type(form) => match &**form {
            TypeForm::Alias { origin, .. } => signature(it, &origin.clone()),
            _ => Ok(None),
        },
        Value::Instance(instance) => {
            let own = instance.attributes.borrow().get("__signature__").cloned();
            if let Some(given) = own {
                return given_signature(it, &given).map(Some);
            }
            let wrapped = instance.attributes.borrow().get("__wrapped__").cloned();
            if let Some(wrapped) = wrapped {
                return signature(it, &wrapped);
            }
            match it.get_attribute(callable, "__call__")? {
                Some(call) => signature(it, &call),
                None => Ok(None),
            }
        }
        Value::Native(native) if native.name == "partial" => partial_signature(it, native),
        Value::Native(native) => match native.captured.first() {
            Some(wrapped @ (Value::Function(_) | Value::Method(_))) => signature(it, &wrapped.clone()),
            _ => Ok(None),
        },
        Value::Descriptor(descriptor) => match &**descriptor {
            crate::python::interpret::value::Descriptor::Static(inner) => signature(it, &inner.clone()),
            _ => Ok(None),
        },
        Value::Unknown(unknown) => match (&unknown.wrapped, unknown.alternatives.first()) {
            (Some(wrapped), _) => signature(it, &wrapped.clone()),
            (None, Some(first)) => signature(it, &first.clone()),
            _ => Ok(None),
        },
        _ => Ok(None),
    }
}

fn drop_first(mut signature: Signature) -> Signature {
    let is_positional = signature.parameters.first().is_some_and(|parameter| {
        matches!(
            parameter.kind,
            ParameterKind::PositionalOnly | ParameterKind::PositionalOrKeyword
        )
    });
    if is_positional {
        signature.parameters.remove(0);
    }
    signature
}

fn class_signature(it: &mut Interpreter, class: &Rc<ClassObject>) -> Eval<Option<Signature>> {
    if let Some(given) = class.get("__signature__") {
        return given_signature(it, &given).map(Some);
    }
    let init = class.find("__init__");
    let dataclass = class
        .mro()
        .position(|ancestor| ancestor.dataclass.get().is_some());
    let position = init
        .as_ref()
        .and_then(|(_, owner)| class.mro().position(|c| Rc::ptr_eq(c, owner)));
    if let Some(fields) = class.mro().find_map(|ancestor| ancestor.dataclass.get())
        && dataclass <= position.or(Some(usize::MAX))
    {
        let fields = fields.clone();
        let mut parameters = vec![];
        for field in fields.iter().filter(|field| field.init) {
            parameters.push(SignatureParameter {
                name: field.name.clone(),
                kind: if field.keyword_only {
                    ParameterKind::KeywordOnly
                } else {
                    ParameterKind::PositionalOrKeyword
                },
                annotation: Some(it.annotation_value(&field.annotation)),
                default: field.default.clone().or_else(|| field.default_factory.clone()),
                has_default: field.default.is_some() || field.default_factory.is_some(),
            });
        }
        return Ok(Some(Signature {
            parameters,
            returns: None,
        }));
    }
    if class.inherits("pydantic.BaseModel")
        && init
            .as_ref()
            .is_some_and(|(_, owner)| owner.path() == "pydantic.BaseModel")
    {
        return crate::python::library::natives::models::model_signature(it, class).map(Some);
    }
    if let Some((init, _)) = init {
        let signature = signature(it, &init)?;
        return Ok(signature.map(drop_first));
    }
    if let Some((new @ Value::Function(_), _)) = class.find("__new__") {
        let signature = signature(it, &new)?;
        return Ok(signature.map(drop_first));
    }
    if class.unknown_bases.is_empty() {
        Ok(Some(Signature::default()))
    } else {
        Ok(None)
    }
}

fn partial_signature(
    it: &mut Interpreter,
    native: &crate::python::interpret::value::NativeObject,
) -> Eval<Option<Signature>> {
    let Some(function) = native.captured.first().cloned() else {
        return Ok(None);
    };
    let Some(mut signature) = signature(it, &function)? else {
        return Ok(None);
    };
    if let Some(Value::Tuple(bound)) = native.captured.get(1) {
        let count = bound.len().min(signature.parameters.len());
        signature.parameters.drain(..count);
    }
    if let Some(keywords) = native.captured.get(2) {
        for (name, value) in it.mapping_items(&keywords.clone())? {
            let Some(name) = name.as_str() else { continue };
            if let Some(parameter) = signature
                .parameters
                .iter_mut()
                .find(|parameter| parameter.name == name)
            {
                parameter.default = Some(value);
                parameter.has_default = true;
                parameter.kind = ParameterKind::KeywordOnly;
            }
        }
    }
    Ok(Some(signature))
}

/// A signature out of an `inspect.Signature` that the program made.
fn given_signature(it: &mut Interpreter, given: &Value) -> Eval<Signature> {
    let parameters = it.attribute(given, "_list")?;
    let (items, _) = it.iterate(&parameters)?;
    let mut result = Signature::default();
    for item in items {
        let Value::Instance(parameter) = &item else {
            continue;
        };
        let attributes = parameter.attributes.borrow();
        let given = |name: &str| {
            attributes
                .get(name)
                .filter(|value| !is_empty_marker(value))
                .cloned()
        };
        result.parameters.push(SignatureParameter {
            name: attributes.get("name").and_then(Value::as_str).unwrap_or_default(),
            kind: kind_of_number(attributes.get("kind").and_then(Value::as_int).unwrap_or(1)),
            annotation: given("annotation"),
            has_default: given("default").is_some(),
            default: given("default"),
        });
    }
    let returns = it.attribute(given, "return_annotation")?;
    result.returns = (!is_empty_marker(&returns)).then_some(returns);
    Ok(result)
}

fn is_empty_marker(value: &Value) -> bool {
    matches!(value, Value::Class(class) if class.name == "_empty")
}

pub(super) fn kind_number(kind: ParameterKind) -> i64 {
    match kind {
        ParameterKind::PositionalOnly => 0,
        ParameterKind::PositionalOrKeyword => 1,
        ParameterKind::VarPositional => 2,
        ParameterKind::KeywordOnly => 3,
        ParameterKind::VarKeyword => 4,
    }
}

fn kind_of_number(kind: i64) -> ParameterKind {
    match kind {
        0 => ParameterKind::PositionalOnly,
        2 => ParameterKind::VarPositional,
        3 => ParameterKind::KeywordOnly,
        4 => ParameterKind::VarKeyword,
        _ => ParameterKind::PositionalOrKeyword,
    }
}
