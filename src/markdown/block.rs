//! What stands on lines of its own.

use super::{
    inline::{Inline, Place},
    list::{self, Item},
    mermaid::Diagram,
    table::Table,
    text,
};

/// A block of Markdown, or several with blank lines between them. Only the constructors here make one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Block(Vec<String>);

impl Block {
    /// A heading of level 1 to 6 with its own anchor, which the host then neither derives nor changes.
    #[must_use]
    pub fn heading(level: u8, title: &Inline, id: &str) -> Self {
        let marks = "#".repeat(usize::from(level.clamp(1, 6)));
        Self(vec![format!(
            "{marks} {} {{#{}}}",
            title.write(Place::Heading),
            slug(id)
        )])
    }

    /// A paragraph.
    #[must_use]
    pub fn paragraph(text: &Inline) -> Self {
        Self(if text.is_empty() {
            Vec::new()
        } else {
            vec![text.write(Place::Line)]
        })
    }

    /// An author's text: its paragraphs, its bullets and its code in backticks stay, everything else is text.
    #[must_use]
    pub fn prose(text: &str) -> Self {
        let text = text.replace("\r\n", "\n");
        let mut paragraphs: Vec<Vec<&str>> = vec![Vec::new()];
        for line in text.lines().map(str::trim) {
            if line.is_empty() {
                paragraphs.push(Vec::new());
            } else if let Some(last) = paragraphs.last_mut() {
                last.push(line);
            }
        }
        Self::sequence(
            paragraphs
                .into_iter()
                .filter(|lines| !lines.is_empty())
                .map(|lines| {
                    let bullets: Option<Vec<&str>> = lines
                        .iter()
                        .map(|l| l.strip_prefix("- ").or(l.strip_prefix("* ")))
                        .collect();
                    match bullets {
                        Some(bullets) => Self::bullets(
                            &bullets
                                .into_iter()
                                .map(|l| Item::new(spans(l)))
                                .collect::<Vec<_>>(),
                        ),
                        None => Self::paragraph(&spans(&lines.join(" "))),
                    }
                }),
        )
    }

    /// A table. One without rows gives nothing.
    #[must_use]
    pub fn table(table: &Table) -> Self {
        Self(if table.is_empty() {
            Vec::new()
        } else {
            table.lines()
        })
    }

    /// A bullet list.
    #[must_use]
    pub fn bullets(items: &[Item]) -> Self {
        Self(list::lines(items, false))
    }

    /// A numbered list, bullets below its items.
    #[must_use]
    pub fn numbered(items: &[Item]) -> Self {
        Self(list::lines(items, true))
    }

    /// A fenced block of code.
    #[must_use]
    pub fn code(language: &'static str, code: &str) -> Self {
        let code = code.replace("\r\n", "\n").replace('\r', "\n");
        // Code cannot be escaped, so a directive in it is broken by a word joiner, which nobody sees.
        let code = if text::would_expand(&code) {
            code.replace("{{", "{\u{2060}{")
                .replace("{{", "{\u{2060}{")
                .replace("<<#", "<\u{2060}<#")
        } else {
            code
        };
        let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest.max(2) + 1);
        let mut lines = vec![format!("{fence}{language}")];
        lines.extend(code.trim_end().split('\n').map(str::to_owned));
        lines.push(fence);
        Self(lines)
    }

    /// A remark: a quote that begins with a bold label, which every host shows alike.
    #[must_use]
    pub fn alert(label: &'static str, body: &Inline) -> Self {
        let line = Inline::concat([Inline::strong(label), Inline::text(" "), body.clone()]);
        Self(vec![format!("> {}", line.write(Place::Line))])
    }

    /// Blocks behind a line that opens them.
    #[must_use]
    pub fn details(summary: &str, body: &Self) -> Self {
        if body.is_empty() {
            return Self::default();
        }
        let mut lines = vec![
            "<details>".to_owned(),
            format!("<summary>{}</summary>", text::html(summary)),
            String::new(),
        ];
        lines.extend(body.0.iter().cloned());
        lines.extend([String::new(), "</details>".to_owned()]);
        Self(lines)
    }

    /// A diagram.
    #[must_use]
    pub fn mermaid(diagram: &Diagram) -> Self {
        let mut lines = vec!["```mermaid".to_owned()];
        lines.extend(diagram.lines().map(str::to_owned));
        lines.push("```".to_owned());
        Self(lines)
    }

    /// The blocks that are not empty, with blank lines between them.
    #[must_use]
    pub fn sequence(blocks: impl IntoIterator<Item = Self>) -> Self {
        let mut lines: Vec<String> = Vec::new();
        for block in blocks.into_iter().filter(|block| !block.is_empty()) {
            if !lines.is_empty() {
                lines.push(String::new());
            }
            lines.extend(block.0);
        }
        Self(lines)
    }

    /// Whether it shows nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The Markdown, without a newline at its end.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        self.0.join("\n")
    }
}

/// Code in backticks as code spans, the rest as text.
fn spans(line: &str) -> Inline {
    let parts: Vec<&str> = line.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return Inline::text(line);
    }
    Inline::concat(parts.into_iter().enumerate().map(|(i, part)| {
        if i % 2 == 1 {
            Inline::code(part)
        } else {
            Inline::text(part)
        }
    }))
}

/// An anchor: lower-case letters, digits and single dashes.
#[must_use]
pub fn slug(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.trim_end_matches('-').to_owned()
}
