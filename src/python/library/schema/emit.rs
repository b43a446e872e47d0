//! Shapes written as JSON Schema (draft 2020-12, <https://json-schema.org/draft/2020-12>).

use ecow::EcoString;
use rustc_hash::FxHashSet;
use serde_json::{Map, Value as Json, json};

use super::{
    Mode,
    build::Builder,
    config::Config,
    definitions::{Definitions, distinct, reference},
    encode,
    shape::{Hook, Kind, Shape},
};
use crate::python::interpret::{arguments::Arguments, interpreter::Interpreter, value::Value};

/// Why a shape has no schema.
#[derive(Debug)]
pub enum Stop {
    /// It is left out on purpose (`SkipJsonSchema`).
    Omit,
    /// It has none, in words.
    Invalid(EcoString),
}

/// A schema, or why there is none.
pub type Emitted = Result<Map<String, Json>, Stop>;

/// Writes shapes and keeps the definitions they refer to.
pub struct Emitter<'a> {
    /// Where shapes of definitions stand.
    pub builder: &'a Builder,
    /// The definitions so far.
    pub definitions: Definitions,
    /// What is written.
    pub mode: Mode,
    /// Configurations of the classes around, outermost first.
    pub configs: Vec<Config>,
    under_way: FxHashSet<String>,
    /// The definition that was put in place last.
    pub(super) last_resolved: Option<String>,
}

impl<'a> Emitter<'a> {
    /// An emitter over the definitions of a builder.
    #[must_use]
    pub fn new(builder: &'a Builder) -> Self {
        Self {
            builder,
            definitions: Definitions::default(),
            mode: Mode::Validation,
            configs: vec![],
            under_way: FxHashSet::default(),
            last_resolved: None,
        }
    }

    /// The mode that counts here: a class may fix it (`json_schema_mode_override`).
    #[must_use]
    pub fn mode(&self) -> Mode {
        match self.config_text("json_schema_mode_override").as_deref() {
            Some("validation") => Mode::Validation,
            Some("serialization") => Mode::Serialization,
            _ => self.mode,
        }
    }

    pub(super) fn config_text(&self, key: &str) -> Option<EcoString> {
        self.configs.last().and_then(|config| config.text(key))
    }

    /// The schema of a shape; one with a definition of its own becomes a reference to it.
    ///
    /// # Errors
    /// [`Stop`] when it has none.
    pub fn schema(&mut self, it: &mut Interpreter, shape: &Shape) -> Emitted {
        let name = shape
            .reference
            .as_ref()
            .map(|reference| self.definitions.name(reference, self.mode()));
        if let Some(name) = &name
            && (self.definitions.schemas.contains_key(name) || self.under_way.contains(name))
        {
            return Ok(reference(name));
        }
        if let Some(name) = &name {
            self.under_way.insert(name.clone());
        }
        let result = self.with_hooks(it, shape);
        let Some(name) = name else { return result };
        self.under_way.remove(&name);
        let schema = result?;
        let own = reference(&name);
        if schema.get("$ref") != own.get("$ref") {
            self.definitions.schemas.insert(name, Json::Object(schema));
        }
        Ok(own)
    }

    fn with_hooks(&mut self, it: &mut Interpreter, shape: &Shape) -> Emitted {
        let replaces = |hook: &&super::shape::Hook| {
            matches!(hook, super::shape::Hook::Replace(..) | super::shape::Hook::Omit)
        };
        // A replacement needs no schema beneath it, and often there is none.
        let is_replaced = shape.outer_hooks.iter().any(|hook| match hook {
            super::shape::Hook::Replace(_, mode) => mode.is_none_or(|mode| mode == self.mode()),
            hook => replaces(&hook),
        });
        let mut schema = match self.plain(it, shape) {
            Ok(schema) => schema,
            Err(_) if is_replaced => Map::new(),
            Err(Stop::Invalid(_))
                if shape
                    .hooks
                    .iter()
                    .chain(&shape.outer_hooks)
                    .any(|h| matches!(h, super::shape::Hook::Call(_))) =>
            {
                Map::new()
            }
            Err(stop) => return Err(stop),
        };
        for (key, value) in &shape.updates {
            schema.insert(key.clone(), value.clone());
        }
        self.apply_extras(it, &shape.extras, &mut schema, None);
        for hook in shape.hooks.iter().chain(&shape.outer_hooks) {
            schema = self.apply_hook(it, hook, schema)?;
        }
        Ok(schema)
    }

    /// Applies `json_schema_extra`.
    pub fn apply_extras(
        &mut self,
        it: &mut Interpreter,
        extras: &[super::shape::Extra],
        schema: &mut Map<String, Json>,
        class: Option<&Value>,
    ) {
        for extra in extras {
            match extra {
                super::shape::Extra::Keys(keys) => {
                    for (key, value) in keys {
                        schema.insert(key.clone(), value.clone());
                    }
                }
                super::shape::Extra::Call(function) => {
                    let dict = encode::decode(&Json::Object(schema.clone()));
                    let takes_class = crate::python::library::natives::reflection::signature(it, function)
                        .ok()
                        .flatten()
                        .is_some_and(|signature| signature.parameters.len() > 1);
                    let mut arguments = vec![dict.clone()];
                    arguments.extend(class.filter(|_| takes_class).cloned());
                    if it.call(function, Arguments::of(arguments)).is_ok()
                        && let Some(Json::Object(changed)) = encode::encode(it, &dict)
                    {
                        *schema = changed;
                    }
                }
            }
        }
    }

