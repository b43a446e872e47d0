//! The folders of `src/` are stages, and data goes one way through them: a stage names only those it may use.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Each stage and the stages it may use besides itself.
const STAGES: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("python", &["source"]),
    ("web", &["source"]),
    ("deploy", &["source"]),
    ("architecture", &["source", "python", "web", "deploy"]),
    ("openapi", &["architecture"]),
    ("audit", &["architecture"]),
    ("markdown", &[]),
    (
        "view",
        &["source", "architecture", "openapi", "audit", "markdown"],
    ),
    ("book", &["source", "architecture", "openapi", "markdown", "view"]),
    (
        "cli",
        &[
            "source",
            "python",
            "deploy",
            "architecture",
            "openapi",
            "audit",
            "markdown",
            "view",
            "book",
        ],
    ),
];

/// The Rust files of a stage: `src/stage.rs` and everything in `src/stage/`.
fn files(stage: &str) -> Vec<PathBuf> {
    fn walk(directory: &Path, files: &mut Vec<PathBuf>) {
        let Ok(entries) = std::fs::read_dir(directory) else {
            return;
        };
        for entry in entries {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, files);
            } else if path.extension().is_some_and(|suffix| suffix == "rs") {
                files.push(path);
            }
        }
    }
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = vec![source.join(format!("{stage}.rs"))];
    walk(&source.join(stage), &mut files);
    files.sort();
    files
}

/// The first name of every path below `crate::` in the text, those in braces (`crate::{a::b, c}`) too.
fn used(text: &str) -> BTreeSet<String> {
    let code: String = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .map(|line| format!("{line}\n"))
        .collect();
    let mut names = BTreeSet::new();
    for (index, path) in code.match_indices("crate::") {
        let rest = &code[index + path.len()..];
        match rest.strip_prefix('{') {
            Some(group) => names.extend(heads(group)),
            None => names.extend(head(rest)),
        }
    }
    names
}

/// The first names of the paths in a group, up to its closing brace.
fn heads(group: &str) -> Vec<String> {
    let mut names = Vec::new();
    let (mut depth, mut start) = (0, 0);
    for (index, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                names.extend(head(group[start..index].trim()));
                start = index + 1;
                if character == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    names
}

fn head(path: &str) -> Option<String> {
    let name: String = path
        .chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect();
    (!name.is_empty()).then_some(name)
}

#[test]
fn a_stage_uses_only_stages_before_it() {
    let mut violations = Vec::new();
    for (stage, allowed) in STAGES {
        for file in files(stage) {
            let text = std::fs::read_to_string(&file).expect("a source file");
            for name in used(&text) {
                let is_stage = STAGES.iter().any(|(other, _)| *other == name);
                if is_stage && name != *stage && !allowed.contains(&name.as_str()) {
                    violations.push(format!("{} uses `{name}`", file.display()));
                }
            }
        }
    }
    assert!(violations.is_empty(), "{}", violations.join("\n"));
}

#[test]
fn every_folder_is_a_stage() {
    let library =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).expect("read");
    let modules: Vec<&str> = library
        .lines()
        .filter_map(|line| {
            line.trim_start_matches("pub ")
                .strip_prefix("mod ")?
                .strip_suffix(';')
        })
        .collect();
    let stages: Vec<&str> = STAGES.iter().map(|(stage, _)| *stage).collect();
    assert_eq!(
        modules, stages,
        "`lib.rs` lists them in reading order, and this test too"
    );
}

#[test]
fn paths_are_found_in_every_form() {
    let text = "use crate::{architecture::{model::A, Options}, book};\n// crate::cli\nfn f() { crate::view::render() }";
    let expected = ["architecture", "book", "view"].map(str::to_owned);
    assert_eq!(used(text), BTreeSet::from(expected));
}
