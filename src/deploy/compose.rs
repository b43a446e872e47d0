//! Compose files, by the [Compose specification](https://docs.docker.com/reference/compose-file/).

use super::Source;
use super::interpolation::references;
use super::setting::{Reference, Setting, ValueSource};
use super::yaml::{self, Content, Node};
use crate::source::location::{Finding, Location};
use crate::source::tree::file_name;

/// A compose file.
#[derive(Clone, Debug, Default)]
pub struct ComposeFile {
    /// Its path.
    pub path: String,
    /// What its name adds to that of the base file: `override`, `prod`, `dev`; nothing for the base file.
    pub variant: Option<String>,
    /// `name:`.
    pub project: Option<String>,
    /// In order.
    pub services: Vec<ComposeService>,
    /// Variables that its values read, in order.
    pub references: Vec<Reference>,
}

/// A service of a compose file.
#[derive(Clone, Debug, Default)]
pub struct ComposeService {
    /// Its name.
    pub name: String,
    /// `image:` as written.
    pub image: Option<String>,
    /// How its image is built, if it is.
    pub build: Option<Build>,
    /// `command:`, words joined by spaces.
    pub command: Option<String>,
    /// `entrypoint:`, words joined by spaces.
    pub entrypoint: Option<String>,
    /// Published ports as written, `host:container`.
    pub ports: Vec<String>,
    /// `expose:`.
    pub expose: Vec<String>,
    /// `environment:`.
    pub settings: Vec<Setting>,
    /// `env_file:`.
    pub environment_files: Vec<EnvironmentFileUse>,
    /// Services that start before it, with the condition that is waited for.
    pub depends_on: Vec<(String, Option<String>)>,
    /// `profiles:`; it starts always without any.
    pub profiles: Vec<String>,
    /// `volumes:`, `source:target`.
    pub volumes: Vec<String>,
    /// The test of `healthcheck:`, words joined by spaces.
    pub health_check: Option<String>,
    /// `deploy.replicas` or `scale`.
    pub replicas: Option<String>,
    /// `restart:`.
    pub restart: Option<String>,
    /// Where it is declared.
    pub location: Location,
}

/// `build:` of a service.
#[derive(Clone, Debug, Default)]
pub struct Build {
    /// The folder, relative to the compose file, as written.
    pub context: String,
    /// `dockerfile:`, relative to the context.
    pub dockerfile: Option<String>,
    /// `target:`.
    pub target: Option<String>,
    /// `args:`.
    pub arguments: Vec<Setting>,
}

/// A `.env` file that a service reads.
#[derive(Clone, Debug, Default)]
pub struct EnvironmentFileUse {
    /// Relative to the compose file, as written.
    pub path: String,
    /// Where it is named.
    pub location: Location,
}

/// Whether a YAML file of this lower-case name without its suffix is a compose file.
pub(super) fn is_compose_name(stem: &str) -> bool {
    stem.split(['.', '-', '_']).any(|part| part == "compose") || stem.contains("docker-compose")
}

pub(super) fn read(source: Source<'_>, findings: &mut Vec<Finding>) -> Option<ComposeFile> {
    let documents = yaml::parse(source.text);
    if let Some((line, message)) = documents.error {
        let message = format!("The compose file is not valid YAML: {message}.");
        findings.push(source.finding(line, "invalid-yaml", message, None));
    }
    let root = documents
        .documents
        .into_iter()
        .find(|document| document.get("services").is_some())?;
    let services = root.get("services")?;
    let mut file = ComposeFile {
        path: source.path.to_owned(),
        variant: variant(file_name(source.path)),
        project: root.text_of("name").map(str::to_owned),
        ..ComposeFile::default()
    };
    for (name, node, line) in services.entries() {
        file.services.push(service(name, node, line, source));
    }
    walk(&root, source, &mut file.references);
    Some(file)
}

/// `prod` of `docker-compose.prod.yml`.
fn variant(name: &str) -> Option<String> {
    let parts: Vec<&str> = name
        .split(['.', '-', '_'])
        .filter(|part| !matches!(*part, "docker" | "compose" | "yml" | "yaml" | ""))
        .collect();
    (!parts.is_empty()).then(|| parts.join("."))
}

