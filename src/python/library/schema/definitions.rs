//! Names of definitions: the shortest that no other definition needs
//! (<https://docs.pydantic.dev/latest/concepts/json_schema/#customizing-the-json-schema-generation-process>).

use indexmap::IndexMap;
use rustc_hash::FxHashMap;
use serde_json::{Map, Value as Json};

use super::Mode;

/// Where definitions stand in an OpenAPI document.
pub const PREFIX: &str = "#/components/schemas/";

/// Definitions by their longest name, which no two share.
#[derive(Default)]
pub struct Definitions {
    /// Their schemas.
    pub schemas: IndexMap<String, Json>,
    names: FxHashMap<(String, Mode), String>,
    choices: IndexMap<String, Vec<String>>,
    counts: FxHashMap<String, usize>,
    indexes: FxHashMap<String, usize>,
}

impl Definitions {
    /// The longest name of a reference in a mode.
    pub fn name(&mut self, reference: &str, mode: Mode) -> String {
        let key = (reference.to_owned(), mode);
        if let Some(known) = self.names.get(&key) {
            return known.clone();
        }
        let name = self.choose(reference, mode);
        self.names.insert(key, name.clone());
        name
    }

    /// Every reference that was named, with its mode and longest name.
    #[must_use]
    pub fn known(&self) -> Vec<(String, Mode, String)> {
        let mut known: Vec<(String, Mode, String)> = self
            .names
            .iter()
            .map(|((reference, mode), name)| (reference.clone(), *mode, name.clone()))
            .collect();
        known.sort();
        known
    }

    /// Every name that it may have, the preferred one first.
    fn choose(&mut self, reference: &str, mode: Mode) -> String {
        let parts: Vec<&str> = split(reference);
        let without_ids: Vec<&str> = parts
            .iter()
            .map(|part| part.rsplit_once(':').map_or(*part, |(head, _)| head))
            .collect();
        let long = normalise(&without_ids.concat());
        let short = normalise(
            &without_ids
                .iter()
                .map(|part| last_segment(part))
                .collect::<String>(),
        );
        let identity = normalise(reference);
        let index = match self.indexes.get(&identity) {
            Some(index) => *index,
            None => {
                let count = self.counts.entry(long.clone()).or_insert(0);
                *count += 1;
                self.indexes.insert(identity, *count);
                *count
            }
        };
        let word = mode.word();
        let longest = format!("{long}-{word}__{index}");
        self.choices.insert(
            longest.clone(),
            vec![
                short.clone(),
                format!("{short}-{word}"),
                long.clone(),
                format!("{long}-{word}"),
                format!("{long}__{index}"),
                longest.clone(),
            ],
        );
        longest
    }

    /// The definitions under their final names, and the final name of each longest one.
    #[must_use]
    pub fn finish(&self) -> (IndexMap<String, Json>, FxHashMap<String, String>) {
        let mut schemas = self.schemas.clone();
        let mut names: FxHashMap<String, String> = FxHashMap::default();
        for _ in 0..100 {
            let mut candidates: IndexMap<&str, Vec<&Json>> = IndexMap::new();
            for (name, schema) in &schemas {
                for choice in self.choices.get(name).into_iter().flatten() {
                    let known = candidates.entry(choice).or_default();
                    if !known.iter().any(|other| same(other, schema)) {
                        known.push(schema);
                    }
                }
            }
            let mut refs: FxHashMap<String, String> = FxHashMap::default();
            let mut chosen: FxHashMap<String, String> = FxHashMap::default();
            for name in schemas.keys() {
                let Some(choices) = self.choices.get(name) else {
                    continue;
                };
                let position = choices
                    .iter()
                    .position(|choice| candidates.get(choice.as_str()).is_some_and(|c| c.len() == 1));
                let position = position.unwrap_or(choices.len() - 1);
                chosen.insert(name.clone(), choices[position].clone());
                for later in &choices[position..] {
                    refs.insert(
                        format!("{PREFIX}{later}"),
                        format!("{PREFIX}{}", choices[position]),
                    );
                }
            }
            let mut next = schemas.clone();
            next.values_mut().for_each(|schema| rename(schema, &refs));
            let is_stable = next == schemas && chosen == names;
            (schemas, names) = (next, chosen);
            if is_stable {
                break;
            }
        }
        let mut result = IndexMap::new();
        for (name, schema) in schemas {
            let name = names.get(&name).cloned().unwrap_or(name);
            result.insert(name, schema);
        }
        result.sort_keys();
        (result, names)
    }
}

/// Replaces references by name, everywhere in a schema.
pub fn rename(schema: &mut Json, refs: &FxHashMap<String, String>) {
    match schema {
        Json::String(text) => {
            if let Some(new) = refs.get(text.as_str()) {
                text.clone_from(new);
            }
        }
        Json::Array(items) => items.iter_mut().for_each(|item| rename(item, refs)),
        Json::Object(map) => map.values_mut().for_each(|value| rename(value, refs)),
        _ => {}
    }
}

/// Whether two schemas are equal but for the order of keys.
fn same(a: &Json, b: &Json) -> bool {
    a == b
}

/// At brackets and commas, which are kept.
fn split(reference: &str) -> Vec<&str> {
    let mut parts = vec![];
    let mut start = 0;
    for (index, character) in reference.char_indices() {
        if matches!(character, '[' | ']' | ',') {
            parts.push(&reference[start..index]);
            parts.push(&reference[index..=index]);
            start = index + 1;
        }
    }
    parts.push(&reference[start..]);
    parts
}

fn last_segment(part: &str) -> &str {
    part.rsplit_once('.')
        .map_or(part, |(_, tail)| if tail.is_empty() { part } else { tail })
}

fn normalise(name: &str) -> String {
    let clean: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') {
                c
            } else {
                '_'
            }
        })
        .collect();
    clean.replace('.', "__")
}

/// Schemas without repeats, the first of each kept.
#[must_use]
pub fn distinct(schemas: Vec<Json>) -> Vec<Json> {
    let mut result: Vec<Json> = vec![];
    for schema in schemas {
        if !result.iter().any(|known| same(known, &schema)) {
            result.push(schema);
        }
    }
    result
}

/// A reference as a schema.
#[must_use]
pub fn reference(name: &str) -> Map<String, Json> {
    let mut map = Map::new();
    map.insert("$ref".into(), format!("{PREFIX}{name}").into());
    map
}
