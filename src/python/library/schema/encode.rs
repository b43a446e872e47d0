//! Values as JSON, as pydantic encodes defaults and examples
//! (<https://docs.pydantic.dev/latest/concepts/serialization/>).

use ecow::EcoString;
use serde_json::{Map, Number, Value as Json};

use crate::python::{
    interpret::{
        arguments::Arguments,
        comparison::is_open,
        interpreter::Interpreter,
        repr,
        value::{InstanceObject, Value},
    },
    library::natives::{documents::from_json, models},
};

/// How deep values may nest.
const DEPTH: usize = 40;

/// A value as JSON; absent when it is not known or has no JSON.
pub fn encode(it: &mut Interpreter, value: &Value) -> Option<Json> {
    encode_at(it, value, 0)
}

/// JSON as a value of the program.
#[must_use]
pub fn decode(json: &Json) -> Value {
    from_json(json)
}

fn encode_at(it: &mut Interpreter, value: &Value, depth: usize) -> Option<Json> {
    if depth > DEPTH {
        return None;
    }
    match value {
        Value::None => Some(Json::Null),
        Value::Bool(flag) => Some(Json::Bool(*flag)),
        Value::Int(number) => Some(Json::from(*number)),
        Value::Float(number) => Some(Number::from_f64(*number).map_or(Json::Null, Json::Number)),
        Value::Str(text) => Some(Json::String(text.to_string())),
        Value::Bytes(bytes) => Some(Json::String(String::from_utf8_lossy(bytes).into_owned())),
        // What else they hold is not known.
        collection if is_open(collection) => None,
        Value::List(items) => {
            let items = items.borrow().clone();
            array(it, &items, depth)
        }
        Value::Tuple(items) => array(it, items, depth),
        Value::Set(entries) => {
            let items: Vec<Value> = entries.borrow().values().map(|(key, _)| key.clone()).collect();
            let mut encoded = array(it, &items, depth)?;
            if let Json::Array(items) = &mut encoded {
                sort(items);
            }
            Some(encoded)
        }
        Value::Dict(entries) => {
            let entries = entries.borrow().clone();
            object(
                it,
                entries.values().map(|(key, value)| (key.clone(), value.clone())),
                depth,
            )
        }
        Value::Iterator(iterator) => {
            let items = iterator.items.borrow().clone();
            array(it, &items, depth)
        }
        Value::Instance(instance) => instance_json(it, value, instance, depth),
        _ => None,
    }
}

fn array(it: &mut Interpreter, items: &[Value], depth: usize) -> Option<Json> {
    items
        .iter()
        .map(|item| encode_at(it, item, depth + 1))
        .collect::<Option<Vec<_>>>()
        .map(Json::Array)
}

fn object(it: &mut Interpreter, entries: impl Iterator<Item = (Value, Value)>, depth: usize) -> Option<Json> {
    let mut map = Map::new();
    for (key, value) in entries {
        let key = match encode_at(it, &key, depth + 1)? {
            Json::String(text) => text,
            Json::Null => "None".to_owned(),
            other => other.to_string(),
        };
        map.insert(key, encode_at(it, &value, depth + 1)?);
    }
    Some(Json::Object(map))
}

/// Sets have no order of their own: pydantic sorts them where it can.
fn sort(items: &mut [Json]) {
    if items.iter().all(Json::is_string) {
        items.sort_by(|a, b| a.as_str().cmp(&b.as_str()));
    } else if items.iter().all(Json::is_number) {
        items.sort_by(|a, b| {
            a.as_f64()
                .partial_cmp(&b.as_f64())
                .unwrap_or(std::cmp::Ordering::Equal)
        });
    }
}