    fn plain(&mut self, it: &mut Interpreter, shape: &Shape) -> Emitted {
        if self.mode() == Mode::Serialization
            && let Some(serializer) = &shape.serializer
            && let Some(returns) = &serializer.returns
        {
            let schema = self.schema(it, returns)?;
            if serializer.unless_none && shape.is_nullable() {
                return Ok(any_of(vec![json!({ "type": "null" }), Json::Object(schema)]));
            }
            return Ok(schema);
        }
        self.kind(it, shape)
    }

    fn kind(&mut self, it: &mut Interpreter, shape: &Shape) -> Emitted {
        let constraints = &shape.constraints;
        let mut schema = match &shape.kind {
            Kind::Any => Map::new(),
            Kind::Null => typed("null"),
            Kind::Bool => typed("boolean"),
            Kind::Int => with(typed("integer"), constraints, NUMERIC),
            Kind::Float => with(typed("number"), constraints, NUMERIC),
            Kind::Str => self.text(constraints),
            Kind::Bytes => with(self.bytes(), constraints, TEXT),
            Kind::Decimal => self.decimal(constraints),
            Kind::Temporal(format) => self.temporal(format),
            Kind::Fixed(map) => with(map.clone(), constraints, TEXT),
            Kind::Literal(values) => self.literal(values),
            Kind::Enum { values, updates } => self.enumeration(values, updates),
            Kind::List(items) => with(self.array(it, items.as_deref())?, constraints, ARRAY),
            Kind::Set(items) => {
                let mut map = self.array(it, items.as_deref())?;
                map.insert("uniqueItems".into(), true.into());
                with(map, constraints, ARRAY)
            }
            Kind::Tuple(items, variadic) => with(self.tuple(it, items, *variadic)?, constraints, ARRAY),
            Kind::Dict(keys, values) => with(
                self.mapping(it, keys.as_deref(), values.as_deref())?,
                constraints,
                OBJECT,
            ),
            Kind::Nullable(inner) => {
                let inner = Json::Object(self.schema(it, inner)?);
                let null = json!({ "type": "null" });
                if self.builder.options.is_first() {
                    map_of(inner)
                } else if inner == null {
                    typed("null")
                } else {
                    any_of(vec![inner, null])
                }
            }
            Kind::Union(members) => self.union(it, members)?,
            Kind::Tagged(name, members) => self.tagged(it, name.as_ref(), members)?,
            Kind::Default(inner, default) => self.with_default(it, inner, default.as_ref())?,
            Kind::Function(inner, input) => match input {
                Some(input) if self.mode() == Mode::Validation => self.schema(it, input)?,
                _ => self.schema(it, inner)?,
            },
            Kind::Plain(input) => match input {
                Some(input) if self.mode() == Mode::Validation => self.schema(it, input)?,
                _ => return Err(Stop::Invalid("a function that validates alone".into())),
            },
            Kind::ByMode(validation, serialization) => match self.mode() {
                Mode::Validation => self.schema(it, validation)?,
                Mode::Serialization => self.schema(it, serialization)?,
            },
            Kind::JsonText(inner) => {
                let content = self.schema(it, inner)?;
                if self.builder.options.is_first() {
                    let is_any = matches!(inner.kind, Kind::Any);
                    let text = || map_of(json!({ "type": "string", "format": "json-string" }));
                    return Ok(if is_any { text() } else { content });
                }
                match self.mode() {
                    Mode::Serialization => content,
                    Mode::Validation => map_of(json!({
                        "type": "string", "contentMediaType": "application/json", "contentSchema": content,
                    })),
                }
            }
            Kind::Class(class) => self.class(it, class)?,
            Kind::NamedTuple(fields) => self.named_tuple(it, fields)?,
            Kind::Reference(name) => self.definition(it, name)?,
            Kind::Alias(inner) => self.schema(it, inner)?,
            Kind::Invalid(words) => return Err(Stop::Invalid(words.clone())),
        };
        if let Some(Json::Object(added)) = constraints.get("\u{0}added") {
            schema.extend(added.clone());
        }
        Ok(schema)
    }

    fn definition(&mut self, it: &mut Interpreter, core: &EcoString) -> Emitted {
        let name = self.definitions.name(core, self.mode());
        if !self.definitions.schemas.contains_key(&name)
            && !self.under_way.contains(&name)
            && let Some(shape) = self.builder.definitions.get(core).cloned()
        {
            let configs = std::mem::take(&mut self.configs);
            let result = self.schema(it, &shape);
            self.configs = configs;
            result?;
        }
        Ok(reference(&name))
    }

