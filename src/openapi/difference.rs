//! What differs between a document that is kept and the one that the application publishes.

mod compare;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::{Map, Value as Json};

use compare::{compare, pointer};

/// The methods of a [path item](https://spec.openapis.org/oas/v3.1.0#path-item-object), in its order.
const METHODS: &[&str] = &[
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// One thing of a document that differs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Difference {
    /// What happened to it on the way from the kept document to the published one.
    pub change: Change,
    /// What it is.
    pub subject: Subject,
    /// Its [JSON Pointer](https://www.rfc-editor.org/rfc/rfc6901) in the document that has it.
    pub pointer: String,
    /// What differs inside, in the order of the kept document; empty for what one side lacks.
    pub details: Vec<Detail>,
}

/// What happened on the way from the kept document to the published one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// Only the published document has it.
    Added,
    /// Only the kept document has it.
    Removed,
    /// Both have it, and it is not the same.
    Changed,
}

/// A named part of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Subject {
    /// What stands beside paths and components: `info`, `servers`, …
    Document {
        /// Its key.
        name: String,
    },
    /// An operation.
    Operation {
        /// Upper-case.
        method: String,
        /// As the document has it.
        path: String,
    },
    /// What a path says beside its operations.
    Path {
        /// As the document has it.
        path: String,
    },
    /// A component: `schemas`, `securitySchemes`, …
    Component {
        /// Which of the maps of components.
        component: String,
        /// Its key.
        name: String,
    },
}

/// One value that differs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Detail {
    /// Its JSON Pointer.
    pub pointer: String,
    /// The value in the kept document, absent where it has none.
    pub kept: Option<Json>,
    /// The value in the published document, absent where it has none.
    pub published: Option<Json>,
}

/// What differs, ordered: the document's own keys, then operations by path, then components by kind and name.
/// Order counts only where it has a meaning: not in `required`, `enum`, `anyOf` and parameters.
#[must_use]
pub fn differences(kept: &Json, published: &Json) -> Vec<Difference> {
    let mut found = vec![];
    for name in keys(kept, published) {
        if !matches!(name.as_str(), "paths" | "components") {
            let subject = Subject::Document { name: name.clone() };
            one(
                subject,
                &[&name],
                kept.get(&name),
                published.get(&name),
                &mut found,
            );
        }
    }
    let (kept_paths, published_paths) = (kept.get("paths"), published.get("paths"));
    for path in keys_of(kept_paths, published_paths) {
        paths(
            &path,
            item(kept_paths, &path),
            item(published_paths, &path),
            &mut found,
        );
    }
    let (kept, published) = (kept.get("components"), published.get("components"));
    for component in keys_of(kept, published) {
        let (kept, published) = (item(kept, &component), item(published, &component));
        for name in keys_of(kept, published) {
            let subject = Subject::Component {
                component: component.clone(),
                name: name.clone(),
            };
            let way = ["components", &component, &name];
            one(
                subject,
                &way,
                item(kept, &name),
                item(published, &name),
                &mut found,
            );
        }
    }
    found
}

fn paths(path: &str, kept: Option<&Json>, published: Option<&Json>, found: &mut Vec<Difference>) {
    for method in METHODS {
        let subject = Subject::Operation {
            method: method.to_uppercase(),
            path: path.to_owned(),
        };
        one(
            subject,
            &["paths", path, method],
            item(kept, method),
            item(published, method),
            found,
        );
    }
    let rest = |side: Option<&Json>| -> Json {
        let entries = side.and_then(Json::as_object).into_iter().flatten();
        let rest = entries.filter(|(key, _)| !METHODS.contains(&key.as_str()));
        rest.map(|(key, value)| (key.clone(), value.clone()))
            .collect::<Map<String, Json>>()
            .into()
    };
    let subject = Subject::Path {
        path: path.to_owned(),
    };
    one(
        subject,
        &["paths", path],
        Some(&rest(kept)),
        Some(&rest(published)),
        found,
    );
}

fn one(
    subject: Subject,
    way: &[&str],
    kept: Option<&Json>,
    published: Option<&Json>,
    found: &mut Vec<Difference>,
) {
    let pointer = pointer(way);
    let (change, details) = match (kept, published) {
        (None, None) => return,
        (None, Some(_)) => (Change::Added, vec![]),
        (Some(_), None) => (Change::Removed, vec![]),
        (Some(kept), Some(published)) => {
            let mut details = vec![];
            compare(&pointer, kept, published, &mut details);
            if details.is_empty() {
                return;
            }
            (Change::Changed, details)
        }
    };
    found.push(Difference {
        change,
        subject,
        pointer,
        details,
    });
}

fn item<'a>(side: Option<&'a Json>, key: &str) -> Option<&'a Json> {
    side.and_then(|side| side.get(key))
}

fn keys(kept: &Json, published: &Json) -> BTreeSet<String> {
    keys_of(Some(kept), Some(published))
}

fn keys_of(kept: Option<&Json>, published: Option<&Json>) -> BTreeSet<String> {
    let objects = [kept, published]
        .into_iter()
        .flatten()
        .filter_map(Json::as_object);
    objects.flat_map(Map::keys).cloned().collect()
}
