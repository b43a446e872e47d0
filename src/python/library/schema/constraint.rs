//! Limits of values, and the types that have them
//! (<https://docs.pydantic.dev/latest/concepts/fields/#field-constraints>).

use serde_json::Value as Json;

use super::{
    encode,
    shape::{Kind, Shape},
};
use crate::python::interpret::{interpreter::Interpreter, value::Value};

/// A limit as JSON: compiled patterns by their text, decimals as numbers.
pub(super) fn limit(it: &mut Interpreter, value: &Value) -> Option<Json> {
    if let Value::Instance(instance) = value
        && instance.class.path() == "re.Pattern"
    {
        let pattern = instance.attributes.borrow().get("pattern").cloned()?;
        return encode::encode(it, &pattern);
    }
    if let Value::Instance(instance) = value
        && instance.class.inherits("decimal.Decimal")
    {
        let text = encode::encode(it, value)?;
        let number: f64 = text.as_str()?.parse().ok()?;
        return serde_json::Number::from_f64(number).map(Json::Number);
    }
    encode::encode(it, value)
}

/// A shape with one more limit, where its type has one of this name; elsewhere the limit is a key beside the schema
/// (<https://docs.pydantic.dev/latest/concepts/fields/#field-constraints>).
#[must_use]
pub fn constrain(mut shape: Shape, name: &str, value: Json) -> Shape {
    let is_length = matches!(name, "min_length" | "max_length");
    let is_numeric = matches!(name, "gt" | "ge" | "lt" | "le" | "multiple_of");
    match &mut shape.kind {
        Kind::Nullable(inner) => {
            let constrained = constrain((**inner).clone(), name, value);
            **inner = constrained;
            return shape;
        }
        Kind::Int | Kind::Float if is_numeric => {}
        Kind::Decimal if is_numeric || matches!(name, "max_digits" | "decimal_places") => {}
        Kind::Temporal(_) if is_numeric => return shape,
        Kind::Str | Kind::Bytes if is_length || name == "pattern" => {}
        Kind::List(_) | Kind::Set(_) | Kind::Tuple(..) | Kind::Dict(..) if is_length => {}
        Kind::Fixed(_) if is_length || name == "pattern" => {}
        _ if name == "pattern" => return shape,
        _ => {
            let mut inner = &shape;
            while let Kind::Function(next, _) = &inner.kind {
                inner = next;
            }
            if is_numeric && matches!(inner.kind, Kind::Temporal(_)) {
                return shape;
            }
            let is_list = matches!(inner.kind, Kind::List(_));
            let key = match (name, is_list) {
                ("min_length", true) => "minItems",
                ("max_length", true) => "maxItems",
                ("min_length", false) => "minLength",
                ("max_length", false) => "maxLength",
                _ => name,
            };
            let mut outer: Shape = Kind::Function(Box::new(shape), None).into();
            outer.updates.insert(key.into(), value);
            return outer;
        }
    }
    let value = if is_numeric { as_published(value) } else { value };
    shape.constraints.insert(name.into(), value);
    shape
}

/// A limit as FastAPI's own model of a schema holds it, which is a float: whole numbers that no float holds are rounded
/// (<https://github.com/fastapi/fastapi/blob/0.115.0/fastapi/openapi/models.py#L155>).
fn as_published(limit: Json) -> Json {
    const EXACT: i64 = 1 << f64::MANTISSA_DIGITS;
    match limit.as_i64() {
        Some(whole) if !(-EXACT..=EXACT).contains(&whole) => (whole as f64).into(),
        _ => limit,
    }
}
