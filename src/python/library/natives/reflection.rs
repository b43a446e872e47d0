//! Signatures, annotations and types as values of the analysed program.

use std::rc::Rc;

use ecow::EcoString;

use crate::python::{
    interpret::{
        annotations::substitute,
        arguments::Arguments,
        class::ClassObject,
        flow::Eval,
        interpreter::Interpreter,
        typing::{TypeForm, TypeVariable},
        unknown::Unknown,
        value::{NativeCall, Value},
    },
    syntax::ast::ParameterKind,
};

/// The functions of this file by name.
pub const FUNCTIONS: &[(&str, NativeCall)] = &[
    ("parameters", |it, _, arguments| {
        let Some(signature) = signature(it, &arguments.at(0))? else {
            return Ok(Value::None);
        };
        let rows = signature.parameters.into_iter().map(|parameter| {
            let kind = kind_number(parameter.kind);
            Value::tuple(vec![
                Value::Str(parameter.name),
                Value::Int(kind),
                parameter.default.unwrap_or(Value::Ellipsis),
                Value::Bool(parameter.has_default),
                parameter.annotation.clone().unwrap_or(Value::Ellipsis),
                Value::Bool(parameter.annotation.is_some()),
            ])
        });
        Ok(Value::list(rows.collect()))
    }),
    ("return_annotation", |it, _, arguments| {
        let signature = signature(it, &arguments.at(0))?;
        Ok(signature
            .and_then(|signature| signature.returns)
            .unwrap_or(Value::Ellipsis))
    }),
    ("type_hints", |it, _, arguments| type_hints(it, &arguments.at(0))),
    ("own_annotations", |it, _, arguments| {
        let Value::Class(class) = arguments.at(0) else {
            return Ok(Value::dict([]));
        };
        let own = class.annotations.borrow().clone();
        let pairs: Vec<(EcoString, Value)> = own
            .iter()
            .map(|annotation| (annotation.name.clone(), it.annotation_value(annotation)))
            .collect();
        Ok(Value::dict(pairs))
    }),
    ("type_variable", |_, _, arguments| {
        let name = arguments.at(0).as_str().unwrap_or_default();
        let kind = arguments.at(1).as_str().unwrap_or_else(|| "TypeVar".into());
        let given = |name: &str| arguments.keyword(name).filter(|value| !value.is_none()).cloned();
        let constraints = arguments.positional.get(2..).unwrap_or_default().to_vec();
        Ok(TypeForm::Variable(TypeVariable {
            name,
            kind,
            bound: given("bound"),
            constraints,
            default: given("default"),
        })
        .value())
    }),
    ("type_alias", |it, _, arguments| Ok(type_alias(it, &arguments))),
    ("new_type", |it, _, arguments| {
        let name = arguments.at(0).as_str().unwrap_or_default();
        let supertype = it
            .type_arguments(&arguments.at(1))
            .into_iter()
            .next()
            .unwrap_or_else(Unknown::nothing);
        Ok(TypeForm::NewType { name, supertype }.value())
    }),
    ("forward_reference", |it, _, arguments| {
        Ok(it.type_arguments(&arguments.at(0)).remove(0))
    }),
    ("type_origin", |it, _, arguments| {
        Ok(type_origin(it, &arguments.at(0)))
    }),
    ("type_args", |_, _, arguments| Ok(type_args(&arguments.at(0)))),
    ("is_coroutine", |it, _, arguments| {
        Ok(Value::Bool(it.is_coroutine_function(&arguments.at(0))))
    }),
    ("is_generator", |_, _, arguments| {
        Ok(Value::Bool(
            matches!(arguments.at(0), Value::Function(function) if function.def.body().is_generator),
        ))
    }),
    ("is_function", |_, _, arguments| {
        Ok(Value::Bool(matches!(arguments.at(0), Value::Function(_))))
    }),
    ("is_method", |_, _, arguments| {
        Ok(Value::Bool(matches!(arguments.at(0), Value::Method(_))))
    }),
    ("is_class", |_, _, arguments| {
        Ok(match arguments.at(0) {
            Value::Class(_) => Value::Bool(true),
            Value::Unknown(_) => Unknown::nothing(),
            _ => Value::Bool(false),
        })
    }),
    ("is_module", |_, _, arguments| {
        Ok(Value::Bool(matches!(arguments.at(0), Value::Module(_))))
    }),
    ("is_unknown", |_, _, arguments| {
        Ok(Value::Bool(arguments.at(0).is_unknown()))
    }),
    ("members", |it, _, arguments| members(it, &arguments)),
    ("dataclass", |it, _, arguments| {
        if let Value::Class(class) = arguments.at(0) {
            it.make_dataclass(
                &class,
                &Arguments {
                    positional: vec![],
                    ..arguments.clone()
                },
            );
        }
        Ok(arguments.at(0))
    }),
    ("dataclass_fields", |it, _, arguments| {
        let class = match arguments.at(0) {
            Value::Class(class) => class,
            Value::Instance(instance) => Rc::clone(&instance.class),
            _ => return Ok(Value::None),
        };
        let Some(fields) = class.mro().find_map(|class| class.dataclass.get()).cloned() else {
            return Ok(Value::None);
        };
        let rows: Vec<Value> = fields
            .iter()
            .map(|field| {
                let annotation = it.annotation_value(&field.annotation);
                let default = field.default.clone().unwrap_or(Value::Ellipsis);
                let factory = field.default_factory.clone().unwrap_or(Value::Ellipsis);
                let metadata = field
                    .metadata
                    .clone()
                    .unwrap_or_else(|| Value::dict(Vec::<(EcoString, Value)>::new()));
                Value::tuple(vec![
                    Value::Str(field.name.clone()),
                    annotation,
                    default,
                    factory,
                    Value::Bool(field.init),
                    metadata,
                    Value::Bool(field.keyword_only),
                ])
            })
            .collect();
        Ok(Value::list(rows))
    }),
];

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

