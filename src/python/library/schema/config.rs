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

    /// The configuration of a dataclass or a typed dictionary: without one of its own, some of what the model around it says
    /// counts for its schema too, from pydantic 2.14 on, for typed dictionaries from 2.12
    /// (<https://docs.pydantic.dev/latest/concepts/config/#configuration-propagation>).
    pub fn of_record(
        it: &mut Interpreter,
        class: &Rc<ClassObject>,
        around: Option<&Self>,
        pydantic: (u32, u32),
    ) -> Self {
        const SINCE_2_14: &[&str] = &[
            "extra",
            "json_schema_serialization_defaults_required",
            "ser_json_bytes",
            "ser_json_timedelta",
        ];
        let mut config = Self::of(it, class);
        let handed_on: &[&str] = match pydantic {
            (2, 14..) | (3.., _) => SINCE_2_14,
            (2, 12..) if class.inherits("typing.TypedDict") => &["extra"],
            _ => &[],
        };
        if let Some(around) = around.filter(|_| !Self::is_said_of(class)) {
            for key in handed_on {
                if let Some(value) = around.values.get(*key) {
                    config.values.insert((*key).into(), value.clone());
                }
            }
        }
        config
    }

    /// Whether a class or an ancestor has a configuration, be it an empty one.
    #[must_use]
    pub fn is_said_of(class: &Rc<ClassObject>) -> bool {
        class.mro().any(|ancestor| {
            let attributes = ancestor.attributes.borrow();
            attributes.contains_key("__pydantic_config__") || attributes.contains_key("model_config")
        })
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