fn service(name: &str, node: &Node, line: u32, source: Source<'_>) -> ComposeService {
    let words = |key: &str| {
        let words = node.texts_of(key).join(" ");
        (!words.is_empty()).then_some(words)
    };
    ComposeService {
        name: name.to_owned(),
        image: node.text_of("image").map(str::to_owned),
        build: node.get("build").map(|node| build(node, source)),
        command: words("command"),
        entrypoint: words("entrypoint"),
        ports: node
            .get("ports")
            .map(|ports| ports.items().iter().filter_map(|port| self::port(port)).collect())
            .unwrap_or_default(),
        expose: node.texts_of("expose"),
        settings: node
            .get("environment")
            .map(|node| settings(node, source))
            .unwrap_or_default(),
        environment_files: node
            .get("env_file")
            .map(|node| environment_files(node, source))
            .unwrap_or_default(),
        depends_on: node
            .get("depends_on")
            .map(|node| depends_on(node))
            .unwrap_or_default(),
        profiles: node.texts_of("profiles"),
        volumes: node.get("volumes").map(|node| volumes(node)).unwrap_or_default(),
        health_check: node.get("healthcheck").and_then(|node| health_check(node)),
        replicas: node
            .at(&["deploy", "replicas"])
            .and_then(Node::text)
            .or_else(|| node.text_of("scale"))
            .map(str::to_owned),
        restart: node.text_of("restart").map(str::to_owned),
        location: source.at(line),
    }
}

fn build(node: &Node, source: Source<'_>) -> Build {
    match node.text() {
        Some(context) => Build {
            context: context.to_owned(),
            ..Build::default()
        },
        None => Build {
            context: node.text_of("context").unwrap_or(".").to_owned(),
            dockerfile: node.text_of("dockerfile").map(str::to_owned),
            target: node.text_of("target").map(str::to_owned),
            arguments: node
                .get("args")
                .map(|node| settings(node, source))
                .unwrap_or_default(),
        },
    }
}

/// Variables as a list of `NAME=value` or as a map.
pub(super) fn settings(node: &Node, source: Source<'_>) -> Vec<Setting> {
    let setting = |name: &str, value: Option<&str>, line: u32| Setting {
        name: name.to_owned(),
        value: value.map(str::to_owned),
        source: value.is_none().then_some(ValueSource::Caller),
        location: source.at(line),
    };
    if node.is_map() {
        let entries = node.entries().into_iter();
        return entries
            .map(|(name, value, line)| setting(name, value.text(), line))
            .collect();
    }
    let texts = node
        .items()
        .iter()
        .filter_map(|item| Some((item.text()?, item.line)));
    texts
        .map(|(text, line)| match text.split_once('=') {
            Some((name, value)) => setting(name, Some(value), line),
            None => setting(text, None, line),
        })
        .collect()
}

fn environment_files(node: &Node, source: Source<'_>) -> Vec<EnvironmentFileUse> {
    let one = |node: &Node| {
        let path = node.text().or_else(|| node.text_of("path"))?;
        Some(EnvironmentFileUse {
            path: path.to_owned(),
            location: source.at(node.line),
        })
    };
    match &node.content {
        Content::List(items) => items.iter().filter_map(|item| one(item)).collect(),
        _ => one(node).into_iter().collect(),
    }
}

fn depends_on(node: &Node) -> Vec<(String, Option<String>)> {
    if node.is_map() {
        let entries = node.entries().into_iter();
        return entries
            .map(|(name, value, _)| (name.to_owned(), value.text_of("condition").map(str::to_owned)))
            .collect();
    }
    node.texts().into_iter().map(|name| (name, None)).collect()
}

fn port(node: &Node) -> Option<String> {
    if let Some(text) = node.text() {
        return Some(text.to_owned());
    }
    let target = node.text_of("target")?;
    Some(match node.text_of("published") {
        Some(published) => format!("{published}:{target}"),
        None => target.to_owned(),
    })
}

fn volumes(node: &Node) -> Vec<String> {
    let one = |node: &Node| match node.text() {
        Some(text) => Some(text.to_owned()),
        None => Some(format!(
            "{}:{}",
            node.text_of("source").unwrap_or_default(),
            node.text_of("target")?
        )),
    };
    node.items().iter().filter_map(|item| one(item)).collect()
}

/// The command of a health check without its form (`CMD`, `CMD-SHELL`).
fn health_check(node: &Node) -> Option<String> {
    let mut words = node.texts_of("test");
    if words
        .first()
        .is_some_and(|first| matches!(first.as_str(), "CMD" | "CMD-SHELL"))
    {
        words.remove(0);
    }
    let is_off =
        node.text_of("disable") == Some("true") || words.first().is_some_and(|first| first == "NONE");
    (!is_off && !words.is_empty()).then(|| words.join(" "))
}

/// The variables of all values below a node.
fn walk(node: &Node, source: Source<'_>, found: &mut Vec<Reference>) {
    match &node.content {
        Content::Scalar { text, .. } => found.extend(references(text, &source.at(node.line))),
        Content::List(items) => items.iter().for_each(|item| walk(item, source, found)),
        Content::Map(entries) => entries.iter().for_each(|(_, value)| walk(value, source, found)),
    }
}
