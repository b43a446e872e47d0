use std::fmt::Write as _;
use std::sync::Arc;

use expect_test::{Expect, expect};

use super::{PythonFile, SourceFile, reads};

/// Compares what the files read, each below a line `#- path`, with what is expected.
#[track_caller]
fn check(fixture: &str, expected: Expect) {
    let mut files: Vec<PythonFile> = Vec::new();
    for line in fixture.lines() {
        if let Some(path) = line.strip_prefix("#- ") {
            let module = path
                .trim_end_matches(".py")
                .trim_end_matches("/__init__")
                .replace('/', ".");
            files.push(PythonFile {
                path: path.to_owned(),
                module,
                text: Vec::new(),
            });
        } else if let Some(file) = files.last_mut() {
            file.text.extend_from_slice(line.as_bytes());
            file.text.push(b'\n');
        }
    }
    let find = |module: &str| {
        let found = files.iter().find(|file| file.module == module);
        found.map(|file| file.path.clone())
    };
    let parse = |file: &PythonFile| Arc::new(SourceFile::new(&file.path, file.text.clone()));
    let found = reads(&files, &find, &parse);
    let mut out = String::new();
    for read in &found.variables {
        let default = read
            .default
            .as_ref()
            .map(|default| format!(" = {default}"))
            .unwrap_or_default();
        let mark = if read.is_required { " required" } else { "" };
        let place = &read.location;
        let _ = writeln!(
            out,
            "{}{default}{mark} in {} at {}:{}",
            read.name, read.reader, place.file, place.line
        );
    }
    for open in &found.open {
        let _ = writeln!(
            out,
            "? {} at {}:{}",
            open.name, open.location.file, open.location.line
        );
    }
    expected.assert_eq(&out);
}

#[test]
fn what_counts_is_what_a_name_is_bound_to() {
    check(
        r#"#- app.py
import os as system
from os import environ as env, getenv
A = system.environ["A"]
B = env.get("B", "b")
def read():
    return getenv("C") or "c"
class Box:
    environ = {}
    D = environ.get("D")
env["WRITTEN"] = "1"
if "E" in env:
    pass
"#,
        expect![[r#"
            A required in app at app.py:3
            B = "b" in app at app.py:4
            C = "c" in app:read at app.py:6
            E in app at app.py:11
        "#]],
    );
}

#[test]
fn names_are_values() {
    check(
        r#"#- names.py
PREFIX = "APP_"
#- app.py
import os
from names import PREFIX
os.getenv(PREFIX + "A")
os.getenv(f"{PREFIX}B")
for name in ("C", "D"):
    os.environ[name]
os.getenv(input())
"#,
        expect![[r#"
            APP_A in app at app.py:3
            APP_B in app at app.py:4
            C required in app at app.py:6
            D required in app at app.py:6
            ? input() at app.py:7
        "#]],
    );
}

#[test]
fn calls_of_the_trees_own_readers_are_the_reads() {
    check(
        r#"#- lib.py
import os
def flag(name, default=False):
    return os.environ.get(name, default)
class Variable:
    def __init__(self, name, kind, default):
        self.name = name
    def get(self):
        return os.environ.get(self.name)
class Flag(Variable):
    def __init__(self, name, default):
        super().__init__(name, bool, default)
class Reader:
    def __init__(self, source):
        self._source = source
    def number(self, name, *, default=None):
        return int(self._source[name])
reader = Reader(os.environ)
#- app.py
from lib import flag, reader, Flag, Variable
A = flag("A", True)
B = Variable("B", str, "b")
C = Flag("C", False)
D = reader.number("D", default=4)
"#,
        expect![[r#"
            A = True in app at app.py:2
            B = "b" in app at app.py:3
            C = False in app at app.py:4
            D = 4 in app at app.py:5
        "#]],
    );
}
