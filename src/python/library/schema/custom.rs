//! Types that say themselves what they are: `__get_pydantic_core_schema__`, called in the interpreter
//! (<https://docs.pydantic.dev/latest/concepts/types/#customizing-validation-with-__get_pydantic_core_schema__>).

use serde_json::Value as Json;

use super::{
    build::Builder,
    encode,
    shape::{Hook, Kind, Serializer, Shape},
};
use crate::python::interpret::{arguments::Arguments, interpreter::Interpreter, value::Value};

/// The `type` of a core schema that stands for what is annotated.
const INNER: &str = "__arch_inner__";
/// The `type` of a core schema that stands for another type.
const TYPE: &str = "__arch_type__";

impl Builder {
    /// A class with the method: its own schema, with what is written below it as the inner one.
    pub(super) fn custom_class(&mut self, it: &mut Interpreter, class: &Value, source: &Value) -> Shape {
        let mut shape = self.custom(it, class, source);
        if let Value::Class(object) = class
            && let Some(hook) = object.get("__get_pydantic_json_schema__")
        {
            let hook = self.bound(it, class, hook, "__get_pydantic_json_schema__");
            shape.hooks.push(Hook::Call(hook));
        }
        shape
    }

    /// A model with the method: the model is written in place where its validator function wraps it, and referred to
    /// where only its input is described.
    pub(super) fn custom_model(
        &mut self,
        it: &mut Interpreter,
        class: &Value,
        source: &Value,
        model: Shape,
    ) -> Shape {
        let Kind::Reference(reference) = &model.kind else {
            return model;
        };
        if !self.definitions.contains_key(reference) {
            return model;
        }
        match self.call_core(it, class, source, &model) {
            Some(shape) if matches!(shape.kind, Kind::Reference(_)) && shape.serializer.is_none() => model,
            Some(mut shape) => {
                shape.hooks.push(Hook::Resolve);
                shape
            }
            None => model,
        }
    }

    /// What the method of a class or instance returns.
    pub(super) fn custom(&mut self, it: &mut Interpreter, object: &Value, source: &Value) -> Shape {
        let inner: Shape = Kind::Any.into();
        self.call_core(it, object, source, &inner).unwrap_or(inner)
    }

    /// Metadata with the method: it is given what it annotates.
    pub(super) fn custom_annotation(
        &mut self,
        it: &mut Interpreter,
        inner: Shape,
        object: &Value,
        source: &Value,
    ) -> Shape {
        let mut shape = self.call_core(it, object, source, &inner).unwrap_or(inner);
        let has_json = match object {
            Value::Instance(instance) => instance.class.get("__get_pydantic_json_schema__").is_some(),
            Value::Class(class) => class.get("__get_pydantic_json_schema__").is_some(),
            _ => false,
        };
        if has_json {
            shape = self.json_annotation(it, shape, object);
        }
        shape
    }

    /// Metadata that changes only the JSON Schema.
    pub(super) fn json_annotation(
        &mut self,
        it: &mut Interpreter,
        mut shape: Shape,
        object: &Value,
    ) -> Shape {
        if let Ok(Some(hook)) = it.get_attribute(object, "__get_pydantic_json_schema__")
            && !hook.is_none()
        {
            shape = shape.at_use();
            shape.outer_hooks.push(Hook::Call(hook));
        }
        shape
    }

    fn call_core(
        &mut self,
        it: &mut Interpreter,
        object: &Value,
        source: &Value,
        inner: &Shape,
    ) -> Option<Shape> {
        let method = it
            .get_attribute(object, "__get_pydantic_core_schema__")
            .ok()
            .flatten()?;
        if method.is_none() {
            return None;
        }
        let module = it.import_module("pydantic.annotated_handlers").ok()?;
        let class = it.attribute(&module, "_CoreHandler").ok()?;
        let handler = it.call(&class, Arguments::of(vec![source.clone()])).ok()?;
        let Ok(core) = it.call(&method, Arguments::of(vec![source.clone(), handler])) else {
            it.report(
                "unknown-type",
                format!(
                    "`__get_pydantic_core_schema__` of `{}` gives no schema",
                    encode::words(object)
                ),
            );
            return None;
        };
        Some(self.of_core(it, &core, inner))
    }

