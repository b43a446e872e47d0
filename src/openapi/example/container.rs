//! Objects and arrays.

use serde_json::{Map, Value as Json};

use super::{DEPTH, GENEROUS, LIMIT, Maker, bound, merge};

impl Maker<'_> {
    /// An object with all its properties; further down only with those that it needs.
    pub(super) fn object(&mut self, map: &Map<String, Json>, depth: usize) -> Option<Json> {
        let empty = Map::new();
        let properties = map.get("properties").and_then(Json::as_object).unwrap_or(&empty);
        let required: Vec<&str> = map
            .get("required")
            .and_then(Json::as_array)
            .into_iter()
            .flatten()
            .filter_map(Json::as_str)
            .collect();
        let most = bound(map, "maxProperties").unwrap_or(usize::MAX);
        let mut out = Map::new();
        let mut optional = most.saturating_sub(required.len());
        for (name, schema) in properties {
            let is_required = required.contains(&name.as_str());
            if !is_required && (depth >= DEPTH || self.made > GENEROUS || optional == 0) {
                continue;
            }
            match self.value(schema, depth + 1, 0) {
                Some(value) => {
                    optional -= usize::from(!is_required);
                    out.insert(name.clone(), value);
                }
                None if is_required => return None,
                None => {}
            }
        }
        let additional = map.get("additionalProperties").unwrap_or(&Json::Bool(true));
        for name in required {
            if !out.contains_key(name) {
                out.insert(name.to_owned(), self.value(additional, depth + 1, 0)?);
            }
        }
        let least = bound(map, "minProperties").unwrap_or(0);
        self.further(map, (&mut out, additional), (least, most), depth)?;
        Some(Json::Object(out))
    }

    /// Entries of a mapping: one to show its type, more where at least so many are asked for.
    fn further(
        &mut self,
        map: &Map<String, Json>,
        (out, additional): (&mut Map<String, Json>, &Json),
        (least, most): (usize, usize),
        depth: usize,
    ) -> Option<()> {
        let pattern = map
            .get("patternProperties")
            .and_then(Json::as_object)
            .and_then(|all| all.iter().next());
        let shows = map.get("properties").is_none() && (pattern.is_some() || additional.is_object());
        let wanted = least.max(usize::from(shows && depth < DEPTH)).min(most);
        let names = match (pattern, map.get("propertyNames")) {
            (Some((pattern, _)), _) => serde_json::json!({ "type": "string", "pattern": pattern }),
            (None, Some(Json::Object(names))) => {
                let string = Map::from_iter([("type".to_owned(), Json::from("string"))]);
                Json::Object(if names.contains_key("$ref") {
                    names.clone()
                } else {
                    merge::merged(string, names)
                })
            }
            _ => Json::Null,
        };
        for nth in 0..LIMIT.min(wanted + 1) {
            if out.len() >= wanted {
                break;
            }
            let name = match &names {
                Json::Null => Some(format!("key{}", nth + 1)),
                names => self
                    .value(names, depth + 1, nth)
                    .and_then(|name| name.as_str().map(str::to_owned)),
            };
            let value = self.value(pattern.map_or(additional, |(_, schema)| schema), depth + 1, 0);
            if let (Some(name), Some(value)) = (name, value) {
                out.insert(name, value);
            }
        }
        (out.len() >= least).then_some(())
    }

    /// An array with an item to show its type, or as many as are asked for.
    pub(super) fn array(&mut self, map: &Map<String, Json>, depth: usize) -> Option<Json> {
        let least = bound(map, "minItems").unwrap_or(0);
        let most = bound(map, "maxItems").unwrap_or(usize::MAX);
        let prefix = map.get("prefixItems").and_then(Json::as_array);
        let prefix = prefix.map_or(&[][..], Vec::as_slice);
        let items = map.get("items").unwrap_or(&Json::Bool(true));
        let is_unique = map.get("uniqueItems") == Some(&Json::Bool(true));
        let shown = prefix.len() + usize::from(prefix.is_empty() && map.contains_key("items"));
        let mut out: Vec<Json> = vec![];
        let mut nth = 0;
        while out.len() < least.max(shown).min(most) {
            let schema = prefix.get(out.len()).unwrap_or(items);
            match self.value(schema, depth + 1, nth) {
                Some(value) if is_unique && out.contains(&value) && nth < least + prefix.len() => nth += 1,
                Some(value) if !(is_unique && out.contains(&value)) => {
                    nth = if is_unique { nth + 1 } else { 0 };
                    out.push(value);
                }
                _ if out.len() >= least => break,
                _ => return None,
            }
        }
        Some(Json::Array(out))
    }
}
