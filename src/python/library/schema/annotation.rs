//! What `Annotated` metadata does to a shape
//! (<https://docs.pydantic.dev/latest/concepts/types/#using-the-annotated-pattern>).

use std::rc::Rc;

use ecow::EcoString;
use serde_json::{Map, Value as Json};

use super::{
    Mode,
    build::Builder,
    constraint::{constrain, limit},
    encode,
    fields::given,
    model::clean_doc,
    shape::{Extra, Hook, Kind, Serializer, Shape},
};
use crate::python::{
    interpret::{
        interpreter::Interpreter,
        value::{InstanceObject, Value},
    },
    library::natives::{models::is_field_info, reflection::signature},
};

/// Limits that show in a schema.
const CONSTRAINTS: &[&str] = &[
    "gt",
    "ge",
    "lt",
    "le",
    "multiple_of",
    "min_length",
    "max_length",
    "pattern",
    "max_digits",
    "decimal_places",
];

/// Everything else that `Field(…)` and FastAPI's parameters know by name. Other keywords are extra keys of the schema.
const KNOWN: &[&str] = &[
    "default",
    "default_factory",
    "alias",
    "alias_priority",
    "validation_alias",
    "serialization_alias",
    "title",
    "field_title_generator",
    "description",
    "examples",
    "exclude",
    "exclude_if",
    "discriminator",
    "deprecated",
    "json_schema_extra",
    "frozen",
    "validate_default",
    "repr",
    "init",
    "init_var",
    "kw_only",
    "strict",
    "coerce_numbers_to_str",
    "allow_inf_nan",
    "union_mode",
    "fail_fast",
    "annotation",
    "min_items",
    "max_items",
    "regex",
    "include_in_schema",
    "openapi_examples",
    "convert_underscores",
    "embed",
    "media_type",
    "include",
    "const",
    "unique_items",
    "allow_mutation",
    "strip_whitespace",
    "to_lower",
    "to_upper",
    "ascii_only",
    "curtail_length",
    "allowed_schemes",
    "host_required",
    "default_host",
    "default_port",
    "default_path",
    "preserve_empty_path",
    "env",
];

impl Builder {
    /// `Annotated[inner, …]`: metadata in order, the default of a `Field(…)` around all.
    pub(super) fn annotated(&mut self, it: &mut Interpreter, inner: &Value, metadata: &[Value]) -> Shape {
        let mut shape = self.of(it, inner);
        for item in metadata {
            shape = self.annotate(it, shape, item, inner);
        }
        for item in metadata {
            let Value::Instance(info) = item else { continue };
            if !is_field_info(item) {
                continue;
            }
            let mut data = super::fields::FieldData::new(it, EcoString::new(), Value::None);
            data.annotate(it, Value::Instance(Rc::clone(info)));
            if !data.is_required() {
                shape = Kind::Default(Box::new(shape), data.default).into();
            }
        }
        shape
    }

    /// One piece of metadata.
    pub fn annotate(&mut self, it: &mut Interpreter, shape: Shape, item: &Value, source: &Value) -> Shape {
        match item {
            Value::Instance(instance) if is_field_info(item) => {
                let mut shape = self.constrained(it, shape, instance);
                let data = given(it, instance);
                let (mut updates, extras) = self.documentation(it, &data);
                if !self.options.says_deprecated() {
                    updates.shift_remove("deprecated");
                }
                if !updates.is_empty() || !extras.is_empty() {
                    shape = shape.at_use();
                }
                shape.updates.extend(updates);
                shape.extras.extend(extras);
                shape
            }
            Value::Instance(instance) => {
                self.annotate_by_class(it, shape, item, &Rc::clone(instance), source)
            }
            Value::Class(class) => match class.path().as_str() {
                "pydantic.types.Json" => Kind::JsonText(Box::new(shape)).into(),
                "pydantic.functional_validators.SkipJsonSchema" => {
                    let mut shape = shape.at_use();
                    shape.outer_hooks.push(Hook::Omit);
                    shape
                }
                _ if super::build::is_written(class, "__get_pydantic_core_schema__") => {
                    self.custom_annotation(it, shape, item, source)
                }
                _ if super::build::is_written(class, "__get_pydantic_json_schema__") => {
                    self.json_annotation(it, shape, item)
                }
                _ => shape,
            },
            _ => shape,
        }
    }

