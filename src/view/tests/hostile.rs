use expect_test::expect_file;
use pulldown_cmark::{Event, Options, Parser, Tag};

use super::*;

/// The paths are hostile too, so an author cannot name them; the operation is found by what it is.
fn hostile_requests(architecture: &Architecture) -> Vec<Request> {
    let path = &architecture.applications[0].endpoints[2].path;
    let mut requests: Vec<Request> = examples().into_iter().chain(diagrams()).collect();
    for request in &mut requests {
        if let Some(subject) = &mut request.subject {
            *subject = subject.replace("POST /api/v1/scenes", &format!("POST {path}"));
        }
        for (_, value) in &mut request.arguments {
            *value = value.replace("POST /api/v1/scenes", &format!("POST {path}"));
        }
    }
    requests
}

#[test]
fn hostile_text_stays_text() {
    let architecture = fixture::hostile();
    let requests = hostile_requests(&architecture);
    let mut out = String::from("# Hostile snapshots\n");
    for request in &requests {
        let markdown = expand(&architecture, request);
        assert!(!markdown.starts_with("error"), "{markdown}");
        assert_harmless(&markdown);
        out.push_str(&format!("\n---\n\n{markdown}\n"));
    }
    expect_file!["../snapshots/hostile.md"].assert_eq(&out);
}

/// Parses with what mdBook 0.5 parses with and looks for anything that only hostile text can have made.
fn assert_harmless(markdown: &str) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM;
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::InlineHtml(html) => {
                let is_ours = ["<br>", "<wbr>", "<code>", "</code>"].contains(&&*html);
                assert!(is_ours, "{markdown}");
            }
            Event::Html(html) => {
                let ours = ["<details>\n", "</details>", "</details>\n"].contains(&&*html)
                    || html.starts_with("<summary>");
                assert!(ours && html.matches('<').count() <= 2, "{html}");
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                assert!(dest_url.starts_with("https://github.com/"), "{dest_url}")
            }
            Event::Start(Tag::Image { .. } | Tag::FootnoteDefinition(_)) | Event::FootnoteReference(_) => {
                panic!("{markdown}")
            }
            _ => {}
        }
    }
    let outside_pictures: String = format!("\n{markdown}").split("\n```").step_by(2).collect();
    for sequence in ["<<#", "{{#"] {
        assert!(!outside_pictures.contains(sequence), "{sequence} in {markdown}");
    }
    assert!(!markdown.contains("{{#"), "{markdown}");
}
