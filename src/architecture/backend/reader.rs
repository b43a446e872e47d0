//! Attributes of objects that library models make, as plain data.

use std::rc::Rc;

use crate::{
    architecture::model::Location,
    python::interpret::{
        repr,
        value::{InstanceObject, Value},
    },
};

/// Reads attributes of an object that a library model made.
pub struct Reader<'a> {
    /// The object.
    pub object: &'a Rc<InstanceObject>,
}

impl Reader<'_> {
    /// An attribute, `None` if absent.
    #[must_use]
    pub fn value(&self, name: &str) -> Value {
        self.object
            .attributes
            .borrow()
            .get(name)
            .cloned()
            .unwrap_or(Value::None)
    }

    /// An attribute that is text; text with holes shows what fills them.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<String> {
        match self.value(name) {
            Value::None => None,
            Value::Unknown(unknown) if unknown.template.is_none() && unknown.origin.is_empty() => None,
            value => Some(repr::display(&value).to_string()),
        }
    }

    /// An attribute that is a flag.
    #[must_use]
    pub fn flag(&self, name: &str) -> Option<bool> {
        match self.value(name) {
            Value::Bool(flag) => Some(flag),
            Value::None => Some(false),
            _ => None,
        }
    }

    /// An attribute that is a sequence.
    #[must_use]
    pub fn items(&self, name: &str) -> Vec<Value> {
        match self.value(name) {
            Value::List(items) => items.borrow().clone(),
            Value::Tuple(items) => items.to_vec(),
            Value::Set(entries) => entries.borrow().values().map(|(key, _)| key.clone()).collect(),
            _ => vec![],
        }
    }

    /// The place that a library model noted when it made the object.
    #[must_use]
    pub fn location(&self) -> Location {
        place(&self.value("_location"))
    }

    /// The conditions that a library model noted when it made the object.
    #[must_use]
    pub fn conditions(&self) -> Vec<String> {
        let mut conditions: Vec<String> = vec![];
        for condition in self.items("_conditions") {
            let text = repr::display(&condition).to_string();
            if !conditions.contains(&text) {
                conditions.push(text);
            }
        }
        conditions
    }
}

/// A `(file, line, end_line, column)` tuple as a place.
#[must_use]
pub fn place(value: &Value) -> Location {
    let Value::Tuple(parts) = value else {
        return Location::default();
    };
    let number = |index: usize| parts.get(index).and_then(Value::as_int).unwrap_or(0) as u32;
    Location {
        file: parts
            .first()
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_string(),
        line: number(1),
        end_line: number(2),
        column: number(3),
    }
}
