//! The context and the book of both host versions.

use serde_json::json;

use super::{Host, chapters, parse};

#[test]
fn the_version_decides_first() {
    let message = |version: serde_json::Value| {
        // Nothing else of the context is right, and nothing else is said.
        Host::read(&json!({"mdbook_version": version, "config": 3}))
            .expect_err("refused")
            .to_string()
    };
    let ours = env!("CARGO_PKG_VERSION");
    assert_eq!(
        message(json!("0.6.0")),
        format!(
            "the host is mdBook 0.6.0, but `mdbook-arch` {ours} works with mdBook 0.4.40 to 0.5: use one of these, \
             or an `mdbook-arch` made for your mdBook"
        )
    );
    assert!(message(json!("0.4.39")).starts_with("the host is mdBook 0.4.39, but"));
    assert!(message(json!("new")).starts_with("the host says that it is mdBook `new`, which is no version"));
    assert!(message(json!(null)).starts_with("the host does not say its version"));
    for version in ["0.4.40", "0.4.52", "0.5.0-beta.1", "0.5.4", "0.5.99"] {
        let host = Host::read(&json!({"mdbook_version": version, "root": "/book"}));
        assert!(host.is_ok(), "{version}");
    }
}

#[test]
fn nulls_and_absent_keys_are_defaults() {
    let host = Host::read(&json!({
        "mdbook_version": "0.5.4",
        "root": "/book",
        "config": {"book": {"src": null, "title": null}, "output": {"html": {"admonitions": false}}}
    }))
    .expect("read");
    assert_eq!(host.source, "src");
    assert!(host.dialect.definition_lists && !host.dialect.alerts);
    let old = Host::read(&json!({"mdbook_version": "0.4.52", "root": "/book"})).expect("read");
    assert!(
        !old.dialect.definition_lists && !old.dialect.alerts,
        "both came with 0.5"
    );
}

#[test]
fn chapters_are_found_at_any_depth() {
    let mut book = json!({"sections": [
        "Separator",
        {"PartTitle": "Part"},
        {"Chapter": {"name": "A", "content": "a", "path": "index.md", "source_path": "README.md", "sub_items": [
            {"Chapter": {"name": "B", "content": "b", "path": null, "source_path": null, "sub_items": []}},
            {"Chapter": {"name": "C"}}
        ]}},
        {"Unknown": 1}
    ], "__non_exhaustive": null});
    let found: Vec<_> = chapters(&mut book)
        .expect("chapters")
        .into_iter()
        .map(|chapter| (chapter.name, chapter.source_path, chapter.content.clone()))
        .collect();
    assert_eq!(
        found,
        [
            ("A".to_owned(), Some("README.md".to_owned()), "a".to_owned()),
            ("B".to_owned(), None, "b".to_owned())
        ]
    );
}

#[test]
fn wrong_input_is_named() {
    let message = |input: &[u8]| format!("{:#}", parse(input).expect_err("refused"));
    assert!(message(b" \n").starts_with("there is nothing on standard input"));
    assert!(message(b"{").starts_with("standard input is not the JSON array `[context, book]`"));
    assert!(message(b"[1, 2, 3]").starts_with("standard input is not the JSON array `[context, book]`"));
    let error = chapters(&mut json!({"chapters": []}))
        .expect_err("refused")
        .to_string();
    assert_eq!(
        error,
        "mdBook's book has neither a list `items` (0.5) nor a list `sections` (0.4)"
    );
}
