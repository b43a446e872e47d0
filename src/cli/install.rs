//! `mdbook-arch install [DIR]`

use std::io::Write;
use std::path::Path;

use anyhow::{Context as _, bail};
use toml_edit::DocumentMut;

mod edit;
mod watch;

/// Edits `book.toml` so that mdBook runs this preprocessor in the right order, and says what else may be of use.
pub(super) fn run(directory: &Path, dry_run: bool, output: &mut impl Write) -> anyhow::Result<()> {
    let file = directory.join("book.toml");
    if !file.is_file() {
        bail!(
            "`{}` does not exist. help: give the directory of the book, `mdbook-arch install DIR`, or make a book with \
             `mdbook init`",
            file.display()
        );
    }
    let before = std::fs::read_to_string(&file).with_context(|| format!("`{}`", file.display()))?;
    let mut document: DocumentMut = before
        .parse()
        .with_context(|| format!("`{}` is not valid TOML", file.display()))?;
    edit::set_up(&mut document)?;
    let after = document.to_string();
    if dry_run {
        output.write_all(after.as_bytes())?;
        return Ok(());
    }
    if before == after {
        writeln!(output, "`{}` is set up already.", file.display())?;
    } else {
        std::fs::write(&file, &after).with_context(|| format!("`{}`", file.display()))?;
        writeln!(
            output,
            "`{}` is set up. Put a line like this into a chapter:\n",
            file.display()
        )?;
        writeln!(output, "<<#arch endpoints>>\n")?;
    }
    if edit::mermaid_tables(&document).is_empty() {
        writeln!(
            output,
            "Diagrams need a Mermaid preprocessor (mdbook-mermaid; run `mdbook-arch install` again behind its own \
             `install`), or build the book with `mdbook-arch build`, which draws them itself."
        )?;
    }
    if let Some(folders) = watch::suggestion(directory, &document) {
        writeln!(
            output,
            "For `mdbook serve` to see changes of the code, add to `book.toml`:\n\n[build]\nextra-watch-dirs = {folders}"
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
