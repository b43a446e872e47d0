//! What a chapter becomes; and that nothing else of it changes.

use expect_test::{Expect, expect};
use proptest::prelude::*;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::{replacement, splice};
use crate::book::scan::{Dialect, Spot, Surroundings, scan};
use crate::view::{Placement, Rendered};

const TABLE: &str = "| a |\n|---|\n| 1 |\n\nEnd.";

/// Expands `table` as a block and everything else as the value `4|2`; a misplaced block is left.
fn expand(chapter: &str) -> (String, Vec<String>) {
    let mut replacements = Vec::new();
    let mut errors = Vec::new();
    for found in scan(chapter, Dialect::default()).directives {
        let Ok(request) = &found.request else { continue };
        let rendered = match request.name.as_str() {
            "table" => Rendered {
                markdown: TABLE.to_owned(),
                placement: Placement::Block,
            },
            _ => Rendered {
                markdown: "4|2".to_owned(),
                placement: Placement::Inline,
            },
        };
        match replacement(&found, &rendered) {
            Ok(text) => replacements.push((found.range, text)),
            Err(error) => errors.push(format!("{}. {}", error.message, error.help.unwrap_or_default())),
        }
    }
    (splice(chapter, &replacements), errors)
}

fn check(chapter: &str, expected: Expect) {
    let (text, errors) = expand(chapter);
    expected.assert_eq(&format!("{}{}", text.replace('\r', "␍"), errors.join("\n")));
}

