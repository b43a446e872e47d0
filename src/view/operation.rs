//! One method of one path: what a row of a table and a subject of a directive mean.

use crate::architecture::model::{Application, Dependency, Endpoint};

use super::{ViewError, arguments::error, nearest::nearest};

/// One method of one path as a client sees it.
#[derive(Clone, Debug)]
pub(super) struct Operation<'a> {
    /// Upper-case.
    pub method: &'a str,
    /// With the paths of the mounts above it.
    pub path: String,
    /// What it belongs to.
    pub endpoint: &'a Endpoint,
    /// The application that registers it: the one asked for or one that is mounted in it.
    pub application: &'a Application,
    /// Conditions of the mounts above it and its own.
    pub conditions: Vec<&'a str>,
}

impl Operation<'_> {
    /// `GET /users/{id}`.
    pub(super) fn title(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

/// All operations of an application in registration order, then those of the applications mounted in it.
pub(super) fn operations(application: &Application) -> Vec<Operation<'_>> {
    let mut out = Vec::new();
    collect(application, "", &[], &mut out);
    out
}

fn collect<'a>(
    application: &'a Application,
    mount: &str,
    conditions: &[&'a str],
    out: &mut Vec<Operation<'a>>,
) {
    for endpoint in &application.endpoints {
        let conditions: Vec<&str> = conditions
            .iter()
            .copied()
            .chain(endpoint.conditions.iter().map(String::as_str))
            .collect();
        out.extend(endpoint.methods.iter().map(|method| Operation {
            method,
            path: format!("{mount}{}", endpoint.path),
            endpoint,
            application,
            conditions: conditions.clone(),
        }));
    }
    for inner in &application.mounts {
        if let Some(mounted) = &inner.application {
            let conditions: Vec<&str> = conditions
                .iter()
                .copied()
                .chain(inner.conditions.iter().map(String::as_str))
                .collect();
            collect(
                mounted,
                &format!("{mount}{}", inner.path.trim_end_matches('/')),
                &conditions,
                out,
            );
        }
    }
}

/// The operation that an author names: `GET /users/{id}`, or a path alone if it has one method.
pub(super) fn find<'a>(application: &'a Application, subject: &str) -> Result<Operation<'a>, ViewError> {
    let (method, path) = split(subject);
    let all = operations(application);
    let same_path = |operation: &&Operation<'_>| same_path(&operation.path, path);
    let mut found: Vec<&Operation<'_>> = all.iter().filter(same_path).collect();
    if let Some(method) = &method {
        found.retain(|operation| operation.method == method);
    }
    // Of two registrations of the same method and path the first answers.
    found.dedup_by(|later, first| later.method == first.method && later.path == first.path);
    match found.as_slice() {
        [] => Err(missing(subject, method.is_some(), path, &all)),
        [one] => Ok((*one).clone()),
        [first, ..] if method.is_some() => Ok((*first).clone()),
        several => {
            let titles: Vec<String> = several
                .iter()
                .map(|operation| format!("`{}`", operation.title()))
                .collect();
            let help = format!("write one of {}", titles.join(", "));
            Err(error(
                format!("`{subject}` means {} endpoints", several.len()),
                Some(help),
            ))
        }
    }
}

fn missing(subject: &str, has_method: bool, path: &str, all: &[Operation<'_>]) -> ViewError {
    let mut methods: Vec<&str> = all
        .iter()
        .filter(|o| same_path(&o.path, path))
        .map(|o| o.method)
        .collect();
    methods.dedup();
    let help = match methods.as_slice() {
        [] if has_method => nearest(subject, all.iter().map(Operation::title)),
        [] => nearest(path, all.iter().map(|operation| operation.path.clone())),
        methods => Some(format!("this path has {}", methods.join(", "))),
    };
    let help = help.or_else(|| Some("`<<#arch endpoints hidden=true>>` shows all there are".to_owned()));
    error(format!("there is no endpoint `{subject}`"), help)
}

fn split(subject: &str) -> (Option<String>, &str) {
    match subject.trim().split_once(char::is_whitespace) {
        Some((method, path)) if method.chars().all(|c| c.is_ascii_alphabetic()) => {
            (Some(method.to_ascii_uppercase()), path.trim())
        }
        _ => (None, subject.trim()),
    }
}

/// Whether an author who writes `wanted` means `path`: the slash in front and converters (`{id:int}`) may be left out.
fn same_path(path: &str, wanted: &str) -> bool {
    let plain = |path: &str| {
        let mut out = String::new();
        let mut in_converter = false;
        for c in path.trim_start_matches('/').chars() {
            in_converter = (in_converter || c == ':') && c != '}';
            if !in_converter {
                out.push(c);
            }
        }
        out
    };
    path == wanted || plain(path) == plain(wanted)
}

/// Every dependency of a tree with its depth, in resolution order: what it depends on itself comes before it.
pub(super) fn walk<'a>(
    dependencies: &'a [Dependency],
    depth: usize,
    visit: &mut impl FnMut(&'a Dependency, usize),
) {
    for dependency in dependencies {
        walk(&dependency.dependencies, depth + 1, visit);
        visit(dependency, depth);
    }
}
