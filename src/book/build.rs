//! A whole book in one process: mdBook as a library, this preprocessor, and the one that draws Mermaid diagrams.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use mdbook_driver::MDBook;
use mdbook_driver::config::Config;
use mdbook_mermaid::Mermaid;
use mdbook_preprocessor::book::Book;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use serde_json::{Map, Value};

use crate::book::order::mermaid_preprocessors;

mod diagrams;

/// Builds the book in `directory` and answers where its output is.
///
/// Neither `[preprocessor.arch]` nor `[preprocessor.mermaid]` need be configured, and no command is started for
/// them. Nothing is written but the output.
///
/// # Errors
/// When there is no book, when mdBook cannot build it, and as [`crate::book::expand()`].
pub fn build(directory: &Path) -> anyhow::Result<PathBuf> {
    // Absolute, as preprocessors and renderers expect it of a host.
    let root = std::path::absolute(directory).context("the working directory is not known")?;
    let mut config = configuration(&root)?;
    let tables: Map<String, Value> = config
        .preprocessors::<Value>()
        .context("`preprocessor` of `book.toml`")?
        .into_iter()
        .collect();
    // Another Mermaid preprocessor is the author's choice and runs as its own command.
    let draws = mermaid_preprocessors(&tables)
        .iter()
        .all(|name| name == "mermaid");
    put_in_order(&mut config, &tables, draws)?;
    let theme = if draws {
        diagrams::Theme::prepare(&root, &mut config)?
    } else {
        None
    };
    let mut book = MDBook::load_with_config(&root, config)?;
    book.with_preprocessor(Arch);
    if draws {
        book.with_preprocessor(Mermaid);
    }
    book.build()?;
    let output = book.build_dir_for("html");
    if let Some(theme) = theme {
        theme.write_scripts(&output)?;
    }
    Ok(output)
}

fn configuration(root: &Path) -> anyhow::Result<Config> {
    let file = root.join("book.toml");
    let mut config = if file.is_file() {
        Config::from_disk(&file).context("`book.toml` cannot be read")?
    } else {
        Config::default()
    };
    config.update_from_env()?;
    // mdBook would make the files that a summary names; a directory without a summary is no book.
    if !root.join(&config.book.src).join("SUMMARY.md").is_file() {
        bail!(
            "there is no book in this directory: `{}/SUMMARY.md` does not exist. Give the directory of `book.toml`: \
             `mdbook-arch build DIR`",
            config.book.src.display()
        );
    }
    Ok(config)
}

/// Adds to the configuration what makes the order links, arch, mermaid.
fn put_in_order(config: &mut Config, tables: &Map<String, Value>, draws: bool) -> anyhow::Result<()> {
    if config.build.use_default_preprocessors || tables.contains_key("links") {
        add_after(config, "arch", "links")?;
    } else if !tables.contains_key("arch") {
        config.set("preprocessor.arch.after", Vec::<String>::new())?;
    }
    if draws {
        add_after(config, "mermaid", "arch")?;
    }
    Ok(())
}

fn add_after(config: &mut Config, name: &str, first: &str) -> anyhow::Result<()> {
    let key = format!("preprocessor.{name}.after");
    let mut after: Vec<String> = config.get(&key)?.unwrap_or_default();
    if !after.iter().any(|other| other == first) {
        after.push(first.to_owned());
        config.set(&key, after)?;
    }
    Ok(())
}

/// This preprocessor, without a process of its own.
struct Arch;

impl Preprocessor for Arch {
    fn name(&self) -> &str {
        "arch"
    }

    fn run(&self, context: &PreprocessorContext, book: Book) -> anyhow::Result<Book> {
        let context = serde_json::to_value(context)?;
        let mut value = serde_json::to_value(book)?;
        crate::book::expand(&context, &mut value)?;
        Ok(serde_json::from_value(value)?)
    }
}
