//! Typed writers of Markdown and Mermaid: the only way for text of the analysed code into a page.
//!
//! Text goes in as `&str` and comes out as [`Inline`] or [`Block`], which nothing else can make. Whatever the text
//! holds, a page shows it as text: it cannot open a tag, end a table cell, start a link or be expanded again.
//! The rules are those of `CommonMark` with mdBook's extensions (tables, footnotes, strikethrough, task lists,
//! heading attributes, definition lists, alerts, smart punctuation), and the tests parse the output with them.

mod block;
mod inline;
mod list;
pub mod mermaid;
mod table;
mod text;

pub use block::{Block, slug};
pub use inline::Inline;
pub use list::Item;
pub use table::{Alignment, Table};

#[cfg(test)]
mod tests;
