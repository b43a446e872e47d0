//! A table of the configuration whose keys are taken one by one, so that all of its problems are found at once.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::book::problem::Problem;

/// How alike a name must be to be proposed, from 0 to 1.
const ALIKE: f64 = 0.7;

/// A table and what is wrong with it.
pub(super) struct Table<'a> {
    path: String,
    entries: &'a Map<String, Value>,
    pub(super) problems: Vec<Problem>,
}

impl<'a> Table<'a> {
    pub(super) fn new(path: &str, entries: &'a Map<String, Value>) -> Table<'a> {
        Table {
            path: path.to_owned(),
            entries,
            problems: Vec::new(),
        }
    }

    pub(super) fn problem(&mut self, message: &str, help: Option<&str>) {
        self.problems.push(super::problem(message, help));
    }

    /// Names every key that is neither in `known` nor in `tolerated`.
    pub(super) fn refuse_unknown(&mut self, known: &[&str], tolerated: &[&str]) {
        for key in self.entries.keys() {
            if known.contains(&key.as_str()) || tolerated.contains(&key.as_str()) {
                continue;
            }
            let help = match nearest(key, known.iter().chain(tolerated).copied()) {
                Some(name) => format!("did you mean `{name}`?"),
                None => format!("the keys are {}", list(known)),
            };
            self.problem(&format!("`[{}]` has no key `{key}`", self.path), Some(&help));
        }
    }

    /// The value of a key; a value of another type is a problem, an absent or null one is `None`.
    pub(super) fn take<T: DeserializeOwned>(&mut self, key: &str, expected: &str) -> Option<T> {
        let value = self.entries.get(key).filter(|value| !value.is_null())?;
        match serde_json::from_value(value.clone()) {
            Ok(value) => Some(value),
            Err(_) => {
                let message = format!("`{key}` of `[{}]` cannot be `{value}`", self.path);
                self.problem(&message, Some(&format!("it is {expected}")));
                None
            }
        }
    }
}

/// The name that is most like `name`, if one is.
pub(in crate::book) fn nearest<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    names
        .map(|candidate| (strsim::jaro_winkler(name, candidate), candidate))
        .filter(|(likeness, _)| *likeness >= ALIKE)
        // The first of equals, so that the answer does not depend on how the names were collected.
        .fold(None, |best: Option<(f64, &str)>, next| match best {
            Some(best) if best.0 >= next.0 => Some(best),
            _ => Some(next),
        })
        .map(|(_, candidate)| candidate)
}

/// `` `a`, `b`, `c` ``
pub(in crate::book) fn list(names: &[&str]) -> String {
    names
        .iter()
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ")
}
