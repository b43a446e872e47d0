//! Pydantic models: their fields, and instances of them.

use std::rc::Rc;

use ecow::EcoString;

use super::reflection::{Signature, SignatureParameter, base_arguments};
use crate::python::{
    interpret::{
        annotations::substitute,
        arguments::Arguments,
        builtins::kind_of,
        class::{Annotation, Builtin, ClassObject},
        flow::Eval,
        interpreter::Interpreter,
        scope::{Scope, ScopeKind},
        typing::TypeForm,
        unknown::Unknown,
        value::{InstanceObject, NativeCall, Value},
    },
    library::schema::{Mode, fields::collect, standalone},
    syntax::ast::{ParameterKind, Span},
};

/// A field's description with what the class says besides, `= 1` after `Annotated[int, Field(…)]`. It is a copy, because
/// the same description may stand in several annotations
/// (<https://docs.pydantic.dev/latest/api/fields/#pydantic.fields.FieldInfo.from_annotated_attribute>).
fn merged(info: &Rc<InstanceObject>, annotation: Value, default: Option<Value>) -> Rc<InstanceObject> {
    let mut attributes = info.attributes.borrow().clone();
    attributes.insert("annotation".into(), annotation);
    if let Some(default) = default {
        attributes.insert("default".into(), default);
    }
    Rc::new(InstanceObject {
        class: Rc::clone(&info.class),
        attributes: attributes.into(),
        base: info.base.borrow().clone().into(),
        is_abstract: info.is_abstract.get().into(),
    })
}

/// The functions of this file by name.
pub const FUNCTIONS: &[(&str, NativeCall)] = &[
    ("init_model", |it, _, arguments| {
        let instance = arguments.at(0);
        let data = it.mapping_items(&arguments.at(1))?;
        init_model(it, &instance, data)?;
        Ok(Value::None)
    }),
    ("model_fields", |it, _, arguments| {
        let Value::Class(class) = arguments.at(0) else {
            return Ok(Value::dict([]));
        };
        let module = it.import_module("pydantic.fields")?;
        let make = it.attribute(&module, "FieldInfo")?;
        let mut infos = vec![];
        for field in fields(it, &class) {
            let info = match field.info {
                Some(info) => Value::Instance(merged(&info, field.annotation, field.default)),
                None => {
                    let mut keywords = vec![("annotation".into(), field.annotation)];
                    keywords.extend(field.default.map(|default| ("default".into(), default)));
                    keywords.extend(field.default_factory.map(|make| ("default_factory".into(), make)));
                    let arguments = Arguments {
                        keywords,
                        ..Arguments::default()
                    };
                    it.call(&make, arguments)?
                }
            };
            infos.push((field.name, info));
        }
        Ok(Value::dict(infos))
    }),
    ("model_field_rows", |it, _, arguments| {
        let class = match arguments.at(0) {
            Value::Class(class) => class,
            Value::Instance(instance) => Rc::clone(&instance.class),
            _ => return Ok(Value::list(vec![])),
        };
        let rows = fields(it, &class).into_iter().map(|field| {
            Value::tuple(vec![
                Value::Str(field.name),
                field.annotation,
                field.default.clone().unwrap_or(Value::Ellipsis),
                Value::Bool(field.default.is_some()),
                field.default_factory.unwrap_or(Value::None),
                field.alias.map_or(Value::None, Value::Str),
            ])
        });
        Ok(Value::list(rows.collect()))
    }),
    ("json_schema", |it, _, arguments| {
        let mode = match arguments.at(1).as_str().as_deref() {
            Some("serialization") => Mode::Serialization,
            _ => Mode::Validation,
        };
        let template = arguments
            .at(2)
            .as_str()
            .unwrap_or_else(|| "#/$defs/{model}".into());
        let schema = standalone::schema(it, &arguments.at(0), mode, &template);
        Ok(schema.map_or_else(Unknown::nothing, |schema| super::documents::from_json(&schema)))
    }),
    ("note_namespace", |it, _, arguments| {
        // Forward references of the class are looked up where it is rebuilt.
        let namespace = match (arguments.at(1), it.module_of_caller()) {
            (given @ Value::Dict(_), _) => given,
            (_, Some(module)) => Value::Module(module),
            _ => return Ok(Value::None),
        };
        if let Value::Class(class) = arguments.at(0) {
            class.attributes.borrow_mut().insert(NAMESPACE.into(), namespace);
        }
        Ok(Value::Bool(true))
    }),
    ("coerce", |it, _, arguments| {
        coerce(it, &arguments.at(0), &arguments.at(1))
    }),
];

