//! The fields of a class, with those of its bases.

use std::rc::Rc;

use ecow::EcoString;

use super::{config::Config, fields::FieldData};
use crate::python::{
    interpret::{
        arguments::Arguments, class::ClassObject, interpreter::Interpreter, type_variables::substitute,
        typing::TypeForm, value::Value,
    },
    library::natives::{
        models::{self},
        reflection::class_variables,
    },
    syntax::ast::{Constant, ExprKind, StmtKind},
};

/// A type without `Annotated` and qualifiers, and what it is annotated with.
pub fn unwrap(it: &mut Interpreter, annotation: &Value) -> (Value, Vec<Value>, Option<bool>) {
    let mut value = annotation.clone();
    let mut metadata: Vec<Value> = vec![];
    let mut required = None;
    loop {
        let resolved = match &value {
            Value::Type(form) if matches!(&**form, TypeForm::Lazy { .. }) => {
                return (value, metadata, required);
            }
            _ => it.resolve_type(&value),
        };
        let Value::Type(form) = &resolved else {
            return (resolved, metadata, required);
        };
        match &**form {
            TypeForm::Annotated {
                inner,
                metadata: more,
            } => {
                metadata = more.iter().cloned().chain(metadata).collect();
                value = inner.clone();
            }
            TypeForm::Alias {
                origin: Value::Type(origin),
                args,
            } => match &**origin {
                TypeForm::Special(name)
                    if matches!(
                        name.as_str(),
                        "Required" | "NotRequired" | "ReadOnly" | "Final" | "InitVar"
                    ) && !args.is_empty() =>
                {
                    match name.as_str() {
                        "Required" => required = Some(true),
                        "NotRequired" => required = Some(false),
                        _ => {}
                    }
                    value = args[0].clone();
                }
                _ => return (resolved.clone(), metadata, required),
            },
            _ => return (resolved.clone(), metadata, required),
        }
    }
}

/// The fields of a model with the arguments of a generic one.
pub fn collect(it: &mut Interpreter, class: &Rc<ClassObject>, args: &[Value]) -> Vec<FieldData> {
    let config = Config::of(it, class);
    let pairs: Vec<(Value, Value)> = class_variables(class)
        .into_iter()
        .zip(args.iter().cloned())
        .collect();
    let of_fields = match config.get("fields") {
        Some(said) if it.project.release("pydantic").0 == 1 => it.mapping_items(&said).unwrap_or_default(),
        _ => vec![],
    };
    let mut result = vec![];
    for field in models::fields(it, class) {
        let written = substitute(&field.annotation, &pairs);
        let mut data = FieldData::new(it, field.name.clone(), written);
        if let Some(info) = configured(it, &of_fields, &field.name) {
            data.annotate(it, info);
        }
        if let Some(info) = &field.info
            && !data
                .metadata
                .iter()
                .any(|item| item.is_same(&Value::Instance(Rc::clone(info))))
        {
            data.annotate(it, Value::Instance(Rc::clone(info)));
        }
        (data.default, data.default_factory) = (field.default, field.default_factory);
        data.name_by(it, &config);
        if config.flag("use_attribute_docstrings")
            && data.get("description").is_none()
            && let Some(text) = attribute_doc(&field.owner, &field.name)
        {
            data.attributes.insert("description".into(), Value::text(text));
        }
        if data.get("title").is_none()
            && let Some(generator) = data
                .get("field_title_generator")
                .or_else(|| config.get("field_title_generator"))
        {
            let arguments = vec![
                Value::Str(field.name.clone()),
                field.info.clone().map_or(Value::None, Value::Instance),
            ];
            if let Some(title) = it
                .call(&generator, Arguments::of(arguments))
                .ok()
                .and_then(|title| title.as_str())
            {
                data.attributes.insert("title".into(), Value::Str(title));
            }
        }
        let assigned = field.owner.attributes.borrow().get(&field.name).cloned();
        data.is_said_required |= matches!(assigned, Some(Value::Ellipsis));
        (data.owner, data.span) = (Some(field.owner), field.span);
        result.push(data);
    }
    result
}

/// The text that stands below an attribute in a class body.
fn attribute_doc(class: &Rc<ClassObject>, name: &str) -> Option<String> {
    let def = class.def.as_ref()?;
    let index = def.body.iter().position(|statement| match &statement.kind {
        StmtKind::AnnAssign { target, .. } => matches!(&target.kind, ExprKind::Name(known) if known == name),
        _ => false,
    })?;
    let StmtKind::Expr(expr) = &def.body.get(index + 1)?.kind else {
        return None;
    };
    match &expr.kind {
        ExprKind::Constant(Constant::Str(text)) => Some(super::model::clean_doc(text)),
        _ => None,
    }
}

/// What `fields` of pydantic 1's configuration says of a field: its alias, or arguments of `Field`
/// (<https://docs.pydantic.dev/1.10/usage/model_config/#options>).
fn configured(it: &mut Interpreter, of_fields: &[(Value, Value)], name: &str) -> Option<Value> {
    let (_, said) = of_fields
        .iter()
        .find(|(key, _)| key.as_str().as_deref() == Some(name))?;
    let keywords = match said.as_str() {
        Some(alias) => vec![("alias".into(), Value::Str(alias))],
        None => it
            .mapping_items(said)
            .ok()?
            .into_iter()
            .filter_map(|(key, value)| Some((key.as_str()?, value)))
            .collect(),
    };
    field_info(it, keywords)
}

/// `Field(…)` with these arguments.
pub(super) fn field_info(it: &mut Interpreter, keywords: Vec<(EcoString, Value)>) -> Option<Value> {
    let module = it.import_module("pydantic").ok()?;
    let field = it.attribute(&module, "Field").ok()?;
    let arguments = Arguments {
        keywords,
        ..Arguments::default()
    };
    it.call(&field, arguments).ok()
}