/// `TypeAliasType(name, value)`: a type with a name, as a `type` statement makes it.
fn type_alias(it: &mut Interpreter, arguments: &Arguments) -> Value {
    let given = it
        .type_arguments(&arguments.at(1))
        .into_iter()
        .next()
        .unwrap_or_else(Unknown::nothing);
    let (Some(name), Some(module)) = (arguments.at(0).as_str(), it.module_of_caller()) else {
        return given;
    };
    // A type in quotes is read where the alias stands.
    let value = match arguments.at(1) {
        Value::Str(text) => TypeForm::Forward {
            text,
            scope: Rc::clone(&module.scope),
            module: Rc::clone(&module),
        }
        .value(),
        _ => given,
    };
    let parsed = crate::python::syntax::parse(b"None");
    let Some(crate::python::syntax::ast::StmtKind::Expr(expr)) =
        parsed.body.into_iter().next().map(|first| first.kind)
    else {
        return value;
    };
    let parameters = match arguments.at(2) {
        Value::Tuple(items) => items.to_vec(),
        _ => vec![],
    };
    TypeForm::Lazy {
        name,
        expr: expr.into(),
        scope: Rc::clone(&module.scope),
        module,
        parameters,
        value: value.into(),
    }
    .value()
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
        return super::models::model_signature(it, class).map(Some);
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

fn kind_number(kind: ParameterKind) -> i64 {
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

fn type_hints(it: &mut Interpreter, object: &Value) -> Eval<Value> {
    let mut hints: Vec<(EcoString, Value)> = vec![];
    match object {
        Value::Class(class) => {
            for ancestor in class.mro().cloned().collect::<Vec<_>>().into_iter().rev() {
                for annotation in ancestor.annotations.borrow().clone() {
                    let value = it.annotation_value(&annotation);
                    let value = it.resolve_type(&value);
                    hints.retain(|(name, _)| *name != annotation.name);
                    hints.push((annotation.name.clone(), value));
                }
            }
        }
        _ => {
            let annotations = it.attribute(object, "__annotations__")?;
            for (name, value) in it.mapping_items(&annotations)? {
                let Some(name) = name.as_str() else { continue };
                let value = it.resolve_type(&value);
                hints.push((name, value));
            }
        }
    }
    Ok(Value::dict(hints))
}

fn members(it: &mut Interpreter, arguments: &Arguments) -> Eval<Value> {
    let object = arguments.at(0);
    let mut names: Vec<EcoString> = vec![];
    match &object {
        Value::Class(class) => {
            for ancestor in class.mro() {
                names.extend(ancestor.attributes.borrow().keys().cloned());
            }
        }
        Value::Instance(instance) => {
            names.extend(instance.attributes.borrow().keys().cloned());
            for ancestor in instance.class.mro() {
                names.extend(ancestor.attributes.borrow().keys().cloned());
            }
        }
        Value::Module(module) => names.extend(module.scope.names.borrow().keys().cloned()),
        _ => {}
    }
    names.sort();
    names.dedup();
    let mut pairs = vec![];
    for name in names {
        if let Some(value) = it.get_attribute(&object, &name)? {
            pairs.push(Value::tuple(vec![Value::Str(name), value]));
        }
    }
    Ok(Value::list(pairs))
}

/// [`typing.get_origin`](https://docs.python.org/3/library/typing.html#typing.get_origin).
#[must_use]
pub fn type_origin(it: &Interpreter, value: &Value) -> Value {
    let Value::Type(form) = value else {
        return Value::None;
    };
    match &**form {
        TypeForm::Alias { origin, .. } => it.runtime_class(origin),
        TypeForm::Union(_) => TypeForm::Special("Union".into()).value(),
        TypeForm::Annotated { .. } => TypeForm::Special("Annotated".into()).value(),
        TypeForm::Literal(_) => TypeForm::Special("Literal".into()).value(),
        _ => Value::None,
    }
}

/// [`typing.get_args`](https://docs.python.org/3/library/typing.html#typing.get_args).
#[must_use]
pub fn type_args(value: &Value) -> Value {
    let Value::Type(form) = value else {
        return Value::tuple(vec![]);
    };
    Value::tuple(match &**form {
        TypeForm::Alias { args, .. } | TypeForm::Union(args) | TypeForm::Literal(args) => args.clone(),
        TypeForm::Annotated { inner, metadata } => [std::slice::from_ref(inner), metadata].concat(),
        _ => vec![],
    })
}

/// The type arguments that a class gives the variables of an ancestor: for `class A(Base[int])`, `T` → `int`.
#[must_use]
pub fn base_arguments(class: &Rc<ClassObject>, ancestor: &Rc<ClassObject>) -> Vec<(Value, Value)> {
    for base in &class.bases {
        let Value::Type(form) = base else { continue };
        let TypeForm::Alias {
            origin: Value::Class(origin),
            args,
        } = &**form
        else {
            continue;
        };
        let variables = class_variables(origin);
        let pairs: Vec<(Value, Value)> = variables.into_iter().zip(args.iter().cloned()).collect();
        if Rc::ptr_eq(origin, ancestor) {
            return pairs;
        }
        if origin.is_subclass_of(ancestor) {
            return base_arguments(origin, ancestor)
                .into_iter()
                .map(|(variable, value)| (variable, substitute(&value, &pairs)))
                .collect();
        }
    }
    class
        .bases
        .iter()
        .filter_map(crate::python::interpret::classes::class_of_base)
        .filter(|base| !Rc::ptr_eq(base, ancestor) && base.is_subclass_of(ancestor))
        .map(|base| base_arguments(&base, ancestor))
        .find(|pairs| !pairs.is_empty())
        .unwrap_or_default()
}

/// The type variables of a generic class, in order.
#[must_use]
pub fn class_variables(class: &Rc<ClassObject>) -> Vec<Value> {
    let mut variables = vec![];
    for base in &class.bases {
        let Value::Type(form) = base else { continue };
        if let TypeForm::Alias { origin, args } = &**form {
            let is_generic =
                matches!(origin, Value::Class(class) if class.name == "Generic" || class.name == "Protocol");
            if is_generic {
                return args.clone();
            }
            args.iter().for_each(|arg| {
                crate::python::interpret::annotations::collect_variables(arg, &mut variables)
            });
        }
    }
    if let Some(def) = &class.def
        && !def.type_params.is_empty()
    {
        let attributes = class.attributes.borrow();
        return def
            .type_params
            .iter()
            .filter_map(|parameter| attributes.get(&parameter.name).cloned())
            .collect();
    }
    variables
}
