//! Documents in text: JSON, TOML and YAML.

use serde_json::{Serializer, Value as Json};

use crate::{
    python::{
        interpret::{
            arguments::Arguments,
            flow::Eval,
            interpreter::Interpreter,
            unknown::Unknown,
            value::{NativeCall, NativeObject, Value},
        },
        library::schema::encode::encode,
    },
    source::yaml,
};

/// The functions of this file by name.
pub const FUNCTIONS: &[(&str, NativeCall)] = &[
    ("parse_json", |it, _, arguments| {
        read(it, &arguments, |text| serde_json::from_str(text).ok())
    }),
    ("parse_toml", |it, _, arguments| {
        read(it, &arguments, |text| toml::from_str(text).ok())
    }),
    ("parse_yaml", |it, _, arguments| {
        read(it, &arguments, |text| yaml::parse(text, yaml::Rules::First).ok())
    }),
    ("write_json", write_json),
];

fn read(it: &mut Interpreter, arguments: &Arguments, parse: fn(&str) -> Option<Json>) -> Eval<Value> {
    let text = arguments.at(0).as_str().unwrap_or_default();
    it.charge(text.len() / 64)?;
    Ok(parse(&text).map_or_else(Unknown::nothing, |document| from_json(&document)))
}

/// A JSON document as a value of the program.
#[must_use]
pub fn from_json(json: &Json) -> Value {
    match json {
        Json::Null => Value::None,
        Json::Bool(flag) => Value::Bool(*flag),
        Json::Number(number) => match number.as_i64() {
            Some(number) => Value::Int(number),
            None => Value::Float(number.as_f64().unwrap_or_default()),
        },
        Json::String(text) => Value::text(text.as_str()),
        Json::Array(items) => Value::list(items.iter().map(from_json).collect()),
        Json::Object(entries) => Value::dict(
            entries
                .iter()
                .map(|(key, value)| (key.as_str().into(), from_json(value))),
        ),
    }
}

/// `write_json(value, indent, is_sorted, is_ascii)`: the text that `json.dumps` makes
/// (<https://docs.python.org/3/library/json.html#json.dumps>); unknown where the value is.
fn write_json(it: &mut Interpreter, _: &NativeObject, arguments: Arguments) -> Eval<Value> {
    let is_set = |index| matches!(arguments.at(index), Value::Bool(true));
    let Some(mut json) = encode(it, &arguments.at(0)) else {
        return Ok(Unknown::instance("json.dumps"));
    };
    if is_set(2) {
        json.sort_all_objects();
    }
    let indent = match arguments.at(1) {
        Value::None => None,
        Value::Str(text) => Some(text.as_bytes().to_vec()),
        other => Some(vec![
            b' ';
            other.as_int().map_or(0, |width| width.clamp(0, 16)) as usize
        ]),
    };
    let mut text = vec![];
    let written = match &indent {
        Some(indent) => {
            let formatter = serde_json::ser::PrettyFormatter::with_indent(indent);
            serde::Serialize::serialize(&json, &mut Serializer::with_formatter(&mut text, formatter))
        }
        None => serde::Serialize::serialize(&json, &mut Serializer::with_formatter(&mut text, OneLine)),
    };
    it.charge(text.len() / 64)?;
    Ok(match (written, String::from_utf8(text)) {
        (Ok(()), Ok(text)) => Value::text(if is_set(3) { escaped(&text) } else { text }),
        _ => Unknown::instance("json.dumps"),
    })
}

/// A blank after each comma and colon.
struct OneLine;

impl serde_json::ser::Formatter for OneLine {
    fn begin_array_value<W: ?Sized + std::io::Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> std::io::Result<()> {
        writer.write_all(if first { b"" } else { b", " })
    }

    fn begin_object_key<W: ?Sized + std::io::Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> std::io::Result<()> {
        writer.write_all(if first { b"" } else { b", " })
    }

    fn begin_object_value<W: ?Sized + std::io::Write>(&mut self, writer: &mut W) -> std::io::Result<()> {
        writer.write_all(b": ")
    }
}

/// Without letters outside of ASCII, which stand in strings only.
fn escaped(text: &str) -> String {
    let mut ascii = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_ascii() {
            ascii.push(letter);
            continue;
        }
        let mut units = [0; 2];
        for unit in letter.encode_utf16(&mut units) {
            ascii.push_str(&format!("\\u{unit:04x}"));
        }
    }
    ascii
}
