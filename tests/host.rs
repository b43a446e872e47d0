//! The binary as mdBook hosts start it: arguments, standard input, standard output, exit code.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use mdbook_arch::architecture::Options;
use serde_json::Value;

const HOSTS: [&str; 2] = [
    include_str!("host/mdbook-0.4.52.json"),
    include_str!("host/mdbook-0.5.4.json"),
];

struct Outcome {
    code: Option<i32>,
    output: String,
    errors: String,
}

/// Runs the binary in a directory that is not the book's, as hosts of 0.4 do.
fn run(arguments: &[&str], input: &str) -> Outcome {
    let mut child = Command::new(env!("CARGO_BIN_EXE_mdbook-arch"))
        .args(arguments)
        .env_remove("MDBOOK_LOG")
        .env_remove("RUST_LOG")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    // Commands that read nothing may be gone already.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    let output = child.wait_with_output().expect("it ends");
    Outcome {
        code: output.status.code(),
        output: String::from_utf8(output.stdout).expect("text"),
        errors: String::from_utf8(output.stderr).expect("text"),
    }
}

/// What the directive of the fixtures says of a repository.
fn modules(root: &Path) -> usize {
    let options = Options {
        root: root.to_owned(),
        ..Options::default()
    };
    mdbook_arch::architecture::analyse(&options)
        .expect("a model")
        .modules
        .len()
}

/// A repository with an application, and the book of the input in it.
fn repository(input: &str) -> (tempfile::TempDir, String) {
    let directory = tempfile::tempdir().expect("a directory");
    let write = |path: &str, text: &str| {
        let file = directory.path().join(path);
        std::fs::create_dir_all(file.parent().expect("has a parent")).expect("created");
        std::fs::write(file, text).expect("written");
    };
    write("main.py", "from fastapi import FastAPI\n\napp = FastAPI()\n");
    write(
        "book/src/api.md",
        "# API\n\nIt has <<#arch count modules>> modules.\n",
    );
    let root = serde_json::to_string(&directory.path().join("book")).expect("JSON");
    let input = input.replace("\"[ROOT]\"", &root);
    (directory, input)
}

fn book(input: &str) -> Value {
    let mut parts: Vec<Value> = serde_json::from_str(input).expect("JSON");
    parts.pop().expect("a book")
}

#[test]
fn one_binary_serves_both_hosts() {
    for input in HOSTS {
        let (directory, input) = repository(input);
        let outcome = run(&[], &input);
        assert_eq!((outcome.code, outcome.errors.as_str()), (Some(0), ""));
        // Only the two directives change: no key is renamed, moved, added or dropped.
        let expected = book(&input).to_string().replace(
            " <<#arch count modules>>",
            &format!(" {}", modules(directory.path())),
        );
        assert_eq!(outcome.output, expected);
    }
}

#[test]
fn every_renderer_is_supported_without_a_word() {
    for renderer in ["html", "markdown", "test", "anything"] {
        let outcome = run(&["supports", renderer], "");
        assert_eq!(
            (outcome.code, outcome.output, outcome.errors),
            (Some(0), String::new(), String::new())
        );
    }
}

#[test]
fn a_problem_fails_the_build_and_writes_no_book() {
    let (_directory, input) = repository(&HOSTS[1].replace("count modules", "count mdoules"));
    let outcome = run(&[], &input);
    assert_eq!((outcome.code, outcome.output.as_str()), (Some(1), ""));
    let mut lines = outcome.errors.lines();
    // The file has the directive in another spelling, so there is no line to name.
    let first = lines.next().expect("a line");
    let start =
        "src/api.md: error: in `<<#arch count mdoules>>`: there is no directive `count mdoules`. help: ";
    assert!(
        first.starts_with(start) && first.contains("`count modules`"),
        "{first}"
    );
    assert!(
        lines
            .next()
            .is_some_and(|line| line.starts_with("src/api/more.md: error: "))
    );
    assert_eq!(lines.next(), Some("2 problems found; no book is written"));
}

