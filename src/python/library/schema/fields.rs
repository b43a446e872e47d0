//! Fields of models with everything that `Field(…)`, `Annotated` and the configuration say of them
//! (<https://docs.pydantic.dev/latest/concepts/fields/>).

use std::rc::Rc;

use ecow::EcoString;
use indexmap::IndexMap;

use super::{collection::unwrap, config::Config};
use crate::python::{
    interpret::{
        arguments::Arguments,
        class::ClassObject,
        interpreter::Interpreter,
        value::{InstanceObject, Value},
    },
    library::natives::models::{is_field_info, is_undefined},
    syntax::ast::Span,
};

/// A field before it has a shape.
#[derive(Clone)]
pub struct FieldData {
    /// Its name in Python.
    pub name: EcoString,
    /// Its annotation with qualifiers, `Annotated` included.
    pub written: Value,
    /// Its type without `Annotated`.
    pub annotation: Value,
    /// What it is annotated with, `Field(…)` included, in order; a `Field(…)` given as default is the last.
    pub metadata: Vec<Value>,
    /// Its default.
    pub default: Option<Value>,
    /// What makes its default.
    pub default_factory: Option<Value>,
    /// Attributes of all `Field(…)`, later ones first.
    pub attributes: IndexMap<EcoString, Value>,
    /// The name that is read, if it differs.
    pub validation_alias: Option<EcoString>,
    /// The name that is sent, if it differs.
    pub serialization_alias: Option<EcoString>,
    /// `Required`, `NotRequired`.
    pub is_required_key: Option<bool>,
    /// Whether `...` stands for its default.
    pub is_said_required: bool,
    /// The class that declares it.
    pub owner: Option<Rc<ClassObject>>,
    /// Where it is declared.
    pub span: Span,
}

impl FieldData {
    /// A field of this annotation.
    pub fn new(it: &mut Interpreter, name: EcoString, written: Value) -> Self {
        let (annotation, metadata, is_required_key) = unwrap(it, &written);
        let mut data = Self {
            name,
            written,
            annotation,
            metadata: vec![],
            default: None,
            default_factory: None,
            attributes: IndexMap::new(),
            validation_alias: None,
            serialization_alias: None,
            is_required_key,
            is_said_required: false,
            owner: None,
            span: Span { start: 0, end: 0 },
        };
        for item in metadata {
            data.annotate(it, item);
        }
        data
    }

    /// Adds a piece of metadata; what a `Field(…)` says replaces what was said before.
    pub fn annotate(&mut self, it: &mut Interpreter, item: Value) {
        if let Value::Instance(info) = &item
            && is_field_info(&item)
        {
            self.merge(it, info);
        }
        self.metadata.push(item);
    }

    fn merge(&mut self, it: &mut Interpreter, info: &Rc<InstanceObject>) {
        for (key, value) in given(it, info) {
            self.attributes.insert(key, value);
        }
        let attribute = |name: &str| info.attributes.borrow().get(name).cloned();
        if let Some(default) = attribute("default").filter(|value| !is_undefined(value)) {
            self.is_said_required = matches!(default, Value::Ellipsis);
            self.default = (!self.is_said_required).then_some(default);
            self.default_factory = None;
        }
        if let Some(factory) =
            attribute("default_factory").filter(|value| !value.is_none() && !is_undefined(value))
        {
            (self.default, self.default_factory) = (None, Some(factory));
        }
    }

    /// An attribute that is given and not `None`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Value> {
        self.attributes
            .get(name)
            .filter(|value| !value.is_none() && !is_undefined(value))
            .cloned()
    }

    /// A text attribute.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<EcoString> {
        self.get(name).and_then(|value| value.as_str())
    }

    /// Whether a value without it is refused.
    #[must_use]
    pub fn is_required(&self) -> bool {
        self.default.is_none() && self.default_factory.is_none()
    }

    /// `exclude=True`.
    pub fn is_excluded(&self, _: &mut Interpreter) -> bool {
        matches!(self.get("exclude"), Some(Value::Bool(true)))
    }

    /// The name that is sent.
    #[must_use]
    pub fn output_name(&self) -> EcoString {
        self.serialization_alias
            .clone()
            .unwrap_or_else(|| self.name.clone())
    }

    /// The name that is read.
    #[must_use]
    pub fn input_name(&self) -> EcoString {
        self.validation_alias.clone().unwrap_or_else(|| self.name.clone())
    }

    /// Names by `alias=` and the like, and by the alias generator of the configuration
    /// (<https://docs.pydantic.dev/latest/concepts/alias/#alias-precedence>).
    pub fn name_by(&mut self, it: &mut Interpreter, config: &Config) {
        let alias = self.text("alias");
        let validation = self.get("validation_alias").and_then(|alias| first_name(&alias));
        let serialization = self.text("serialization_alias");
        let is_named = alias.is_some() || validation.is_some() || serialization.is_some();
        let priority = self.get("alias_priority").and_then(|value| value.as_int());
        let wins = priority == Some(1) || (priority.is_none() && !is_named);
        self.validation_alias = validation.or_else(|| alias.clone());
        self.serialization_alias = serialization.or(alias);
        if let Some(generator) = config.get("alias_generator") {
            let (read, sent) = generated(it, &generator, &self.name);
            if wins || self.validation_alias.is_none() {
                self.validation_alias = read.or(self.validation_alias.take());
            }
            if wins || self.serialization_alias.is_none() {
                self.serialization_alias = sent.or(self.serialization_alias.take());
            }
        }
    }
}

