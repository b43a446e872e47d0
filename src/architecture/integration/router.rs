//! What answers a path: the routes of an application in the order in which
//! [Starlette tries them](https://www.starlette.io/routing/#route-priority).

use super::{
    address::HOLE,
    route::{Pattern, Reading},
};
use crate::architecture::model::{Application, OperationReference};

/// One method of one path of an application.
#[derive(Clone, Debug)]
pub struct Operation<'a> {
    /// What it is.
    pub reference: OperationReference,
    /// The endpoint; none for a WebSocket.
    pub endpoint: Option<&'a crate::architecture::model::Endpoint>,
    /// The application that registers it: the served one or one that is mounted in it.
    pub application: &'a Application,
    pattern: Pattern,
}

/// Everything that an application answers.
#[derive(Clone, Debug)]
pub struct Router<'a> {
    /// The application that is served.
    pub application: &'a Application,
    /// HTTP operations in registration order, those of mounted applications last, then WebSockets.
    pub operations: Vec<Operation<'a>>,
    /// Mounts whose paths are not known: path and what it is.
    opaque: Vec<(String, String)>,
}

/// What the router says to a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// This operation, by its place in [`Router::operations`].
    Operation {
        /// Its place.
        index: usize,
        /// Whether a redirect to the path with or without a slash comes first.
        via_redirect: bool,
    },
    /// One of these, depending on what a hole is.
    OneOf(Vec<usize>),
    /// No operation; the reason.
    Nothing(String),
}

impl<'a> Router<'a> {
    /// The router of a served application.
    #[must_use]
    pub fn new(application: &'a Application) -> Self {
        let mut router = Self {
            application,
            operations: vec![],
            opaque: vec![],
        };
        router.add(application, "");
        router
    }

    fn add(&mut self, application: &'a Application, mount: &str) {
        let served = self.application.name.clone();
        for endpoint in &application.endpoints {
            for method in &endpoint.methods {
                let path = format!("{mount}{}", endpoint.path);
                self.operations.push(Operation {
                    pattern: Pattern::new(&path),
                    reference: OperationReference {
                        method: method.clone(),
                        path,
                        handler: endpoint.handler.name.clone(),
                        location: endpoint.handler.location.clone(),
                        application: served.clone(),
                        tags: endpoint.tags.clone(),
                        include_in_schema: endpoint.include_in_schema,
                    },
                    endpoint: Some(endpoint),
                    application,
                });
            }
        }
        for channel in &application.channels {
            let path = format!("{mount}{}", channel.path);
            self.operations.push(Operation {
                pattern: Pattern::new(&path),
                reference: OperationReference {
                    method: "WS".to_owned(),
                    path,
                    handler: channel.handler.name.clone(),
                    location: channel.handler.location.clone(),
                    application: served.clone(),
                    tags: vec![],
                    include_in_schema: true,
                },
                endpoint: None,
                application,
            });
        }
        for inner in &application.mounts {
            let path = format!("{mount}{}", inner.path.trim_end_matches('/'));
            match &inner.application {
                Some(mounted) => self.add(mounted, &path),
                None if inner.is_static => self.opaque.push((path, "static files".to_owned())),
                None => self.opaque.push((path, format!("`{}`", inner.target))),
            }
        }
    }

    /// What answers a request; holes of the path are [`HOLE`].
    #[must_use]
    pub fn answer(&self, method: &str, path: &str) -> Answer {
        let path = self.without_root_path(path);
        let method = if method == "SSE" { "GET" } else { method };
        let values = as_values(path);
        let mut refused = vec![];
        for path in &values {
            if let Some(answer) = self.read(Reading::Value, method, path, &mut refused) {
                return answer;
            }
        }
        // Starlette redirects only where nothing matched, not even with another method. What a hole may hold besides a value
        // is asked later: `/items/${id}` is no request of `/items/`.
        if refused.is_empty() {
            let found = self.behind_redirect(method, &values);
            if let Some(index) = found.iter().copied().find(|index| self.accepts(*index, method)) {
                return Answer::Operation {
                    index,
                    via_redirect: true,
                };
            }
            refused = found;
        }
        if path.contains(HOLE) {
            for reading in [Reading::Segment, Reading::Anything] {
                if let Some(answer) = self.read(reading, method, path, &mut refused) {
                    return answer;
                }
            }
        }
        Answer::Nothing(self.refusal(&refused, method, path))
    }

