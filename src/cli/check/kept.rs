//! The document that a repository keeps.

use std::path::Path;

use anyhow::{Context as _, bail, ensure};
use serde_json::Value as Json;

use crate::source::{
    tree::{Tree, file_name},
    yaml,
};

/// Bytes of a file that may be a document; larger ones are data.
const MAX_BYTES: u64 = 64 << 20;

/// A document and where it was read.
pub(super) struct Kept {
    /// Relative to the root, or as the author named it.
    pub file: String,
    /// Its content.
    pub document: Json,
}

/// The document named, else the one JSON or YAML file of the tree that is an OpenAPI document.
pub(super) fn find(root: &Path, named: Option<&Path>) -> anyhow::Result<Kept> {
    match named {
        Some(path) => read(root, path),
        None => search(root),
    }
}

fn read(root: &Path, path: &Path) -> anyhow::Result<Kept> {
    let file = path.display().to_string();
    // As the shell completes it, else as the repository has it.
    let place = if path.exists() {
        path.to_owned()
    } else {
        root.join(path)
    };
    let bytes = std::fs::read(&place).with_context(|| format!("`--against {file}` cannot be read"))?;
    let document = parse(&file, &bytes)?;
    ensure!(
        document.get("openapi").is_some(),
        "`{file}` is not an OpenAPI document: it has no key `openapi`. help: name one with `--against FILE`"
    );
    Ok(Kept { file, document })
}

fn parse(file: &str, bytes: &[u8]) -> anyhow::Result<Json> {
    if is_yaml(file) {
        let text = std::str::from_utf8(bytes).with_context(|| format!("`{file}` is not text"))?;
        return yaml::parse(text, yaml::Rules::Core).map_err(|problem| {
            let (line, column, words) = (problem.line, problem.column, problem.words);
            anyhow::anyhow!("{file}:{line}:{column}: it is not YAML: {words}")
        });
    }
    serde_json::from_slice(bytes).map_err(|error| {
        let words = error.to_string();
        let words = words.split(" at line ").next().unwrap_or(&words);
        anyhow::anyhow!(
            "{file}:{}:{}: it is not JSON: {words}",
            error.line(),
            error.column()
        )
    })
}

fn is_yaml(file: &str) -> bool {
    [".yaml", ".yml"].iter().any(|suffix| file.ends_with(suffix))
}

fn search(root: &Path) -> anyhow::Result<Kept> {
    let tree = Tree::new(root)?.with_max_bytes(MAX_BYTES);
    let mut found: Vec<Kept> = tree
        .files()
        .iter()
        .filter_map(|file| document(&tree, file))
        .collect();
    // One that is called so is meant, whatever else looks like it.
    let is_called_so = |kept: &&Kept| file_name(&kept.file).starts_with("openapi.");
    if found.len() > 1 && found.iter().filter(is_called_so).count() == 1 {
        found.retain(|kept| is_called_so(&kept));
    }
    match found.len() {
        1 => Ok(found.remove(0)),
        0 => Err(broken(&tree).unwrap_or_else(|| anyhow::anyhow!(
            "no OpenAPI document was found in `{}`. help: name it with `--against FILE`, or make one with \
             `mdbook-arch export openapi > openapi.json`",
            root.display()
        ))),
        _ => {
            let names: Vec<String> = found.iter().map(|kept| format!("`{}`", kept.file)).collect();
            bail!(
                "there are {} OpenAPI documents. help: name one with `--against FILE`: {}",
                names.len(),
                names.join(", ")
            )
        }
    }
}

/// What is wrong with a file that is called like a document and is none.
fn broken(tree: &Tree) -> Option<anyhow::Error> {
    let files = tree.files().iter();
    let mut called_so = files
        .filter(|file| file_name(file).starts_with("openapi.") && (file.ends_with(".json") || is_yaml(file)));
    called_so.find_map(|file| match parse(file, &tree.read(file).ok()?) {
        Ok(_) => Some(anyhow::anyhow!(
            "`{file}` is not an OpenAPI document: it has no `openapi` and `info`. help: name another with `--against FILE`"
        )),
        Err(error) => Some(error),
    })
}

fn document(tree: &Tree, file: &str) -> Option<Kept> {
    if !file.ends_with(".json") && !is_yaml(file) {
        return None;
    }
    let bytes = tree.read(file).ok()?;
    // Parsing all JSON and YAML of a tree would take longer than the analysis.
    let key = b"openapi";
    bytes
        .windows(key.len())
        .any(|window| window == key)
        .then_some(())?;
    let document = parse(file, &bytes).ok()?;
    let is_document = document.get("openapi")?.is_string() && document.get("info")?.is_object();
    is_document.then(|| Kept {
        file: file.to_owned(),
        document,
    })
}
