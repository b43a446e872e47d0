//! Requests that the markup of pages makes: links, forms, images, and the attributes of htmx.

mod form;
mod jinja;
mod trigger;

use super::NetworkCall;
use crate::{
    source::location::Location,
    web::{
        syntax::tag::{Tag, tags},
        values::Evaluator,
    },
};

/// Attributes of htmx and their methods: <https://htmx.org/reference/#attributes>.
const HTMX: [(&str, &str); 5] = [
    ("hx-get", "GET"),
    ("hx-post", "POST"),
    ("hx-put", "PUT"),
    ("hx-patch", "PATCH"),
    ("hx-delete", "DELETE"),
];

/// A request as an attribute says it.
struct Said<'t> {
    kind: &'static str,
    method: String,
    value: &'t str,
    start: usize,
    is_link: bool,
}

/// The requests of every page, by file and place.
pub(super) fn calls(evaluator: &Evaluator<'_>) -> Vec<NetworkCall> {
    let mut found = vec![];
    for page in &evaluator.project.pages {
        let Some(text) = evaluator.project.files.text(&page.file) else {
            continue;
        };
        let is_template = jinja::is_template(&text);
        // The page of an application that a development server serves is not the backend's.
        if !is_template && page.external.iter().any(|script| script.is_module) {
            continue;
        }
        let lines: Vec<usize> = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        let tags = tags(&text);
        for tag in &tags {
            for said in said(tag, is_template) {
                let body_fields = match said.method.as_str() {
                    "POST" | "PUT" | "PATCH" => form::fields(&text, &tags, tag),
                    _ => vec![],
                };
                let calls = calls_of(&page.file, &lines, tag, &said).into_iter();
                found.extend(calls.map(|call| NetworkCall {
                    body_fields: body_fields.clone(),
                    ..call
                }));
            }
        }
    }
    found
}

fn said<'t>(tag: &Tag<'t>, is_template: bool) -> Vec<Said<'t>> {
    let mut found = vec![];
    for attribute in &tag.attributes {
        let name = attribute.name.strip_prefix("data-").unwrap_or(attribute.name);
        let mut add = |kind, method: &str, is_link| {
            found.push(Said {
                kind,
                method: method.to_owned(),
                value: attribute.value,
                start: attribute.start,
                is_link,
            });
        };
        if let Some((_, method)) = HTMX.iter().find(|(htmx, _)| *htmx == name) {
            add("htmx", method, false);
            continue;
        }
        match (tag.name, name) {
            (_, "sse-connect") => add("htmx", "SSE", false),
            (_, "ws-connect") => add("htmx", "WS", false),
            ("a" | "area", "href") => add("link", "GET", true),
            ("img" | "video" | "audio" | "source" | "track" | "iframe" | "embed", "src") => {
                add("media", "GET", true);
            }
            ("object", "data") => add("media", "GET", true),
            ("form", "action") => {
                let method = tag.value("method").filter(|method| !method.is_empty());
                add("form", &method.unwrap_or("get").to_uppercase(), !is_template);
            }
            ("button" | "input", "formaction") => {
                let method = tag.value("formmethod").unwrap_or("post");
                add("form", &method.to_uppercase(), true);
            }
            _ => {}
        }
    }
    found
}

/// The calls of an attribute: one for each address that it may say.
fn calls_of(file: &str, lines: &[usize], tag: &Tag<'_>, said: &Said<'_>) -> Vec<NetworkCall> {
    let value = said.value.trim();
    let is_within_page = value.is_empty() || value.starts_with('#');
    if is_within_page || said.method == "DIALOG" {
        return vec![];
    }
    let address = jinja::address(value);
    let line = lines.partition_point(|start| *start <= said.start);
    let column = said.start - lines[line - 1] + 1;
    let location = Location {
        file: file.to_owned(),
        line: line as u32,
        end_line: line as u32,
        column: column as u32,
    };
    let interactions = trigger::interactions(tag, said.kind, &location);
    address
        .alternatives
        .into_iter()
        .map(|url| NetworkCall {
            location: location.clone(),
            kind: said.kind.to_owned(),
            method: said.method.clone(),
            written: value.to_owned(),
            url,
            route: address.route.clone(),
            function: file.to_owned(),
            is_link: said.is_link,
            is_in_page: true,
            interactions: interactions.clone(),
            ..NetworkCall::default()
        })
        .collect()
}
