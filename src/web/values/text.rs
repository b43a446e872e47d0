//! Strings with holes.

use ecow::EcoString;

use super::Value;

/// A string: what is known of it, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Text {
    /// No two literals stand side by side, and none is empty.
    pub parts: Vec<TextPart>,
}

/// A part of a string.
#[derive(Clone, Debug, PartialEq)]
pub enum TextPart {
    /// Known.
    Literal(EcoString),
    /// Not known.
    Hole {
        /// The expression as written.
        written: EcoString,
        /// What is known of it.
        value: Box<Value>,
    },
}

impl Text {
    /// A string that is known.
    #[must_use]
    pub fn literal(text: &str) -> Self {
        let mut this = Self::default();
        this.push_literal(text);
        this
    }

    /// A string that is not known.
    #[must_use]
    pub fn hole(written: EcoString, value: Value) -> Self {
        Self {
            parts: vec![TextPart::Hole {
                written,
                value: Box::new(value),
            }],
        }
    }

    /// Appends what is known.
    pub fn push_literal(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if let Some(TextPart::Literal(last)) = self.parts.last_mut() {
            last.push_str(text);
        } else {
            self.parts.push(TextPart::Literal(text.into()));
        }
    }

    /// Appends another string.
    pub fn push(&mut self, other: &Self) {
        for part in &other.parts {
            match part {
                TextPart::Literal(text) => self.push_literal(text),
                hole @ TextPart::Hole { .. } => self.parts.push(hole.clone()),
            }
        }
    }

    /// The string, if all of it is known.
    #[must_use]
    pub fn as_literal(&self) -> Option<EcoString> {
        match self.parts.as_slice() {
            [] => Some(EcoString::new()),
            [TextPart::Literal(text)] => Some(text.clone()),
            _ => None,
        }
    }

    /// Whether any of it is known.
    #[must_use]
    pub fn has_literal(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, TextPart::Literal(_)))
    }

    /// The string with holes as `${written}`.
    #[must_use]
    pub fn display(&self) -> String {
        let mut out = String::new();
        for part in &self.parts {
            match part {
                TextPart::Literal(text) => out.push_str(text),
                TextPart::Hole { written, .. } => {
                    out.push_str("${");
                    out.push_str(written);
                    out.push('}');
                }
            }
        }
        out
    }
}
