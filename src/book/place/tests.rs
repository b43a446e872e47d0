//! Places in the author's files.

use std::path::Path;

use serde_json::json;

use super::locate;
use crate::book::host::Host;

const DIRECTIVE: &str = "<<#arch x>>";

/// The place of the `nth` directive of `content`, the chapter `a.md` of a book of `files`.
fn place(files: &[(&str, &str)], content: &str, nth: usize) -> String {
    let directory = tempfile::tempdir().expect("a directory");
    let root = directory.path().join("book");
    for (path, text) in files {
        let file = root.join(path);
        std::fs::create_dir_all(file.parent().expect("has a parent")).expect("created");
        std::fs::write(file, text).expect("written");
    }
    let host = Host::read(&json!({"mdbook_version": "0.5.4", "root": root})).expect("a host");
    let (start, _) = content.match_indices(DIRECTIVE).nth(nth).expect("is there");
    let place = locate(
        &host,
        Some("a.md"),
        "A",
        content,
        &(start..start + DIRECTIVE.len()),
    );
    match &place.quote {
        Some(quote) => format!("{place} {quote}"),
        None => place.to_string(),
    }
}

#[test]
fn the_same_text_has_the_same_place() {
    let text = "# é\n\né é <<#arch x>> <<#arch x>>\n";
    assert_eq!(place(&[("src/a.md", text)], text, 1), "src/a.md:3:17");
    let marked = format!("\u{feff}{text}");
    assert_eq!(place(&[("src/a.md", &marked)], text, 0), "src/a.md:3:5");
}

#[test]
fn after_an_include_the_authors_line_counts() {
    let chapter = ("src/a.md", "{{#include part.md}}\n\n<<#arch x>>\n");
    assert_eq!(
        place(&[chapter, ("src/part.md", "1\n2\n")], "1\n2\n\n<<#arch x>>\n", 0),
        "src/a.md:3:1"
    );
    let twice = ("src/a.md", "{{#include part.md}}\n<<#arch x>> <<#arch x>>\n");
    assert_eq!(
        place(&[twice], "1\n2\n<<#arch x>> <<#arch x>>\n", 1),
        "src/a.md:2:13"
    );
}

#[test]
fn included_files_are_looked_into() {
    let chapter = ("src/a.md", "\\{{#include no.md}}\n{{#include sub/part.md:2:}}\n");
    let part = ("src/sub/part.md", "{{#include ../../shared.md}}\n");
    let shared = ("shared.md", "\n  <<#arch x>>\n");
    assert_eq!(
        place(&[chapter, part, shared], "\n  <<#arch x>>\n", 0),
        "shared.md:2:3"
    );
    let circle = ("src/sub/part.md", "{{#include ../a.md}}\n{{#include part.md}}\n");
    assert_eq!(
        place(&[chapter, circle], "<<#arch x>>\n", 0),
        "src/a.md <<#arch x>>"
    );
}

#[test]
fn what_cannot_be_placed_is_quoted() {
    assert_eq!(place(&[], "<<#arch x>>", 0), "src/a.md <<#arch x>>");
    let chapter = ("src/a.md", "{{#include b.md}}{{#include c.md}}");
    let parts = [chapter, ("src/b.md", "<<#arch x>>"), ("src/c.md", "<<#arch x>>")];
    assert_eq!(place(&parts, "<<#arch x>><<#arch x>>", 0), "src/a.md <<#arch x>>");
}

#[test]
fn paths_are_shown_from_the_book() {
    assert_eq!(
        super::shown(Path::new("/r/book"), Path::new("/r/book/src/../../x.md")),
        "../x.md"
    );
    assert_eq!(
        super::shown(Path::new("/r/book"), Path::new("/r/book/./src/a.md")),
        "src/a.md"
    );
}
