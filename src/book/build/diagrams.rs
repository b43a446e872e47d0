//! The scripts that draw Mermaid diagrams in the pages, without a file of the book changed.
//!
//! `additional-js` is out of the question: its paths are relative to the book's root and become paths of the output,
//! so the scripts would have to be written into the book. A theme may be anywhere, and its `head.hbs` ends up in every
//! page: so the book's own theme is copied aside and two lines are added to that file.
//! <https://rust-lang.github.io/mdBook/format/theme/>

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use mdbook_driver::config::Config;
use tempfile::TempDir;

/// The scripts by name: the library, and what starts it in the page's theme.
const SCRIPTS: [(&str, &[u8]); 2] = [
    (
        "mermaid.min.js",
        include_bytes!(concat!(env!("OUT_DIR"), "/mermaid.min.js")),
    ),
    (
        "mermaid-init.js",
        include_bytes!(concat!(env!("OUT_DIR"), "/mermaid-init.js")),
    ),
];

/// A copy of the book's theme that loads the scripts, as long as this lives.
#[derive(Debug)]
pub(super) struct Theme {
    _directory: TempDir,
}

impl Theme {
    /// Makes the theme and configures it. `None` when the book has no HTML output, or has the scripts already.
    pub(super) fn prepare(root: &Path, config: &mut Config) -> anyhow::Result<Option<Theme>> {
        let outputs = config.outputs::<serde_json::Value>()?;
        if !outputs.is_empty() && !outputs.contains_key("html") {
            return Ok(None);
        }
        if !replace_missing(root, config)? {
            return Ok(None);
        }
        let own: Option<PathBuf> = config.get("output.html.theme")?;
        let own = root.join(own.unwrap_or_else(|| PathBuf::from("theme")));
        let directory =
            TempDir::with_prefix("mdbook-arch-").context("no temporary directory for the theme")?;
        if own.is_dir() {
            copy(&own, directory.path()).context("the book's theme could not be copied")?;
        }
        let file = directory.path().join("head.hbs");
        let mut head = if file.is_file() {
            fs::read_to_string(&file)?
        } else {
            String::new()
        };
        for (name, _) in SCRIPTS {
            // Deferred: the second one looks for buttons that the page's body has.
            head.push_str(&format!(
                "\n<script defer src=\"{{{{ path_to_root }}}}{name}\"></script>"
            ));
        }
        fs::write(&file, head)?;
        config.set("output.html.theme", directory.path())?;
        Ok(Some(Theme {
            _directory: directory,
        }))
    }

    /// Puts the scripts beside the pages.
    pub(super) fn write_scripts(&self, output: &Path) -> anyhow::Result<()> {
        for (name, content) in SCRIPTS {
            fs::write(output.join(name), content)
                .with_context(|| format!("`{name}` could not be written"))?;
        }
        Ok(())
    }
}

/// Whether the scripts must be added. A book that `mdbook-mermaid install` was run in names them in `additional-js`:
/// if the files are there they are used, else the names are taken out, for mdBook refuses absent files.
fn replace_missing(root: &Path, config: &mut Config) -> anyhow::Result<bool> {
    let scripts: Vec<PathBuf> = config.get("output.html.additional-js")?.unwrap_or_default();
    let is_ours = |path: &Path| {
        SCRIPTS
            .iter()
            .any(|(name, _)| path.file_name().is_some_and(|file| file == *name))
    };
    let (ours, others): (Vec<PathBuf>, Vec<PathBuf>) = scripts.into_iter().partition(|path| is_ours(path));
    if ours.len() == SCRIPTS.len() && ours.iter().all(|path| root.join(path).is_file()) {
        return Ok(false);
    }
    if !ours.is_empty() {
        config.set("output.html.additional-js", others)?;
    }
    Ok(true)
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
