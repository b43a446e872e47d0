//! The configuration of a model over its ancestors
//! (<https://docs.pydantic.dev/latest/api/config/>).

use std::rc::Rc;

use ecow::EcoString;
use indexmap::IndexMap;

use crate::python::interpret::{class::ClassObject, interpreter::Interpreter, value::Value};

/// A configuration by key.
#[derive(Clone, Default)]
pub struct Config {
    /// Values by key.
    pub values: IndexMap<EcoString, Value>,
}

/// Names of `class Config` that pydantic 2 knows under another name.
const RENAMED: &[(&str, &str)] = &[
    ("allow_population_by_field_name", "populate_by_name"),
    ("orm_mode", "from_attributes"),
    ("schema_extra", "json_schema_extra"),
    ("max_anystr_length", "str_max_length"),
    ("min_anystr_length", "str_min_length"),
];

/// Arguments of a `class` statement that say nothing of pydantic's configuration: those of Python, SQLModel and typed dictionaries.
const NOT_CONFIGURING: &[&str] = &["metaclass", "table", "total", "closed", "extra_items"];

impl Config {
    /// The configuration of a class: ancestors first, what is nearer wins.
    pub fn of(it: &mut Interpreter, class: &Rc<ClassObject>) -> Self {
        let mut config = Self::default();
        let lineage: Vec<Rc<ClassObject>> = class.mro().cloned().collect();
        for ancestor in lineage.iter().rev() {
            let (dict, inner) = {
                let attributes = ancestor.attributes.borrow();
                let dict = attributes
                    .get("model_config")
                    .or_else(|| attributes.get("__pydantic_config__"))
                    .cloned();
                (dict, attributes.get("Config").cloned())
            };
            if let Some(dict) = dict {
                config.extend(it, &dict);
            }
            if let Some(Value::Class(inner)) = inner {
                config.extend_from_class(&inner);
            }
            for (name, value) in &ancestor.keywords {
                if !NOT_CONFIGURING.contains(&name.as_str()) {
                    config.values.insert(name.clone(), value.clone());
                }
            }
        }
        config
    }

    /// Takes over the entries of a dictionary.
    pub fn extend(&mut self, it: &mut Interpreter, dict: &Value) {
        for (key, value) in it.mapping_items(dict).unwrap_or_default() {
            if let Some(key) = key.as_str() {
                self.values.insert(key, value);
            }
        }
    }

    fn extend_from_class(&mut self, inner: &Rc<ClassObject>) {
        let lineage: Vec<Rc<ClassObject>> = inner.mro().cloned().collect();
        for class in lineage.iter().rev().filter(|class| class.builtin.is_none()) {
            for (name, value) in class.attributes.borrow().iter() {
                if name.starts_with("__") {
                    continue;
                }
                let renamed = RENAMED
                    .iter()
                    .find(|(old, _)| old == name)
                    .map_or(name.as_str(), |(_, new)| new);
                self.values.insert(renamed.into(), value.clone());
            }
        }
    }

    /// A value that is set and not `None`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Value> {
        self.values.get(name).filter(|value| !value.is_none()).cloned()
    }

    /// A text.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<EcoString> {
        self.get(name).and_then(|value| value.as_str())
    }

    /// Whether a flag is set.
    #[must_use]
    pub fn flag(&self, name: &str) -> bool {
        matches!(self.get(name), Some(Value::Bool(true)))
    }
}
