//! Enumerations (<https://docs.pydantic.dev/latest/api/standard_library_types/#enum>).

use std::rc::Rc;

use serde_json::Map;

use super::{
    build::{Builder, is_written},
    encode,
    model::clean_doc,
    shape::{Hook, Kind, Shape},
};
use crate::python::interpret::{
    class::{Builtin, ClassObject},
    interpreter::Interpreter,
    value::Value,
};

/// Marks an enumeration whose members are texts or numbers themselves; never written.
pub(super) const MIXED_IN: &str = "\u{0}mixed-in";

impl Builder {
    /// An enumeration, which has a definition of its own.
    pub(super) fn enumeration(&mut self, it: &mut Interpreter, class: &Rc<ClassObject>) -> Shape {
        let mut values = vec![];
        let mut are_known = true;
        // pydantic 1 goes over the members, its successor over their names.
        let members = if self.options.is_first() {
            it.enum_members(class)
        } else {
            it.enum_names(class)
                .into_iter()
                .map(|(_, member)| member)
                .collect()
        };
        for member in members {
            let Value::Instance(instance) = &member else {
                continue;
            };
            let value = instance
                .attributes
                .borrow()
                .get("_value_")
                .cloned()
                .unwrap_or(Value::None);
            match encode::encode(it, &value) {
                Some(json) => values.push(json),
                None => {
                    self.unknown(it, &value);
                    are_known = false;
                }
            }
        }
        // A list that lacks some would forbid what the application takes.
        if !are_known {
            values.clear();
        }
        let mut updates = Map::new();
        updates.insert("title".into(), class.name.as_str().into());
        if let Some(doc) = class.def.as_ref().and_then(|def| def.docstring.as_deref()) {
            updates.insert("description".into(), clean_doc(doc).into());
        }
        if class.mro().any(|one| {
            one.builtin
                .is_some_and(|builtin| matches!(builtin, Builtin::Str | Builtin::Int))
        }) {
            updates.insert(MIXED_IN.into(), true.into());
        }
        let mut shape: Shape = Kind::Enum { values, updates }.into();
        shape.reference = Some(self.identities.reference(it, class, &[]));
        if is_written(class, "__get_pydantic_json_schema__")
            && let Some(hook) = class.get("__get_pydantic_json_schema__")
        {
            let value = Value::Class(Rc::clone(class));
            let hook = self.bound(it, &value, hook, "__get_pydantic_json_schema__");
            shape.hooks.push(Hook::Call(hook));
        }
        shape
    }
}
