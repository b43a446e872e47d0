//! What modules evaluate to: small trees in, the names of `main` out.

mod budget;
mod classes;
mod flow;
mod imports;
mod unknowns;

use std::{collections::BTreeMap, rc::Rc};

use expect_test::Expect;

use super::{budget::Budget, interpreter::Interpreter, repr, value::Value};
use crate::python::project::{Files, Project};

/// A tree in memory.
#[derive(Default)]
struct Memory(BTreeMap<String, String>);

impl Memory {
    /// A tree out of text in which `#- path` begins a file; without one, all of it is `main.py`.
    fn parse(fixture: &str) -> Self {
        let mut files = BTreeMap::new();
        let mut path = "main.py".to_owned();
        for line in fixture.lines() {
            match line.strip_prefix("#- ") {
                Some(next) => path = next.trim().to_owned(),
                None => {
                    let text: &mut String = files.entry(path.clone()).or_default();
                    text.push_str(line);
                    text.push('\n');
                }
            }
        }
        Self(files)
    }
}

impl Files for Memory {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        self.0
            .get(path)
            .map(|text| text.clone().into_bytes())
            .ok_or_else(|| format!("there is no `{path}`"))
    }

    fn is_file(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    fn is_dir(&self, path: &str) -> bool {
        self.0.keys().any(|file| file.starts_with(&format!("{path}/")))
    }

    fn import_roots(&self, _: &str) -> Vec<String> {
        vec![String::new()]
    }

    fn package_version(&self, _: &str) -> Option<String> {
        None
    }

    fn list(&self, path: &str) -> Vec<String> {
        let prefix = if path.is_empty() {
            String::new()
        } else {
            format!("{path}/")
        };
        let names = self.0.keys().filter_map(|file| file.strip_prefix(&prefix));
        let mut names: Vec<String> = names
            .map(|rest| rest.split('/').next().unwrap_or(rest).to_owned())
            .collect();
        names.dedup();
        names
    }
}

/// Imports `main` and compares its public names, one a line, and the findings.
fn check(fixture: &str, expected: Expect) {
    check_with(fixture, &[], expected);
}

fn check_with(fixture: &str, environment: &[(&str, &str)], expected: Expect) {
    check_all(fixture, environment, Budget::default(), expected);
}

fn check_with_budget(fixture: &str, budget: Budget, expected: Expect) {
    check_all(fixture, &[], budget, expected);
}

fn check_all(fixture: &str, environment: &[(&str, &str)], budget: Budget, expected: Expect) {
    let fixture = fixture.to_owned();
    let environment: Vec<(String, String)> = environment
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let worker = std::thread::Builder::new()
        .stack_size(256 << 20)
        .spawn(move || dump(&fixture, &environment, budget));
    expected.assert_eq(
        &worker
            .expect("a thread can be started")
            .join()
            .expect("evaluation never panics"),
    );
}

fn dump(fixture: &str, environment: &[(String, String)], budget: Budget) -> String {
    let mut it = Interpreter::new(Project::new(Rc::new(Memory::parse(fixture))), environment);
    it.budget = budget;
    let module = it.import_module("main");
    let mut out = String::new();
    if let Ok(Value::Module(module)) = &module {
        for (name, value) in module.scope.names.borrow().iter() {
            let is_shown = !name.starts_with('_')
                && !matches!(
                    value,
                    Value::Function(_) | Value::Class(_) | Value::Module(_) | Value::Native(_)
                );
            if is_shown {
                out.push_str(&format!("{name} = {}\n", repr::repr(value)));
            }
        }
    }
    for finding in it.sorted_findings() {
        out.push_str(&format!(
            "{}:{}: {}: {}\n",
            finding.location.file, finding.location.line, finding.code, finding.message
        ));
    }
    out
}