    /// What answers where holes are read like this; `refused` becomes the operations that have the path and another method.
    fn read(&self, reading: Reading, method: &str, path: &str, refused: &mut Vec<usize>) -> Option<Answer> {
        let found = self.matching(path, reading);
        let full: Vec<usize> = found
            .iter()
            .copied()
            .filter(|index| self.accepts(*index, method))
            .collect();
        let Some(first) = full.first().copied() else {
            if refused.is_empty() {
                *refused = found;
            }
            return None;
        };
        let several = match (reading, method) {
            (Reading::Value, "?") => self.with_path_of(first, full),
            (Reading::Value, _) => vec![first],
            _ => full,
        };
        Some(match several.as_slice() {
            [only] => Answer::Operation {
                index: *only,
                via_redirect: false,
            },
            _ => Answer::OneOf(several),
        })
    }

    /// Those that differ from the first in their method alone.
    fn with_path_of(&self, first: usize, mut indexes: Vec<usize>) -> Vec<usize> {
        let path = &self.operations[first].reference.path;
        indexes.retain(|index| self.operations[*index].reference.path == *path);
        indexes
    }

    /// What has one of the paths with or without the slash at its end.
    fn behind_redirect(&self, method: &str, paths: &[&str]) -> Vec<usize> {
        let paths = paths.iter().filter(|path| **path != "/" && method != "WS");
        paths
            .map(|path| match path.strip_suffix('/') {
                Some(shorter) => shorter.to_owned(),
                None => format!("{path}/"),
            })
            .flat_map(|other| self.matching(&other, Reading::Value))
            .collect()
    }

    fn refusal(&self, refused: &[usize], method: &str, path: &str) -> String {
        if !refused.is_empty() {
            let mut methods: Vec<&str> = refused
                .iter()
                .map(|index| self.operations[*index].reference.method.as_str())
                .collect();
            methods.dedup();
            return match (method, methods.as_slice()) {
                ("WS", _) => "this path answers HTTP and no WebSocket".to_owned(),
                (_, ["WS"]) => "this path answers a WebSocket and no HTTP".to_owned(),
                (_, methods) => format!("405: this path answers {}", methods.join(", ")),
            };
        }
        let mount = self.opaque.iter().find(|(mount, _)| {
            !mount.is_empty()
                && path
                    .strip_prefix(mount.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        });
        match mount {
            Some((mount, what)) => format!("`{mount}` is a mount of {what}"),
            None => "404: no route has this path".to_owned(),
        }
    }

    fn matching(&self, path: &str, reading: Reading) -> Vec<usize> {
        (0..self.operations.len())
            .filter(|index| self.operations[*index].pattern.matches(path, reading))
            .collect()
    }

    fn accepts(&self, index: usize, method: &str) -> bool {
        let own = self.operations[index].reference.method.as_str();
        own == method || method == "?" && own != "WS"
    }

    /// Since Starlette 0.35 a path is matched with and without `root_path` in front of it.
    fn without_root_path<'p>(&self, path: &'p str) -> &'p str {
        let root = self.application.root_path.trim_end_matches('/');
        match path.strip_prefix(root) {
            Some(rest) if !root.is_empty() && rest.starts_with('/') => rest,
            _ => path,
        }
    }

    /// Operations whose path ends like this one: for an address whose beginning is not known.
    #[must_use]
    pub fn ending_with(&self, method: &str, path: &str) -> Vec<usize> {
        let method = if method == "SSE" { "GET" } else { method };
        (0..self.operations.len())
            .filter(|index| {
                let own = &self.operations[*index].reference.path;
                // A parameter alone is like anything.
                let starts = own.match_indices('/').map(|(start, _)| start).skip(1);
                let starts = starts.filter(|start| !own[start + 1..].starts_with('{'));
                self.accepts(*index, method)
                    && starts
                        .into_iter()
                        .any(|start| Pattern::new(&own[start..]).matches(path, Reading::Value))
            })
            .collect()
    }
}

/// A path whose holes are values: as it is, and without what a template puts at the end of a segment, which is often a query.
fn as_values(path: &str) -> Vec<&str> {
    let without = path.trim_end_matches(HOLE);
    if without.len() < path.len() && !without.ends_with('/') {
        vec![path, without]
    } else {
        vec![path]
    }
}
