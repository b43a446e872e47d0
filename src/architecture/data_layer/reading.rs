//! Values of a table's declaration in words.

use crate::{
    architecture::{backend::reader::Reader, model::Table},
    python::{
        interpret::{repr, value::Value},
        library::natives::declarations::clause_text,
    },
};

/// A type as it was given: `String(255)`, `Enum(Role)`; by its class alone where that is of the analysed code.
#[must_use]
pub fn type_words(value: &Value) -> Option<String> {
    match value {
        Value::None => None,
        Value::Class(class) => Some(class.name.to_string()),
        Value::Str(words) => Some(words.to_string()),
        Value::Instance(instance) => {
            let name = instance.class.name.to_string();
            let is_own = instance
                .class
                .module
                .as_ref()
                .is_some_and(|module| !module.is_model());
            let read = Reader { object: instance };
            let given = read.items("_args").into_iter().map(|value| argument(&value));
            let Value::Dict(options) = read.value("_options") else {
                return Some(name);
            };
            let named = options.borrow().values().filter_map(option).collect::<Vec<_>>();
            let all: Vec<String> = given.chain(named).collect();
            Some(if all.is_empty() || is_own {
                name
            } else {
                format!("{name}({})", all.join(", "))
            })
        }
        Value::Unknown(unknown) if unknown.is_empty() => None,
        Value::Unknown(unknown) => {
            let origin = unknown.origin.trim_end_matches("()");
            origin.rsplit('.').next().map(str::to_owned)
        }
        other => Some(repr::repr(other).to_string()),
    }
}

/// What a named argument says of a column; what it says of the database's own names does not belong into a table.
fn option((key, value): &(Value, Value)) -> Option<String> {
    const TOLD: &[&str] = &[
        "precision",
        "scale",
        "timezone",
        "as_uuid",
        "asdecimal",
        "none_as_null",
        "item_type",
        "dimensions",
        "fsp",
        "unsigned",
    ];
    let key = key.as_str()?;
    let words = argument(value);
    match key.as_str() {
        "length" => Some(words),
        key if TOLD.contains(&key) => Some(format!("{key}={words}")),
        _ => None,
    }
}

fn argument(value: &Value) -> String {
    match value {
        Value::Class(class) => class.name.to_string(),
        Value::Instance(instance) if instance.class.inherits("sqlalchemy.types.TypeEngine") => {
            type_words(value).unwrap_or_default()
        }
        _ => repr::repr(value).to_string(),
    }
}

/// A default in Python's words; nothing for `None`.
#[must_use]
pub fn words(value: &Value) -> Option<String> {
    if let Some(sql) = clause_text(value) {
        return Some(sql.to_string());
    }
    match value {
        Value::None | Value::Ellipsis => None,
        Value::Function(function) if &*function.def.name == "<lambda>" => {
            let body = function.module.file.as_ref()?.snippet(function.def.span);
            Some(match body.split_once(':') {
                Some((head, result)) if head.trim() == "lambda" => result.trim().to_owned(),
                _ => body.to_string(),
            })
        }
        Value::Function(function) => Some(format!("{}()", function.def.name)),
        Value::Class(class) => Some(format!("{}()", class.name)),
        Value::Method(method) => words(&method.function),
        Value::Native(native) => Some(format!("{}()", native.name)),
        Value::Instance(instance) if instance.class.inherits("sqlalchemy.schema.FetchedValue") => {
            let given = words(&Reader { object: instance }.value("arg"));
            let name = &instance.class.name;
            Some(match given {
                Some(given) if *name == "DefaultClause" => given,
                given => format!("{name}({})", given.unwrap_or_default()),
            })
        }
        Value::Instance(instance)
            if instance
                .class
                .module
                .as_ref()
                .is_some_and(|module| module.is_model()) =>
        {
            Some(format!("{}()", instance.class.name))
        }
        Value::Unknown(unknown) if unknown.is_empty() => Some("not known".to_owned()),
        Value::Unknown(unknown) if unknown.template.is_none() && unknown.alternatives.is_empty() => {
            let call = unknown.made.as_ref().map(|made| made.source.to_string());
            let origin = unknown.origin.trim_start_matches("sqlalchemy.");
            let suffix = if unknown.is_instance { "()" } else { "" };
            Some(call.unwrap_or_else(|| format!("{origin}{suffix}")))
        }
        other => Some(repr::repr(other).to_string()),
    }
}

/// The columns that a constraint or index names: by name, as columns, or as expressions in Python's words.
#[must_use]
pub fn columns_of(arguments: &[Value], table: &Table) -> Vec<String> {
    arguments.iter().map(|value| column_of(value, table)).collect()
}

fn column_of(value: &Value, table: &Table) -> String {
    match value {
        Value::Str(text) => table
            .columns
            .iter()
            .find(|column| column.attribute.as_deref() == Some(text))
            .map_or_else(|| text.to_string(), |column| column.name.clone()),
        Value::Instance(instance) => {
            let read = Reader { object: instance };
            if instance.class.inherits("sqlalchemy.schema.Column") {
                read.text("name").unwrap_or_default()
            } else if instance.class.inherits("sqlalchemy.schema.UnaryExpression") {
                let column = column_of(&read.value("_element"), table);
                format!("{column} {}", read.text("_modifier").unwrap_or_default())
            } else {
                "an expression".to_owned()
            }
        }
        other => clause_text(other).map_or_else(|| "an expression".to_owned(), Into::into),
    }
}
