//! What a template holds.

use std::ops::Range;

/// A part of a template; texts are left out.
#[derive(Clone, Debug)]
pub(super) enum Node {
    Element(Element),
    /// `{{ value }}` or `{value}`: what stands between the braces.
    Value(Range<usize>),
    /// `{@const name = value}`: what follows the word.
    Tag {
        word: Range<usize>,
        rest: Range<usize>,
    },
    Block(Block),
}

#[derive(Clone, Debug, Default)]
pub(super) struct Element {
    pub name: Range<usize>,
    pub attributes: Vec<Attribute>,
    pub children: Vec<Node>,
    /// Of its opening tag.
    pub start: usize,
    /// Behind its closing tag.
    pub end: usize,
}

/// `name="value"`, `{...values}`, `{name}`.
#[derive(Clone, Debug)]
pub(super) struct Attribute {
    /// Empty for what stands in braces alone.
    pub name: Range<usize>,
    /// None for a name alone.
    pub value: Option<Vec<Piece>>,
}

/// A piece of an attribute's value.
#[derive(Clone, Debug)]
pub(super) enum Piece {
    Text(Range<usize>),
    Value(Range<usize>),
}

/// `{#if test}…{:else}…{/if}`.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    pub branches: Vec<Branch>,
    pub start: usize,
}

/// One part of a block.
#[derive(Clone, Debug, Default)]
pub(super) struct Branch {
    /// `if`, `each`, `else if`, `then`.
    pub word: String,
    pub head: Range<usize>,
    pub children: Vec<Node>,
}

impl Element {
    pub(super) fn attribute(&self, file: &str, name: &str) -> Option<&Attribute> {
        self.attributes
            .iter()
            .find(|attribute| &file[attribute.name.clone()] == name)
    }
}

impl Attribute {
    /// The value, where it is one text.
    pub(super) fn text(&self) -> Option<Range<usize>> {
        match self.value.as_deref() {
            Some([Piece::Text(text)]) => Some(text.clone()),
            _ => None,
        }
    }
}
