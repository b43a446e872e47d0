//! Declarations of classes as the models of object-relational mappers read them.

use std::rc::Rc;

use ecow::EcoString;

use crate::python::interpret::{
    arguments::Arguments,
    class::{Annotation, ClassObject},
    interpreter::{Interpreter, location},
    tracer::Made,
    typing::TypeForm,
    unknown::Unknown,
    value::{NativeCall, Value},
};

/// The functions of this file by name.
pub const FUNCTIONS: &[(&str, NativeCall)] = &[
    ("annotation_rows", |it, _, arguments| {
        let Value::Class(class) = arguments.at(0) else {
            return Ok(Value::list(vec![]));
        };
        let annotations = class.annotations.borrow().clone();
        let rows = annotations.iter().map(|annotation| {
            let value = written(it, annotation);
            let text = annotation
                .expr
                .as_ref()
                .and_then(|expr| Some(annotation.module.file.as_ref()?.snippet(expr.span)));
            Value::tuple(vec![
                Value::Str(annotation.name.clone()),
                value,
                Value::Str(text.unwrap_or_default()),
                place(annotation),
            ])
        });
        Ok(Value::list(rows.collect()))
    }),
    ("resolve_annotation", |it, _, arguments| {
        Ok(it.resolve_nested(&arguments.at(0)))
    }),
    ("unknown_name", |_, _, arguments| {
        Ok(match arguments.at(0) {
            Value::Unknown(unknown) if !unknown.origin.is_empty() => Value::Str(unknown.origin.clone()),
            Value::Type(form) => match &*form {
                TypeForm::Forward { text, .. } => Value::Str(text.clone()),
                _ => Value::None,
            },
            _ => Value::None,
        })
    }),
    ("class_keywords", |_, _, arguments| {
        let Value::Class(class) = arguments.at(0) else {
            return Ok(Value::dict([]));
        };
        Ok(Value::dict(class.keywords.clone()))
    }),
    ("has_unknown_bases", |_, _, arguments| {
        let is_open = matches!(arguments.at(0), Value::Class(class) if !class.unknown_bases.is_empty());
        Ok(Value::Bool(is_open))
    }),
    ("text_clause", |it, _, arguments| {
        Ok(made(it, TEXT.into(), false, arguments))
    }),
    ("queried", |it, _, mut arguments| {
        let callee = arguments.shift().as_str().unwrap_or_default();
        Ok(made(it, callee, true, arguments))
    }),
    ("clause_text", |_, _, arguments| {
        let text = clause_text(&arguments.at(0));
        Ok(text.map_or(Value::None, Value::Str))
    }),
    ("is_followed", |it, _, _| Ok(Value::Bool(it.tracer.is_some()))),
    ("stand_in_for", |it, _, arguments| {
        let (Value::Class(class), Some(name)) = (arguments.at(0), arguments.at(1).as_str()) else {
            return Ok(Value::None);
        };
        let Some(annotation) = find(&class, &name) else {
            return Ok(Value::None);
        };
        let value = it.annotation_value(&annotation);
        Ok(it.stand_in(&value))
    }),
];

/// The function whose result is a piece of SQL.
const TEXT: &str = "sqlalchemy.text";

/// What a call of a library returns, with what it was made of: a statement or query says so although nothing is followed.
fn made(it: &Interpreter, callee: EcoString, is_method: bool, arguments: Arguments) -> Value {
    let source = it.call_source();
    Value::Unknown(Rc::new(Unknown {
        origin: callee.clone(),
        is_instance: true,
        made: Some(Rc::new(Made {
            callee,
            source,
            is_method,
            arguments,
            receiver: None,
        })),
        ..Unknown::default()
    }))
}

/// The SQL that `text(…)` was given.
#[must_use]
pub fn clause_text(value: &Value) -> Option<EcoString> {
    match value {
        Value::Unknown(unknown) => {
            let made = unknown.made.as_ref().filter(|made| made.callee == TEXT)?;
            made.arguments.get(0, "text")?.as_str()
        }
        _ => None,
    }
}

fn find(class: &Rc<ClassObject>, name: &EcoString) -> Option<Annotation> {
    class.mro().find_map(|class| {
        let annotations = class.annotations.borrow();
        annotations
            .iter()
            .find(|annotation| annotation.name == *name)
            .cloned()
    })
}

fn written(it: &mut Interpreter, annotation: &Annotation) -> Value {
    let value = it.annotation_value(annotation);
    it.resolve_nested(&value)
}

fn place(annotation: &Annotation) -> Value {
    let place = location(&annotation.module, annotation.span);
    Value::tuple(vec![
        Value::text(place.file),
        Value::Int(i64::from(place.line)),
        Value::Int(i64::from(place.end_line)),
        Value::Int(i64::from(place.column)),
    ])
}
