//! Middleware and exception handlers of an application, as they are called.

use ecow::EcoString;

use super::{
    reader::{Reader, place},
    symbols::{label, symbol},
};
use crate::{
    architecture::model::{ExceptionHandler, Middleware, Symbol},
    python::interpret::{repr, value::Value},
};

pub(super) fn middleware(read: &Reader<'_>) -> Vec<Middleware> {
    let builtin = |name: &str| Middleware {
        symbol: Symbol {
            name: format!("starlette.middleware:{name}"),
            ..Symbol::default()
        },
        label: name.to_owned(),
        is_builtin: true,
        ..Middleware::default()
    };
    let mut list = vec![builtin("ServerErrorMiddleware")];
    for entry in read.items("user_middleware") {
        let Value::Instance(entry) = &entry else { continue };
        list.push(added_middleware(&Reader { object: entry }));
    }
    list.push(builtin("ExceptionMiddleware"));
    list
}

fn added_middleware(read: &Reader<'_>) -> Middleware {
    let keywords: Vec<(EcoString, Value)> = match read.value("kwargs") {
        Value::Dict(entries) => entries
            .borrow()
            .values()
            .map(|(k, v)| (repr::display(k), v.clone()))
            .collect(),
        _ => vec![],
    };
    let class = read.value("cls");
    let dispatch = keywords
        .iter()
        .find(|(name, _)| name == "dispatch")
        .map(|(_, value)| value.clone());
    let target = match &dispatch {
        Some(function @ (Value::Function(_) | Value::Method(_))) => symbol(function),
        _ => symbol(&class),
    };
    let positional = read
        .items("args")
        .into_iter()
        .map(|value| (String::new(), repr::repr(&value).to_string()));
    let named = keywords
        .iter()
        .filter(|(name, _)| name != "dispatch")
        .map(|(name, value)| (name.to_string(), repr::repr(value).to_string()));
    Middleware {
        label: label(&target.name),
        symbol: target,
        arguments: positional.chain(named).collect(),
        registration: read.location(),
        conditions: read.conditions(),
        is_builtin: false,
    }
}

pub(super) fn exception_handlers(read: &Reader<'_>) -> Vec<ExceptionHandler> {
    read.items("_exception_handlers")
        .iter()
        .filter_map(|entry| match entry {
            Value::Tuple(parts) if parts.len() >= 3 => Some(ExceptionHandler {
                exception: repr::repr(&parts[0]).to_string(),
                handler: symbol(&parts[1]),
                registration: place(&parts[2]),
            }),
            _ => None,
        })
        .collect()
}
