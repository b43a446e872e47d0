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
    ///
    /// Names are simplified until nothing changes, since definitions may only become equal once what they refer to has
    /// its simple name. Until 2.12 a reference was renamed once, so that longer chains stayed apart: then `renames_once`.
    #[must_use]
    pub fn finish(&self, renames_once: bool) -> (IndexMap<String, Json>, FxHashMap<String, String>) {
        let mut working = self.schemas.clone();
        let mut names: FxHashMap<String, String> = FxHashMap::default();
        for _ in 0..100 {
            let chosen = self.simplest(&working);
            let mut refs: FxHashMap<String, String> = FxHashMap::default();
            for (name, short) in working.keys().filter_map(|name| Some((name, chosen.get(name)?))) {
                let choices = self.choices.get(name).map_or(&[][..], Vec::as_slice);
                let from = choices.iter().position(|choice| choice == short).unwrap_or(0);
                let later = if renames_once {
                    std::slice::from_ref(name)
                } else {
                    &choices[from..]
                };
                refs.extend(
                    later
                        .iter()
                        .map(|later| (format!("{PREFIX}{later}"), format!("{PREFIX}{short}"))),
                );
            }
            working.values_mut().for_each(|schema| rename(schema, &refs));
            let is_stable = chosen == names;
            names = chosen;
            if is_stable {
                break;
            }
        }
        let refs: FxHashMap<String, String> = names
            .iter()
            .map(|(long, short)| (format!("{PREFIX}{long}"), format!("{PREFIX}{short}")))
            .collect();
        let mut result = IndexMap::new();
        for (name, schema) in &self.schemas {
            let mut schema = schema.clone();
            rename(&mut schema, &refs);
            result.insert(names.get(name).cloned().unwrap_or_else(|| name.clone()), schema);
        }
        result.sort_keys();
        (result, names)
    }

    /// For each definition the first of its names that stands for one schema only.
    fn simplest(&self, schemas: &IndexMap<String, Json>) -> FxHashMap<String, String> {
        let mut candidates: FxHashMap<&str, Vec<&Json>> = FxHashMap::default();
        for (name, schema) in schemas {
            for choice in self.choices.get(name).into_iter().flatten() {
                let known = candidates.entry(choice).or_default();
                if !known.iter().any(|other| same(other, schema)) {
                    known.push(schema);
                }
            }
        }
        let is_single = |choice: &&String| {
            candidates
                .get(choice.as_str())
                .is_some_and(|known| known.len() == 1)
        };
        let mut chosen = FxHashMap::default();
        for name in schemas.keys() {
            let Some(choices) = self.choices.get(name) else {
                continue;
            };
            let short = choices.iter().find(is_single).unwrap_or(name);
            chosen.insert(name.clone(), short.clone());
        }
        chosen
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
