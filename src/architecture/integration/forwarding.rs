//! Servers between a frontend and a backend: development servers, reverse proxies, hosting platforms.

use super::address::HOLE;
use crate::{deploy::proxy::Server, source::location::Location, web::bundler::Pipeline};

/// Where a path arrives: origin (`http://backend:8000`) and path.
pub type Passed = (String, String);

/// What becomes of a path; nothing where it is not passed on.
pub type Rules<'a> = Box<dyn Fn(&str) -> Option<Passed> + 'a>;

/// A server that passes requests on.
pub struct Forwarding<'a> {
    /// What it is, e.g. `Vite`, `nginx`.
    pub software: String,
    /// Where its rules stand.
    pub location: Location,
    /// Only files below this folder are served by it; empty: all.
    pub scope: String,
    /// Ports that it listens on, where they are known.
    pub ports: Vec<u16>,
    /// Its rules.
    pub pass: Rules<'a>,
}

impl<'a> Forwarding<'a> {
    /// A web server or hosting platform.
    #[must_use]
    pub fn of_server(server: &'a Server) -> Self {
        let port = |listen: &String| {
            let words = listen.split_whitespace().next()?;
            words.rsplit(':').next()?.parse().ok()
        };
        Self {
            software: server.software.to_owned(),
            location: server.location.clone(),
            scope: String::new(),
            ports: server.listen.iter().filter_map(port).collect(),
            pass: Box::new(|path| server.passed_on(path)),
        }
    }
}

/// The development servers that pass requests on.
#[must_use]
pub fn of_pipelines(pipelines: &[Pipeline]) -> Vec<Forwarding<'_>> {
    pipelines
        .iter()
        .filter(|pipeline| !pipeline.proxies.is_empty())
        .map(|pipeline| Forwarding {
            software: pipeline.software.clone(),
            location: pipeline.location.clone(),
            scope: pipeline.folder.clone(),
            ports: pipeline.port.into_iter().collect(),
            pass: Box::new(|path| {
                let passed = pipeline.passed_on(path)?;
                let path = passed.path.unwrap_or_else(|| format!("/{HOLE}"));
                let end = path.find('?').unwrap_or(path.len());
                Some((passed.origin, path[..end].to_owned()))
            }),
        })
        .collect()
}

impl Forwarding<'_> {
    /// Whether it serves what this file is part of.
    #[must_use]
    pub fn serves(&self, file: &str) -> bool {
        self.scope.is_empty()
            || file
                .strip_prefix(&self.scope)
                .is_some_and(|rest| rest.starts_with('/'))
    }
}

impl std::fmt::Debug for Forwarding<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Forwarding")
            .field("software", &self.software)
            .field("location", &self.location)
            .field("scope", &self.scope)
            .field("ports", &self.ports)
            .finish_non_exhaustive()
    }
}