#[test]
fn blocks_keep_their_container() {
    check(
        "Text\n<<#arch table>>\nText\n",
        expect![[r#"
        Text

        | a |
        |---|
        | 1 |

        End.

        Text
    "#]],
    );
    check(
        "> Text\n> <<#arch table>>\n> Text\n",
        expect![[r#"
        > Text
        > 
        > | a |
        > |---|
        > | 1 |
        >
        > End.
        >
        > Text
    "#]],
    );
    check(
        "- <<#arch table>>\n- Text\n",
        expect![[r#"
        - | a |
          |---|
          | 1 |

          End.

        - Text
    "#]],
    );
    check(
        "1. Text\n\n   <<#arch table>>\n\n2. Text\n",
        expect![[r#"
        1. Text

           | a |
           |---|
           | 1 |

           End.

        2. Text
    "#]],
    );
}

#[test]
fn line_ends_are_those_of_the_chapter() {
    check(
        "Text\r\n<<#arch table>>\r\nText\r\n",
        expect![[r#"
        Text␍
        ␍
        | a |␍
        |---|␍
        | 1 |␍
        ␍
        End.␍
        ␍
        Text␍
    "#]],
    );
}

#[test]
fn values_stand_anywhere() {
    check(
        "There are <<#arch count endpoints>> of *<<#arch count x>>*.\n",
        expect![[r#"
        There are 4|2 of *4|2*.
    "#]],
    );
    check(
        "| n |\n|---|\n| <<#arch count endpoints>> |\n",
        expect![[r#"
        | n |
        |---|
        | 4\|2 |
    "#]],
    );
    check(
        "Text\n<<#arch count endpoints>>\nText\n",
        expect![[r#"
        Text
        4|2
        Text
    "#]],
    );
}

#[test]
fn blocks_do_not_stand_in_text() {
    check(
        "See <<#arch table>>.\n",
        expect![[r#"
        See <<#arch table>>.
        the directive makes a block (a table, a list or a diagram), but it stands within a sentence. put it on a line of its own"#]],
    );
    check(
        "# <<#arch table>>\n",
        expect![[r##"
        # <<#arch table>>
        the directive makes a block (a table, a list or a diagram), but it stands in a heading. put it on a line of its own below the heading"##]],
    );
    check(
        "<<#arch table>>\nText.\n: meaning\n",
        expect![[r#"
        <<#arch table>>
        Text.
        : meaning
        the directive makes a block (a table, a list or a diagram), but it stands in the term of a definition list, which the colon below makes of it. leave a blank line below it"#]],
    );
    check(
        "| a |\n|---|\n<<#arch table>>\n",
        expect![[r#"
        | a |
        |---|
        <<#arch table>>
        the directive makes a block (a table, a list or a diagram), but it stands in a table cell. put it on a line of its own, with a blank line between it and the table above"#]],
    );
}

/// Pieces that have no directive, though some look like one.
fn prose() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("Some *text*, a `code span`, 1 < 2 >> 3.\n".to_owned()),
        Just("\n".to_owned()),
        Just("```text\n<<#arch table>>\n```\n".to_owned()),
        Just("\n    <<#arch table>>\n\n".to_owned()),
        Just("Literal \\<<#arch table>> and `<<#arch table>>`.\r\n".to_owned()),
        Just("<div>\n<<#arch table>>\n</div>\n\n".to_owned()),
        Just("<!-- <<#arch table>> -->\n".to_owned()),
        Just("> quoted\n>\n> - item\n".to_owned()),
        Just("| a | b |\n|---|---|\n| `x \\| y` | <b>z</b> |\n\n".to_owned()),
        Just("\\\\ & &amp; \u{a0}é\t  \n".to_owned()),
        "[ -~]{0,20}\n",
    ];
    proptest::collection::vec(piece, 0..8)
        .prop_map(|pieces| pieces.concat())
        .prop_filter("has no directive", |text| {
            scan(text, Dialect::default()).directives.is_empty()
        })
}

/// Where a directive may be put between two pieces of prose: before and after it.
const CONTAINERS: &[(&str, &str)] = &[
    ("", "\n"),
    ("> ", "\n"),
    ("- ", "\n"),
    ("3. ", "\n"),
    ("> - ", "\n"),
    ("- item\n\n  ", "\n"),
    ("[^n]: ", "\n"),
];

proptest! {
    /// A chapter without a directive comes back byte for byte.
    #[test]
    fn prose_is_sacred(text in prose()) {
        prop_assert_eq!(expand(&text).0, text);
    }

    /// Every byte around values stays: cutting the values out gives what cutting the directives out gives.
    #[test]
    fn values_change_only_themselves(pieces in proptest::collection::vec("[a-z ,.é&*_\n]{0,12}", 1..6)) {
        let chapter = pieces.join("<<#arch count x>>");
        prop_assert_eq!(expand(&chapter).0, pieces.join("4|2"));
    }

    /// A block is the same table wherever it stands, and the text before and after it is still there.
    #[test]
    fn spliced_blocks_are_read_again(before in prose(), after in prose(), index in 0..CONTAINERS.len()) {
        let (open, close) = CONTAINERS[index];
        let chapter = format!("{before}\n\n{open}<<#arch table>>{close}{after}");
        let found = scan(&chapter, Dialect::default());
        // Prose may end in a fence or in HTML that swallows what follows.
        prop_assume!(found.directives.len() == 1);
        let (text, errors) = expand(&chapter);
        if let Spot::Inline(surroundings) = &found.directives[0].spot {
            // A line below can make a heading or a term of the directive's own line: that is said, and nothing is changed.
            prop_assert!(matches!(surroundings, Surroundings::Heading | Surroundings::Term), "in {}", chapter);
            prop_assert_eq!((text, errors.len()), (chapter, 1));
            return Ok(());
        }
        prop_assert_eq!(errors, Vec::<String>::new());
        let start = format!("{before}\n\n{open}");
        prop_assert!(text.starts_with(&start));
        prop_assert!(text.ends_with(&after));
        let tables = |text: &str| {
            Parser::new_ext(text, Dialect::default().options())
                .filter(|event| matches!(event, Event::Start(Tag::Table(_))))
                .count()
        };
        prop_assert_eq!(tables(&text), tables(&before) + tables(&after) + 1, "in {}", text);
        prop_assert!(paragraphs(&text).contains(&"End.".to_owned()), "in {}", text);
    }
}

/// The text of each paragraph, and of each term: a colon behind a paragraph makes a term of it.
fn paragraphs(text: &str) -> Vec<String> {
    let mut paragraphs = Vec::new();
    let mut current = None;
    for event in Parser::new_ext(text, Dialect::default().options()) {
        match event {
            Event::Start(Tag::Paragraph | Tag::DefinitionListTitle) => current = Some(String::new()),
            Event::End(TagEnd::Paragraph | TagEnd::DefinitionListTitle) => paragraphs.extend(current.take()),
            Event::Text(text) => {
                if let Some(current) = &mut current {
                    current.push_str(&text);
                }
            }
            _ => {}
        }
    }
    paragraphs
}
