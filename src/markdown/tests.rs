use expect_test::expect;
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::{text::clean, *};

/// What mdBook 0.5 reads a chapter with.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
}

/// Text as a page may show it: a curled apostrophe is the one liberty.
fn shown(text: &str) -> String {
    clean(text).replace(['’', '‘'], "'").replace('\n', "⏎")
}

/// The tables of a page as text, or what else was found.
fn tables(markdown: &str) -> Result<Vec<Vec<String>>, String> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    for event in Parser::new_ext(markdown, options()) {
        let piece = match event {
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                rows.push(Vec::new());
                continue;
            }
            Event::Start(Tag::TableCell) => {
                rows.last_mut().ok_or("cell outside")?.push(String::new());
                continue;
            }
            Event::Start(Tag::Table(_) | Tag::Link { .. }) | Event::End(_) => continue,
            Event::Text(text) | Event::Code(text) => text,
            Event::InlineHtml(html) if &*html == "<br>" => "⏎".into(),
            Event::InlineHtml(html) if matches!(&*html, "<code>" | "</code>" | "<wbr>") => continue,
            other => return Err(format!("{other:?}")),
        };
        rows.last_mut()
            .and_then(|row| row.last_mut())
            .ok_or("text outside")?
            .push_str(&piece);
    }
    Ok(rows)
}

/// Texts as they come and texts made of nothing but syntax.
fn hostile() -> impl Strategy<Value = String> {
    let marks = prop::sample::select(vec![
        "|",
        "\\",
        "`",
        "``",
        "*",
        "**",
        "_",
        "__",
        "~~",
        "<",
        ">",
        "<b>",
        "&lt;",
        "&",
        "#",
        "{",
        "}",
        "{{#include x}}",
        "<<#arch x>>",
        "[",
        "]",
        "[^1]",
        "[ ]",
        "](x)",
        "!",
        "(",
        ")",
        "-",
        "--",
        "---",
        "+",
        ":",
        "://",
        "1.",
        "2)",
        "=",
        "$",
        "$$",
        "'",
        "\"",
        "...",
        "\n",
        " ",
        "a",
        "é",
        "<!--",
        "-->",
        "<https://a.b>",
        "https://a.b",
        "{#id}",
        "\t",
        "\u{202e}",
        "%%{",
        "](javascript:x)",
        "0",
    ]);
    prop_oneof![
        any::<String>(),
        prop::collection::vec(marks, 0..12).prop_map(|parts| parts.concat())
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn a_table_says_what_it_was_given(a in hostile(), b in hostile(), c in hostile()) {
        let mut table = Table::new(["A", "B", "C"]);
        let linked = Inline::link(Inline::concat([Inline::text(&c), Inline::code(&c)]), "https://example.com/a|b(c)");
        table.row([Inline::text(&a), Inline::code(&b), linked]);
        table.row([Inline::concat([Inline::text(format!("{a}x")), Inline::code(&b), Inline::text(format!("x{c}"))])]);
        let markdown = Block::table(&table).to_markdown();
        let rows = tables(&markdown).map_err(|e| TestCaseError::fail(format!("{e}\n{markdown}")))?;
        prop_assert_eq!(rows.len(), 3, "{}", markdown);
        prop_assert!(rows.iter().all(|row| row.len() == 3), "{}", markdown);
        let flat = |text: &str| shown(text).replace('⏎', " ");
        prop_assert_eq!(shown(&rows[1][0]), shown(&a), "{}", markdown);
        prop_assert_eq!(flat(&rows[1][1]), flat(&b), "{}", markdown);
    }

    #[test]
    fn a_path_in_a_table_is_what_it_was(a in hostile(), b in hostile()) {
        let path = format!("folders/of/some/length/x{a}/x{b}");
        let mut table = Table::new(["A", "B"]);
        table.row([Inline::path(&path), Inline::link(Inline::path(&path), "https://example.com")]);
        let markdown = Block::table(&table).to_markdown();
        let rows = tables(&markdown).map_err(|e| TestCaseError::fail(format!("{e}\n{markdown}")))?;
        let flat = |text: &str| shown(text).replace('⏎', " ");
        prop_assert_eq!(flat(&rows[1][0]), flat(&path), "{}", markdown);
        prop_assert_eq!(flat(&rows[1][1]), flat(&path), "{}", markdown);
        prop_assert!(!markdown.contains("<<#") && !markdown.contains("{{#"), "{}", markdown);
    }

    #[test]
    fn a_paragraph_stays_one(text in hostile(), code in hostile()) {
        let inline = Inline::concat([Inline::text(&text), Inline::code(&code)]);
        let block = Block::sequence([
            Block::paragraph(&Inline::text("before")), Block::paragraph(&inline), Block::paragraph(&inline),
        ]);
        let markdown = block.to_markdown();
        let mut paragraphs = 0;
        for event in Parser::new_ext(&markdown, options()) {
            match event {
                Event::Start(Tag::Paragraph) => paragraphs += 1,
                Event::InlineHtml(html) if &*html == "<br>" => {}
                Event::Text(_) | Event::Code(_) | Event::End(TagEnd::Paragraph) => {}
                other => prop_assert!(false, "{:?}\n{}", other, markdown),
            }
        }
        prop_assert_eq!(paragraphs, if inline.is_empty() { 1 } else { 3 }, "{}", markdown);
    }

    #[test]
    fn a_heading_keeps_its_own_anchor(text in hostile()) {
        let markdown = Block::heading(3, &Inline::text(format!("x{text}")), "arch x/y").to_markdown();
        let first = Parser::new_ext(&markdown, options()).next();
        let Some(Event::Start(Tag::Heading { id, classes, attrs, .. })) = first else {
            return Err(TestCaseError::fail(markdown));
        };
        prop_assert_eq!(id.as_deref(), Some("arch-x-y"));
        prop_assert!(classes.is_empty() && attrs.is_empty());
        let mut back = String::new();
        for event in Parser::new_ext(&markdown, options()) {
            if let Event::Text(text) = event {
                back.push_str(&text);
            }
        }
        let flat = |text: &str| shown(text).replace('⏎', " ");
        prop_assert_eq!(flat(&back), flat(&format!("x{text}")));
    }

    #[test]
    fn prose_and_code_hold_no_html_and_no_directives(text in hostile()) {
        let markdown = Block::sequence([Block::prose(&text), Block::bullets(&[Item::new(Inline::text(&text))]), Block::code("json", &text)]).to_markdown();
        for event in Parser::new_ext(&markdown, options()) {
            match event {
                Event::InlineHtml(html) => prop_assert_eq!(&*html, "<br>", "{}", markdown),
                Event::Html(_) | Event::FootnoteReference(_) | Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::Table(_)) => {
                    prop_assert!(false, "{:?}\n{}", event, markdown);
                }
                _ => {}
            }
        }
        prop_assert!(!markdown.contains("<<#") && !markdown.contains("{{#"), "{}", markdown);
    }
}