/// Where the names of a class that was rebuilt are looked up.
const NAMESPACE: &str = "__arch_namespace__";

/// A field of a model.
#[derive(Clone)]
pub struct ModelField {
    /// Its name in Python.
    pub name: EcoString,
    /// Its annotation with the type variables of generic bases replaced; `Annotated` is kept.
    pub annotation: Value,
    /// Its default; absent when it is required or made by a factory.
    pub default: Option<Value>,
    /// What makes its default.
    pub default_factory: Option<Value>,
    /// The name it is read under, if that differs.
    pub alias: Option<EcoString>,
    /// The `Field(…)` given for it as default, if any.
    pub info: Option<Rc<InstanceObject>>,
    /// The class that declares it.
    pub owner: Rc<ClassObject>,
    /// Where it is declared.
    pub span: Span,
}

/// The fields of a model over its ancestors, in pydantic's order: those of bases first, redefined ones in their old place
/// (<https://docs.pydantic.dev/latest/concepts/models/#field-ordering>).
pub fn fields(it: &mut Interpreter, class: &Rc<ClassObject>) -> Vec<ModelField> {
    let namespaces: Vec<Rc<Scope>> = class.mro().filter_map(namespace_of).collect();
    let count = namespaces.len();
    it.further_scopes.extend(namespaces);
    let fields = own_fields(it, class);
    it.further_scopes.truncate(it.further_scopes.len() - count);
    fields
}

/// The names that `model_rebuild` was called among.
fn namespace_of(class: &Rc<ClassObject>) -> Option<Rc<Scope>> {
    match class.attributes.borrow().get(NAMESPACE)? {
        Value::Module(module) => Some(Rc::clone(&module.scope)),
        Value::Dict(entries) => {
            let scope = Scope::new(ScopeKind::Module, None);
            for (key, value) in entries.borrow().values() {
                if let Some(name) = key.as_str() {
                    scope.names.borrow_mut().insert(name, value.clone());
                }
            }
            Some(scope)
        }
        _ => None,
    }
}

fn own_fields(it: &mut Interpreter, class: &Rc<ClassObject>) -> Vec<ModelField> {
    let mut fields: Vec<ModelField> = vec![];
    let is_first = it.project.release("pydantic").0 == 1;
    let lineage: Vec<Rc<ClassObject>> = class.mro().cloned().collect();
    for ancestor in lineage.iter().rev() {
        // What pydantic's own classes annotate is not a field; what a model of another library declares is.
        let is_own = ancestor.def.is_some()
            && ancestor
                .module
                .as_ref()
                .is_some_and(|module| module.is_model() && module.name.starts_with("pydantic"));
        if ancestor.builtin.is_some() || is_own {
            continue;
        }
        let arguments = base_arguments(class, ancestor);
        let annotations = ancestor.annotations.borrow().clone();
        for annotation in annotations {
            if (annotation.name.starts_with('_') && annotation.name != ROOT_FIELD)
                || annotation.name == "model_config"
                || is_class_variable(it, ancestor, &annotation)
            {
                continue;
            }
            let is_relation = ancestor
                .attributes
                .borrow()
                .get(&annotation.name)
                .is_some_and(is_relationship);
            if is_relation {
                continue;
            }
            let field = field_of(it, ancestor, &annotation, &arguments);
            put(&mut fields, field);
        }
        if is_first {
            for annotation in inferred(it, ancestor, &fields) {
                let field = field_of(it, ancestor, &annotation, &arguments);
                put(&mut fields, field);
            }
        }
    }
    // A subclass may give an inherited field a new default without annotating it again.
    for field in &mut fields {
        let owner = Rc::clone(&field.owner);
        let later = lineage
            .iter()
            .take_while(|ancestor| !Rc::ptr_eq(ancestor, &owner))
            .find_map(|ancestor| ancestor.attributes.borrow().get(&field.name).cloned());
        if let Some(value) = later
            && !matches!(value, Value::Function(_) | Value::Descriptor(_))
        {
            read_default(field, value);
        }
    }
    fields
}

