//! The opening tags of a page with their attributes.

use std::sync::LazyLock;

use regex::Regex;

/// An opening tag.
pub struct Tag<'t> {
    /// As written.
    pub name: &'t str,
    /// In order.
    pub attributes: Vec<Attribute<'t>>,
}

/// `name="value"`.
pub struct Attribute<'t> {
    /// As written.
    pub name: &'t str,
    /// Without quotation marks.
    pub value: &'t str,
    /// Byte offset in the page.
    pub start: usize,
}

impl<'t> Tag<'t> {
    /// The value of the first attribute of a name.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&'t str> {
        let mut attributes = self.attributes.iter();
        attributes
            .find(|attribute| attribute.name == name)
            .map(|attribute| attribute.value)
    }
}

/// The opening tags of a page, in order; scripts, styles and comments are no markup.
#[must_use]
pub fn tags(text: &str) -> Vec<Tag<'_>> {
    static TAG: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r#"(?is)<!--.*?-->|\{#.*?#\}|<(?:script|style)\b.*?</(?:script|style)\s*>|<([a-z][\w-]*)((?:\s|/[^>])(?:[^>"'{]|"(?:\{\{.*?\}\}|[^"])*"|'(?:\{\{.*?\}\}|[^'])*'|\{\{.*?\}\}|\{%.*?%\}|\{)*)?>"#,
        )
        .expect("a valid expression")
    });
    static ATTRIBUTE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?s)([^\s"'=<>/{}%]+)\s*=\s*(?:"((?:\{\{.*?\}\}|[^"])*)"|'((?:\{\{.*?\}\}|[^'])*)'|([^\s"'>]+))"#)
            .expect("a valid expression")
    });
    let mut found = vec![];
    for tag in TAG.captures_iter(text) {
        let (Some(name), Some(rest)) = (tag.get(1), tag.get(2)) else {
            continue;
        };
        let attributes = ATTRIBUTE.captures_iter(rest.as_str()).filter_map(|attribute| {
            let name = attribute.get(1)?;
            let value = (2..=4).find_map(|group| attribute.get(group))?;
            Some(Attribute {
                name: &text[rest.start() + name.start()..rest.start() + name.end()],
                value: &text[rest.start() + value.start()..rest.start() + value.end()],
                start: rest.start() + name.start(),
            })
        });
        found.push(Tag {
            name: name.as_str(),
            attributes: attributes.collect(),
        });
    }
    found
}