/// What an alias generator makes of a name: for reading and for sending.
pub fn generated(
    it: &mut Interpreter,
    generator: &Value,
    name: &EcoString,
) -> (Option<EcoString>, Option<EcoString>) {
    let mut call = |function: &Value| {
        let result = it
            .call(function, Arguments::of(vec![Value::Str(name.clone())]))
            .ok()?;
        first_name(&result)
    };
    if let Value::Instance(instance) = generator
        && instance.class.inherits("pydantic.fields.AliasGenerator")
    {
        let part = |key: &str| {
            instance
                .attributes
                .borrow()
                .get(key)
                .filter(|value| !value.is_none())
                .cloned()
        };
        let alias = part("alias").and_then(|function| call(&function));
        let read = part("validation_alias").and_then(|function| call(&function));
        let sent = part("serialization_alias").and_then(|function| call(&function));
        return (read.or_else(|| alias.clone()), sent.or(alias));
    }
    let alias = call(generator);
    (alias.clone(), alias)
}

/// The name out of an alias: itself, or the first plain one of `AliasChoices`.
fn first_name(alias: &Value) -> Option<EcoString> {
    if let Some(text) = alias.as_str() {
        return Some(text);
    }
    let Value::Instance(instance) = alias else {
        return None;
    };
    let choices = instance.attributes.borrow().get("choices").cloned();
    match choices {
        Some(Value::List(items)) => items.borrow().iter().find_map(first_name),
        _ => {
            let path = instance.attributes.borrow().get("path").cloned();
            match path {
                Some(Value::List(items)) if items.borrow().len() == 1 => items.borrow()[0].as_str(),
                _ => None,
            }
        }
    }
}

/// Attributes of a `Field(…)` that a program may set later.
const ATTRIBUTES: &[&str] = &[
    "alias",
    "validation_alias",
    "serialization_alias",
    "title",
    "description",
    "examples",
    "deprecated",
    "json_schema_extra",
    "exclude",
];

/// What was given to a `Field(…)`, and what was set on it later.
pub fn given(it: &mut Interpreter, info: &Rc<InstanceObject>) -> Vec<(EcoString, Value)> {
    let dict = info.attributes.borrow().get("_given").cloned();
    let Some(dict) = dict else { return vec![] };
    let entries = it.mapping_items(&dict).unwrap_or_default();
    let mut pairs: Vec<(EcoString, Value)> = entries
        .into_iter()
        .filter_map(|(key, value)| Some((key.as_str()?, value)))
        .filter(|(_, value)| !is_undefined(value))
        .collect();
    // An example of a parameter or body stands beside its schema.
    if info
        .class
        .mro()
        .any(|class| class.path().starts_with("fastapi.params."))
    {
        pairs.retain(|(name, _)| name != "example");
    }
    let attributes = info.attributes.borrow();
    for name in ATTRIBUTES {
        let Some(value) = attributes
            .get(*name)
            .filter(|value| !value.is_none() && !is_undefined(value))
        else {
            continue;
        };
        match pairs.iter_mut().find(|(known, _)| known == name) {
            Some(known) => known.1 = value.clone(),
            None => pairs.push(((*name).into(), value.clone())),
        }
    }
    pairs
}

/// `item_id` as `Item Id`. Up to pydantic 2.9 a blank stands for an underscore in front or at the end too.
#[must_use]
pub fn title_of(name: &str, pydantic: (u32, u32)) -> String {
    let title = python_title(name).replace('_', " ");
    match pydantic < (2, 10) {
        true => title,
        false => title.trim().to_owned(),
    }
}

/// What `str.title` makes: a letter after something that is no letter is upper-case, all others lower-case.
#[must_use]
pub fn python_title(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut in_word = false;
    for character in name.chars() {
        if in_word {
            out.extend(character.to_lowercase());
        } else {
            out.extend(character.to_uppercase());
        }
        in_word = character.is_alphabetic();
    }
    out
}
