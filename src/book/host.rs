//! The JSON that mdBook hosts write, of 0.4 and of 0.5.
//!
//! Nothing is deserialised into the host's types: those differ between the two and refuse fields they do not know.
//! The book is edited as the value it came as, so the name of its list (`items` or `sections`), 0.4's
//! `__non_exhaustive` and whatever a later host adds are written back untouched.
//! <https://rust-lang.github.io/mdBook/for_developers/preprocessors.html>

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use semver::Version;
use serde_json::{Map, Value};

use crate::book::scan::Dialect;

/// What the host says about itself and the book.
#[derive(Clone, Debug)]
pub struct Host {
    /// The book's directory, absolute.
    pub root: PathBuf,
    /// The folder of the chapters relative to the root, `src` by default.
    pub source: String,
    /// The Markdown it reads.
    pub dialect: Dialect,
    /// `output.html.git-repository-url`.
    pub repository_url: Option<String>,
    /// All `[preprocessor.…]` tables.
    pub preprocessors: Map<String, Value>,
}

/// A chapter of the book, drafts included.
#[derive(Debug)]
pub struct Chapter<'a> {
    /// Its name in the summary.
    pub name: String,
    /// Its file relative to the folder of chapters; absent for drafts and for chapters made by other preprocessors.
    pub source_path: Option<String>,
    /// Its Markdown.
    pub content: &'a mut String,
}

/// Splits the input into context and book.
///
/// # Errors
/// When it is not the JSON array of the two.
pub fn parse(input: &[u8]) -> anyhow::Result<(Value, Value)> {
    if input.iter().all(u8::is_ascii_whitespace) {
        bail!(
            "there is nothing on standard input, where mdBook writes the book. `mdbook-arch` without a command is \
             started by mdBook itself; `mdbook-arch build` builds a book, `mdbook-arch --help` shows the commands"
        );
    }
    serde_json::from_slice(input)
        .context("standard input is not the JSON array `[context, book]` that mdBook gives to a preprocessor")
}

impl Host {
    /// Reads the context.
    ///
    /// # Errors
    /// When the host's version is outside of the supported range, or the context has no root.
    pub fn read(context: &Value) -> anyhow::Result<Host> {
        let version = supported(context.get("mdbook_version").and_then(Value::as_str))?;
        let root = context
            .get("root")
            .and_then(Value::as_str)
            .context("mdBook's context has no `root`")?;
        let source = context
            .pointer("/config/book/src")
            .and_then(Value::as_str)
            .unwrap_or("src");
        let html = context.pointer("/config/output/html");
        // Both came with 0.5 and are on unless switched off.
        let switched_on = |key: &str| {
            (version.major, version.minor) >= (0, 5)
                && html
                    .and_then(|html| html.get(key))
                    .and_then(Value::as_bool)
                    .unwrap_or(true)
        };
        let preprocessors = context.pointer("/config/preprocessor").and_then(Value::as_object);
        Ok(Host {
            root: PathBuf::from(root),
            source: source.replace('\\', "/"),
            dialect: Dialect {
                definition_lists: switched_on("definition-lists"),
                alerts: switched_on("admonitions"),
            },
            repository_url: html
                .and_then(|html| html.get("git-repository-url"))
                .and_then(Value::as_str)
                .map(str::to_owned),
            preprocessors: preprocessors.cloned().unwrap_or_default(),
        })
    }

    /// The directory of the chapters.
    #[must_use]
    pub fn source_directory(&self) -> PathBuf {
        self.root.join(Path::new(&self.source))
    }
}

/// The host's version, if it is one that this protocol was tried with: 0.4.40 up to all of 0.5.
///
/// Compared by hand: a requirement of the `semver` crate refuses every pre-release.
fn supported(version: Option<&str>) -> anyhow::Result<Version> {
    let advice = "use one of these, or an `mdbook-arch` made for your mdBook";
    let range = format!(
        "`mdbook-arch` {} works with mdBook 0.4.40 to 0.5",
        env!("CARGO_PKG_VERSION")
    );
    let Some(text) = version else {
        bail!("the host does not say its version (`mdbook_version`), but {range}: {advice}");
    };
    let Ok(version) = Version::parse(text) else {
        bail!("the host says that it is mdBook `{text}`, which is no version, but {range}: {advice}");
    };
    match (version.major, version.minor, version.patch) {
        (0, 4, 40..) | (0, 5, _) => Ok(version),
        _ => bail!("the host is mdBook {version}, but {range}: {advice}"),
    }
}

/// The chapters of the book, depth first, each with a hold on its Markdown.
///
/// # Errors
/// When the value has neither `items` (0.5) nor `sections` (0.4).
pub fn chapters(book: &mut Value) -> anyhow::Result<Vec<Chapter<'_>>> {
    let key = if book.get("items").is_some() {
        "items"
    } else {
        "sections"
    };
    let Some(items) = book.get_mut(key).and_then(Value::as_array_mut) else {
        bail!("mdBook's book has neither a list `items` (0.5) nor a list `sections` (0.4)");
    };
    let mut chapters = Vec::new();
    collect(items, &mut chapters);
    Ok(chapters)
}

fn collect<'a>(items: &'a mut [Value], chapters: &mut Vec<Chapter<'a>>) {
    for item in items {
        // Separators are strings and part titles objects of another key: both hold no Markdown.
        let Some(chapter) = item.get_mut("Chapter").and_then(Value::as_object_mut) else {
            continue;
        };
        let (mut name, mut source_path, mut path) = (String::new(), None, None);
        let (mut content, mut nested) = (None, None);
        for (key, value) in chapter.iter_mut() {
            match (key.as_str(), value) {
                ("name", Value::String(text)) => name.clone_from(text),
                ("source_path", Value::String(text)) => source_path = Some(text.replace('\\', "/")),
                ("path", Value::String(text)) => path = Some(text.replace('\\', "/")),
                ("content", Value::String(text)) => content = Some(text),
                ("sub_items", Value::Array(items)) => nested = Some(items),
                _ => {}
            }
        }
        if let Some(content) = content {
            chapters.push(Chapter {
                name,
                source_path: source_path.or(path),
                content,
            });
        }
        if let Some(items) = nested {
            collect(items, chapters);
        }
    }
}

#[cfg(test)]
mod tests;
