//! A document in YAML as the JSON it stands for.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle};
use serde_json::{Map, Value as Json};

/// Nesting beyond this is refused.
const MAX_DEPTH: usize = 256;

/// Values that aliases may add.
const MAX_ALIASED: usize = 1_000_000;

/// What text without quotes stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rules {
    /// The [core schema](https://yaml.org/spec/1.2.2/#103-core-schema) of YAML 1.2.
    #[default]
    Core,
    /// YAML 1.1 as PyYAML reads it: `yes` and `off` are [booleans](https://yaml.org/type/bool.html), `<<` is a
    /// [merge key](https://yaml.org/type/merge.html).
    First,
}

/// A mistake and the place of it.
#[derive(Debug)]
pub struct Problem {
    /// One-based.
    pub line: usize,
    /// One-based.
    pub column: usize,
    /// What is wrong.
    pub words: String,
}

/// A collection that is not complete.
struct Open {
    value: Json,
    /// The key whose value comes next.
    key: Option<String>,
    anchor: usize,
}

#[derive(Default)]
struct Reader {
    rules: Rules,
    open: Vec<Open>,
    anchors: HashMap<usize, Json>,
    aliased: usize,
    document: Option<Json>,
}

/// The first document of a file.
///
/// # Errors
/// When it is not YAML, is nested too deeply, or its aliases stand for too much.
pub fn parse(text: &str, rules: Rules) -> Result<Json, Problem> {
    let mut reader = Reader {
        rules,
        ..Reader::default()
    };
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| Problem {
            line: error.marker().line(),
            column: error.marker().col() + 1,
            words: error.info().to_owned(),
        })?;
        if matches!(event, Event::DocumentEnd) {
            break;
        }
        reader.take(event).map_err(|words| Problem {
            line: span.start.line(),
            column: span.start.col() + 1,
            words: words.to_owned(),
        })?;
    }
    Ok(reader.document.unwrap_or(Json::Null))
}

impl Reader {
    fn take(&mut self, event: Event<'_>) -> Result<(), &'static str> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let is_text = tag.is_some_and(|tag| tag.is_yaml_core_schema() && tag.suffix == "str");
                let value = if style == ScalarStyle::Plain && !is_text {
                    plain(&text, self.rules)
                } else {
                    text.into_owned().into()
                };
                self.put(value, Some(anchor))
            }
            Event::SequenceStart(anchor, _) => self.begin(Json::Array(vec![]), anchor),
            Event::MappingStart(anchor, _) => self.begin(Json::Object(Map::new()), anchor),
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop() {
                Some(done) => self.put(done.value, Some(done.anchor)),
                None => Ok(()),
            },
            Event::Alias(anchor) => {
                let value = self.anchors.get(&anchor).cloned().unwrap_or(Json::Null);
                self.aliased += size(&value);
                if self.aliased > MAX_ALIASED {
                    return Err("its aliases stand for too much");
                }
                self.put(value, None)
            }
            _ => Ok(()),
        }
    }

    fn begin(&mut self, value: Json, anchor: usize) -> Result<(), &'static str> {
        if self.open.len() >= MAX_DEPTH {
            return Err("it is nested too deeply");
        }
        self.open.push(Open {
            value,
            key: None,
            anchor,
        });
        Ok(())
    }

    fn put(&mut self, value: Json, anchor: Option<usize>) -> Result<(), &'static str> {
        if let Some(anchor) = anchor.filter(|anchor| *anchor > 0) {
            self.anchors.insert(anchor, value.clone());
        }
        let Some(open) = self.open.last_mut() else {
            self.document.get_or_insert(value);
            return Ok(());
        };
        match (&mut open.value, open.key.take()) {
            (Json::Array(items), _) => items.push(value),
            (Json::Object(map), Some(key)) if key == "<<" && self.rules == Rules::First => merge(map, value),
            (Json::Object(map), Some(key)) => _ = map.insert(key, value),
            // A status code is a number to YAML and a name to OpenAPI.
            (_, None) => {
                open.key = Some(match value {
                    Json::String(text) => text,
                    Json::Array(_) | Json::Object(_) => return Err("a key is a list or a map"),
                    other => other.to_string(),
                });
            }
            _ => {}
        }
        Ok(())
    }
}

/// Adds what a mapping lacks; of several mappings the first counts.
fn merge(map: &mut Map<String, Json>, value: Json) {
    match value {
        Json::Object(other) => {
            for (key, value) in other {
                map.entry(key).or_insert(value);
            }
        }
        Json::Array(several) => several.into_iter().for_each(|other| merge(map, other)),
        _ => {}
    }
}

fn plain(text: &str, rules: Rules) -> Json {
    if rules == Rules::First {
        match text {
            "yes" | "Yes" | "YES" | "on" | "On" | "ON" => return true.into(),
            "no" | "No" | "NO" | "off" | "Off" | "OFF" => return false.into(),
            _ => {}
        }
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Json::Null,
        "true" | "True" | "TRUE" => return true.into(),
        "false" | "False" | "FALSE" => return false.into(),
        _ => {}
    }
    let is_number = text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'));
    if is_number {
        if let Ok(number) = text.parse::<i64>() {
            return number.into();
        }
        if let Some(number) = text.parse().ok().and_then(serde_json::Number::from_f64) {
            return number.into();
        }
    }
    text.into()
}

fn size(value: &Json) -> usize {
    match value {
        Json::Array(items) => 1 + items.iter().map(size).sum::<usize>(),
        Json::Object(map) => 1 + map.values().map(size).sum::<usize>(),
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Rules;

    fn check(text: &str, expected: &serde_json::Value) {
        match super::parse(text, Rules::Core) {
            Ok(value) => assert_eq!(value, *expected),
            Err(problem) => panic!("{}:{}: {}", problem.line, problem.column, problem.words),
        }
    }

    #[test]
    fn scalars_are_what_the_core_schema_says() {
        check(
            "a: 1\nb: 1.5\nc: 'yes'\nd: true\ne:\nf: yes\n200: ok\ng: !!str 3\nh: 1.2.3\n",
            &json!({ "a": 1, "b": 1.5, "c": "yes", "d": true, "e": null, "f": "yes", "200": "ok", "g": "3", "h": "1.2.3" }),
        );
    }

    #[test]
    fn aliases_are_what_they_stand_for() {
        check(
            "a: &x [1, {b: 2}]\nc: *x\n",
            &json!({ "a": [1, { "b": 2 }], "c": [1, { "b": 2 }] }),
        );
    }

    #[test]
    fn the_first_version_knows_more_booleans_and_merges() {
        let text = "base: &base {a: yes, b: 1}\nown: {<<: *base, b: 2}\n";
        let value = super::parse(text, Rules::First).expect("it is right");
        assert_eq!(
            value,
            json!({ "base": { "a": true, "b": 1 }, "own": { "a": true, "b": 2 } })
        );
    }

    #[test]
    fn mistakes_have_a_place() {
        let problem = super::parse("a: [1\nb: 2", Rules::Core).expect_err("it is wrong");
        assert_eq!(problem.line, 2);
        let mut bomb = String::from("a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n");
        for (name, before) in "bcdefghij".chars().zip("abcdefghi".chars()) {
            bomb.push_str(&format!(
                "{name}: &{name} [{}]\n",
                vec![format!("*{before}"); 10].join(", ")
            ));
        }
        let problem = super::parse(&bomb, Rules::Core).expect_err("it is too large");
        assert_eq!(problem.words, "its aliases stand for too much");
    }
}
