//! Lists, nested as deep as wanted.

use super::inline::{Inline, Place};

/// An item of a list with the items below it.
#[derive(Clone, Debug, Default)]
pub struct Item {
    /// Its line.
    pub text: Inline,
    /// The list below it.
    pub items: Vec<Item>,
}

impl Item {
    /// An item with nothing below it.
    #[must_use]
    pub fn new(text: Inline) -> Self {
        Self {
            text,
            items: Vec::new(),
        }
    }
}

/// The lines of a list; of a numbered one if `numbered`, else and below that bullets.
pub(super) fn lines(items: &[Item], numbered: bool) -> Vec<String> {
    let mut out = Vec::new();
    for (i, item) in items.iter().enumerate() {
        let marker = if numbered {
            format!("{}. ", i + 1)
        } else {
            "- ".to_owned()
        };
        let text = item.text.write(Place::Line);
        // An item without text would melt into what follows it.
        out.push(format!("{marker}{}", if text.is_empty() { "–" } else { &text }));
        let indent = " ".repeat(marker.len());
        out.extend(
            lines(&item.items, false)
                .into_iter()
                .map(|line| format!("{indent}{line}")),
        );
    }
    out
}
