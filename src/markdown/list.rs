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

/// What an item begins with. Lists one after the other stay apart only when their marks differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marker {
    Number,
    Dash,
    /// For an author's lists, which so never melt into ours.
    Star,
}

/// The lines of a list. Below a numbered one stand bullets.
pub(super) fn lines(items: &[Item], marker: Marker) -> Vec<String> {
    let below = if marker == Marker::Number {
        Marker::Dash
    } else {
        marker
    };
    let mut out = Vec::new();
    for (i, item) in items.iter().enumerate() {
        let mark = match marker {
            Marker::Number => format!("{}. ", i + 1),
            Marker::Dash => "- ".to_owned(),
            Marker::Star => "* ".to_owned(),
        };
        let text = item.text.write(Place::Line);
        // An item without text would melt into what follows it.
        out.push(format!("{mark}{}", if text.is_empty() { "–" } else { &text }));
        let indent = " ".repeat(mark.len());
        out.extend(
            lines(&item.items, below)
                .into_iter()
                .map(|line| format!("{indent}{line}")),
        );
    }
    out
}
