//! Which directives a chapter has, and what they stand in.

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::{Dialect, Spot, scan};

/// One line for each directive and each ignored one.
fn check(chapter: &str, expected: Expect) {
    let found = scan(chapter, Dialect::default());
    let mut shown = String::new();
    for directive in found.directives {
        let spot = match directive.spot {
            Spot::Inline(surroundings) => format!("{surroundings:?}"),
            Spot::Line(line) => format!(
                "Line {:?}{}{}",
                line.prefix,
                if line.blank_before { " blank-before" } else { "" },
                if line.blank_after { " blank-after" } else { "" }
            ),
        };
        let outcome = directive
            .request
            .map_or_else(|error| error.message, |request| request.name);
        shown.push_str(&format!("{:?} {spot}: {outcome}\n", directive.range));
    }
    for ignored in found.ignored {
        shown.push_str(&format!("{:?} ignored: {}\n", ignored.range, ignored.reason));
    }
    expected.assert_eq(&shown);
}

#[test]
fn lines_and_sentences() {
    check(
        "<<#arch a>>",
        expect![[r#"
        0..11 Line "": a
    "#]],
    );
    check(
        "text\n<<#arch a>>\ntext",
        expect![[r#"
        5..16 Line "" blank-before blank-after: a
    "#]],
    );
    check(
        "text\n\n  <<#arch a>>  \n\ntext",
        expect![[r#"
        8..19 Line "  ": a
    "#]],
    );
    check(
        "There are <<#arch a>> and <<#arch b>>.",
        expect![[r#"
        10..21 Sentence: a
        26..37 Sentence: b
    "#]],
    );
    check(
        "<<#arch a>> <<#arch b>>",
        expect![[r#"
        0..11 Sentence: a
        12..23 Sentence: b
    "#]],
    );
    check(
        "**bold\n<<#arch a>>\nmore** [<<#arch b>>](x.md)",
        expect![[r#"
        7..18 Sentence: a
        27..38 Sentence: b
    "#]],
    );
}

#[test]
fn headings_and_tables() {
    check(
        "# Now <<#arch a>>\n\n<<#arch b>>\n===\n",
        expect![[r#"
        6..17 Heading: a
        19..30 Heading: b
    "#]],
    );
    check(
        "| a | b |\n|---|---|\n| <<#arch a x=\"p\\|q\">> | `<<#arch b>>` |\n<<#arch c>>\n",
        expect![[r#"
        22..42 Cell: a
        61..72 Cell: c
    "#]],
    );
    check(
        "| a |\n|---|\n| <<#arch a x=\"p|q\">> |\n",
        expect![[r#"
        14..28 Cell: a quote `"` is not closed
    "#]],
    );
}

#[test]
fn containers_give_the_prefix() {
    check(
        "> text\n> <<#arch a>>\n> text",
        expect![[r#"
        9..20 Line "> " blank-before blank-after: a
    "#]],
    );
    check(
        "> text\n>\n> <<#arch a>>\n>\n> text",
        expect![[r#"
        11..22 Line "> ": a
    "#]],
    );
    check(
        "- <<#arch a>>\n- text",
        expect![[r#"
        2..13 Line "  " blank-after: a
    "#]],
    );
    check(
        "10. text\n\n    <<#arch a>>\n",
        expect![[r#"
        14..25 Line "    ": a
    "#]],
    );
    check(
        "> 1. - <<#arch a>>\n",
        expect![[r#"
        7..18 Line ">      ": a
    "#]],
    );
    check(
        "[^a-long-label]: <<#arch a>>\n\nSee[^a-long-label].\n",
        expect![[r#"
        17..28 Line "    ": a
    "#]],
    );
    check(
        "Term\n: <<#arch a>>\n",
        expect![[r#"
        7..18 Line "  ": a
    "#]],
    );
    check(
        "- [ ] <<#arch a>>\n",
        expect![[r#"
        6..17 Sentence: a
    "#]],
    );
    check(
        "text\n14. <<#arch a>>\n",
        expect![[r#"
        9..20 Sentence: a
    "#]],
    );
}

#[test]
fn code_html_and_comments_are_left_alone() {
    check(
        "```\n<<#arch a>>\n```\n\n    <<#arch b>>\n\n`<<#arch c>>` ``x <<#arch d>> ` ``\n",
        expect![""],
    );
    check(
        "<!-- <<#arch a>> -->\n\ntext <!-- <<#arch b>> --> text\n\n<!--\n\n<<#arch c>>\n\n-->\n",
        expect![""],
    );
    check(
        "<div>\n<<#arch a>>\n</div>\n\n<div>\n\n<<#arch b>>\n\n</div>\n",
        expect![[r#"
        33..44 Line "": b
        6..17 ignored: it stands inside HTML
    "#]],
    );
    check(
        "A <b title=\"<<#arch a>>\">b</b> and <b><<#arch c>></b>",
        expect![[r#"
        38..49 Sentence: c
        12..23 ignored: it stands inside HTML
    "#]],
    );
    check(
        "[a](b.md \"<<#arch a>>\")\n\n[a]: b.md \"<<#arch b>>\"\n",
        expect![[r#"
        10..21 ignored: it stands where Markdown shows no text (a link's target or title)
        36..47 ignored: it stands where Markdown shows no text (a link's target or title)
    "#]],
    );
}

#[test]
fn escapes_and_broken_ends() {
    check(
        "\\<<#arch a>> \\\\<<#arch b>>",
        expect![[r#"
        15..26 Sentence: b
    "#]],
    );
    check(
        "text <<#arch a\nb>>",
        expect![[r#"
        5..14 Sentence: `<<#arch` is not closed
    "#]],
    );
    check(
        "<<#arch a b=\"<<#arch c>>\">>\n",
        expect![[r#"
        0..27 Line "": a
    "#]],
    );
    check("<<#archive>> <#arch a>>", expect![""]);
}

#[test]
fn a_host_without_definition_lists_sees_text() {
    let dialect = Dialect {
        definition_lists: false,
        alerts: false,
    };
    let spots: Vec<Spot> = scan("Term\n: <<#arch a>>\n", dialect)
        .directives
        .into_iter()
        .map(|found| found.spot)
        .collect();
    assert_eq!(spots, [Spot::Inline(super::Surroundings::Sentence)]);
}

proptest! {
    /// Any Markdown is scanned without a panic, and the ranges are in order and apart.
    #[test]
    fn any_text_is_scanned(
        text in "(<<#arch |>>|a|\n|\r\n|\\||---|> |- |1\\. |`|```|<|>|\"|\\\\|\\[|\\]|\\(|\\)|:|#|\\*|    |\\PC){0,60}"
    ) {
        let mut end = 0;
        for found in scan(&text, Dialect::default()).directives {
            prop_assert!(found.range.start >= end);
            prop_assert!(text[found.range.clone()].starts_with("<<#arch"));
            end = found.range.end;
        }
    }
}
