//! The floor beneath any cold analysis that parses: walk a folder, read its sources, parse its Python, and nothing more.
//!
//! Only the Python grammar is a dependency, so `.js`, `.ts` and their like are read and not parsed: the floor is lower, and
//! the comparison stricter, than one that parses them too.
//!
//! `cargo bench --bench floor -- DIR`; `benches/compare.py` runs it beside the analysis.
#![allow(clippy::print_stdout, reason = "its output is its purpose")]

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    time::Instant,
};

use ignore::WalkBuilder;
use rayon::prelude::*;
use tree_sitter::Parser;

const READ_ONLY: [&str; 8] = ["js", "jsx", "mjs", "cjs", "ts", "tsx", "mts", "cts"];

#[derive(Default)]
struct Total {
    files: usize,
    bytes: usize,
    nodes: usize,
}

impl Total {
    fn add(self, other: Total) -> Total {
        Total {
            files: self.files + other.files,
            bytes: self.bytes + other.bytes,
            nodes: self.nodes + other.nodes,
        }
    }
}

fn main() {
    // Cargo gives benchmarks options of its own.
    let root = std::env::args()
        .skip(1)
        .find(|argument| !argument.starts_with("--"));
    let root = PathBuf::from(root.unwrap_or_else(|| "book-example".to_owned()));
    let started = Instant::now();
    let files = sources(&root);
    let walked = started.elapsed();
    let total = files
        .par_iter()
        .map_init(parser, |parser, path| measure(parser, path))
        .reduce(Total::default, Total::add);
    println!(
        "{} files, {} bytes, {} nodes: walked in {:.3} s, done in {:.3} s",
        total.files,
        total.bytes,
        total.nodes,
        walked.as_secs_f64(),
        started.elapsed().as_secs_f64()
    );
}

fn sources(root: &Path) -> Vec<PathBuf> {
    WalkBuilder::new(root)
        .build()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()))
        .map(ignore::DirEntry::into_path)
        .filter(|path| is_python(path) || has_extension(path, &READ_ONLY))
        .collect()
}

fn is_python(path: &Path) -> bool {
    has_extension(path, &["py"])
}

fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    path.extension()
        .and_then(OsStr::to_str)
        .is_some_and(|extension| extensions.contains(&extension))
}

fn parser() -> Option<Parser> {
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_python::LANGUAGE.into()).ok()?;
    Some(parser)
}

fn measure(parser: &mut Option<Parser>, path: &Path) -> Total {
    let Ok(text) = std::fs::read(path) else {
        return Total::default();
    };
    let tree = match parser {
        Some(parser) if is_python(path) => parser.parse(&text, None),
        _ => None,
    };
    let nodes = tree.map_or(0, |tree| tree.root_node().descendant_count());
    Total {
        files: 1,
        bytes: text.len(),
        nodes,
    }
}
