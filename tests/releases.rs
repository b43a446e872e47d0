//! What differs between releases of FastAPI and pydantic, and what applications do with them, on applications that use much of both: the documents beside them
//! are what the running application published (`releases/truth.py` writes them).

use std::path::Path;

use mdbook_arch::{architecture, openapi};
use serde_json::Value as Json;

/// Folder, FastAPI's release, pydantic's.
const RELEASES: &[(&str, &str, &str)] = &[
    ("pydantic-1", "0.95.2", "1.10.13"),
    ("pydantic-2", "0.104.1", "2.5.3"),
    ("pydantic-2", "0.110.3", "2.7.4"),
    ("pydantic-2", "0.115.14", "2.10.6"),
    ("pydantic-2", "0.128.0", "2.12.5"),
    ("pydantic-2", "0.165.0", "2.14.3"),
    ("pydantic-2-newest", "0.165.0", "2.14.3"),
    ("names", "0.95.2", "1.10.13"),
    ("names", "0.124.4", "2.14.3"),
    ("names", "0.165.0", "2.14.3"),
    ("records", "0.104.1", "2.5.3"),
    ("records", "0.110.3", "2.7.4"),
    ("records", "0.115.14", "2.10.6"),
    ("records", "0.128.0", "2.12.5"),
    ("records", "0.165.0", "2.14.3"),
    ("pydantic-1-idioms", "0.95.2", "1.10.13"),
    ("types", "0.110.3", "2.7.4"),
    ("types", "0.115.14", "2.10.6"),
    ("types", "0.128.0", "2.12.5"),
    ("types", "0.165.0", "2.14.3"),
    ("parameters", "0.104.1", "2.5.3"),
    ("parameters", "0.165.0", "2.14.3"),
    ("layered", "0.165.0", "2.14.3"),
    ("custom-document", "0.165.0", "2.14.3"),
    ("given-routes", "0.104.1", "2.5.3"),
    ("given-routes", "0.128.0", "2.12.5"),
    ("given-routes", "0.165.0", "2.14.3"),
    ("own-routers", "0.95.2", "1.10.13"),
    ("own-routers", "0.115.14", "2.10.6"),
    ("own-routers", "0.165.0", "2.14.3"),
    ("aliases-and-limits", "0.104.1", "2.5.3"),
    ("aliases-and-limits", "0.128.0", "2.12.5"),
    ("aliases-and-limits", "0.165.0", "2.14.3"),
];

#[test]
fn documents_are_those_of_the_running_application() {
    let mut problems = vec![];
    for (folder, fastapi, pydantic) in RELEASES {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/releases")
            .join(folder);
        let name = format!("fastapi-{fastapi}-pydantic-{pydantic}.json");
        let want = std::fs::read_to_string(folder.join(&name)).expect("a document");
        let want: Json = serde_json::from_str(&want).expect("JSON");
        let have = published(&folder, &format!("fastapi=={fastapi}\npydantic=={pydantic}\n"));
        let before = problems.len();
        compare("", &want, &have, &mut problems);
        for problem in &mut problems[before..] {
            problem.insert_str(0, &format!("{name} "));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

fn published(folder: &Path, requirements: &str) -> Json {
    let directory = tempfile::tempdir().expect("a directory");
    copy(folder, directory.path());
    std::fs::write(directory.path().join("requirements.txt"), requirements).expect("written");
    let options = architecture::Options {
        root: directory.path().to_owned(),
        document: Some(openapi::document),
        ..architecture::Options::default()
    };
    let architecture = architecture::analyse(&options).expect("a model");
    openapi::document(&architecture.applications[0])
}

/// The application in a folder, without the documents beside it.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a directory");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if path.is_dir() && name != "__pycache__" {
            copy(&path, &to.join(name));
        } else if path.is_file() && !name.starts_with("fastapi-") {
            std::fs::copy(&path, to.join(name)).expect("copied");
        }
    }
}

/// The order of keys and of `required` has no meaning.
fn compare(place: &str, want: &Json, have: &Json, problems: &mut Vec<String>) {
    match (want, have) {
        (Json::Object(want), Json::Object(have)) => {
            for (key, value) in want {
                match have.get(key) {
                    Some(other) => compare(&format!("{place}/{key}"), value, other, problems),
                    None => problems.push(format!("{place}/{key}: wants {value}, has nothing")),
                }
            }
            let further = have.iter().filter(|(key, _)| !want.contains_key(*key));
            problems.extend(further.map(|(key, value)| format!("{place}/{key}: wants nothing, has {value}")));
        }
        (Json::Array(a), Json::Array(b)) if a.len() == b.len() && place.ends_with("/required") => {
            if a.iter().any(|name| !b.contains(name)) {
                problems.push(format!("{place}: wants {want}, has {have}"));
            }
        }
        (Json::Array(a), Json::Array(b)) if a.len() == b.len() => {
            for (index, (want, have)) in a.iter().zip(b).enumerate() {
                compare(&format!("{place}/{index}"), want, have, problems);
            }
        }
        (Json::Number(a), Json::Number(b)) if a.as_f64() == b.as_f64() => {}
        _ if want == have => {}
        _ => problems.push(format!("{place}: wants {want}, has {have}")),
    }
}