#[test]
fn blocks_look_like_this() {
    let mut table = Table::new(["Path", "Type", "Count"]).align("Count", Alignment::Right);
    table.row([
        Inline::code("/users/{id}"),
        Inline::code("int | None"),
        Inline::text("2"),
    ]);
    table.row([
        Inline::link(Inline::code("app/users.py:3"), "https://example.com/a b.py#L3"),
        Inline::text("a|b\n*c*"),
    ]);
    let nested = Item {
        text: Inline::code("get_user"),
        items: vec![Item::new(Inline::text("1. reads it's `x`"))],
    };
    let block = Block::sequence([
        Block::heading(3, &Inline::code("GET /users/{id}"), "arch-GET /users/{id}"),
        Block::prose("First\nline with `code` and <b>.\n\n- one\n- two"),
        Block::table(&table),
        Block::numbered(std::slice::from_ref(&nested)),
        Block::alert("Assumption:", &Inline::text("the tag is known")),
        Block::details("Steps of <x>", &Block::bullets(&[nested])),
        Block::code("json", "{}\n```"),
    ]);
    expect![[r#"
        ### `GET /users/{id}` {#arch-get-users-id}

        First line with `code` and \<b>.

        * one
        * two

        | Path | Type | Count |
        | --- | --- | --: |
        | `/users/{id}` | `int \| None` | 2 |
        | [`app/users.py:3`](https://example.com/a%20b.py#L3) | a\|b<br>\*c\* | |

        1. `get_user`
           - 1\. reads it's \`x\`

        > **Assumption:** the tag is known

        <details>
        <summary>Steps of &lt;x&gt;</summary>

        - `get_user`
          - 1\. reads it's \`x\`

        </details>

        ````json
        {}
        ```
        ````"#]]
    .assert_eq(&block.to_markdown());
}

#[test]
fn links_lead_nowhere_dangerous() {
    assert_eq!(
        Inline::link(Inline::text("x"), "javascript:alert(1)").to_markdown(),
        "x"
    );
    assert_eq!(
        Inline::link(Inline::text("x"), "api.md#a").to_markdown(),
        "[x](api.md#a)"
    );
    assert_eq!(
        Inline::link(Inline::text("!"), "https://a.b/?x=1&y=(2)").to_markdown(),
        "[\\!](https://a.b/?x=1&amp;y=%282%29)"
    );
}
