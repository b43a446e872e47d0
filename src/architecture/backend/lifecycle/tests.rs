//! What happens inside requests: small trees in, their steps out.

mod branches;
mod exceptions;
mod systems;
mod values;

use expect_test::Expect;

use crate::architecture::{
    Options, Scope, analyse,
    model::{Application, Dependency, Finding, Step},
};

/// Compares the steps of every endpoint, channel and lifespan handler of `main:app`. `#- path` begins a file of the tree.
#[track_caller]
fn check(fixture: &str, expected: Expect) {
    expected.assert_eq(&steps_of(fixture));
}

fn steps_of(fixture: &str) -> String {
    let tree = tempfile::tempdir().expect("a folder can be made");
    let mut path = "main.py".to_owned();
    let mut files: Vec<(String, String)> = vec![];
    for line in fixture.lines() {
        if let Some(next) = line.strip_prefix("#- ") {
            next.trim().clone_into(&mut path);
            continue;
        }
        match files.iter_mut().find(|(known, _)| *known == path) {
            Some((_, text)) => text.push_str(&format!("{line}\n")),
            None => files.push((path.clone(), format!("{line}\n"))),
        }
    }
    for (path, text) in files {
        let path = tree.path().join(path);
        std::fs::create_dir_all(path.parent().expect("it is in a folder")).expect("a folder can be made");
        std::fs::write(path, text).expect("a file can be written");
    }
    let options = Options {
        root: tree.path().to_owned(),
        app: Some("main:app".to_owned()),
        scope: Scope {
            traces: true,
            data_layer: true,
            ..Scope::default()
        },
        ..Options::default()
    };
    let architecture = analyse(&options).expect("the application is found");
    let mut out = String::new();
    architecture
        .applications
        .iter()
        .for_each(|app| dump(app, &mut out));
    let is_about_traces = |finding: &&Finding| finding.code == "trace-incomplete";
    for finding in architecture.unresolved.iter().filter(is_about_traces) {
        out.push_str(&format!("{}: {}\n", finding.location.line, finding.message));
    }
    out
}

fn dump(app: &Application, out: &mut String) {
    for handler in &app.lifespan {
        out.push_str(&format!("{}\n", handler.event));
        write(&handler.startup, 1, out);
        if !handler.shutdown.is_empty() {
            out.push_str("  until\n");
            write(&handler.shutdown, 1, out);
        }
    }
    for endpoint in &app.endpoints {
        out.push_str(&format!("{} {}\n", endpoint.methods.join(","), endpoint.path));
        dependencies(&endpoint.dependencies, 1, out);
        write(&endpoint.trace, 1, out);
    }
    for channel in &app.channels {
        out.push_str(&format!("socket {}\n", channel.path));
        dependencies(&channel.dependencies, 1, out);
        write(&channel.trace, 1, out);
    }
    let mounted = app.mounts.iter().filter_map(|mount| mount.application.as_deref());
    mounted.for_each(|inner| dump(inner, out));
}

fn dependencies(tree: &[Dependency], depth: usize, out: &mut String) {
    for dependency in tree {
        let indent = "  ".repeat(depth);
        let again = if dependency.cached { " (again)" } else { "" };
        out.push_str(&format!("{indent}needs {}{again}\n", dependency.label));
        dependencies(&dependency.dependencies, depth + 1, out);
        write(&dependency.trace, depth + 1, out);
        if !dependency.teardown.is_empty() {
            out.push_str(&format!("{indent}  afterwards\n"));
            write(&dependency.teardown, depth + 2, out);
        }
    }
}

fn write(steps: &[Step], depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    for step in steps {
        match step {
            Step::Call {
                callee,
                location,
                awaited,
                steps,
            } => {
                let awaited = if *awaited { "await " } else { "" };
                out.push_str(&format!(
                    "{indent}{awaited}{} at {}\n",
                    callee.name, location.line
                ));
                write(steps, depth + 1, out);
            }
            Step::External {
                target,
                detail,
                tables,
                location,
                ..
            } => {
                let tables = if tables.is_empty() {
                    String::new()
                } else {
                    format!(" [{}]", tables.join(", "))
                };
                out.push_str(&format!(
                    "{indent}{target:?}: {detail} at {}{tables}\n",
                    location.line
                ));
            }
            Step::Raise {
                exception,
                status,
                detail,
                location,
            } => {
                let status = status.map_or_else(String::new, |status| format!(" {status}"));
                let detail = detail
                    .as_ref()
                    .map_or_else(String::new, |detail| format!(" \"{detail}\""));
                out.push_str(&format!(
                    "{indent}raise {exception}{status}{detail} at {}\n",
                    location.line
                ));
            }
            Step::Cookie {
                name,
                is_http_only,
                is_removed,
                location,
            } => {
                let verb = if *is_removed { "removes" } else { "sets" };
                let name = name.as_deref().unwrap_or("?");
                out.push_str(&format!(
                    "{indent}{verb} cookie {name} http_only={is_http_only:?} at {}\n",
                    location.line
                ));
            }
            Step::Branch { arms, .. } => {
                for (condition, steps) in arms {
                    out.push_str(&format!("{indent}[{condition}]\n"));
                    write(steps, depth + 1, out);
                }
            }
            Step::Loop { header, steps, .. } => {
                out.push_str(&format!("{indent}each [{header}]\n"));
                write(steps, depth + 1, out);
            }
            Step::Background { callee, steps, .. } => {
                out.push_str(&format!("{indent}later {}\n", callee.name));
                write(steps, depth + 1, out);
            }
        }
    }
}

#[test]
fn endpoints_that_stream_events() {
    let streams = |scope: Scope| {
        let tree = tempfile::tempdir().expect("a folder can be made");
        let text = "\
from fastapi import FastAPI
from fastapi.responses import StreamingResponse
app = FastAPI()
def stream(kind): return StreamingResponse(iter([]), media_type=kind)
@app.get('/events')
def events(): return stream('text/event-stream')
@app.get('/file')
def file(): return stream('application/zip')
";
        std::fs::write(tree.path().join("main.py"), text).expect("a file can be written");
        let options = Options {
            root: tree.path().to_owned(),
            app: Some("main:app".to_owned()),
            scope,
            ..Options::default()
        };
        let architecture = analyse(&options).expect("the application is found");
        let endpoints = architecture.applications[0].endpoints.iter();
        let streaming = endpoints.filter(|endpoint| endpoint.streams_events);
        streaming
            .map(|endpoint| endpoint.path.clone())
            .collect::<Vec<_>>()
    };
    let traced = Scope {
        traces: true,
        ..Scope::default()
    };
    let joined = Scope {
        frontend: true,
        ..Scope::default()
    };
    assert_eq!(streams(traced), ["/events"]);
    assert_eq!(streams(joined), ["/events"]);
    assert!(streams(Scope::default()).is_empty());
}
