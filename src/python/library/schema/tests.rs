//! Schemas beside those of pydantic itself: `tests/*.py` are models, `tests/*.json` what pydantic 2.14.3 says of them
//! (`tests/truth.py` writes them).

use std::rc::Rc;

use serde_json::{Map, Value as Json};

use super::{Mode, build::Builder, build::Options, emit::Emitter};
use crate::python::{
    interpret::{interpreter::Interpreter, value::Value},
    project::{Files, Project},
};

/// A tree of one file.
struct One {
    name: &'static str,
    text: &'static str,
}

impl Files for One {
    fn read(&self, _: &str) -> Result<Vec<u8>, String> {
        Ok(self.text.as_bytes().to_vec())
    }

    fn is_file(&self, path: &str) -> bool {
        path == format!("{}.py", self.name)
    }

    fn is_dir(&self, _: &str) -> bool {
        false
    }

    fn import_roots(&self, _: &str) -> Vec<String> {
        vec![String::new()]
    }

    fn package_version(&self, _: &str) -> Option<String> {
        None
    }

    fn list(&self, _: &str) -> Vec<String> {
        vec![]
    }
}

/// The definitions of the models that a module lists.
fn definitions(name: &'static str, text: &'static str) -> Map<String, Json> {
    let mut it = Interpreter::new(Project::new(Rc::new(One { name, text })), &[]);
    let module = it.import_module(name).expect("the module can be imported");
    let models = it.attribute(&module, "MODELS").expect("it lists models");
    let (models, _) = it.iterate(&models).expect("it is a list");
    let mut builder = Builder::new(Options {
        bytes_as_media_type: false,
        ..Options::default()
    });
    let shapes: Vec<_> = models
        .iter()
        .map(|model: &Value| builder.of(&mut it, model))
        .collect();
    let mut emitter = Emitter::new(&builder);
    for mode in [Mode::Validation, Mode::Serialization] {
        emitter.mode = mode;
        for shape in &shapes {
            emitter.schema(&mut it, shape).expect("every model has a schema");
        }
    }
    emitter.definitions.finish(false).0.into_iter().collect()
}

/// Without the order that JSON Schema gives no meaning: of keys, and of `required`.
fn canonical(json: &Json) -> Json {
    match json {
        Json::Object(map) => {
            let mut entries: Vec<(String, Json)> = map
                .iter()
                .map(|(key, value)| (key.clone(), canonical(value)))
                .collect();
            entries.sort_by(|a, b| a.0.cmp(&b.0));
            for (key, value) in &mut entries {
                if let (true, Json::Array(names)) = (key == "required", value) {
                    names.sort_by_key(ToString::to_string);
                }
            }
            Json::Object(entries.into_iter().collect())
        }
        Json::Array(items) => Json::Array(items.iter().map(canonical).collect()),
        Json::Number(number) => number
            .as_f64()
            .and_then(serde_json::Number::from_f64)
            .map_or(json.clone(), Json::Number),
        other => other.clone(),
    }
}

fn check(name: &'static str, text: &'static str, truth: &str) {
    let worker = std::thread::Builder::new()
        .stack_size(256 << 20)
        .spawn(move || definitions(name, text));
    let got = worker
        .expect("a thread can be started")
        .join()
        .expect("schemas are made without a panic");
    let truth: Map<String, Json> = serde_json::from_str(truth).expect("the truth is JSON");
    let mut problems = vec![];
    for (name, want) in &truth {
        match got.get(name) {
            None => problems.push(format!("{name}: absent")),
            Some(have) => compare(name, &canonical(want), &canonical(have), &mut problems),
        }
    }
    problems.extend(
        got.keys()
            .filter(|name| !truth.contains_key(*name))
            .map(|name| format!("{name}: not in the truth")),
    );
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

fn compare(path: &str, want: &Json, have: &Json, problems: &mut Vec<String>) {
    match (want, have) {
        (Json::Object(want), Json::Object(have)) => {
            for (key, value) in want {
                match have.get(key) {
                    Some(other) => compare(&format!("{path}.{key}"), value, other, problems),
                    None => problems.push(format!("{path}.{key}: wants {value}, has nothing")),
                }
            }
            let further = have.iter().filter(|(key, _)| !want.contains_key(*key));
            problems.extend(further.map(|(key, value)| format!("{path}.{key}: wants nothing, has {value}")));
        }
        _ if want == have => {}
        _ => problems.push(format!("{path}: wants {want}, has {have}")),
    }
}

#[test]
fn scalars_limits_choices_and_documentation() {
    check(
        "scalars",
        include_str!("tests/scalars.py"),
        include_str!("tests/scalars.json"),
    );
}

#[test]
fn containers_generics_and_records() {
    check(
        "containers",
        include_str!("tests/containers.py"),
        include_str!("tests/containers.json"),
    );
}

#[test]
fn validators_serializers_aliases_and_hooks() {
    check(
        "behaviour",
        include_str!("tests/behaviour.py"),
        include_str!("tests/behaviour.json"),
    );
}

#[test]
fn clashing_names_are_told_apart() {
    check(
        "names",
        include_str!("tests/names.py"),
        include_str!("tests/names.json"),
    );
}

#[test]
fn what_one_use_says_stays_out_of_the_shared_definition() {
    check(
        "uses",
        include_str!("tests/uses.py"),
        include_str!("tests/uses.json"),
    );
}