    fn annotate_by_class(
        &mut self,
        it: &mut Interpreter,
        mut shape: Shape,
        item: &Value,
        instance: &Rc<InstanceObject>,
        source: &Value,
    ) -> Shape {
        let attribute = |name: &str| {
            instance
                .attributes
                .borrow()
                .get(name)
                .filter(|value| !value.is_none())
                .cloned()
        };
        let class = &instance.class;
        let path = class.path();
        match path.as_str() {
            "pydantic.functional_validators.AfterValidator" => Kind::Function(Box::new(shape), None).into(),
            "pydantic.functional_validators.BeforeValidator"
            | "pydantic.functional_validators.WrapValidator" => {
                let input = self.input_type(it, instance);
                Kind::Function(Box::new(shape), input.map(Box::new)).into()
            }
            "pydantic.functional_validators.PlainValidator" => {
                let input = self.input_type(it, instance).unwrap_or_else(|| Kind::Any.into());
                plain(input, self.of(it, source))
            }
            "pydantic.functional_validators.PlainSerializer"
            | "pydantic.functional_validators.WrapSerializer" => {
                let returns = attribute("return_type").filter(|value| !matches!(value, Value::Ellipsis));
                let when = attribute("when_used").and_then(|value| value.as_str());
                let function = attribute("func").unwrap_or(Value::None);
                shape = shape.at_use();
                shape.serializer = Some(Box::new(self.serializer(
                    it,
                    &function,
                    returns,
                    when,
                    path.ends_with("PlainSerializer"),
                    1,
                )));
                shape
            }
            "pydantic.functional_validators.WithJsonSchema" => {
                let mode = match attribute("mode").and_then(|mode| mode.as_str()).as_deref() {
                    Some("validation") => Some(Mode::Validation),
                    Some("serialization") => Some(Mode::Serialization),
                    _ => None,
                };
                shape = shape.at_use();
                shape.outer_hooks.push(match attribute("json_schema") {
                    Some(json) => Hook::Replace(self.given_schema(it, &json), mode),
                    None => Hook::Omit,
                });
                shape
            }
            "pydantic.functional_validators.SkipJsonSchema" => {
                shape = shape.at_use();
                shape.outer_hooks.push(Hook::Omit);
                shape
            }
            "pydantic.functional_validators.Examples" => {
                if let Some(examples) =
                    attribute("examples").and_then(|examples| encode::encode(it, &examples))
                {
                    let mut keys = Map::new();
                    keys.insert("examples".into(), examples);
                    shape = shape.at_use();
                    shape.outer_hooks.push(Hook::Keys(keys));
                }
                shape
            }
            "pydantic.functional_validators.Discriminator" => match attribute("discriminator") {
                Some(discriminator) => self.discriminated(shape, &discriminator),
                None => shape,
            },
            "pydantic.functional_validators.Tag" => {
                if let Some(tag) = attribute("tag").and_then(|tag| tag.as_str()) {
                    shape
                        .constraints
                        .insert(super::tagged::TAG.into(), tag.as_str().into());
                }
                shape
            }
            _ if class.get("__get_pydantic_core_schema__").is_some() => {
                self.custom_annotation(it, shape, item, source)
            }
            _ if class.get("__get_pydantic_json_schema__").is_some() => self.json_annotation(it, shape, item),
            _ => self.constrained(it, shape, instance),
        }
    }

    fn input_type(&mut self, it: &mut Interpreter, instance: &Rc<InstanceObject>) -> Option<Shape> {
        let options = instance.attributes.borrow().get("options").cloned()?;
        let found = it.mapping_items(&options).ok()?;
        let (_, annotation) = found
            .into_iter()
            .find(|(key, _)| key.as_str().as_deref() == Some("json_schema_input_type"))?;
        Some(self.of(it, &annotation))
    }

    /// What a function sends in place of a value: what is given, else what its annotation says.
    pub(super) fn serializer(
        &mut self,
        it: &mut Interpreter,
        function: &Value,
        returns: Option<Value>,
        when: Option<EcoString>,
        is_plain: bool,
        own_parameters: usize,
    ) -> Serializer {
        let is_class = matches!(function, Value::Class(_));
        let signature = if is_class {
            None
        } else {
            signature(it, function).ok().flatten()
        };
        let annotated = signature.as_ref().and_then(|signature| signature.returns.clone());
        let returns = returns.or(annotated).map(|annotation| self.of(it, &annotation));
        let takes_one = is_class
            || signature
                .as_ref()
                .is_some_and(|signature| signature.parameters.len() == own_parameters);
        Serializer {
            returns,
            function: (is_plain && takes_one).then(|| function.clone()),
            unless_none: when.is_some_and(|when| when.ends_with("unless-none")),
        }
    }

