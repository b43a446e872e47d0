//! Lock files of npm, Yarn and pnpm.

use std::collections::BTreeMap;

use super::super::yaml;
use super::NodePackage;
use crate::source::location::{Finding, Location};
use crate::source::tree::{join, parent};

/// Lock files beyond this many bytes are not read.
const MAX_BYTES: usize = 32 << 20;

/// Versions by package name.
type Versions = BTreeMap<String, String>;

/// Gives dependencies the versions of the nearest lock file, in the package's folder or above.
pub(in crate::deploy) fn lock(
    packages: &mut [NodePackage],
    read: &dyn Fn(&str) -> Result<Vec<u8>, String>,
    findings: &mut Vec<Finding>,
) {
    let mut known: BTreeMap<String, Option<(String, String)>> = BTreeMap::new();
    for package in packages {
        let own = parent(&package.path).to_owned();
        let mut folder = own.as_str();
        loop {
            let file = known
                .entry(folder.to_owned())
                .or_insert_with(|| lock_file(folder, read, findings));
            if let Some((path, text)) = file {
                let versions = versions(path, text, relative(&own, folder), package);
                for dependency in &mut package.dependencies {
                    dependency.version = versions.get(&dependency.name).cloned();
                }
                package.lock_file = Some(path.clone());
                break;
            }
            if folder.is_empty() {
                break;
            }
            folder = parent(folder);
        }
    }
}

/// The way from a folder to one inside it.
fn relative<'a>(path: &'a str, folder: &str) -> &'a str {
    path.strip_prefix(folder)
        .unwrap_or_default()
        .trim_start_matches('/')
}

fn lock_file(
    folder: &str,
    read: &dyn Fn(&str) -> Result<Vec<u8>, String>,
    findings: &mut Vec<Finding>,
) -> Option<(String, String)> {
    for name in [
        "package-lock.json",
        "npm-shrinkwrap.json",
        "pnpm-lock.yaml",
        "yarn.lock",
    ] {
        let path = join(folder, name);
        let Ok(bytes) = read(&path) else { continue };
        if bytes.len() <= MAX_BYTES {
            return Some((path, String::from_utf8_lossy(&bytes).into_owned()));
        }
        findings.push(Finding {
            location: Location {
                file: path,
                ..Location::default()
            },
            code: "unreadable-configuration".to_owned(),
            message: format!(
                "The lock file has {} bytes, more than the {MAX_BYTES} read.",
                bytes.len()
            ),
            help: None,
        });
    }
    None
}

fn versions(path: &str, text: &str, folder: &str, package: &NodePackage) -> Versions {
    if path.ends_with(".json") {
        npm(text, folder, package)
    } else if path.ends_with(".yaml") {
        pnpm(text, folder)
    } else {
        yarn(text, package)
    }
}

/// `packages` of lockfile versions 2 and 3, `dependencies` of version 1
/// (<https://docs.npmjs.com/cli/configuring-npm/package-lock-json>).
fn npm(text: &str, folder: &str, package: &NodePackage) -> Versions {
    let Ok(root) = serde_json::from_str::<serde_json::Value>(text) else {
        return Versions::new();
    };
    let version = |place: &str| {
        let entry = root.get("packages")?.get(place)?;
        Some(entry.get("version")?.as_str()?.to_owned())
    };
    let found = package.dependencies.iter().filter_map(|dependency| {
        let name = &dependency.name;
        let own = version(&join(folder, &format!("node_modules/{name}")));
        let hoisted = || version(&format!("node_modules/{name}"));
        let old = || {
            Some(
                root.get("dependencies")?
                    .get(name)?
                    .get("version")?
                    .as_str()?
                    .to_owned(),
            )
        };
        Some((name.clone(), own.or_else(hoisted).or_else(old)?))
    });
    found.collect()
}

/// `importers` (<https://pnpm.io/workspaces>), or the top level of a lock file for one package.
fn pnpm(text: &str, folder: &str) -> Versions {
    let documents = yaml::parse(text);
    let Some(root) = documents.documents.first() else {
        return Versions::new();
    };
    let folder = if folder.is_empty() { "." } else { folder };
    let importer = root.at(&["importers", folder]).unwrap_or(root);
    let mut versions = Versions::new();
    for key in ["dependencies", "devDependencies", "optionalDependencies"] {
        let Some(dependencies) = importer.get(key) else {
            continue;
        };
        for (name, node, _) in dependencies.entries() {
            let Some(version) = node.text().or_else(|| node.text_of("version")) else {
                continue;
            };
            // `1.2.3(react@18.0.0)` names the peers it was resolved with.
            let version = version.split(['(', '_']).next().unwrap_or(version);
            versions.insert(name.to_owned(), version.to_owned());
        }
    }
    versions
}

/// Entries `"name@range", name@range:` with an indented `version "1.2.3"` or `version: 1.2.3`.
fn yarn(text: &str, package: &NodePackage) -> Versions {
    let mut by_request: BTreeMap<&str, &str> = BTreeMap::new();
    let mut requests: Vec<&str> = Vec::new();
    for line in text.lines() {
        if !line.starts_with([' ', '#']) && line.ends_with(':') {
            let entry = line.trim_end_matches(':').trim_matches('"');
            requests = entry
                .split(',')
                .map(|request| request.trim().trim_matches('"'))
                .collect();
        } else if let Some(version) = line.strip_prefix("  version") {
            let version = version.trim_start_matches(':').trim().trim_matches('"');
            by_request.extend(requests.drain(..).map(|request| (request, version)));
        }
    }
    let found = package.dependencies.iter().filter_map(|dependency| {
        let (name, range) = (&dependency.name, &dependency.range);
        let requests = [format!("{name}@{range}"), format!("{name}@npm:{range}")];
        let version = requests
            .iter()
            .find_map(|request| by_request.get(request.as_str()))?;
        Some((name.clone(), (*version).to_owned()))
    });
    found.collect()
}
