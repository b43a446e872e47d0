//! Texts, bytes, decimals and times, written as JSON Schema.

use serde_json::{Map, Value as Json, json};

use super::{
    Mode, decimal,
    emit::{Emitter, NUMERIC, TEXT, common_type, map_of, typed, with},
    enumeration::MIXED_IN,
};

/// Releases of pydantic 2 that write one value both as `const` and as `enum`.
const BOTH: std::ops::Range<(u32, u32)> = (2, 7)..(2, 10);

impl Emitter<'_> {
    pub(super) fn text(&self, constraints: &Map<String, Json>) -> Map<String, Json> {
        let mut map = with(typed("string"), constraints, TEXT);
        // Up to pydantic 2.13 what a configuration says of all texts does not reach their schemas.
        let config = self
            .configs
            .last()
            .filter(|_| self.builder.options.pydantic >= (2, 14));
        for (key, name) in [("str_min_length", "minLength"), ("str_max_length", "maxLength")] {
            let limit = config
                .and_then(|config| config.get(key))
                .and_then(|value| value.as_int());
            if let Some(limit) =
                limit.filter(|limit| !map.contains_key(name) && (key != "str_min_length" || *limit != 0))
            {
                map.insert(name.into(), limit.into());
            }
        }
        map
    }

    pub(super) fn bytes(&self) -> Map<String, Json> {
        let key = if self.mode() == Mode::Serialization {
            "ser_json_bytes"
        } else {
            "val_json_bytes"
        };
        let in_base64 = self.config_text(key).as_deref() == Some("base64");
        if self.builder.options.bytes_as_media_type {
            let mut map = map_of(json!({ "type": "string", "contentMediaType": "application/octet-stream" }));
            if in_base64 {
                map.insert("contentEncoding".into(), "base64".into());
            }
            return map;
        }
        let in_base64 = self.config_text("ser_json_bytes").as_deref() == Some("base64");
        map_of(json!({ "type": "string", "format": if in_base64 { "base64url" } else { "binary" } }))
    }

    /// One value or a choice of several; how it is written differs between releases of pydantic.
    pub(super) fn literal(&self, values: &[Json]) -> Map<String, Json> {
        let release = self.builder.options.pydantic;
        let mut map = Map::new();
        if self.builder.options.is_first() {
            let kinds = by_kind(values);
            if kinds.len() > 1 {
                let choices: Vec<Json> = kinds
                    .iter()
                    .map(|same| Json::Object(self.literal(same)))
                    .collect();
                map.insert("anyOf".into(), choices.into());
                return map;
            }
        }
        let [only] = values else {
            map.insert("enum".into(), values.to_vec().into());
            if let Some(kind) = common_type(values, true) {
                map.insert("type".into(), kind.into());
            }
            return map;
        };
        let is_first = self.builder.options.is_first();
        if !is_first {
            map.insert("const".into(), only.clone());
        }
        if is_first || BOTH.contains(&release) {
            map.insert("enum".into(), json!([only]));
        }
        if let Some(kind) = common_type(values, true).filter(|_| is_first || release >= BOTH.start) {
            map.insert("type".into(), kind.into());
        }
        map
    }

    /// The definition of an enumeration.
    pub(super) fn enumeration(&self, values: &[Json], updates: &Map<String, Json>) -> Map<String, Json> {
        let release = self.builder.options.pydantic;
        let mut map = updates.clone();
        let is_mixed = map.shift_remove(MIXED_IN).is_some();
        let is_first = self.builder.options.is_first();
        if let ([only], false) = (values, is_first || release >= BOTH.end) {
            map.insert("const".into(), only.clone());
            if release < BOTH.start {
                if let Some(kind) = common_type(values, false).filter(|_| is_mixed) {
                    map.insert("type".into(), kind.into());
                }
                return map;
            }
        }
        if !values.is_empty() {
            map.insert("enum".into(), values.to_vec().into());
        }
        // pydantic 1 reads the type from the class and knows nothing of plain enumerations.
        if let Some(kind) = common_type(values, false).filter(|_| !is_first || is_mixed) {
            map.insert("type".into(), kind.into());
        }
        if is_first {
            map.entry("description")
                .or_insert_with(|| "An enumeration.".into());
        }
        map
    }

    pub(super) fn decimal(&self, constraints: &Map<String, Json>) -> Map<String, Json> {
        if self.builder.options.is_first() {
            return with(typed("number"), constraints, NUMERIC);
        }
        let mut text = typed("string");
        if self.builder.options.decimal_pattern {
            let number = |key: &str| constraints.get(key).and_then(Json::as_u64);
            let pattern = decimal::pattern(number("max_digits"), number("decimal_places"));
            text.insert("pattern".into(), pattern.into());
        }
        if self.mode() == Mode::Serialization {
            return text;
        }
        let number = with(typed("number"), constraints, NUMERIC);
        map_of(json!({ "anyOf": [number, text] }))
    }

    pub(super) fn temporal(&self, format: &str) -> Map<String, Json> {
        if self.builder.options.is_first() && format == "duration" {
            return map_of(json!({ "type": "number", "format": "time-delta" }));
        }
        let by_number = match self.config_text("ser_json_temporal") {
            Some(style) => style != "iso8601",
            None => {
                format == "duration" && self.config_text("ser_json_timedelta").as_deref() == Some("float")
            }
        };
        if self.mode() == Mode::Serialization && by_number
            || by_number && format == "duration" && !self.builder.options.temporal_by_mode
        {
            return typed("number");
        }
        map_of(json!({ "type": "string", "format": format }))
    }
}

/// Values with those of one JSON type together.
fn by_kind(values: &[Json]) -> Vec<Vec<Json>> {
    let mut kinds: Vec<Vec<Json>> = vec![];
    for value in values {
        let kind = common_type(std::slice::from_ref(value), true);
        match kinds.iter_mut().find(|same| common_type(same, true) == kind) {
            Some(same) => same.push(value.clone()),
            None => kinds.push(vec![value.clone()]),
        }
    }
    kinds
}