    /// A core schema as a shape.
    fn of_core(&mut self, it: &mut Interpreter, core: &Value, inner: &Shape) -> Shape {
        let entries: Vec<(Value, Value)> = match core {
            Value::Dict(_) => it.mapping_items(core).unwrap_or_default(),
            _ => {
                let _ = self.unknown(it, core);
                return Kind::Any.into();
            }
        };
        let get = |name: &str| {
            entries
                .iter()
                .find(|(key, _)| key.as_str().as_deref() == Some(name))
                .map(|(_, value)| value.clone())
        };
        let kind = get("type").and_then(|kind| kind.as_str()).unwrap_or_default();
        let mut nested = |builder: &mut Self, name: &str| {
            let core = get(name).filter(|core| !core.is_none())?;
            Some(builder.of_core(it, &core, inner))
        };
        let mut shape: Shape = match kind.as_str() {
            INNER => inner.clone(),
            TYPE => {
                let source = get("source").unwrap_or(Value::None);
                self.of(it, &source)
            }
            "none" => Kind::Null.into(),
            "bool" => Kind::Bool.into(),
            "int" => Kind::Int.into(),
            "float" => Kind::Float.into(),
            "str" => Kind::Str.into(),
            "bytes" => Kind::Bytes.into(),
            "decimal" => Kind::Decimal.into(),
            "date" => Kind::Temporal("date").into(),
            "time" => Kind::Temporal("time").into(),
            "datetime" => Kind::Temporal("date-time").into(),
            "timedelta" => Kind::Temporal("duration").into(),
            "uuid" => Shape::text("uuid"),
            "url" => Shape::fixed(serde_json::json!({ "type": "string", "format": "uri", "minLength": 1 })),
            "list" | "deque" | "generator" => Kind::List(nested(self, "items_schema").map(Box::new)).into(),
            "set" | "frozenset" => Kind::Set(nested(self, "items_schema").map(Box::new)).into(),
            "dict" => {
                let keys = nested(self, "keys_schema").map(Box::new);
                Kind::Dict(keys, nested(self, "values_schema").map(Box::new)).into()
            }
            "nullable" => Kind::Nullable(Box::new(
                nested(self, "schema").unwrap_or_else(|| Kind::Any.into()),
            ))
            .into(),
            "default" => {
                let inner = nested(self, "schema").unwrap_or_else(|| Kind::Any.into());
                Kind::Default(Box::new(inner), get("default")).into()
            }
            "function-before" | "function-after" | "function-wrap" => {
                let input = nested(self, "json_schema_input_schema").map(Box::new);
                let inner = nested(self, "schema").unwrap_or_else(|| Kind::Any.into());
                Kind::Function(Box::new(inner), input).into()
            }
            "function-plain" => Kind::Plain(nested(self, "json_schema_input_schema").map(Box::new)).into(),
            "json-or-python" => nested(self, "json_schema").unwrap_or_else(|| Kind::Any.into()),
            "lax-or-strict" => nested(self, "lax_schema").unwrap_or_else(|| Kind::Any.into()),
            "is-instance" => Kind::Invalid("an instance check".into()).into(),
            "union" => self.core_list(it, get("choices"), inner, |members| Kind::Union(members).into()),
            "chain" => self.core_list(it, get("steps"), inner, |steps| {
                match (steps.first(), steps.last()) {
                    (Some(first), Some(last)) => {
                        Kind::ByMode(Box::new(first.clone()), Box::new(last.clone())).into()
                    }
                    _ => Kind::Any.into(),
                }
            }),
            "tuple" => self.core_list(it, get("items_schema"), inner, |items| {
                Kind::Tuple(items, None).into()
            }),
            "literal" => {
                let values = get("expected").and_then(|values| encode::encode(it, &values));
                match values {
                    Some(Json::Array(values)) => Kind::Literal(values).into(),
                    _ => Kind::Any.into(),
                }
            }
            _ => Kind::Any.into(),
        };
        for name in [
            "gt",
            "ge",
            "lt",
            "le",
            "multiple_of",
            "min_length",
            "max_length",
            "pattern",
        ] {
            if let Some(value) = get(name).filter(|value| !value.is_none())
                && let Some(json) = encode::encode(it, &value)
            {
                shape = super::constraint::constrain(shape, name, json);
            }
        }
        if let Some(serialization) = get("serialization").filter(|value| !value.is_none()) {
            shape.serializer = self.core_serializer(it, &serialization, inner).map(Box::new);
        }
        shape
    }

    fn core_list(
        &mut self,
        it: &mut Interpreter,
        items: Option<Value>,
        inner: &Shape,
        make: impl FnOnce(Vec<Shape>) -> Shape,
    ) -> Shape {
        let items = items
            .and_then(|items| it.iterate(&items).ok())
            .map(|(items, _)| items)
            .unwrap_or_default();
        let shapes = items
            .iter()
            .map(|item| match item {
                Value::Tuple(pair) if !pair.is_empty() => self.of_core(it, &pair[0], inner),
                other => self.of_core(it, other, inner),
            })
            .collect();
        make(shapes)
    }

    fn core_serializer(&mut self, it: &mut Interpreter, core: &Value, inner: &Shape) -> Option<Serializer> {
        let entries = it.mapping_items(core).ok()?;
        let get = |name: &str| {
            entries
                .iter()
                .find(|(key, _)| key.as_str().as_deref() == Some(name))
                .map(|(_, value)| value.clone())
        };
        let kind = get("type").and_then(|kind| kind.as_str())?;
        match kind.as_str() {
            "function-plain" | "function-wrap" => {
                let returns = get("return_schema")
                    .filter(|value| !value.is_none())
                    .map(|core| self.of_core(it, &core, inner));
                let takes_info = matches!(get("info_arg"), Some(Value::Bool(true)));
                let function = get("function").filter(|_| kind == "function-plain" && !takes_info);
                let unless_none = get("when_used")
                    .and_then(|when| when.as_str())
                    .is_some_and(|when| when.ends_with("unless-none"));
                Some(Serializer {
                    returns,
                    function,
                    unless_none,
                })
            }
            "to-string" | "format" => Some(Serializer {
                returns: Some(Kind::Str.into()),
                function: None,
                unless_none: false,
            }),
            _ => None,
        }
    }
}
