//! mdBook: its protocol, the directives in its chapters, and the Markdown that takes their place.
//!
//! A chapter is never parsed and written again. The Markdown parser only says which byte ranges are text; a
//! directive in one of them is cut out and its expansion put in, so every other byte of a chapter stays as it is.

#[cfg(feature = "build")]
pub mod build;
pub mod configuration;
pub mod directive;
mod expand;
pub mod host;
mod order;
mod place;
pub mod problem;
pub mod repositories;
pub mod scan;
pub mod splice;

use std::io::{Read, Write};

pub(crate) use order::mermaid_preprocessors;

use anyhow::Context as _;
use serde_json::Value;

/// Serves one call of an mdBook host: reads `[context, book]` as JSON and writes the book with every directive
/// expanded.
///
/// # Errors
/// When the input is not what mdBook writes, when the host's version is outside of the supported range, or when a
/// problem was found and `on-error` is `fail`: then all [`problem::Problems`] of the book together.
pub fn preprocess(mut input: impl Read, mut output: impl Write) -> anyhow::Result<()> {
    // The input is read whole first: a pipe that is closed early makes the host print a warning of its own.
    let mut bytes = Vec::new();
    input
        .read_to_end(&mut bytes)
        .context("the book could not be read from standard input")?;
    let (context, mut book) = host::parse(&bytes)?;
    expand(&context, &mut book)?;
    serde_json::to_writer(&mut output, &book)
        .map_err(std::io::Error::from)
        .and_then(|()| output.flush())
        .context("the book could not be written to standard output")
}

/// Expands every directive of `book` in place; both values are as mdBook 0.4 or 0.5 serialises them.
///
/// # Errors
/// As [`preprocess`].
pub fn expand(context: &Value, book: &mut Value) -> anyhow::Result<()> {
    let host = host::Host::read(context)?;
    let chapters = host::chapters(book)?;
    expand::expand(&host, chapters)
}
