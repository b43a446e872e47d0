//! Containers and unions, written as JSON Schema.

use serde_json::{Map, Value as Json, json};

use super::{
    emit::{Emitted, Emitter, Stop, any_of, map_of, typed},
    shape::Shape,
};
use crate::python::interpret::interpreter::Interpreter;

impl Emitter<'_> {
    pub(super) fn array(&mut self, it: &mut Interpreter, items: Option<&Shape>) -> Emitted {
        let items = match items {
            Some(items) => self.schema(it, items)?,
            None => Map::new(),
        };
        Ok(map_of(json!({ "type": "array", "items": items })))
    }

    pub(super) fn tuple(
        &mut self,
        it: &mut Interpreter,
        items: &[Shape],
        variadic: Option<usize>,
    ) -> Emitted {
        let mut map = typed("array");
        let is_first = self.builder.options.is_first();
        let Some(repeated) = variadic else {
            let items = items
                .iter()
                .map(|item| self.schema(it, item).map(Json::Object))
                .collect::<Result<Vec<_>, _>>()?;
            let count = items.len();
            if count > 0 {
                let key = if is_first { "items" } else { "prefixItems" };
                map.insert(key.into(), items.into());
            }
            map.insert("minItems".into(), count.into());
            map.insert("maxItems".into(), count.into());
            return Ok(map);
        };
        if repeated > 0 {
            let first = items[..repeated]
                .iter()
                .map(|item| self.schema(it, item).map(Json::Object))
                .collect::<Result<Vec<_>, _>>()?;
            map.insert("minItems".into(), repeated.into());
            map.insert("prefixItems".into(), first.into());
        }
        if repeated + 1 == items.len() {
            let rest = self.schema(it, &items[repeated])?;
            map.insert("items".into(), rest.into());
        } else {
            map.insert("items".into(), true.into());
        }
        Ok(map)
    }

    pub(super) fn mapping(
        &mut self,
        it: &mut Interpreter,
        keys: Option<&Shape>,
        values: Option<&Shape>,
    ) -> Emitted {
        let mut map = typed("object");
        let mut keys = match keys {
            Some(keys) => self.schema(it, keys)?,
            None => Map::new(),
        };
        let pattern = if keys.contains_key("$ref") {
            None
        } else {
            keys.shift_remove("pattern")
        };
        if !keys.contains_key("$ref") {
            keys.shift_remove("title");
        }
        let mut values = match values {
            Some(values) => self.schema(it, values)?,
            None => Map::new(),
        };
        values.shift_remove("title");
        match pattern.as_ref().and_then(Json::as_str) {
            Some(pattern) => {
                map.insert("patternProperties".into(), json!({ pattern: values }));
            }
            None if values.is_empty() => {
                if self.builder.options.open_dictionaries {
                    map.insert("additionalProperties".into(), true.into());
                }
            }
            None => {
                map.insert("additionalProperties".into(), values.into());
            }
        }
        let is_limited = keys.get("type") == Some(&"string".into()) && keys.len() > 1;
        if (is_limited || keys.contains_key("$ref")) && self.builder.options.pydantic >= (2, 10) {
            keys.shift_remove("type");
            map.insert("propertyNames".into(), keys.into());
        }
        Ok(map)
    }

    pub(super) fn union(&mut self, it: &mut Interpreter, members: &[Shape]) -> Emitted {
        let mut generated = vec![];
        for member in members {
            if let Ok(schema) = self.schema(it, member) {
                generated.push(Json::Object(schema));
            }
        }
        if generated.is_empty() {
            return Err(Stop::Invalid("a union of which no member has a schema".into()));
        }
        Ok(match generated.len() {
            1 => map_of(generated.remove(0)),
            _ => any_of(generated),
        })
    }
}