    /// The limits that an object names: of `Field(…)`, `annotated_types`, `StringConstraints`.
    pub fn constrained(
        &mut self,
        it: &mut Interpreter,
        mut shape: Shape,
        instance: &Rc<InstanceObject>,
    ) -> Shape {
        let mut pairs: Vec<(EcoString, Value)> = given(it, instance);
        if pairs.is_empty() && !instance.class.inherits("pydantic.fields.FieldInfo") {
            let options = instance.attributes.borrow().get("options").cloned();
            pairs = match options {
                Some(options) => {
                    let entries = it.mapping_items(&options).unwrap_or_default();
                    entries
                        .into_iter()
                        .filter_map(|(key, value)| Some((key.as_str()?, value)))
                        .collect()
                }
                None if instance
                    .class
                    .module
                    .as_ref()
                    .is_some_and(|module| module.name == "annotated_types") =>
                {
                    instance
                        .attributes
                        .borrow()
                        .iter()
                        .map(|(name, value)| (name.clone(), value.clone()))
                        .collect()
                }
                None => vec![],
            };
        }
        let mut discriminator = None;
        for (name, value) in pairs {
            if value.is_none() {
                continue;
            }
            let name = match name.as_str() {
                "regex" => "pattern",
                "min_items" => "min_length",
                "max_items" => "max_length",
                "discriminator" => {
                    discriminator = Some(value);
                    continue;
                }
                other => other,
            };
            if let Some(constraint) = CONSTRAINTS.iter().find(|known| **known == name) {
                let Some(json) = limit(it, &value) else { continue };
                shape = constrain(shape, constraint, json);
            }
        }
        match discriminator {
            Some(discriminator) => self.discriminated(shape, &discriminator),
            None => shape,
        }
    }

    /// Title, description, examples and deprecation out of keywords, and the extra keys.
    pub fn documentation(
        &mut self,
        it: &mut Interpreter,
        pairs: &[(EcoString, Value)],
    ) -> (Map<String, Json>, Vec<Extra>) {
        let mut updates = Map::new();
        let mut extras = vec![];
        let mut others = Map::new();
        let is_first = self.options.is_first();
        for (name, value) in pairs {
            match name.as_str() {
                _ if value.is_none() => {}
                // Pydantic 1 puts what it does not know itself into the schema, and knows nothing of settings.
                "env" if is_first => {
                    if let Some(json) = encode::encode(it, value) {
                        others.insert("env".into(), json);
                    }
                }
                "title" | "description" => {
                    let text = crate::python::interpret::repr::display(value);
                    updates.insert(name.to_string(), text.as_str().into());
                }
                "examples" => {
                    if let Some(examples) = encode::encode(it, value) {
                        updates.insert("examples".into(), examples);
                    }
                }
                "deprecated" => {
                    if !matches!(value, Value::Bool(false)) {
                        updates.insert("deprecated".into(), true.into());
                    }
                }
                "json_schema_extra" => match value {
                    Value::Dict(_) => {
                        if let Some(Json::Object(keys)) = encode::encode(it, value) {
                            extras.push(Extra::Keys(keys));
                        }
                    }
                    function => extras.push(Extra::Call(function.clone())),
                },
                other if KNOWN.contains(&other) || CONSTRAINTS.contains(&other) => {}
                other => {
                    if let Some(json) = encode::encode(it, value) {
                        others.insert(other.to_owned(), json);
                    }
                }
            }
        }
        if !others.is_empty() && extras.is_empty() {
            extras.push(Extra::Keys(others));
        }
        (updates, extras)
    }

    /// The description of a docstring.
    #[must_use]
    pub fn described(doc: &str) -> String {
        clean_doc(doc)
    }
}

/// A function that validates alone; what is sent is what the type itself sends.
#[must_use]
pub fn plain(input: Shape, sent: Shape) -> Shape {
    let mut shape: Shape = Kind::Plain(Some(Box::new(input))).into();
    shape.serializer = Some(Box::new(Serializer {
        returns: Some(sent),
        function: None,
        unless_none: false,
    }));
    shape
}
