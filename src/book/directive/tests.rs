//! What authors write, and what is read from it.

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::parse;

/// `length: name | subject | key=value …`, or `length: message. help`.
fn check(text: &str, expected: Expect) {
    let directive = parse(text).expect("begins like a directive");
    let shown = match directive.request {
        Ok(request) => {
            let arguments: Vec<String> = request
                .arguments
                .iter()
                .map(|(k, v)| format!("{k}={v}"))
                .collect();
            format!(
                "{}: {} | {} | {}",
                directive.length,
                request.name,
                request.subject.unwrap_or_default(),
                arguments.join(" & ")
            )
        }
        Err(error) => format!(
            "{}: {}. {}",
            directive.length,
            error.message,
            error.help.unwrap_or_default()
        ),
    };
    expected.assert_eq(&shown);
}

#[test]
fn names_subjects_and_keys() {
    check("<<#arch endpoints>>", expect!["19: endpoints |  | "]);
    check(
        "<<#arch endpoints tag=users limit=3>> and more",
        expect!["37: endpoints |  | tag=users & limit=3"],
    );
    check(
        "<<#arch  endpoint \"GET /users/{id}\" >>",
        expect!["38: endpoint | GET /users/{id} | "],
    );
    check(
        "<<#arch count endpoints tag=users>>",
        expect!["35: count endpoints |  | tag=users"],
    );
    check(
        "<<#arch ref app.users:create_user>>",
        expect!["35: ref | app.users:create_user | "],
    );
    check(
        "<<#arch diagram request-lifecycle endpoint=\"POST /x\">>",
        expect!["54: diagram request-lifecycle |  | endpoint=POST /x"],
    );
    check("<<#arch diagram>>", expect!["17: diagram |  | "]);
    check("<<#arch endpoint /x?a=b>>", expect!["25: endpoint | /x?a=b | "]);
}

#[test]
fn quotes_hide_the_end_and_escape_themselves() {
    check(r#"<<#arch a b="x >> y">> z"#, expect!["22: a |  | b=x >> y"]);
    check(
        r#"<<#arch a b="say \"hi\" \\ \d" c="">>"#,
        expect![[r#"37: a |  | b=say "hi" \ \d & c="#]],
    );
    check("<<#arch a b=x>y>>", expect!["17: a |  | b=x>y"]);
}

#[test]
fn what_is_wrong_is_said() {
    check(
        "<<#arch>>",
        expect!["9: the directive has no name. write `<<#arch NAME …>>`; `mdbook-arch list` shows the names"],
    );
    check(
        "<<#arch tag=users>>",
        expect![
            "19: the directive has no name. write `<<#arch NAME …>>`; `mdbook-arch list` shows the names"
        ],
    );
    check(
        "<<#arch endpoints tag=users  ",
        expect!["27: `<<#arch` is not closed. write the whole directive on one line and end it with `>>`"],
    );
    check(
        "<<#arch endpoints tag=\"users>> x",
        expect!["30: a quote `\"` is not closed. end the value with `\"`, on the same line"],
    );
    check(
        "<<#arch endpoints tag=“users”>>",
        expect!["35: `“users”` begins with a typographic quote. use the straight quote `\"` around a value"],
    );
    check(
        "<<#arch endpoints tag= users>>",
        expect![
            "30: the key `tag` has no value. write `tag=…` without a space, or `tag=\"\"` for an empty value"
        ],
    );
    check(
        "<<#arch endpoints tag=a tag=b>>",
        expect!["31: the key `tag` is given twice. write it once; several values are separated by commas"],
    );
    check(
        "<<#arch endpoint GET /x>>",
        expect![[
            r#"25: `/x` stands behind the subject `GET`, and there is only one subject. put a subject with spaces in quotes: `endpoint "GET /x"`"#
        ]],
    );
    check(
        "<<#arch endpoints columns=method, path>>",
        expect![[
            r#"40: `path` stands behind `columns=method,` and belongs to nothing. put a value with spaces in quotes: `columns="method, path"`"#
        ]],
    );
    check(
        "<<#arch endpoint \"a\"b>>",
        expect![[
            r#"23: there is no space behind the quoted value `a`. put a space between the words; within quotes a quote is written `\"`"#
        ]],
    );
}

#[test]
fn other_words_are_not_directives() {
    assert_eq!(parse("<<#archive>>"), None);
    assert_eq!(parse("<<#arc x>>"), None);
    assert_eq!(parse("text <<#arch x>>"), None);
}

proptest! {
    /// Any line is read without a panic, and the length is one that the caller can cut at.
    #[test]
    fn any_text_is_read(tail in "( |>|>>|\"|\\\\|=|[a-z]{1,3}|\\PC){0,30}") {
        let text = format!("<<#arch {tail}");
        let directive = parse(&text).expect("begins like a directive");
        prop_assert!(text.is_char_boundary(directive.length));
        if directive.request.is_ok() {
            prop_assert!(text[..directive.length].ends_with(">>"));
        }
    }

    /// What is quoted comes out as it went in.
    #[test]
    fn quoting_is_lossless(value in "[^\r\n]{0,30}") {
        let quoted = value.replace('\\', "\\\\").replace('"', "\\\"");
        let directive = parse(&format!("<<#arch x k=\"{quoted}\">>")).expect("begins like a directive");
        prop_assert_eq!(directive.request.map(|request| request.arguments), Ok(vec![("k".to_owned(), value)]));
    }
}
