//! Hooks that change a schema: `__get_pydantic_json_schema__`, `WithJsonSchema` and the like
//! (<https://docs.pydantic.dev/latest/concepts/json_schema/#implementing-__get_pydantic_json_schema__>).

use serde_json::{Map, Value as Json};

use super::{
    Mode,
    definitions::PREFIX,
    emit::{Emitted, Emitter, Stop, map_of},
    encode,
    shape::Hook,
};
use crate::python::{
    interpret::{arguments::Arguments, interpreter::Interpreter, unknown::Unknown, value::Value},
    library::natives::reflection::signature,
};

impl Emitter<'_> {
    /// The schema after a hook.
    pub(super) fn apply_hook(
        &mut self,
        it: &mut Interpreter,
        hook: &Hook,
        mut schema: Map<String, Json>,
    ) -> Emitted {
        match hook {
            Hook::Keys(keys) => {
                schema.extend(keys.clone());
                Ok(schema)
            }
            Hook::Replace(json, mode) => Ok(if mode.is_none_or(|mode| mode == self.mode()) {
                map_of(json.clone())
            } else {
                schema
            }),
            Hook::Omit => Err(Stop::Omit),
            Hook::Call(function) => self.call_hook(it, function, schema),
            Hook::Modify(function) => Ok(modified(it, function, schema)),
            Hook::Resolve => Ok(self.resolved(schema)),
        }
    }

    /// The definition that a schema refers to, with what stands beside the reference.
    fn resolved(&mut self, mut schema: Map<String, Json>) -> Map<String, Json> {
        let name = schema
            .get("$ref")
            .and_then(Json::as_str)
            .and_then(|text| text.strip_prefix(PREFIX))
            .map(str::to_owned);
        let Some(name) = name else { return schema };
        let Some(Json::Object(body)) = self.definitions.schemas.get(&name) else {
            return schema;
        };
        let mut body = body.clone();
        schema.shift_remove("$ref");
        body.extend(schema);
        self.last_resolved = Some(name);
        body
    }

    /// Calls a hook with a handler that answers with the schema so far.
    fn call_hook(&mut self, it: &mut Interpreter, function: &Value, schema: Map<String, Json>) -> Emitted {
        let target = schema
            .get("$ref")
            .and_then(Json::as_str)
            .and_then(|text| text.strip_prefix(PREFIX))
            .map(str::to_owned);
        let resolved = match &target {
            Some(name) => self
                .definitions
                .schemas
                .get(name)
                .cloned()
                .unwrap_or_else(|| Json::Object(Map::new())),
            None => Json::Object(schema.clone()),
        };
        let given = encode::decode(&Json::Object(schema.clone()));
        let resolved = if target.is_some() {
            encode::decode(&resolved)
        } else {
            given.clone()
        };
        let mode = match self.mode() {
            Mode::Validation => "validation",
            Mode::Serialization => "serialization",
        };
        let Ok(handler) = handler(it, &given, &resolved, mode) else {
            return Ok(schema);
        };
        let core = Value::dict([("type".into(), Value::text("any"))]);
        let Ok(result) = it.call(function, Arguments::of(vec![core, handler])) else {
            return Ok(schema);
        };
        if let Some(name) = target
            && let Some(changed) = encode::encode(it, &resolved)
        {
            self.definitions.schemas.insert(name, changed);
        }
        match encode::encode(it, &result) {
            Some(Json::Object(map)) => Ok(map),
            _ => {
                it.report(
                    "unknown-schema",
                    "a function that changes a JSON Schema gives none that is known".into(),
                );
                Ok(schema)
            }
        }
    }
}

/// The schema after a function changed it in place. What a function says of the field it is for is not known here.
fn modified(it: &mut Interpreter, function: &Value, schema: Map<String, Json>) -> Map<String, Json> {
    let given = encode::decode(&Json::Object(schema.clone()));
    let takes_field = match signature(it, function) {
        Ok(Some(signature)) => signature.parameters.len() > 1,
        _ => false,
    };
    let mut arguments = Arguments::of(vec![given.clone()]);
    if takes_field {
        arguments
            .keywords
            .push(("field".into(), Unknown::instance("field")));
    }
    let result = it.call(function, arguments);
    match result.ok().and_then(|_| encode::encode(it, &given)) {
        Some(Json::Object(map)) => map,
        _ => {
            it.report(
                "unknown-schema",
                "a function that changes a JSON Schema gives none that is known".into(),
            );
            schema
        }
    }
}

fn handler(it: &mut Interpreter, given: &Value, resolved: &Value, mode: &str) -> Result<Value, ()> {
    let module = it.import_module("pydantic.annotated_handlers").map_err(|_| ())?;
    let class = it.attribute(&module, "_JsonHandler").map_err(|_| ())?;
    it.call(
        &class,
        Arguments::of(vec![given.clone(), resolved.clone(), Value::text(mode)]),
    )
    .map_err(|_| ())
}
