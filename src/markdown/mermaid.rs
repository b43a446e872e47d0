//! Typed writers of Mermaid diagrams.
//!
//! What is written is accepted by Mermaid 11.6 (the build that `mdbook-mermaid` puts into a book) and by later ones, and shows
//! every label as the text it was. Order is the caller's, ids come from names, and the size is bounded long before
//! [Mermaid's own limits](https://mermaid.js.org/config/schema-docs/config.html), which a book cannot raise.

mod class_diagram;
mod er_diagram;
mod flowchart;
mod identifier;
mod label;
mod sequence;

pub use class_diagram::{Class, ClassDiagram, Relation};
pub use er_diagram::{Attribute, Count, Entity, ErDiagram};
pub use flowchart::{Direction, Flowchart, Group, Kind, Node};
pub use sequence::{Arrow, Participant, Role, Sequence};

/// From how many nodes on a generator should draw groups instead of members: at that size a page of 750 px
/// shows letters of about half the height of the text around it.
pub const CROWDED: usize = 25;

/// How many nodes a generator aims at when it has to leave out or to group anyway: a page shows them at full size.
pub const READABLE: usize = 15;

/// More edges than this are refused; Mermaid refuses more than 500.
const MAX_EDGES: usize = 400;

/// More characters than this are refused; Mermaid refuses more than 50,000.
const MAX_CHARACTERS: usize = 40_000;

/// The text of a finished diagram. Only the writers of this module make one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagram(Vec<String>);

impl Diagram {
    /// Its lines, the first of which says the kind.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    fn bounded(lines: Vec<String>, edges: usize) -> Result<Self, TooLarge> {
        // A label may have several lines.
        let lines: Vec<String> = lines
            .iter()
            .flat_map(|line| line.split('\n'))
            .map(str::to_owned)
            .collect();
        let characters = lines.iter().map(|line| line.chars().count() + 1).sum();
        if edges > MAX_EDGES || characters > MAX_CHARACTERS {
            return Err(TooLarge { edges, characters });
        }
        Ok(Self(lines))
    }
}

/// A diagram that no page would draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge {
    /// Its edges or messages.
    pub edges: usize,
    /// Its characters.
    pub characters: usize,
}

impl std::fmt::Display for TooLarge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { edges, characters } = self;
        write!(f, "the diagram has {edges} edges and {characters} characters; ")?;
        write!(
            f,
            "a page draws at most {MAX_EDGES} edges and {MAX_CHARACTERS} characters"
        )
    }
}

impl std::error::Error for TooLarge {}

#[cfg(test)]
mod tests;
