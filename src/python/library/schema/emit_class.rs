//! Classes with named fields, written as JSON Schema.

use std::rc::Rc;

use serde_json::{Map, Value as Json, json};

use super::{
    Mode,
    definitions::PREFIX,
    emit::{Emitted, Emitter, Stop, typed},
    encode,
    shape::{ClassShape, Extra, FieldShape},
};
use crate::python::{
    interpret::{arguments::Arguments, interpreter::Interpreter, value::Value},
    library::schema::fields::title_of,
};

impl Emitter<'_> {
    /// A model, dataclass or typed dictionary.
    pub(super) fn class(&mut self, it: &mut Interpreter, class: &Rc<ClassShape>) -> Emitted {
        self.configs.push(class.config.clone());
        let result = self.class_body(it, class);
        self.configs.pop();
        let mut schema = result?;
        self.update_class(it, class, &mut schema);
        Ok(schema)
    }

    fn class_body(&mut self, it: &mut Interpreter, class: &Rc<ClassShape>) -> Emitted {
        if let Some(root) = &class.root {
            return self.schema(it, root);
        }
        let mut fields: Vec<&FieldShape> = vec![];
        let sends = self.mode() == Mode::Serialization;
        fields.extend(class.fields.iter().filter(|field| !(sends && field.is_excluded)));
        if sends {
            fields.extend(class.computed.iter());
        }
        let mut schema = self.named_fields(it, &fields)?;
        if let Some(items) = &class.extra_items {
            let items = self.schema(it, items)?;
            schema.insert("additionalProperties".into(), items.into());
        }
        Ok(schema)
    }

    fn named_fields(&mut self, it: &mut Interpreter, fields: &[&FieldShape]) -> Emitted {
        let mut properties = Map::new();
        let mut required: Vec<Json> = vec![];
        let by_alias = self
            .configs
            .last()
            .is_none_or(|config| !matches!(config.get("validate_by_alias"), Some(Value::Bool(false))));
        let sends = self.mode() == Mode::Serialization;
        let defaults_required = sends
            && self
                .configs
                .last()
                .is_some_and(|config| config.flag("json_schema_serialization_defaults_required"));
        for field in fields {
            let name = match (sends, by_alias) {
                (true, _) => &field.output_name,
                (false, true) => &field.input_name,
                (false, false) => &field.name,
            };
            let schema = match self.field(it, field, name) {
                Ok(schema) => schema,
                Err(Stop::Omit) => continue,
                Err(Stop::Invalid(words)) => {
                    self.report_field(it, field, &words);
                    let mut map = Map::new();
                    map.insert(
                        "title".into(),
                        title_of(name, self.builder.options.pydantic).into(),
                    );
                    map
                }
            };
            properties.insert(name.to_string(), schema.into());
            let is_required = defaults_required || field.is_required;
            if is_required && !(sends && field.may_be_excluded) {
                required.push(name.as_str().into());
            }
        }
        let mut schema = typed("object");
        schema.insert("properties".into(), properties.into());
        if !required.is_empty() {
            schema.insert("required".into(), required.into());
        }
        Ok(schema)
    }

    fn report_field(&self, it: &mut Interpreter, field: &FieldShape, words: &str) {
        let message = format!(
            "the type of the field `{}` has no JSON Schema: {words}",
            field.name
        );
        match &field.owner {
            Some((owner, span)) if owner.module.as_ref().is_some_and(|module| module.is_own()) => {
                let place = owner
                    .module
                    .as_ref()
                    .map(|module| crate::python::interpret::interpreter::location(module, *span));
                it.report_at(place.unwrap_or_default(), "unknown-type", message);
            }
            _ => it.report("unknown-type", message),
        }
    }

    fn field(&mut self, it: &mut Interpreter, field: &FieldShape, name: &str) -> Emitted {
        let mut schema = self.schema(it, &field.shape)?;
        for (key, value) in &field.updates {
            schema.insert(key.clone(), value.clone());
        }
        self.apply_extras(it, &field.extras, &mut schema, None);
        if self.builder.options.is_first() {
            self.wrap_reference(&mut schema);
            if !schema.contains_key("$ref") && !field.shape.holds_enumeration() {
                schema
                    .entry("title")
                    .or_insert_with(|| title_of(name, self.builder.options.pydantic).into());
            }
            return Ok(schema);
        }
        if !schema.contains_key("title") && field.shape.takes_title() {
            schema.insert(
                "title".into(),
                title_of(name, self.builder.options.pydantic).into(),
            );
        }
        if self.builder.options.pydantic < (2, 9) {
            self.wrap_reference(&mut schema);
        } else {
            self.drop_redundant(&mut schema);
        }
        Ok(schema)
    }

    /// Up to pydantic 2.8 nothing stands beside a reference.
    pub fn wrap_reference(&self, schema: &mut Map<String, Json>) {
        if self.builder.options.pydantic < (2, 9)
            && schema.len() > 1
            && let Some(target) = schema.shift_remove("$ref")
        {
            schema.insert("allOf".into(), json!([{ "$ref": target }]));
        }
    }

    /// Beside a reference, what the definition says itself is left out.
    fn drop_redundant(&self, schema: &mut Map<String, Json>) {
        let Some(target) = schema
            .get("$ref")
            .and_then(Json::as_str)
            .and_then(|text| text.strip_prefix(PREFIX))
        else {
            return;
        };
        let Some(Json::Object(definition)) = self.definitions.schemas.get(target) else {
            return;
        };
        let redundant: Vec<String> = schema
            .iter()
            .filter(|(key, value)| *key != "$ref" && definition.get(key.as_str()) == Some(value))
            .map(|(key, _)| key.clone())
            .collect();
        for key in redundant {
            schema.shift_remove(&key);
        }
    }

    /// Title, description, `additionalProperties` and `json_schema_extra` of a class.
    fn update_class(&mut self, it: &mut Interpreter, class: &Rc<ClassShape>, schema: &mut Map<String, Json>) {
        let generated = class.config.get("model_title_generator").and_then(|generator| {
            it.call(
                &generator,
                Arguments::of(vec![Value::Class(Rc::clone(&class.class))]),
            )
            .ok()?
            .as_str()
        });
        let title = class
            .config
            .text("title")
            .or(generated)
            .unwrap_or_else(|| class.name.clone());
        schema.entry("title").or_insert_with(|| title.as_str().into());
        if let Some(doc) = &class.doc {
            schema.entry("description").or_insert_with(|| doc.as_str().into());
        }
        let extra = class.config.text("extra");
        if !schema.contains_key("additionalProperties") {
            match (class.is_closed, extra.as_deref()) {
                (true, _) | (_, Some("forbid")) => {
                    schema.insert("additionalProperties".into(), false.into());
                }
                (_, Some("allow")) if !self.builder.options.is_first() => {
                    schema.insert("additionalProperties".into(), true.into());
                }
                _ => {}
            }
        }
        if let Some(extra) = class.config.get("json_schema_extra") {
            let own = Value::Class(Rc::clone(&class.class));
            let extras = match &extra {
                Value::Dict(_) => match encode::encode(it, &extra) {
                    Some(Json::Object(keys)) => vec![Extra::Keys(keys)],
                    _ => vec![],
                },
                Value::Descriptor(descriptor) => match &**descriptor {
                    crate::python::interpret::value::Descriptor::Static(inner) => {
                        vec![Extra::Call(inner.clone())]
                    }
                    _ => vec![],
                },
                other => vec![Extra::Call(other.clone())],
            };
            self.apply_extras(it, &extras, schema, Some(&own));
        }
        if class.class.get("__deprecated__").is_some() {
            schema.insert("deprecated".into(), true.into());
        }
    }

    pub(super) fn named_tuple(&mut self, it: &mut Interpreter, fields: &[FieldShape]) -> Emitted {
        if self.builder.options.is_first() {
            return self.named_fields(it, &fields.iter().collect::<Vec<_>>());
        }
        let mut items = vec![];
        let mut least = 0;
        for field in fields {
            let schema = self.field(it, field, &field.input_name)?;
            items.push(Json::Object(schema));
            least += usize::from(field.is_required);
        }
        let mut schema = typed("array");
        schema.insert("maxItems".into(), items.len().into());
        if least > 0 {
            schema.insert("minItems".into(), least.into());
        }
        if !items.is_empty() {
            schema.insert("prefixItems".into(), items.into());
        }
        Ok(schema)
    }
}
