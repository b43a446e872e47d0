//! Fields that a form sends (<https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#constructing-form-data-set>).

use std::sync::LazyLock;

use regex::Regex;

use crate::web::{network::payload::FURTHER, syntax::tag::Tag};

/// Names of the fields that a form sends, in order, `...` among them where there may be others. Nothing where a script sends
/// it instead.
pub(super) fn fields(text: &str, tags: &[Tag<'_>], form: &Tag<'_>) -> Vec<String> {
    let Some(start) = form.attributes.first().map(|attribute| attribute.start) else {
        return vec![];
    };
    if form.name != "form" || form.value("onsubmit").is_some() {
        return vec![];
    }
    let end = end_of_form(text, start);
    let id = form.value("id");
    let mut fields: Vec<String> = vec![];
    let mut push = |name: &str| {
        if !fields.iter().any(|known| known == name) {
            fields.push(name.to_owned());
        }
    };
    for tag in tags.iter().filter(|tag| is_field(tag)) {
        let Some(name) = tag.attributes.iter().find(|attribute| attribute.name == "name") else {
            continue;
        };
        let is_inside = start < name.start && name.start < end;
        let is_owned = match tag.value("form") {
            Some(owner) => Some(owner) == id,
            None => is_inside,
        };
        if is_owned && !name.value.is_empty() {
            push(if name.value.contains('{') {
                FURTHER
            } else {
                name.value
            });
        }
    }
    let adds = ["hx-include", "hx-vals", "hx-params"];
    let is_open = adds
        .iter()
        .any(|name| form.value(name).is_some() || form.value(&format!("data-{name}")).is_some());
    if is_open || puts_in(&text[start..end]) {
        push(FURTHER);
    }
    if fields.iter().all(|field| field == FURTHER) {
        return vec![];
    }
    fields
}

/// What people fill in; which button is pressed is no field to them.
fn is_field(tag: &Tag<'_>) -> bool {
    match tag.name.to_ascii_lowercase().as_str() {
        "input" => !matches!(tag.value("type"), Some("reset" | "button" | "image" | "submit")),
        "select" | "textarea" => true,
        _ => false,
    }
}

fn end_of_form(text: &str, start: usize) -> usize {
    static END: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?i)</form\s*>").expect("a valid expression"));
    END.find_at(text, start).map_or(text.len(), |end| end.start())
}

/// Whether a template may put further fields in: another template, a macro, what the server hands over
/// (<https://jinja.palletsprojects.com/en/stable/templates/#macros>).
fn puts_in(content: &str) -> bool {
    static PUT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\{%-?\s*(?:include|call|block)\b|>[^<>]*\{\{-?\s*([\w.]+)\s*(?:\(|\|\s*safe\b)")
            .expect("a valid expression")
    });
    // Texts in the language of the user.
    let is_text = |name: &str| matches!(name, "_" | "gettext" | "ngettext" | "url_for");
    PUT.captures_iter(content)
        .any(|put| put.get(1).is_none_or(|name| !is_text(name.as_str())))
}
