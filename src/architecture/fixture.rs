//! Small applications as text, and what is found in them as lines: the tests of library models and of routing.

use std::{collections::BTreeMap, fmt::Write as _, rc::Rc};

use expect_test::Expect;

use super::{
    analysis,
    model::{Application, Channel, Dependency, Endpoint, Finding},
};
use crate::python::project::Files;

/// Files of a fixture: each stands below a line `#- /app/main.py`.
/// Below `/site-packages` is source of libraries.
/// Lines `#- env NAME=VALUE` and `#- version PACKAGE VERSION` say what is set and what is installed.
#[derive(Default)]
pub struct Fixture {
    files: BTreeMap<String, String>,
    environment: Vec<(String, String)>,
    versions: BTreeMap<String, String>,
}

impl Fixture {
    /// Reads a fixture.
    pub fn parse(text: &str) -> Self {
        let mut fixture = Self::default();
        let mut current: Option<String> = None;
        for line in text.lines() {
            let Some(header) = line.strip_prefix("#- ") else {
                if let Some(path) = &current {
                    let file = fixture.files.entry(path.clone()).or_default();
                    file.push_str(line);
                    file.push('\n');
                }
                continue;
            };
            if let Some((name, value)) = header.strip_prefix("env ").and_then(|rest| rest.split_once('=')) {
                fixture.environment.push((name.to_owned(), value.to_owned()));
            } else if let Some((name, version)) = header
                .strip_prefix("version ")
                .and_then(|rest| rest.split_once(' '))
            {
                fixture.versions.insert(name.to_owned(), version.to_owned());
            } else {
                let path = header.trim().trim_start_matches('/').to_owned();
                fixture.files.insert(path.clone(), String::new());
                current = Some(path);
            }
        }
        fixture
    }
}

impl Files for Fixture {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let text = self.files.get(path);
        text.map(|text| text.clone().into_bytes())
            .ok_or_else(|| format!("there is no `{path}`"))
    }

    fn is_file(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    fn is_dir(&self, path: &str) -> bool {
        let folder = format!("{path}/");
        self.files.keys().any(|file| file.starts_with(&folder))
    }

    fn import_roots(&self, _: &str) -> Vec<String> {
        vec![String::new()]
    }

    fn library_roots(&self, _: &str) -> Vec<String> {
        vec!["site-packages".to_owned()]
    }

    fn package_version(&self, package: &str) -> Option<String> {
        self.versions.get(package).cloned()
    }

    fn list(&self, path: &str) -> Vec<String> {
        let folder = if path.is_empty() {
            String::new()
        } else {
            format!("{path}/")
        };
        let mut names: Vec<String> = self
            .files
            .keys()
            .filter_map(|file| file.strip_prefix(&folder))
            .map(|rest| rest.split('/').next().unwrap_or(rest).to_owned())
            .collect();
        names.dedup();
        names
    }
}

/// Compares what is found in the application `app` of the fixture's `main.py` with what is expected.
#[track_caller]
pub fn check(fixture: &str, expected: Expect) {
    dumped(fixture, dump, expected);
}

/// Compares the component schemas, one a line, FastAPI's own for errors left out.
#[track_caller]
pub fn check_schemas(fixture: &str, expected: Expect) {
    dumped(fixture, schemas, expected);
}

fn schemas(app: &Application, _: &[Finding]) -> String {
    let own = app
        .schemas
        .iter()
        .filter(|(name, _)| !name.ends_with("ValidationError"));
    own.map(|(name, schema)| format!("{name} {schema}\n")).collect()
}

/// Compares the models, one a line: kind, fields or values, endpoints that accept and send it, modules that import it.
#[track_caller]
pub fn check_models(fixture: &str, expected: Expect) {
    dumped(fixture, models, expected);
}

fn models(app: &Application, _: &[Finding]) -> String {
    let mut out = String::new();
    for model in &app.models {
        let fields: Vec<&str> = model.fields.iter().map(|field| field.name.as_str()).collect();
        let values: Vec<String> = model.values.iter().map(ToString::to_string).collect();
        let _ = writeln!(
            out,
            "{} {} [{}] accepted {:?} sent {:?} imported by {:?}",
            model.kind,
            model.symbol.name,
            fields
                .into_iter()
                .chain(values.iter().map(String::as_str))
                .collect::<Vec<_>>()
                .join(", "),
            model.accepted_by,
            model.sent_by,
            model.imported_by,
        );
    }
    out
}