#[test]
fn a_wrong_order_is_warned_of_once() {
    let (_directory, input) = repository(&HOSTS[0].replace(r#""after": ["links"], "#, ""));
    let outcome = run(&[], &input);
    assert_eq!(outcome.code, Some(0));
    assert_eq!(
        outcome.errors,
        " WARN mdbook-arch: book.toml: mdBook may run the preprocessors in the wrong order; add to \
         `[preprocessor.arch]`: after = [\"links\"] (`mdbook-arch install` does it)\n"
    );
}

#[test]
fn wrong_input_is_one_clear_sentence() {
    let message = |input: &str| {
        let outcome = run(&[], input);
        assert_eq!((outcome.code, outcome.output.as_str()), (Some(1), ""));
        assert_eq!(outcome.errors.lines().count(), 1, "{}", outcome.errors);
        outcome.errors
    };
    assert!(message("").starts_with("ERROR mdbook-arch: there is nothing on standard input"));
    assert!(message("{}").starts_with("ERROR mdbook-arch: standard input is not the JSON array"));
    let future = HOSTS[1].replace("0.5.4", "1.0.0");
    assert!(message(&future).starts_with("ERROR mdbook-arch: the host is mdBook 1.0.0, but `mdbook-arch` "));
    let unknown = HOSTS[1].replace("\"items\": [\n", "\"things\": [\n");
    assert_eq!(
        message(&unknown),
        "ERROR mdbook-arch: mdBook's book has neither a list `items` (0.5) nor a list `sections` (0.4)\n"
    );
}

#[test]
fn a_wrong_configuration_is_named() {
    let input = HOSTS[1].replace("\"after\": [\"links\"]", "\"rot\": \"..\"");
    let outcome = run(&[], &input);
    assert_eq!(outcome.code, Some(1));
    assert_eq!(
        outcome.errors,
        "book.toml: error: `[preprocessor.arch]` has no key `rot`. help: did you mean `root`?\n\
         1 problem found; no book is written\n"
    );
}

#[test]
fn directives_are_rendered_from_the_command_line() {
    let (directory, _) = repository("");
    let root = directory.path().to_str().expect("text");
    let outcome = run(&["render", "<<#arch count modules>>", "--root", root], "");
    assert_eq!(
        (outcome.code, outcome.output.as_str(), outcome.errors.as_str()),
        (Some(0), format!("{}\n", modules(directory.path())).as_str(), "")
    );
    let outcome = run(&["render", "<<#arch count modules", "--root", root], "");
    assert_eq!(outcome.code, Some(1));
    assert!(
        outcome
            .errors
            .starts_with("ERROR mdbook-arch: `<<#arch` is not closed. help: ")
    );
    let outcome = run(&["render", "endpoints", "--root", "/nowhere/at/all"], "");
    assert_eq!(
        outcome.errors,
        "ERROR mdbook-arch: `--root /nowhere/at/all` is not a directory\n"
    );
}

#[test]
fn what_can_be_embedded_is_listed() {
    let (directory, _) = repository("");
    let root = directory.path().to_str().expect("text");
    let outcome = run(&["list", "--root", root], "");
    assert_eq!((outcome.code, outcome.errors.as_str()), (Some(0), ""));
    assert!(
        outcome.output.contains("<<#arch endpoints>>\n"),
        "{}",
        outcome.output
    );
    assert!(
        outcome
            .output
            .contains("<<#arch count modules>> (within a sentence)\n"),
        "{}",
        outcome.output
    );
    assert!(
        outcome.output.contains(&format!("in `{root}`")),
        "{}",
        outcome.output
    );
}

#[test]
fn exports_are_json() {
    let (directory, _) = repository("");
    let root = directory.path().to_str().expect("text");
    let outcome = run(&["export", "architecture", "--root", root, "--env", "A=b"], "");
    assert_eq!((outcome.code, outcome.errors.as_str()), (Some(0), ""));
    let document: Value = serde_json::from_str(&outcome.output).expect("JSON");
    assert!(document["applications"].is_array(), "{document}");
    let outcome = run(&["export", "routes", "--root", root, "--env", "nonsense"], "");
    assert_eq!(outcome.code, Some(2));
    assert!(
        outcome.errors.contains("it is not `NAME=VALUE`"),
        "{}",
        outcome.errors
    );
    let empty = directory.path().join("book/src");
    let outcome = run(&["export", "routes", "--root", empty.to_str().expect("text")], "");
    assert_eq!(outcome.code, Some(1));
    assert!(
        outcome.errors.contains("no FastAPI application was found"),
        "{}",
        outcome.errors
    );
}
