//! Security schemes and requirements as OpenAPI publishes them
//! (<https://spec.openapis.org/oas/v3.1.0#security-requirement-object>).

use serde_json::{Map, Value as Json};

use super::contract::drop_nulls;
use super::dependant::{Dependant, security_scheme};
use crate::python::{
    interpret::{interpreter::Interpreter, repr, value::Value},
    library::schema,
};

/// Scheme names with the scopes they ask for.
pub type Requirements = Vec<(String, Vec<String>)>;

/// Definitions of schemes by name.
pub type Schemes = Vec<(String, Json)>;

/// Since this version one scheme reached twice is one requirement (<https://github.com/fastapi/fastapi/pull/14455>).
const MERGED_SINCE: crate::python::project::Release = (0, 123, 7);

/// The requirements of an operation and the definitions of the schemes. The scopes of a scheme are merged, by versions that do so.
pub fn requirements(it: &mut Interpreter, root: &Dependant) -> (Requirements, Schemes) {
    let mut requirements: Vec<(String, Vec<String>)> = vec![];
    let mut definitions: Vec<(String, Json)> = vec![];
    let merges = super::version::fastapi(it) >= MERGED_SINCE;
    for (dependant, scopes) in root.flat().into_iter().skip(1) {
        let Some(scheme) = security_scheme(&dependant.call) else {
            continue;
        };
        let Some((name, definition)) = definition(it, &scheme) else {
            continue;
        };
        let known = requirements
            .iter()
            .position(|(known, _)| *known == name)
            .filter(|_| merges);
        let index = known.unwrap_or_else(|| {
            requirements.push((name.clone(), vec![]));
            requirements.len() - 1
        });
        for scope in scopes {
            if !requirements[index].1.contains(&scope) {
                requirements[index].1.push(scope);
            }
        }
        definitions.retain(|(known, _)| *known != name);
        definitions.push((name, definition));
    }
    (requirements, definitions)
}

/// The name and OpenAPI definition of a security scheme.
pub fn definition(it: &mut Interpreter, scheme: &Value) -> Option<(String, Json)> {
    let name = it
        .get_attribute(scheme, "scheme_name")
        .ok()
        .flatten()?
        .as_str()?
        .to_string();
    let model = it.get_attribute(scheme, "model").ok().flatten()?;
    Some((name, encode(it, &model)))
}

/// A value as JSON, entries that are `None` left out, as `jsonable_encoder(…, exclude_none=True)` does.
pub fn encode(it: &mut Interpreter, value: &Value) -> Json {
    match value {
        Value::None => Json::Null,
        Value::Bool(flag) => Json::Bool(*flag),
        Value::Int(number) => Json::from(*number),
        Value::Float(number) => serde_json::Number::from_f64(*number).map_or(Json::Null, Json::Number),
        Value::Str(text) => Json::String(text.to_string()),
        Value::List(items) => {
            let items = items.borrow().clone();
            Json::Array(items.iter().map(|item| encode(it, item)).collect())
        }
        Value::Tuple(items) => Json::Array(items.iter().map(|item| encode(it, item)).collect()),
        Value::Set(entries) => {
            let items: Vec<Value> = entries.borrow().values().map(|(key, _)| key.clone()).collect();
            Json::Array(items.iter().map(|item| encode(it, item)).collect())
        }
        Value::Dict(entries) => {
            let entries = entries.borrow().clone();
            let mut object = Map::new();
            for (key, value) in entries.values() {
                if value.is_none() {
                    continue;
                }
                object.insert(repr::display(&key.unboxed()).to_string(), encode(it, value));
            }
            Json::Object(object)
        }
        Value::Instance(instance) => {
            if let Some(value) = instance.attributes.borrow().get("_value_").cloned() {
                return encode(it, &value);
            }
            if let Some(base) = instance.base.borrow().clone() {
                return encode(it, &base);
            }
            if instance.class.inherits("pydantic.BaseModel")
                && let Some(mut json) = schema::encode::encode(it, value)
            {
                drop_nulls(&mut json);
                return json;
            }
            if instance.class.inherits("pydantic.BaseModel")
                || instance.class.mro().any(|c| c.dataclass.get().is_some())
            {
                let attributes = instance.attributes.borrow().clone();
                let mut object = Map::new();
                for (name, value) in attributes.iter().filter(|(_, value)| !value.is_none()) {
                    object.insert(name.to_string(), encode(it, value));
                }
                return Json::Object(object);
            }
            match it.text_pieces(value) {
                Ok(pieces) => Json::String(
                    repr::display(&crate::python::interpret::unknown::Unknown::text(pieces)).to_string(),
                ),
                Err(_) => Json::Null,
            }
        }
        other => Json::String(repr::display(other).to_string()),
    }
}