fn put(fields: &mut Vec<ModelField>, field: ModelField) {
    match fields.iter_mut().find(|known| known.name == field.name) {
        Some(known) => *known = field,
        None => fields.push(field),
    }
}

/// What pydantic 1 takes for fields without an annotation: values of a class body, of the type that they have
/// (<https://docs.pydantic.dev/1.10/usage/models/#field-ordering>).
fn inferred(it: &mut Interpreter, class: &Rc<ClassObject>, known: &[ModelField]) -> Vec<Annotation> {
    let Some(module) = class.module.clone() else {
        return vec![];
    };
    let attributes = class.attributes.borrow().clone();
    let mut found = vec![];
    for (name, value) in attributes {
        let is_known = known.iter().any(|field| field.name == name)
            || class
                .annotations
                .borrow()
                .iter()
                .any(|annotation| annotation.name == name);
        let is_plain = match &value {
            Value::Bool(_)
            | Value::Int(_)
            | Value::Float(_)
            | Value::Str(_)
            | Value::List(_)
            | Value::Dict(_)
            | Value::Set(_) => true,
            Value::Instance(instance) => instance.class.is_enum.get(),
            _ => false,
        };
        if is_known || !is_plain || name.starts_with('_') || name == "model_config" {
            continue;
        }
        let kind = match &value {
            Value::Instance(instance) => Value::Class(Rc::clone(&instance.class)),
            other => match kind_of(other) {
                Some(kind) => Value::Class(it.class(kind)),
                None => continue,
            },
        };
        found.push(Annotation {
            name,
            expr: None,
            scope: Rc::clone(&module.scope),
            module: Rc::clone(&module),
            value: kind.into(),
            span: Span::default(),
        });
    }
    found
}

/// The field that is the whole model in pydantic 1
/// (<https://docs.pydantic.dev/1.10/usage/models/#custom-root-types>).
pub const ROOT_FIELD: &str = "__root__";

/// Whether a value is SQLModel's `Relationship(…)`, which is no field.
fn is_relationship(value: &Value) -> bool {
    matches!(value, Value::Instance(instance) if instance.class.inherits("sqlmodel.RelationshipInfo"))
}

fn is_class_variable(it: &mut Interpreter, owner: &Rc<ClassObject>, annotation: &Annotation) -> bool {
    let has_value = owner.attributes.borrow().contains_key(&annotation.name);
    // `Final` with a value is one as well (<https://docs.pydantic.dev/latest/concepts/models/#class-vars>).
    let marks = |name: &str| name == "ClassVar" || (name == "Final" && has_value);
    let value = it.annotation_value(annotation);
    match &value {
        Value::Type(form) => match &**form {
            TypeForm::Special(name) => marks(name),
            TypeForm::Alias {
                origin: Value::Type(origin),
                ..
            } => {
                matches!(&**origin, TypeForm::Special(name) if marks(name))
            }
            TypeForm::Forward { text, .. } => text.starts_with("ClassVar") || text.contains(".ClassVar"),
            _ => false,
        },
        _ => false,
    }
}

