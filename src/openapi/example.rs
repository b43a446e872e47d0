//! Examples of JSON Schemas: what the author gives, else a value made from types and limits.
//!
//! Whatever is returned was accepted by the schema it was made for, as far as [`check`] knows JSON Schema
//! ([2020-12](https://json-schema.org/draft/2020-12/json-schema-validation)); what cannot be made is absent.

mod check;
mod container;
mod merge;
mod number;
mod text;

#[cfg(test)]
mod tests;

use serde_json::{Map, Value as Json};

/// Below this many objects within objects, optional properties are left out.
const DEPTH: usize = 4;

/// After this many values, optional properties are left out.
const GENEROUS: usize = 300;

/// After this many values, the schema is given up.
const LIMIT: usize = 5_000;

/// Makes a value that the schema accepts. `components` are the component schemas by name, sorted by it.
///
/// Absent if no finite value was found: a model that requires itself, limits that exclude each other, a pattern
/// that cannot be followed.
#[must_use]
pub fn example(schema: &Json, components: &[(String, Json)]) -> Option<Json> {
    let mut maker = Maker {
        components,
        open: vec![],
        made: 0,
    };
    let value = maker.value(schema, 0, 0)?;
    check::accepts(schema, &value, components).then_some(value)
}

/// Whether the example of a schema is its author's own, and not one made from types.
#[must_use]
pub fn is_authored(schema: &Json, components: &[(String, Json)]) -> bool {
    let target = schema.get("$ref").and_then(Json::as_str);
    let target = target.and_then(|reference| component(reference, components));
    authored(schema)
        .chain(target.into_iter().flat_map(authored))
        .any(|value| check::accepts(schema, value, components))
}

/// The component schema that a reference names.
fn component<'a>(reference: &str, components: &'a [(String, Json)]) -> Option<&'a Json> {
    let name = reference.strip_prefix("#/components/schemas/")?;
    components
        .iter()
        .find(|(known, _)| known == name)
        .map(|(_, schema)| schema)
}

/// The author's own values, in the order of their standing.
fn authored(schema: &Json) -> impl Iterator<Item = &Json> {
    let list = schema
        .get("examples")
        .and_then(Json::as_array)
        .into_iter()
        .flatten();
    schema.get("example").into_iter().chain(list)
}

struct Maker<'a> {
    components: &'a [(String, Json)],
    /// References on the way here: meeting one again means recursion.
    open: Vec<String>,
    made: usize,
}

