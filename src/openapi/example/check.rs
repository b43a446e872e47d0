//! Whether a schema accepts a value, for the keywords that pydantic and FastAPI publish.

use serde_json::{Map, Value as Json};

use super::{bound, component, number, text};

/// References that lead to each other without a value between them would not end.
const DEPTH: usize = 64;

/// Whether the schema accepts the value. Keywords that are not known accept everything.
pub(super) fn accepts(schema: &Json, value: &Json, components: &[(String, Json)]) -> bool {
    Check { components, depth: 0 }.accepts(schema, value)
}

#[derive(Clone, Copy)]
struct Check<'a> {
    components: &'a [(String, Json)],
    depth: usize,
}

impl Check<'_> {
    fn accepts(self, schema: &Json, value: &Json) -> bool {
        let map = match schema {
            Json::Object(map) => map,
            Json::Bool(answer) => return *answer,
            _ => return true,
        };
        if self.depth > DEPTH {
            return false;
        }
        let inner = Self {
            depth: self.depth + 1,
            ..self
        };
        inner.type_fits(map, value) && inner.combined(map, value) && inner.content(map, value)
    }

    fn type_fits(self, map: &Map<String, Json>, value: &Json) -> bool {
        if value.is_null() && map.get("nullable") == Some(&Json::Bool(true)) {
            return true;
        }
        let fits = |kind: &Json| match kind.as_str().unwrap_or_default() {
            "object" => value.is_object(),
            "array" => value.is_array(),
            "string" => value.is_string(),
            "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
            "number" => value.is_number(),
            "boolean" => value.is_boolean(),
            "null" => value.is_null(),
            _ => true,
        };
        match map.get("type") {
            None => true,
            Some(Json::Array(kinds)) => kinds.iter().any(fits),
            Some(kind) => fits(kind),
        }
    }

    fn combined(self, map: &Map<String, Json>, value: &Json) -> bool {
        let list = |key: &str| map.get(key).and_then(Json::as_array);
        let fits = |schema: &&Json| self.accepts(schema, value);
        let reference = map.get("$ref").and_then(Json::as_str);
        reference.is_none_or(|name| {
            component(name, self.components).is_none_or(|target| self.accepts(target, value))
        }) && map.get("const").is_none_or(|only| only == value)
            && list("enum").is_none_or(|values| values.contains(value))
            && list("allOf").is_none_or(|parts| parts.iter().all(|part| self.accepts(part, value)))
            && list("anyOf").is_none_or(|parts| parts.iter().any(|part| self.accepts(part, value)))
            && list("oneOf").is_none_or(|parts| parts.iter().filter(fits).count() == 1)
            && map.get("not").is_none_or(|not| !self.accepts(not, value))
    }

    fn content(self, map: &Map<String, Json>, value: &Json) -> bool {
        match value {
            Json::Number(value) => value.as_f64().is_none_or(|value| number::fits(map, value)),
            Json::String(value) => text::fits(map, value),
            Json::Array(items) => self.items(map, items),
            Json::Object(entries) => self.entries(map, entries),
            _ => true,
        }
    }

    fn items(self, map: &Map<String, Json>, items: &[Json]) -> bool {
        let prefix = map
            .get("prefixItems")
            .and_then(Json::as_array)
            .map_or(&[][..], Vec::as_slice);
        let rest = map.get("items").unwrap_or(&Json::Bool(true));
        let is_unique = map.get("uniqueItems") != Some(&Json::Bool(true))
            || items
                .iter()
                .enumerate()
                .all(|(i, item)| !items[..i].contains(item));
        is_unique
            && bound(map, "minItems").is_none_or(|least| items.len() >= least)
            && bound(map, "maxItems").is_none_or(|most| items.len() <= most)
            && items
                .iter()
                .enumerate()
                .all(|(i, item)| self.accepts(prefix.get(i).unwrap_or(rest), item))
    }

    fn entries(self, map: &Map<String, Json>, entries: &Map<String, Json>) -> bool {
        let mut required = map.get("required").and_then(Json::as_array).into_iter().flatten();
        let object = |key: &str| map.get(key).and_then(Json::as_object);
        let names = map.get("propertyNames").unwrap_or(&Json::Bool(true));
        let entry = |(name, value): (&String, &Json)| {
            let own = object("properties").and_then(|properties| properties.get(name));
            let mut known = own.is_some();
            let by_pattern = object("patternProperties")
                .into_iter()
                .flatten()
                .all(|(pattern, schema)| {
                    let matches = regex::Regex::new(pattern).is_ok_and(|regex| regex.is_match(name));
                    known |= matches;
                    !matches || self.accepts(schema, value)
                });
            let additional = map.get("additionalProperties").filter(|_| !known);
            by_pattern
                && own.is_none_or(|schema| self.accepts(schema, value))
                && additional.is_none_or(|schema| self.accepts(schema, value))
                && self.accepts(names, &Json::String(name.clone()))
        };
        required.all(|name| name.as_str().is_none_or(|name| entries.contains_key(name)))
            && bound(map, "minProperties").is_none_or(|least| entries.len() >= least)
            && bound(map, "maxProperties").is_none_or(|most| entries.len() <= most)
            && entries.iter().all(entry)
    }
}