fn field_of(
    it: &mut Interpreter,
    owner: &Rc<ClassObject>,
    annotation: &Annotation,
    arguments: &[(Value, Value)],
) -> ModelField {
    // What could not be evaluated before the class was rebuilt is tried again.
    let fresh = Annotation {
        value: std::cell::OnceCell::new(),
        ..annotation.clone()
    };
    let is_tried = it.further_scopes.is_empty() || annotation.expr.is_none();
    let value = it.annotation_value(if is_tried { annotation } else { &fresh });
    // The name of a `type` statement is kept: it may have a meaning of its own.
    let is_alias = matches!(&value, Value::Type(form) if matches!(&**form, TypeForm::Lazy { .. }));
    let value = if is_alias {
        value
    } else {
        it.resolve_nested(&value)
    };
    let mut field = ModelField {
        name: annotation.name.clone(),
        annotation: substitute(&value, arguments),
        default: None,
        default_factory: None,
        alias: None,
        info: None,
        owner: Rc::clone(owner),
        span: annotation.span,
    };
    if let Value::Type(form) = &field.annotation.clone()
        && let TypeForm::Annotated { metadata, .. } = &**form
    {
        for item in metadata {
            if is_field_info(item) {
                read_default(&mut field, item.clone());
            }
        }
    }
    let own = owner.attributes.borrow().get(&annotation.name).cloned();
    if let Some(own) = own {
        read_default(&mut field, own);
    }
    field
}

/// Whether a value is what `Field(…)` returns, or a parameter of FastAPI, which extends it.
#[must_use]
pub fn is_field_info(value: &Value) -> bool {
    matches!(value, Value::Instance(instance) if instance.class.inherits("pydantic.fields.FieldInfo"))
}

fn read_default(field: &mut ModelField, value: Value) {
    let Value::Instance(info) = &value else {
        let is_required = matches!(value, Value::Ellipsis);
        (field.default, field.default_factory) = ((!is_required).then_some(value), None);
        return;
    };
    if !is_field_info(&value) {
        (field.default, field.default_factory) = (Some(value.clone()), None);
        return;
    }
    let attributes = info.attributes.borrow();
    let given = |name: &str| attributes.get(name).filter(|value| !is_undefined(value)).cloned();
    if let Some(default) = given("default") {
        field.default = (!matches!(default, Value::Ellipsis)).then_some(default);
    }
    if let Some(factory) = given("default_factory").filter(|factory| !factory.is_none()) {
        (field.default, field.default_factory) = (None, Some(factory));
    }
    let alias = ["validation_alias", "alias"]
        .into_iter()
        .find_map(|name| given(name)?.as_str());
    field.alias = alias.or_else(|| field.alias.take());
    field.info = Some(Rc::clone(info));
}

/// Whether a value is pydantic's marker for "not given".
#[must_use]
pub fn is_undefined(value: &Value) -> bool {
    matches!(value, Value::Instance(instance) if instance.class.name == "PydanticUndefinedType")
}

/// Gives an instance the values of its fields: what is given, else defaults.
///
/// # Errors
/// When a default factory or a validator raises.
pub fn init_model(it: &mut Interpreter, instance: &Value, data: Vec<(Value, Value)>) -> Eval<()> {
    let Value::Instance(object) = instance else {
        return Ok(());
    };
    let mut data: Vec<(EcoString, Value)> = data
        .into_iter()
        .filter_map(|(name, value)| Some((name.as_str()?, value)))
        .collect();
    for field in fields(it, &object.class) {
        let names = [field.alias.clone(), Some(field.name.clone())];
        let given = names.iter().flatten().find_map(|name| {
            let index = data.iter().position(|(known, _)| known == name)?;
            Some(data.remove(index).1)
        });
        let value = match (given, &field.default, &field.default_factory) {
            (Some(value), _, _) => value,
            (None, Some(default), _) => default.clone(),
            (None, None, Some(factory)) => it.call(&factory.clone(), Arguments::default())?,
            (None, None, None) => it.abstract_of(&field.annotation),
        };
        object.attributes.borrow_mut().insert(field.name.clone(), value);
    }
    object.attributes.borrow_mut().extend(data);
    private_attributes(it, object)?;
    if object
        .class
        .get("model_post_init")
        .is_some_and(|hook| matches!(hook, Value::Function(f) if !f.module.is_model()))
    {
        it.call_method(instance, "model_post_init", Arguments::of(vec![Value::None]))?;
    }
    Ok(())
}

