//! `mdbook-arch check` and `export openapi` as a pull request runs them: the binary on a small repository.

use std::path::Path;
use std::process::{Command, Output};

use expect_test::expect;
use serde_json::Value as Json;
use tempfile::TempDir;

const APP: &str = r#"from fastapi import FastAPI
from pydantic import BaseModel, Field

class User(BaseModel):
    name: str = Field(max_length=40)
    age: int | None = None

app = FastAPI(title="Users")

@app.post("/users")
def create(user: User) -> User:
    return user
"#;

struct Repository(TempDir);

impl Repository {
    fn new(files: &[(&str, &str)]) -> Self {
        let repository = Self(tempfile::tempdir().expect("a directory"));
        repository.write("main.py", APP);
        for (path, text) in files {
            repository.write(path, text);
        }
        repository
    }

    fn root(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, path: &str, text: &str) {
        let file = self.root().join(path);
        std::fs::create_dir_all(file.parent().expect("has a parent")).expect("created");
        std::fs::write(file, text).expect("written");
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_mdbook-arch"))
            .args(arguments)
            .arg("--root")
            .arg(self.root())
            .output()
            .expect("the binary runs")
    }

    /// What is printed, and the exit code.
    fn says(&self, arguments: &[&str]) -> (String, i32) {
        let output = self.run(arguments);
        let root = self.root().display().to_string();
        let text = [output.stdout, output.stderr].concat();
        let text = String::from_utf8_lossy(&text).replace(&root, "ROOT");
        (text, output.status.code().unwrap_or(-1))
    }

    fn keep(&self, path: &str, arguments: &[&str]) {
        let output = self.run(&[&["export", "openapi"], arguments].concat());
        self.write(path, &String::from_utf8_lossy(&output.stdout));
    }
}

#[test]
fn a_document_that_is_kept_is_compared() {
    let repository = Repository::new(&[("data.json", "{}")]);
    repository.keep("docs/openapi.json", &[]);
    let (text, code) = repository.says(&["check"]);
    expect!["`docs/openapi.json` is what `main:app` publishes (OpenAPI 3.1)\n"].assert_eq(&text);
    assert_eq!(code, 0);

    let changed = APP
        .replace("max_length=40", "max_length=50")
        .replace("/users", "/people");
    repository.write("main.py", &changed);
    let (text, code) = repository.says(&["check"]);
    expect![[r#"
        `docs/openapi.json` is not what `main:app` publishes: 2 operations, 1 schema

        + POST /people  (main.py:11)
        - POST /users
        ~ schema User  (main.py:4)
            /components/schemas/User/properties/name/maxLength: 40 -> 50

        + only the application has it, - only the file has it, ~ file -> application
    "#]]
    .assert_eq(&text);
    assert_eq!(code, 1);
}

#[test]
fn the_release_of_the_kept_document_counts() {
    let repository = Repository::new(&[]);
    repository.keep("openapi.json", &["--version", "3.0"]);
    let (text, code) = repository.says(&["check"]);
    expect!["`openapi.json` is what `main:app` publishes (OpenAPI 3.0)\n"].assert_eq(&text);
    assert_eq!(code, 0);
}

#[test]
fn a_document_in_yaml_is_compared() {
    let repository = Repository::new(&[(
        "openapi.yaml",
        "openapi: 3.1.0\ninfo: {title: Users, version: 0.1.0}\npaths: {}\n",
    )]);
    let (text, code) = repository.says(&["check"]);
    expect![[r#"
        `openapi.yaml` is not what `main:app` publishes: 1 operation, 3 schemas

        + POST /users  (main.py:11)
        + schema HTTPValidationError
        + schema User  (main.py:4)
        + schema ValidationError

        + only the application has it, - only the file has it, ~ file -> application
    "#]]
    .assert_eq(&text);
    assert_eq!(code, 1);
}

#[test]
fn differences_as_json() {
    let repository = Repository::new(&[]);
    repository.keep("api.json", &[]);
    repository.write("main.py", &APP.replace("max_length=40", "max_length=50"));
    let output = repository.run(&["check", "--json", "--against", "api.json"]);
    let report: Json = serde_json::from_slice(&output.stdout).expect("it is JSON");
    assert_eq!(output.status.code(), Some(1));
    expect![[r#"
        {
          "application": "main:app",
          "document": "api.json",
          "release": "3.1",
          "differences": [
            {
              "change": "changed",
              "subject": {
                "kind": "component",
                "component": "schemas",
                "name": "User"
              },
              "pointer": "/components/schemas/User",
              "details": [
                {
                  "pointer": "/components/schemas/User/properties/name/maxLength",
                  "kept": 40,
                  "published": 50
                }
              ],
              "location": {
                "file": "main.py",
                "line": 4,
                "end_line": 6,
                "column": 1
              }
            }
          ],
          "unresolved": []
        }"#]]
    .assert_eq(&format!("{report:#}"));
}

#[test]
fn errors_say_what_to_do() {
    let repository = Repository::new(&[
        ("broken.json", "{\n  nothing\n}"),
        ("api.yaml", "openapi: [3.1.0\npaths: {}"),
        ("a.json", "{}"),
    ]);
    let mut out = String::new();
    for arguments in [
        &["check"][..],
        &["check", "--against", "absent.json"],
        &["check", "--against", "broken.json"],
        &["check", "--against", "api.yaml"],
        &["check", "--against", "a.json"],
        &["export", "routes", "--version", "3.0"],
    ] {
        let (text, code) = repository.says(arguments);
        out.push_str(&format!("{code} {text}"));
    }
    repository.keep("one.json", &[]);
    repository.keep("two.json", &[]);
    let (text, code) = repository.says(&["check"]);
    out.push_str(&format!("{code} {text}"));
    expect![[r#"
        2 ERROR mdbook-arch: no OpenAPI document was found in `ROOT`. help: name it with `--against FILE`, or make one with `mdbook-arch export openapi > openapi.json`
        2 ERROR mdbook-arch: `--against absent.json` cannot be read: No such file or directory (os error 2)
        2 ERROR mdbook-arch: broken.json:2:3: it is not JSON: key must be a string
        2 ERROR mdbook-arch: api.yaml:2:6: it is not YAML: illegal placement of ':' indicator
        2 ERROR mdbook-arch: `a.json` is not an OpenAPI document: it has no key `openapi`. help: name one with `--against FILE`
        1 ERROR mdbook-arch: `--version` is the release of an OpenAPI document. help: remove it, or write `export openapi`
        2 ERROR mdbook-arch: there are 2 OpenAPI documents. help: name one with `--against FILE`: `one.json`, `two.json`
    "#]].assert_eq(&out);
}