fn instance_json(
    it: &mut Interpreter,
    value: &Value,
    instance: &InstanceObject,
    depth: usize,
) -> Option<Json> {
    let own = instance.attributes.borrow().get("_value_").cloned();
    if let Some(own) = own {
        return encode_at(it, &own, depth + 1);
    }
    let class = &instance.class;
    let base = instance.base.borrow().clone();
    if let Some(base) = base {
        return encode_at(it, &base, depth + 1);
    }
    if class.inherits("pydantic.BaseModel") {
        return model_json(it, instance, depth);
    }
    if class.mro().any(|ancestor| ancestor.dataclass.get().is_some()) {
        let attributes = instance.attributes.borrow().clone();
        return object(
            it,
            attributes
                .into_iter()
                .map(|(name, value)| (Value::Str(name), value)),
            depth,
        );
    }
    if class.inherits("pydantic.types.SecretStr") {
        let secret = instance
            .attributes
            .borrow()
            .get("_secret_value")
            .and_then(Value::as_str);
        return Some(Json::String(
            if secret.is_some_and(|secret| secret.is_empty()) {
                ""
            } else {
                "**********"
            }
            .into(),
        ));
    }
    if class.inherits("datetime.timedelta") {
        return duration(it, value);
    }
    if class.inherits("re.Pattern") {
        let pattern = it.attribute(value, "pattern").ok()?;
        return encode_at(it, &pattern, depth + 1);
    }
    for method in ["isoformat", "as_posix"] {
        if class.get(method).is_some() {
            return it
                .call_method(value, method, Arguments::default())
                .ok()?
                .as_str()
                .map(|text| match text.strip_suffix("+00:00") {
                    Some(local) => Json::String(format!("{local}Z")),
                    None => Json::String(text.into()),
                });
        }
    }
    let is_text = [
        "uuid.UUID",
        "decimal.Decimal",
        "pathlib.PurePath",
        "ipaddress._Address",
        "pydantic.types.AnyUrl",
    ]
    .iter()
    .any(|path| class.inherits(path));
    if !is_text {
        return None;
    }
    let pieces = it.text_pieces(value).ok()?;
    let text = crate::python::interpret::unknown::Unknown::text(pieces);
    text.as_str().map(|text| Json::String(text.to_string()))
}

/// A model as it would be sent, by alias.
fn model_json(it: &mut Interpreter, instance: &InstanceObject, depth: usize) -> Option<Json> {
    let fields = models::fields(it, &instance.class);
    let root = instance.attributes.borrow().get("root").cloned();
    if instance.class.inherits("pydantic.RootModel") {
        return encode_at(it, &root?, depth + 1);
    }
    let attributes = instance.attributes.borrow().clone();
    let mut builder_fields = super::collection::collect(it, &instance.class, &[]);
    // Pydantic 1 writes a default by the names of its fields.
    let by_alias = it.project.release("pydantic").0 != 1;
    let mut map = Map::new();
    for field in fields {
        let Some(value) = attributes.get(&field.name) else {
            continue;
        };
        let info = builder_fields.iter_mut().find(|known| known.name == field.name);
        if info.as_ref().is_some_and(|info| info.is_excluded(it)) {
            continue;
        }
        let name = match info {
            Some(info) if by_alias => info.output_name(),
            _ => field.name.clone(),
        };
        map.insert(name.to_string(), encode_at(it, value, depth + 1)?);
    }
    Some(Json::Object(map))
}

/// The seconds of a timedelta.
pub fn seconds(it: &mut Interpreter, value: &Value) -> Option<f64> {
    match value {
        Value::Instance(instance) if instance.class.inherits("datetime.timedelta") => {}
        _ => return None,
    }
    let seconds = it
        .call_method(value, "total_seconds", Arguments::default())
        .ok()?;
    match seconds {
        Value::Int(number) => Some(number as f64),
        Value::Float(number) => Some(number),
        _ => None,
    }
}

/// A timedelta as ISO 8601 writes it: `PT5M`, `P1DT2H`.
fn duration(it: &mut Interpreter, value: &Value) -> Option<Json> {
    let total = seconds(it, value)?;
    let sign = if total < 0.0 { "-" } else { "" };
    let total = total.abs();
    let whole = total.trunc() as i64;
    let (days, rest) = (whole / 86_400, whole % 86_400);
    let (hours, minutes, seconds) = (rest / 3600, rest % 3600 / 60, rest % 60);
    let fraction = total.fract();
    let mut text = format!("{sign}P");
    let (years, days) = (days / 365, days % 365);
    // Up to pydantic 2.6 all below a day is seconds.
    let (hours, minutes, seconds) = match it.project.release("pydantic") < (2, 7, 0) {
        true => (0, 0, rest),
        false => (hours, minutes, seconds),
    };
    if years > 0 {
        text.push_str(&format!("{years}Y"));
    }
    if days > 0 {
        text.push_str(&format!("{days}D"));
    }
    if rest > 0 || fraction > 0.0 || (years == 0 && days == 0) {
        text.push('T');
        if hours > 0 {
            text.push_str(&format!("{hours}H"));
        }
        if minutes > 0 {
            text.push_str(&format!("{minutes}M"));
        }
        if fraction > 0.0 {
            let digits = format!("{fraction:.6}");
            text.push_str(&format!("{seconds}{}S", digits[1..].trim_end_matches('0')));
        } else if seconds > 0 || (rest == 0 && years == 0 && days == 0) {
            text.push_str(&format!("{seconds}S"));
        }
    }
    Some(Json::String(text))
}

/// The words of a value in a title or message.
#[must_use]
pub fn words(value: &Value) -> EcoString {
    repr::repr(value)
}