fn private_attributes(it: &mut Interpreter, object: &Rc<InstanceObject>) -> Eval<()> {
    let lineage: Vec<Rc<ClassObject>> = object.class.mro().cloned().collect();
    for ancestor in lineage.iter().rev() {
        let own: Vec<(EcoString, Value)> = ancestor
            .attributes
            .borrow()
            .iter()
            .map(|(n, v)| (n.clone(), v.clone()))
            .collect();
        for (name, value) in own {
            let Value::Instance(private) = &value else {
                continue;
            };
            if private.class.path() != "pydantic.fields.ModelPrivateAttr" {
                continue;
            }
            let attributes = private.attributes.borrow().clone();
            let default = match (attributes.get("default_factory"), attributes.get("default")) {
                (Some(factory), _) if !factory.is_none() => {
                    it.call(&factory.clone(), Arguments::default())?
                }
                (_, Some(default)) if !is_undefined(default) => default.clone(),
                _ => Unknown::nothing(),
            };
            object.attributes.borrow_mut().insert(name, default);
        }
    }
    Ok(())
}

/// The signature of a model's constructor: its fields, by name, with what constrains them in the annotation.
/// What describes them otherwise is not part of it, nor where a parameter of FastAPI would be read from.
///
/// # Errors
/// None of its own.
pub fn model_signature(it: &mut Interpreter, class: &Rc<ClassObject>) -> Eval<Signature> {
    let aliases: Vec<(EcoString, EcoString)> = collect(it, class, &[])
        .into_iter()
        .map(|field| (field.name.clone(), field.input_name()))
        .collect();
    let parameters = fields(it, class)
        .into_iter()
        .map(|field| {
            let alias = aliases
                .iter()
                .find(|(name, _)| *name == field.name)
                .map(|(_, alias)| alias.clone());
            SignatureParameter {
                name: alias.filter(is_identifier).unwrap_or_else(|| field.name.clone()),
                kind: ParameterKind::KeywordOnly,
                has_default: field.default.is_some() || field.default_factory.is_some(),
                default: field.default.clone().or_else(|| field.default_factory.clone()),
                annotation: Some(constrained(it, field)),
            }
        })
        .collect();
    Ok(Signature {
        parameters,
        returns: None,
    })
}

/// Whether an alias can be the name of a parameter.
fn is_identifier(alias: &EcoString) -> bool {
    !alias.starts_with(|first: char| first.is_ascii_digit())
        && alias
            .chars()
            .all(|character| character.is_alphanumeric() || character == '_')
}

/// What of `Field(…)` constrains a value.
const CONSTRAINTS: &[&str] = &[
    "gt",
    "ge",
    "lt",
    "le",
    "multiple_of",
    "min_length",
    "max_length",
    "pattern",
    "regex",
    "strict",
    "allow_inf_nan",
    "max_digits",
    "decimal_places",
];

/// A field's annotation with its constraints and nothing else of its `Field(…)`.
fn constrained(it: &mut Interpreter, field: ModelField) -> Value {
    let (inner, mut metadata) = match &field.annotation {
        Value::Type(form) => match &**form {
            TypeForm::Annotated { inner, metadata } => (inner.clone(), metadata.clone()),
            _ => (field.annotation.clone(), vec![]),
        },
        _ => (field.annotation.clone(), vec![]),
    };
    let infos: Vec<Value> = metadata
        .iter()
        .filter(|item| is_field_info(item))
        .cloned()
        .collect();
    metadata.retain(|item| !is_field_info(item));
    for info in infos.into_iter().chain(field.info.map(Value::Instance)) {
        metadata.extend(constraints(it, &info));
    }
    if metadata.is_empty() {
        inner
    } else {
        TypeForm::Annotated { inner, metadata }.value()
    }
}