    fn with_default(&mut self, it: &mut Interpreter, inner: &Shape, default: Option<&Value>) -> Emitted {
        self.last_resolved = None;
        let mut map = self.schema(it, inner)?;
        let shared = self
            .last_resolved
            .take()
            .filter(|_| inner.hooks.iter().any(|hook| matches!(hook, Hook::Resolve)));
        let Some(default) = default.filter(|default| !(default.is_none() && self.builder.options.is_first()))
        else {
            return Ok(map);
        };
        let mut default = default.clone();
        if self.mode() == Mode::Serialization
            && self.builder.options.pydantic >= (2, 8)
            && let Some(function) =
                plain_function(inner, default.is_none(), self.builder.options.pydantic >= (2, 12))
        {
            match it.call(&function, Arguments::of(vec![default.clone()])) {
                Ok(sent) => default = sent,
                Err(_) => return Ok(map),
            }
        }
        if let Some(mut encoded) = encode::encode(it, &default) {
            if self.builder.options.is_first() && inner.is_decimal() {
                let number = encoded.as_str().and_then(|text| text.parse().ok());
                encoded = number
                    .and_then(serde_json::Number::from_f64)
                    .map_or(encoded, Json::Number);
            }
            if map.get("type").is_some_and(|kind| kind == "number")
                && let Some(seconds) = encode::seconds(it, &default)
            {
                encoded = seconds.into();
            }
            // pydantic writes the default into the definition itself, which is the same object.
            if let Some(Json::Object(definition)) =
                shared.and_then(|name| self.definitions.schemas.get_mut(&name))
            {
                definition.insert("default".into(), encoded.clone());
            }
            map.insert("default".into(), encoded);
        } else if default.is_unknown() {
            it.report(
                "unknown-default",
                format!(
                    "a default that is not known is left out of a schema: {}",
                    encode::words(&default)
                ),
            );
        }
        Ok(map)
    }
}

/// The function that sends a value in place of it, as far as it can be applied to a default.
fn plain_function(shape: &Shape, is_none: bool, looks_inside: bool) -> Option<Value> {
    if let (None, true, Kind::Function(inner, _)) = (&shape.serializer, looks_inside, &shape.kind) {
        return plain_function(inner, is_none, looks_inside);
    }
    let serializer = shape.serializer.as_ref()?;
    serializer
        .function
        .clone()
        .filter(|_| !(is_none && serializer.unless_none))
}

pub(super) const NUMERIC: &[(&str, &str)] = &[
    ("multiple_of", "multipleOf"),
    ("le", "maximum"),
    ("ge", "minimum"),
    ("lt", "exclusiveMaximum"),
    ("gt", "exclusiveMinimum"),
];
pub(super) const TEXT: &[(&str, &str)] = &[
    ("min_length", "minLength"),
    ("max_length", "maxLength"),
    ("pattern", "pattern"),
];
const ARRAY: &[(&str, &str)] = &[("min_length", "minItems"), ("max_length", "maxItems")];
const OBJECT: &[(&str, &str)] = &[("min_length", "minProperties"), ("max_length", "maxProperties")];

pub(super) fn with(
    mut map: Map<String, Json>,
    constraints: &Map<String, Json>,
    names: &[(&str, &str)],
) -> Map<String, Json> {
    for (name, key) in names {
        if let Some(value) = constraints.get(*name).filter(|value| !value.is_null()) {
            map.insert((*key).into(), value.clone());
        }
    }
    map
}

/// A map of one type.
#[must_use]
pub fn typed(kind: &str) -> Map<String, Json> {
    let mut map = Map::new();
    map.insert("type".into(), kind.into());
    map
}

/// The entries of a JSON object.
#[must_use]
pub fn map_of(json: Json) -> Map<String, Json> {
    match json {
        Json::Object(map) => map,
        _ => Map::new(),
    }
}

/// `anyOf` with nested ones flattened and repeats dropped; a single member stands for itself.
#[must_use]
pub fn any_of(schemas: Vec<Json>) -> Map<String, Json> {
    let mut members = vec![];
    for schema in schemas {
        match &schema {
            Json::Object(map) if map.len() == 1 && map.contains_key("anyOf") => {
                members.extend(map["anyOf"].as_array().cloned().unwrap_or_default());
            }
            _ => members.push(schema),
        }
    }
    let mut members = distinct(members);
    if members.len() == 1 {
        map_of(members.remove(0))
    } else {
        map_of(json!({ "anyOf": members }))
    }
}

/// The JSON type that all values share.
pub(super) fn common_type(values: &[Json], with_null: bool) -> Option<&'static str> {
    let kind = |value: &Json| match value {
        Json::String(_) => "string",
        Json::Bool(_) => "boolean",
        Json::Number(number) if number.is_f64() => "number",
        Json::Number(_) => "integer",
        Json::Array(_) => "array",
        Json::Null if with_null => "null",
        _ => "",
    };
    let first = kind(values.first()?);
    (!first.is_empty() && values.iter().all(|value| kind(value) == first)).then_some(first)
}
