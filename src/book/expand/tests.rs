//! Problems of a whole book, from the JSON on.

use serde_json::{Value, json};

/// Expands one chapter, `api.md` of a book that has only that file.
fn expand(table: Value, chapter: &str) -> (Value, Result<(), String>) {
    let directory = tempfile::tempdir().expect("a directory");
    std::fs::create_dir(directory.path().join("src")).expect("created");
    std::fs::write(directory.path().join("src/api.md"), chapter).expect("written");
    let context = json!({
        "mdbook_version": "0.5.4", "root": directory.path(), "config": {"preprocessor": {"arch": table}}
    });
    let mut book =
        json!({"items": [{"Chapter": {"name": "API", "content": chapter, "source_path": "api.md"}}]});
    let result = crate::book::expand(&context, &mut book).map_err(|error| format!("{error:#}"));
    (book["items"][0]["Chapter"]["content"].clone(), result)
}

#[test]
fn all_problems_are_shown_together() {
    let chapter = "# API\n\nText <<#arch a tag=\"x>>.\n\n<<#arch endpoints repo=other>>\n";
    let (_, result) = expand(json!({"repos": {"backend": {}}}), chapter);
    assert_eq!(
        result.expect_err("fails"),
        "src/api.md:3:6: error: a quote `\"` is not closed. help: end the value with `\"`, on the same line\n\
         src/api.md:5:1: error: there is no repository `other`. help: the repositories of `book.toml` are `backend`\n\
         2 problems found; no book is written"
    );
}

#[test]
fn a_broken_analysis_is_reported_once() {
    let (_, result) = expand(
        json!({"root": "nowhere"}),
        "<<#arch endpoints>>\n\n<<#arch routers>>\n",
    );
    assert_eq!(
        result.expect_err("fails"),
        "src/api.md:1:1: error: the repository's root `nowhere` is not a directory. \
         help: `root` of `book.toml` is relative to the directory of `book.toml`\n\
         1 problem found; no book is written"
    );
}

#[test]
fn problems_can_be_shown_in_the_page() {
    let chapter = "Text <<#arch a b=\"<i>|`>>.\n\n<<#arch endpoints repo=b>>\n";
    let (content, result) = expand(json!({"on-error": "show", "after": ["links"]}), chapter);
    assert_eq!(result, Ok(()));
    assert_eq!(
        content,
        "Text **mdbook-arch:** ``a quote `\"` is not closed. help: end the value with `\"`, on the same line``.\n\n\
         > **mdbook-arch:** `` there is no repository `b`. help: add a table `[preprocessor.arch.repos.b]` with its \
         `root` to `book.toml` ``\n"
    );
}

#[test]
fn a_chapter_without_directives_asks_for_nothing() {
    let chapter = "\\<<#arch x>>\r\n\tText\u{0}";
    let (content, result) = expand(json!({"root": "nowhere"}), chapter);
    assert_eq!((content, result), (json!(chapter), Ok(())));
}
