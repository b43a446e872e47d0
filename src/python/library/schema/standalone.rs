//! The schema of one type with its definitions inside: `model_json_schema` and `TypeAdapter.json_schema`.

use serde_json::{Map, Value as Json};

use super::{
    Mode,
    build::{Builder, Options},
    definitions::{PREFIX, rename},
    emit::Emitter,
};
use crate::python::interpret::{interpreter::Interpreter, value::Value};

/// The schema of a type. `template` says where definitions stand, with `{model}` for the name.
pub fn schema(it: &mut Interpreter, annotation: &Value, mode: Mode, template: &str) -> Option<Json> {
    let mut builder = Builder::new(Options {
        bytes_as_media_type: false,
        ..Options::default()
    });
    let shape = builder.of(it, annotation);
    let mut emitter = Emitter::new(&builder);
    emitter.mode = mode;
    let mut top = Json::Object(emitter.schema(it, &shape).ok()?);
    let (mut definitions, names) = emitter.definitions.finish(builder.options.renames_once);
    let refs = names
        .iter()
        .map(|(long, short)| (format!("{PREFIX}{long}"), format!("{PREFIX}{short}")))
        .collect();
    rename(&mut top, &refs);
    // A definition that nothing else refers to stands in place.
    if let Some(name) = top
        .get("$ref")
        .and_then(Json::as_str)
        .and_then(|text| text.strip_prefix(PREFIX))
        .map(str::to_owned)
        && !definitions.values().any(|definition| mentions(definition, &name))
        && let Some(body) = definitions.shift_remove(&name)
    {
        top = body;
    }
    let targets = definitions
        .keys()
        .map(|name| (format!("{PREFIX}{name}"), template.replace("{model}", name)))
        .collect();
    let mut defs: Map<String, Json> = definitions.into_iter().collect();
    rename(&mut top, &targets);
    defs.values_mut()
        .for_each(|definition| rename(definition, &targets));
    if let Json::Object(map) = &mut top
        && !defs.is_empty()
    {
        map.insert("$defs".into(), Json::Object(defs));
    }
    Some(top)
}

fn mentions(schema: &Json, name: &str) -> bool {
    match schema {
        Json::String(text) => text.strip_prefix(PREFIX) == Some(name),
        Json::Array(items) => items.iter().any(|item| mentions(item, name)),
        Json::Object(map) => map.values().any(|value| mentions(value, name)),
        _ => false,
    }
}
