//! Whether mdBook runs the preprocessors in the one order that works.
//!
//! Without `before` and `after` mdBook orders them by name, so that `arch` comes before `links`: directives in
//! included files are then never seen. And with `after` alone it may come behind a Mermaid preprocessor, which then
//! never sees the diagrams.

use serde_json::{Map, Value};

/// The preprocessor tables that draw Mermaid diagrams, by name.
#[must_use]
pub(crate) fn mermaid_preprocessors(preprocessors: &Map<String, Value>) -> Vec<String> {
    let draws = |name: &str, table: &Value| {
        let command = table.get("command").and_then(Value::as_str).unwrap_or_default();
        name != "arch" && (name.contains("mermaid") || command.contains("mermaid"))
    };
    let mut names: Vec<String> = preprocessors
        .iter()
        .filter(|(name, table)| draws(name, table))
        .map(|(name, _)| name.clone())
        .collect();
    names.sort();
    names
}

/// The keys that `[preprocessor.arch]` lacks for the right order, as lines of `book.toml`.
pub(super) fn missing_keys(preprocessors: &Map<String, Value>) -> Vec<String> {
    let mut missing = Vec::new();
    if !is_before(preprocessors, "links", "arch") {
        missing.push(r#"after = ["links"]"#.to_owned());
    }
    let behind: Vec<String> = mermaid_preprocessors(preprocessors)
        .into_iter()
        .filter(|name| !is_before(preprocessors, "arch", name))
        .map(|name| format!("{name:?}"))
        .collect();
    if !behind.is_empty() {
        missing.push(format!("before = [{}]", behind.join(", ")));
    }
    missing
}

/// Whether one of the two tables says that `first` runs before `second`.
fn is_before(preprocessors: &Map<String, Value>, first: &str, second: &str) -> bool {
    let lists = |table: &str, key: &str, name: &str| {
        let list = preprocessors
            .get(table)
            .and_then(|table| table.get(key))
            .and_then(Value::as_array);
        list.is_some_and(|list| list.iter().any(|item| item.as_str() == Some(name)))
    };
    lists(first, "before", second) || lists(second, "after", first)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::missing_keys;

    #[test]
    fn the_missing_keys_are_named() {
        let missing = |tables: serde_json::Value| missing_keys(tables.as_object().expect("an object"));
        assert_eq!(missing(json!({"arch": {}})), [r#"after = ["links"]"#]);
        assert_eq!(
            missing(json!({"arch": {"after": ["links"]}, "draw": {"command": "mdbook-mermaid"}})),
            [r#"before = ["draw"]"#]
        );
        assert!(
            missing(json!({"arch": {"after": ["links"]}, "mermaid": {"after": ["arch"]}})).is_empty(),
            "the order may be said on either side"
        );
    }
}
