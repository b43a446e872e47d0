//! How a project is built, configured and run: environment files, containers, clusters, pipelines, proxies, packages.
//!
//! It reads configuration alone and knows no application code. Every fact has its place. A file that cannot be
//! understood is a finding and the others are read all the same.

mod caddy;
pub mod compose;
pub mod dockerfile;
pub mod dotenv;
pub mod interpolation;
pub mod kubernetes;
mod nginx;
pub mod packages;
pub mod process;
pub mod proxy;
mod rewrites;
pub mod setting;
pub mod workflow;
pub mod yaml;

#[cfg(test)]
mod tests;

use compose::ComposeFile;
use dockerfile::Dockerfile;
use dotenv::EnvironmentFile;
use kubernetes::Cluster;
use packages::NodePackage;
use process::Process;
use proxy::Server;
use workflow::Workflow;

use crate::source::location::{Finding, Location};
use crate::source::tree::{file_name, parent};

/// Files beyond this many bytes are not read; lock files are longer than what people write.
pub const MAX_BYTES: usize = 1 << 20;

/// What the configuration of a tree says, files in alphabetical order in each list.
#[derive(Clone, Debug, Default)]
pub struct Deployment {
    /// `.env`, `.env.production`, `.env.example`, …
    pub environment_files: Vec<EnvironmentFile>,
    /// Compose files.
    pub compose: Vec<ComposeFile>,
    /// Dockerfiles.
    pub dockerfiles: Vec<Dockerfile>,
    /// Kubernetes manifests of all files.
    pub cluster: Cluster,
    /// Workflows of GitHub and pipelines of GitLab.
    pub workflows: Vec<Workflow>,
    /// Web servers and hosting platforms that pass requests on.
    pub servers: Vec<Server>,
    /// Units of systemd and lines of a Procfile.
    pub processes: Vec<Process>,
    /// `package.json` files with the versions that lock files give.
    pub node_packages: Vec<NodePackage>,
    /// What could not be read.
    pub findings: Vec<Finding>,
}

/// One file as the readers of this stage get it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source<'a> {
    /// Relative to the root.
    pub(crate) path: &'a str,
    pub(crate) text: &'a str,
}

impl Source<'_> {
    /// A line of the file.
    pub(crate) fn at(&self, line: u32) -> Location {
        Location {
            file: self.path.to_owned(),
            line,
            end_line: line,
            column: 0,
        }
    }

    /// A finding in the file.
    pub(crate) fn finding(&self, line: u32, code: &str, message: String, help: Option<&str>) -> Finding {
        Finding {
            location: self.at(line),
            code: code.to_owned(),
            message,
            help: help.map(str::to_owned),
        }
    }
}

/// Reads the configuration among `files`, which are sorted paths, with `read`.
#[must_use]
pub fn read(files: &[String], read: &dyn Fn(&str) -> Result<Vec<u8>, String>) -> Deployment {
    let mut deployment = Deployment::default();
    for path in files {
        let Some(kind) = Kind::of(path) else { continue };
        let unreadable = |message: String| Finding {
            location: Location {
                file: path.clone(),
                ..Location::default()
            },
            code: "unreadable-configuration".to_owned(),
            message,
            help: None,
        };
        match read(path) {
            Ok(bytes) if bytes.len() > MAX_BYTES => {
                // A large YAML file is data more often than a manifest.
                if kind != Kind::Yaml {
                    let message = format!(
                        "The file has {} bytes, more than the {MAX_BYTES} read.",
                        bytes.len()
                    );
                    deployment.findings.push(unreadable(message));
                }
            }
            Ok(bytes) => {
                let text = String::from_utf8_lossy(&bytes);
                let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
                deployment.add(kind, Source { path, text });
            }
            Err(reason) => deployment.findings.push(unreadable(reason)),
        }
    }
    let mut findings = std::mem::take(&mut deployment.findings);
    packages::lock(&mut deployment.node_packages, read, &mut findings);
    deployment.findings = findings;
    deployment.findings.sort();
    deployment
}

/// What a file is by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Environment,
    Compose,
    Dockerfile,
    GitHub,
    GitLab,
    /// A manifest if its documents say so.
    Yaml,
    Nginx,
    Caddy,
    Systemd,
    Procfile,
    Package,
    Vercel,
    Netlify,
    Redirects,
}

impl Kind {
    fn of(path: &str) -> Option<Self> {
        let name = file_name(path);
        let lower = name.to_ascii_lowercase();
        let is_yaml = lower.ends_with(".yml") || lower.ends_with(".yaml");
        let stem = lower.trim_end_matches(".yaml").trim_end_matches(".yml");
        Some(match lower.as_str() {
            "package.json" => Self::Package,
            "vercel.json" | "now.json" => Self::Vercel,
            "netlify.toml" => Self::Netlify,
            "_redirects" => Self::Redirects,
            "procfile" => Self::Procfile,
            "caddyfile" => Self::Caddy,
            _ if dotenv::is_environment_file(&lower) => Self::Environment,
            _ if is_yaml && path.contains(".github/workflows/") => Self::GitHub,
            _ if is_yaml && stem == ".gitlab-ci" => Self::GitLab,
            _ if is_yaml && compose::is_compose_name(stem) => Self::Compose,
            _ if is_yaml => Self::Yaml,
            _ if dockerfile::is_dockerfile_name(&lower) => Self::Dockerfile,
            _ if lower.ends_with(".service") => Self::Systemd,
            _ if lower.starts_with("caddyfile.") || lower.ends_with(".caddyfile") => Self::Caddy,
            _ if nginx::is_nginx_name(&lower, parent(path)) => Self::Nginx,
            _ => return None,
        })
    }
}

impl Deployment {
    fn add(&mut self, kind: Kind, source: Source<'_>) {
        let findings = &mut self.findings;
        match kind {
            Kind::Environment => self.environment_files.push(dotenv::read(source, findings)),
            Kind::Compose => self.compose.extend(compose::read(source, findings)),
            Kind::Dockerfile => self.dockerfiles.push(dockerfile::read(source)),
            Kind::GitHub => self.workflows.extend(workflow::github(source, findings)),
            Kind::GitLab => self.workflows.extend(workflow::gitlab(source, findings)),
            Kind::Yaml => kubernetes::read(source, &mut self.cluster, findings),
            Kind::Nginx => self.servers.extend(nginx::read(source, findings)),
            Kind::Caddy => self.servers.extend(caddy::read(source)),
            Kind::Systemd => self.processes.extend(process::systemd(source)),
            Kind::Procfile => self.processes.extend(process::procfile(source)),
            Kind::Package => self.node_packages.extend(packages::read(source, findings)),
            Kind::Vercel => self.servers.extend(rewrites::vercel(source, findings)),
            Kind::Netlify => self.servers.extend(rewrites::netlify(source, findings)),
            Kind::Redirects => self.servers.extend(rewrites::redirects(source)),
        }
    }
}