impl Maker<'_> {
    /// The `nth` of several different values for a schema, `depth` objects below the root.
    fn value(&mut self, schema: &Json, depth: usize, nth: usize) -> Option<Json> {
        self.made += 1;
        if self.made > LIMIT {
            return None;
        }
        let map = match schema {
            Json::Bool(true) => return Some("string".into()),
            Json::Object(map) => map,
            _ => return None,
        };
        if nth == 0
            && let Some(own) = self.given(schema, map)
        {
            return Some(own);
        }
        if let Some(reference) = map.get("$ref").and_then(Json::as_str) {
            return self.referenced(reference, map, depth, nth);
        }
        if let Some(value) = map.get("const") {
            return Some(value.clone());
        }
        if let Some(values) = map.get("enum").and_then(Json::as_array) {
            let fitting: Vec<&Json> = values.iter().filter(|value| !value.is_null()).collect();
            return fitting
                .get(nth)
                .map(|value| (*value).clone())
                .or_else(|| values.get(nth).cloned());
        }
        if let Some(parts) = map.get("allOf").and_then(Json::as_array) {
            return self.merged(parts, map, depth, nth);
        }
        for key in ["anyOf", "oneOf"] {
            if let Some(variants) = map.get(key).and_then(Json::as_array) {
                return self.variant(schema, map, (key, variants), depth, nth);
            }
        }
        self.typed(map, depth, nth)
    }

    /// What the author gives: an example, else a default that says something.
    fn given(&self, schema: &Json, map: &Map<String, Json>) -> Option<Json> {
        let says_something =
            |value: &&Json| !value.is_null() && **value != Json::Array(vec![]) && value.as_str() != Some("");
        let default = map.get("default").filter(says_something);
        authored(schema)
            .chain(default)
            .find(|value| check::accepts(schema, value, self.components))
            .cloned()
    }

    fn referenced(
        &mut self,
        reference: &str,
        map: &Map<String, Json>,
        depth: usize,
        nth: usize,
    ) -> Option<Json> {
        if self.open.iter().any(|open| open == reference) {
            return None;
        }
        let target = component(reference, self.components)?;
        let beside = merge::without(map, &["$ref"]);
        self.open.push(reference.to_owned());
        let value = self.value(target, depth, nth).filter(|value| {
            beside.is_empty() || check::accepts(&Json::Object(beside.clone()), value, self.components)
        });
        let value = value.or_else(|| {
            let both = merge::merged(target.as_object()?.clone(), &beside);
            self.value(&Json::Object(both), depth, nth)
        });
        self.open.pop();
        value
    }

    fn merged(&mut self, parts: &[Json], map: &Map<String, Json>, depth: usize, nth: usize) -> Option<Json> {
        let opened = self.open.len();
        let mut whole = merge::without(map, &["allOf"]);
        for part in parts {
            let mut part = part.as_object()?.clone();
            while let Some(reference) = part.get("$ref").and_then(Json::as_str).map(str::to_owned) {
                if self.open.contains(&reference) {
                    self.open.truncate(opened);
                    return None;
                }
                let target = component(&reference, self.components)
                    .and_then(Json::as_object)
                    .cloned();
                self.open.push(reference);
                part = merge::merged(target.unwrap_or_default(), &merge::without(&part, &["$ref"]));
            }
            whole = merge::merged(whole, &part);
        }
        let value = self.value(&Json::Object(whole), depth, nth);
        self.open.truncate(opened);
        value
    }

    /// The first variant that is not `null` and gives a value which the whole schema accepts.
    fn variant(
        &mut self,
        schema: &Json,
        map: &Map<String, Json>,
        (key, variants): (&str, &[Json]),
        depth: usize,
        nth: usize,
    ) -> Option<Json> {
        let beside = merge::without(map, &[key, "discriminator", "default", "example", "examples"]);
        let is_null = |variant: &&Json| variant.get("type").and_then(Json::as_str) == Some("null");
        let ordered = variants
            .iter()
            .filter(|v| !is_null(v))
            .chain(variants.iter().filter(is_null));
        for variant in ordered {
            let narrowed = match variant {
                Json::Object(own) if !beside.is_empty() => Json::Object(merge::merged(beside.clone(), own)),
                other => other.clone(),
            };
            if let Some(value) = self.value(&narrowed, depth, nth)
                && check::accepts(schema, &value, self.components)
            {
                return Some(value);
            }
        }
        None
    }

    fn typed(&mut self, map: &Map<String, Json>, depth: usize, nth: usize) -> Option<Json> {
        let kind = match map.get("type") {
            Some(Json::String(kind)) => kind.as_str(),
            Some(Json::Array(kinds)) => {
                let mut names = kinds.iter().filter_map(Json::as_str);
                names
                    .clone()
                    .find(|kind| *kind != "null")
                    .or_else(|| names.next())?
            }
            _ => implied(map),
        };
        match kind {
            "object" => self.object(map, depth),
            "array" => self.array(map, depth),
            "string" => text::string(map, nth).map(Json::String),
            "integer" => number::integer(map, nth),
            "number" => number::number(map, nth),
            "boolean" => (nth < 2).then(|| Json::Bool(nth == 0)),
            "null" => (nth == 0).then_some(Json::Null),
            _ => None,
        }
    }
}

/// The type of a schema that does not name one.
fn implied(map: &Map<String, Json>) -> &'static str {
    let has = |keys: &[&str]| keys.iter().any(|key| map.contains_key(*key));
    if has(&[
        "properties",
        "additionalProperties",
        "required",
        "patternProperties",
    ]) {
        "object"
    } else if has(&["items", "prefixItems", "minItems"]) {
        "array"
    } else if has(&[
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf",
    ]) {
        "number"
    } else {
        "string"
    }
}

fn bound(map: &Map<String, Json>, key: &str) -> Option<usize> {
    map.get(key)?
        .as_u64()
        .and_then(|bound| usize::try_from(bound).ok())
}
