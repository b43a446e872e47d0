//! The signature of a model: what its `__init__` takes.

use std::rc::Rc;

use ecow::EcoString;

use super::field::{ModelField, fields, is_field_info};
use crate::python::library::natives::reflection::{Signature, SignatureParameter};
use crate::python::{
    interpret::{
        arguments::Arguments, class::ClassObject, flow::Eval, interpreter::Interpreter, typing::TypeForm,
        value::Value,
    },
    library::schema::collection::collect,
    syntax::ast::ParameterKind,
};

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