/// A `Field(…)` with the constraints of another one, if it has any.
fn constraints(it: &mut Interpreter, info: &Value) -> Option<Value> {
    let given = it.get_attribute(info, "_given").ok().flatten()?;
    let kept: Vec<(EcoString, Value)> = it
        .mapping_items(&given)
        .ok()?
        .into_iter()
        .filter_map(|(name, value)| Some((name.as_str()?, value)))
        .filter(|(name, value)| CONSTRAINTS.contains(&name.as_str()) && !value.is_none())
        .collect();
    if kept.is_empty() {
        return None;
    }
    let module = it.import_module("pydantic.fields").ok()?;
    let make = it.attribute(&module, "FieldInfo").ok()?;
    let arguments = Arguments {
        keywords: kept,
        ..Arguments::default()
    };
    it.call(&make, arguments).ok()
}

/// Text of the environment as a value of the annotated type, as pydantic-settings reads it
/// (<https://docs.pydantic.dev/latest/concepts/pydantic_settings/#parsing-environment-variable-values>).
///
/// # Errors
/// When an enumeration that is looked up raises.
pub fn coerce(it: &mut Interpreter, value: &Value, annotation: &Value) -> Eval<Value> {
    let Some(text) = value.as_str() else {
        return Ok(value.clone());
    };
    let resolved = it.resolve_type(annotation);
    match &resolved {
        Value::Class(class) => match class.builtin {
            Some(Builtin::Int) => Ok(text.trim().parse().map_or_else(|_| value.clone(), Value::Int)),
            Some(Builtin::Float) => Ok(text.trim().parse().map_or_else(|_| value.clone(), Value::Float)),
            Some(Builtin::Bool) => Ok(match text.to_lowercase().as_str() {
                "true" | "1" | "yes" | "on" | "t" | "y" => Value::Bool(true),
                "false" | "0" | "no" | "off" | "f" | "n" => Value::Bool(false),
                _ => value.clone(),
            }),
            Some(Builtin::List | Builtin::Dict | Builtin::Set | Builtin::Tuple) => {
                Ok(json_or_text(&text, value))
            }
            None if class.is_enum.get() => it.call(&resolved, Arguments::of(vec![value.clone()])),
            None if class.inherits("pathlib.PurePath") || class.inherits("pydantic.types.SecretStr") => {
                it.call(&resolved, Arguments::of(vec![value.clone()]))
            }
            _ => Ok(value.clone()),
        },
        Value::Type(form) => match &**form {
            TypeForm::Annotated { inner, .. } => coerce(it, value, &inner.clone()),
            TypeForm::Union(members) => {
                let members = members.clone();
                for member in members.iter().filter(|member| !member.is_none()) {
                    let coerced = coerce(it, value, member)?;
                    if !coerced.is_same(value) {
                        return Ok(coerced);
                    }
                }
                Ok(value.clone())
            }
            TypeForm::Alias { origin, .. } => {
                let words = crate::python::interpret::repr::repr(origin).to_lowercase();
                let is_collection =
                    ["list", "dict", "set", "tuple", "sequence", "mapping"].contains(&words.as_str());
                Ok(if is_collection {
                    json_or_text(&text, value)
                } else {
                    value.clone()
                })
            }
            _ => Ok(value.clone()),
        },
        _ => Ok(value.clone()),
    }
}

fn json_or_text(text: &str, value: &Value) -> Value {
    serde_json::from_str(text).map_or_else(|_| value.clone(), |json| super::documents::from_json(&json))
}
