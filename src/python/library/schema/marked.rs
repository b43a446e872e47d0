//! Methods of models that validate or send
//! (<https://docs.pydantic.dev/latest/concepts/validators/#using-the-decorator-pattern>).

use std::rc::Rc;

use ecow::EcoString;

use crate::python::interpret::{
    class::ClassObject,
    interpreter::Interpreter,
    value::{Descriptor, Value},
};

/// A method that validates or sends fields.
pub(super) struct Marked {
    pub(super) function: Value,
    pub(super) kind: EcoString,
    pub(super) fields: Vec<EcoString>,
    pub(super) options: Vec<(EcoString, Value)>,
}

impl Marked {
    pub(super) fn option(&self, name: &str) -> Option<Value> {
        self.options
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.clone())
    }

    pub(super) fn is_for(&self, field: &str) -> bool {
        self.fields.iter().any(|name| name == field || name == "*")
    }
}

/// The methods that validate or send, those of ancestors first, each name once.
pub(super) fn marked_methods(it: &mut Interpreter, class: &Rc<ClassObject>) -> Vec<Marked> {
    let mut found: Vec<(EcoString, Value)> = vec![];
    let lineage: Vec<Rc<ClassObject>> = class.mro().cloned().collect();
    for ancestor in lineage.iter().rev().filter(|ancestor| ancestor.builtin.is_none()) {
        for (name, value) in ancestor.attributes.borrow().iter() {
            let function = match value {
                Value::Function(_) => value.clone(),
                Value::Descriptor(descriptor) => match &**descriptor {
                    Descriptor::Static(inner) | Descriptor::ClassMethod(inner) => inner.clone(),
                    Descriptor::Property { .. } => continue,
                },
                _ => continue,
            };
            found.retain(|(known, _)| known != name);
            found.push((name.clone(), function));
        }
    }
    let mut marked = vec![];
    for (_, function) in found {
        let Value::Function(object) = &function else {
            continue;
        };
        let mark = object.attributes.borrow().get("_validator").cloned();
        let Some(Value::Tuple(parts)) = mark else { continue };
        let [kind, fields, options] = &parts[..] else {
            continue;
        };
        let fields = it.iterate(fields).map(|(items, _)| items).unwrap_or_default();
        let options = it.mapping_items(options).unwrap_or_default();
        marked.push(Marked {
            kind: kind.as_str().unwrap_or_default(),
            fields: fields.iter().filter_map(Value::as_str).collect(),
            options: options
                .into_iter()
                .filter_map(|(key, value)| Some((key.as_str()?, value)))
                .collect(),
            function,
        });
    }
    marked
}
