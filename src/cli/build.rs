//! `mdbook-arch build [DIR]`

use std::io::Write;
use std::path::Path;

use crate::book;

/// Builds the book and says where it is.
pub(super) fn run(directory: &Path, output: &mut impl Write) -> anyhow::Result<()> {
    let pages = book::build::build(directory)?;
    let index = pages.join("index.html");
    let shown = if index.is_file() { index } else { pages };
    writeln!(output, "The book is built: {}", shown.display())?;
    Ok(())
}