#[track_caller]
fn dumped(fixture: &str, dump: fn(&Application, &[Finding]) -> String, expected: Expect) {
    let fixture = Fixture::parse(fixture);
    let environment = fixture.environment.clone();
    let dump = std::thread::Builder::new()
        .stack_size(1 << 28)
        .spawn(
            move || match analysis::analyse_files(Rc::new(fixture), "main:app", &environment) {
                Ok(found) => dump(&found.applications[0], &found.unresolved),
                Err(error) => format!("{error}\n"),
            },
        )
        .expect("a thread can be started")
        .join()
        .expect("the analysis does not panic");
    expected.assert_eq(&dump);
}

fn dump(app: &Application, findings: &[Finding]) -> String {
    let mut out = String::new();
    application(app, "", &mut out);
    for finding in findings {
        let _ = writeln!(
            out,
            "{}:{}: {}",
            finding.location.file, finding.location.line, finding.message
        );
    }
    out
}

fn application(app: &Application, indent: &str, out: &mut String) {
    for middleware in app.middleware.iter().filter(|middleware| !middleware.is_builtin) {
        line(
            out,
            indent,
            &format!("middleware {}", middleware.label),
            &middleware.conditions,
        );
    }
    for endpoint in &app.endpoints {
        line(out, indent, &endpoint_words(endpoint), &endpoint.conditions);
    }
    for channel in &app.channels {
        line(out, indent, &channel_words(channel), &channel.conditions);
    }
    for mount in &app.mounts {
        line(
            out,
            indent,
            &format!("MOUNT {} -> {}", mount.path, mount.target),
            &mount.conditions,
        );
        if let Some(inner) = &mount.application {
            application(inner, &format!("{indent}    "), out);
        }
    }
}

fn line(out: &mut String, indent: &str, words: &str, conditions: &[String]) {
    let _ = write!(out, "{indent}{words}");
    for condition in conditions {
        let _ = write!(out, "; if {condition}");
    }
    out.push('\n');
}

fn endpoint_words(endpoint: &Endpoint) -> String {
    let methods = endpoint.methods.join(",");
    let mut words = vec![format!(
        "{methods} {} -> {}",
        endpoint.path, endpoint.handler.name
    )];
    if !endpoint.tags.is_empty() {
        words.push(format!("tags {}", endpoint.tags.join(", ")));
    }
    words.extend(endpoint.parameters.iter().map(parameter));
    if let Some(body) = &endpoint.request_body {
        words.push(format!("body {} {}", body.media_type, body.annotation));
    }
    words.extend(needs(&endpoint.dependencies, &endpoint.security));
    words.extend(
        endpoint
            .rate_limits
            .iter()
            .map(|limit| format!("limit {}", limit.limit)),
    );
    for response in &endpoint.responses {
        match &response.annotation {
            Some(annotation) if response.status != "422" => {
                words.push(format!("{} {annotation}", response.status));
            }
            _ => words.push(response.status.clone()),
        }
    }
    if !endpoint.include_in_schema {
        words.push("hidden".into());
    }
    words.join("; ")
}

fn channel_words(channel: &Channel) -> String {
    let mut words = vec![format!("WEBSOCKET {} -> {}", channel.path, channel.handler.name)];
    words.extend(channel.parameters.iter().map(parameter));
    words.extend(needs(&channel.dependencies, &channel.security));
    words.join("; ")
}

fn parameter(parameter: &super::model::Parameter) -> String {
    let mark = if parameter.required { "" } else { "?" };
    format!("{} {}{mark}", parameter.place, parameter.name)
}

fn needs(dependencies: &[Dependency], security: &[(String, Vec<String>)]) -> Vec<String> {
    let mut words: Vec<String> = security
        .iter()
        .map(|(name, scopes)| format!("security {name}({})", scopes.join(" ")))
        .collect();
    if !dependencies.is_empty() {
        let labels: Vec<String> = dependencies.iter().map(dependency).collect();
        words.push(format!("needs {}", labels.join(", ")));
    }
    words
}

fn dependency(dependency: &Dependency) -> String {
    let mut words = dependency.label.clone();
    if dependency.has_teardown {
        words.push('~');
    }
    if dependency.cached {
        words.push('=');
    }
    if !dependency.dependencies.is_empty() {
        let inner: Vec<String> = dependency.dependencies.iter().map(self::dependency).collect();
        let _ = write!(words, "({})", inner.join(", "));
    }
    words
}
