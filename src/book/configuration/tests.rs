//! What is read from `[preprocessor.arch]`, and what is refused.

use expect_test::{Expect, expect};
use serde_json::json;

use super::{Configuration, OnError};

fn refused(table: serde_json::Value, expected: Expect) {
    let problems = Configuration::read(Some(&table)).expect_err("refused");
    let shown: Vec<String> = problems.iter().map(ToString::to_string).collect();
    expected.assert_eq(&shown.join("\n"));
}

#[test]
fn everything_has_a_default() {
    assert_eq!(Configuration::read(None), Ok(Configuration::default()));
    assert_eq!(
        Configuration::read(Some(&json!({}))),
        Ok(Configuration::default())
    );
}

#[test]
fn all_keys_are_read() {
    let configuration = Configuration::read(Some(&json!({
        "command": "mdbook-arch", "before": ["mermaid"], "after": ["links"], "optional": true, "renderers": ["html"],
        "root": "..", "app": "app.main:app", "env": {"DEBUG": true, "WORKERS": 4, "NAME": "x"},
        "on-error": "show", "source-url": "https://forge.example/o/n/blob/main/", "libraries": ["../.venv", "../vendor"],
        "repos": {"backend": {"root": "../backend", "env": {"A": "b"}}},
        "layers": {"api": "app/api/**", "core": ["app/core/**", "app/*.py"]}
    })))
    .expect("read");
    assert_eq!(configuration.on_error, OnError::Show);
    assert_eq!(configuration.repository.libraries, ["../.venv", "../vendor"]);
    assert_eq!(configuration.repository.root.as_deref(), Some(".."));
    assert_eq!(configuration.repository.app.as_deref(), Some("app.main:app"));
    assert_eq!(
        configuration.repository.source_url.as_deref(),
        Some("https://forge.example/o/n/blob/main")
    );
    let variables = [("DEBUG", "true"), ("NAME", "x"), ("WORKERS", "4")];
    assert_eq!(
        configuration.repository.environment,
        variables.map(|(name, value)| (name.to_owned(), value.to_owned()))
    );
    assert_eq!(
        configuration.repositories["backend"].root.as_deref(),
        Some("../backend")
    );
    assert_eq!(configuration.layers["api"], ["app/api/**"]);
    assert_eq!(configuration.layers["core"], ["app/core/**", "app/*.py"]);
}

#[test]
fn all_problems_are_named_together() {
    refused(
        json!({
            "rot": "..", "onerror": "show", "renderer": ["html"], "zzz": 1,
            "app": 3, "libraries": "../.venv", "on-error": "ignore", "layers": {"api": ["{a"]},
            "repos": {"backend": {"path": "../b", "root": ["x"]}}
        }),
        expect![[r#"
            book.toml: error: `[preprocessor.arch]` has no key `renderer`. help: mdBook's key is `renderers` and takes a list: `renderers = ["html"]`
            book.toml: error: `[preprocessor.arch]` has no key `rot`. help: did you mean `root`?
            book.toml: error: `[preprocessor.arch]` has no key `onerror`. help: did you mean `on-error`?
            book.toml: error: `[preprocessor.arch]` has no key `zzz`. help: the keys are `root`, `app`, `env`, `libraries`, `on-error`, `source-url`, `repos`, `layers`
            book.toml: error: `app` of `[preprocessor.arch]` cannot be `3`. help: it is the application as a server command names it: `"app.main:app"`
            book.toml: error: `libraries` of `[preprocessor.arch]` cannot be `"../.venv"`. help: it is a list of paths in quotes: `libraries = ["../.venv"]`
            book.toml: error: `on-error` of `[preprocessor.arch]` cannot be `"ignore"`. help: it is `"fail"` or `"show"`
            book.toml: error: the glob `{a` of the layer `api` cannot be read: unclosed alternate group; missing '}' (maybe escape '{' with '[{]'?)
            book.toml: error: `[preprocessor.arch.repos.backend]` has no key `path`. help: the keys are `root`, `app`, `env`, `libraries`, `source-url`
            book.toml: error: `root` of `[preprocessor.arch.repos.backend]` cannot be `["x"]`. help: it is a path in quotes, relative to the book"#]],
    );
    refused(
        json!("x"),
        expect!["book.toml: error: `preprocessor.arch` is not a table"],
    );
}
