//! `package.json` files, and the versions that lock files give.

mod lock;

pub(super) use lock::lock;

use super::Source;
use super::yaml::{self, Node};
use crate::source::location::{Finding, Location};

/// A `package.json`.
#[derive(Clone, Debug, Default)]
pub struct NodePackage {
    /// Its path.
    pub path: String,
    /// `name`.
    pub name: Option<String>,
    /// `version`.
    pub version: Option<String>,
    /// `scripts`, in order.
    pub scripts: Vec<(String, String)>,
    /// Direct dependencies, those for development last.
    pub dependencies: Vec<NodeDependency>,
    /// Globs of `workspaces`.
    pub workspaces: Vec<String>,
    /// The lock file that gave versions.
    pub lock_file: Option<String>,
}

/// A dependency of a package.
#[derive(Clone, Debug, Default)]
pub struct NodeDependency {
    /// Its name.
    pub name: String,
    /// The range asked for.
    pub range: String,
    /// The version of the lock file.
    pub version: Option<String>,
    /// Whether only development needs it.
    pub is_development: bool,
    /// Where it is asked for.
    pub location: Location,
}

pub(super) fn read(source: Source<'_>, findings: &mut Vec<Finding>) -> Option<NodePackage> {
    // YAML holds JSON; its parser knows the lines.
    let documents = yaml::parse(source.text);
    if let Some((line, message)) = documents.error {
        let message = format!("The file is not valid JSON: {message}.");
        findings.push(source.finding(line, "invalid-json", message, None));
    }
    let root = documents.documents.into_iter().next()?;
    let mut package = NodePackage {
        path: source.path.to_owned(),
        name: root.text_of("name").map(str::to_owned),
        version: root.text_of("version").map(str::to_owned),
        ..NodePackage::default()
    };
    let entries = |key: &str| root.get(key).map(|node| node.entries()).unwrap_or_default();
    for (name, command, _) in entries("scripts") {
        package
            .scripts
            .push((name.to_owned(), command.text().unwrap_or_default().to_owned()));
    }
    for (key, is_development) in [
        ("dependencies", false),
        ("peerDependencies", false),
        ("devDependencies", true),
    ] {
        for (name, range, line) in entries(key) {
            if package.dependencies.iter().any(|known| known.name == name) {
                continue;
            }
            package.dependencies.push(NodeDependency {
                name: name.to_owned(),
                range: range.text().unwrap_or_default().to_owned(),
                version: None,
                is_development,
                location: source.at(line),
            });
        }
    }
    if let Some(workspaces) = root.get("workspaces") {
        let globs = workspaces
            .get("packages")
            .map_or_else(|| workspaces.texts(), |packages| Node::texts(packages));
        package.workspaces = globs;
    }
    Some(package)
}
