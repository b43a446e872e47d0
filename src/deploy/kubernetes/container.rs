//! A container of a pod.

use super::super::Source;
use super::super::setting::{Setting, ValueSource};
use super::super::yaml::Node;
use crate::source::location::Location;

/// A container of a workload.
#[derive(Clone, Debug, Default)]
pub struct Container {
    /// Its name.
    pub name: String,
    /// Its image.
    pub image: Option<String>,
    /// `command` and `args`, words joined by spaces.
    pub command: Option<String>,
    /// `containerPort`s.
    pub ports: Vec<String>,
    /// `env`.
    pub settings: Vec<Setting>,
    /// `envFrom`.
    pub sources: Vec<EnvironmentSource>,
    /// Probes by kind (`liveness`, `readiness`, `startup`) and what they ask.
    pub probes: Vec<(String, String)>,
    /// Whether it runs before the others.
    pub is_init: bool,
    /// Where it is declared.
    pub location: Location,
}

/// A ConfigMap or Secret all of whose keys are variables.
#[derive(Clone, Debug, Default)]
pub struct EnvironmentSource {
    /// Its name.
    pub name: String,
    /// Whether it is a Secret.
    pub is_secret: bool,
    /// What stands in front of each key.
    pub prefix: String,
    /// Where it is named.
    pub location: Location,
}

pub(super) fn read(node: &Node, is_init: bool, source: Source<'_>) -> Container {
    let mut command = node.texts_of("command");
    command.extend(node.texts_of("args"));
    let ports = node.get("ports").map(|ports| ports.items()).unwrap_or_default();
    let settings = node
        .get("env")
        .map(|settings| settings.items())
        .unwrap_or_default();
    let sources = node
        .get("envFrom")
        .map(|sources| sources.items())
        .unwrap_or_default();
    let probes = [
        ("liveness", "livenessProbe"),
        ("readiness", "readinessProbe"),
        ("startup", "startupProbe"),
    ];
    Container {
        name: node.text_of("name").unwrap_or_default().to_owned(),
        image: node.text_of("image").map(str::to_owned),
        command: (!command.is_empty()).then(|| command.join(" ")),
        ports: ports
            .iter()
            .filter_map(|port| port.text_of("containerPort").map(str::to_owned))
            .collect(),
        settings: settings.iter().filter_map(|node| setting(node, source)).collect(),
        sources: sources
            .iter()
            .filter_map(|node| environment_source(node, source))
            .collect(),
        probes: probes
            .into_iter()
            .filter_map(|(kind, key)| Some((kind.to_owned(), probe(node.get(key)?)?)))
            .collect(),
        is_init,
        location: source.at(node.line),
    }
}

fn setting(node: &Node, source: Source<'_>) -> Option<Setting> {
    let origin = node.get("valueFrom");
    let key_of = |kind: &str| {
        let reference = origin?.get(kind)?;
        Some((
            reference.text_of("name")?.to_owned(),
            reference.text_of("key")?.to_owned(),
        ))
    };
    let from = key_of("configMapKeyRef")
        .map(|(map, key)| ValueSource::ConfigMap { map, key })
        .or_else(|| key_of("secretKeyRef").map(|(secret, key)| ValueSource::Secret { secret, key }))
        .or_else(|| {
            let field = origin?.at(&["fieldRef", "fieldPath"])?.text()?;
            Some(ValueSource::Field(field.to_owned()))
        });
    Some(Setting {
        name: node.text_of("name")?.to_owned(),
        value: node.text_of("value").map(str::to_owned),
        source: from,
        location: source.at(node.line),
    })
}

fn environment_source(node: &Node, source: Source<'_>) -> Option<EnvironmentSource> {
    let map = node.at(&["configMapRef", "name"]).and_then(Node::text);
    let secret = node.at(&["secretRef", "name"]).and_then(Node::text);
    Some(EnvironmentSource {
        name: map.or(secret)?.to_owned(),
        is_secret: map.is_none(),
        prefix: node.text_of("prefix").unwrap_or_default().to_owned(),
        location: source.at(node.line),
    })
}

fn probe(node: &Node) -> Option<String> {
    if let Some(request) = node.get("httpGet") {
        let port = request
            .text_of("port")
            .map(|port| format!(" on {port}"))
            .unwrap_or_default();
        return Some(format!("GET {}{port}", request.text_of("path").unwrap_or("/")));
    }
    if let Some(socket) = node.get("tcpSocket") {
        return Some(format!("TCP {}", socket.text_of("port")?));
    }
    if let Some(call) = node.get("grpc") {
        return Some(format!("gRPC {}", call.text_of("port")?));
    }
    node.get("exec").map(|exec| exec.texts_of("command").join(" "))
}
