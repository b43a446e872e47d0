//! The dependency tree of an operation, as the model has it.

use ecow::EcoString;

use super::{
    dependant::{Dependant, is_generator, security_scheme},
    symbols::{label, symbol},
};
use crate::{
    architecture::model::Dependency,
    python::interpret::{key::Key, value::Value},
};

/// The dependency tree as the model has it; what was resolved before in the same request is marked.
#[must_use]
pub(super) fn dependencies(root: &Dependant) -> Vec<Dependency> {
    let mut seen = vec![];
    root.dependencies
        .iter()
        .map(|dependant| dependency(dependant, &mut seen))
        .collect()
}

type Seen = Vec<(Key, Vec<String>, Option<EcoString>)>;

fn dependency(dependant: &Dependant, seen: &mut Seen) -> Dependency {
    let key = dependant.cache_key();
    let cached = dependant.use_cache && seen.contains(&key);
    let inner = if cached {
        vec![]
    } else {
        dependant
            .dependencies
            .iter()
            .map(|inner| dependency(inner, seen))
            .collect()
    };
    seen.push(key);
    let callable = symbol(&dependant.call);
    let scheme = security_scheme(&dependant.call).and_then(|scheme| match scheme {
        Value::Instance(instance) => instance
            .attributes
            .borrow()
            .get("scheme_name")
            .and_then(Value::as_str),
        _ => None,
    });
    Dependency {
        label: label(&callable.name),
        callable,
        origin: dependant.origin,
        has_teardown: is_generator(&dependant.call),
        is_async: matches!(&dependant.call, Value::Function(function) if function.def.is_async),
        security_scheme: scheme.map(Into::into),
        scopes: dependant.scopes(),
        cached,
        dependencies: inner,
        trace: vec![],
        teardown: vec![],
    }
}
