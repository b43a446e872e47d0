//! Kubernetes manifests: [workloads](https://kubernetes.io/docs/concepts/workloads/), their configuration and how they
//! are reached.

mod container;

pub use container::{Container, EnvironmentSource};

use super::Source;
use super::setting::Setting;
use super::yaml::{self, Node};
use crate::source::location::{Finding, Location};

/// The manifests of a tree, in the order of files and of documents in them.
#[derive(Clone, Debug, Default)]
pub struct Cluster {
    /// What runs.
    pub workloads: Vec<Workload>,
    /// ConfigMaps and Secrets.
    pub maps: Vec<ConfigMap>,
    /// What gives workloads a name in the network.
    pub services: Vec<ClusterService>,
    /// What lets requests in.
    pub ingresses: Vec<Ingress>,
}

/// A Deployment, StatefulSet, DaemonSet, ReplicaSet, Job, CronJob or Pod.
#[derive(Clone, Debug, Default)]
pub struct Workload {
    /// Its kind as written.
    pub kind: String,
    /// `metadata.name`.
    pub name: String,
    /// Labels of its pods.
    pub labels: Vec<(String, String)>,
    /// `spec.replicas`.
    pub replicas: Option<String>,
    /// `spec.schedule` of a CronJob.
    pub schedule: Option<String>,
    /// Init containers first.
    pub containers: Vec<Container>,
    /// Where it is declared.
    pub location: Location,
}

/// A ConfigMap or Secret.
#[derive(Clone, Debug, Default)]
pub struct ConfigMap {
    /// `metadata.name`.
    pub name: String,
    /// Whether it is a Secret.
    pub is_secret: bool,
    /// Its keys; the values of a Secret are left out.
    pub settings: Vec<Setting>,
    /// Where it is declared.
    pub location: Location,
}

/// A Service.
#[derive(Clone, Debug, Default)]
pub struct ClusterService {
    /// `metadata.name`.
    pub name: String,
    /// `spec.type`; `ClusterIP` when it is left out.
    pub kind: String,
    /// Labels of the pods it leads to.
    pub selector: Vec<(String, String)>,
    /// `port` or `port:targetPort`.
    pub ports: Vec<String>,
    /// Where it is declared.
    pub location: Location,
}

/// An Ingress.
#[derive(Clone, Debug, Default)]
pub struct Ingress {
    /// `metadata.name`.
    pub name: String,
    /// In order.
    pub paths: Vec<IngressPath>,
    /// Annotations that change requests, e.g. `nginx.ingress.kubernetes.io/rewrite-target`.
    pub annotations: Vec<(String, String)>,
    /// Where it is declared.
    pub location: Location,
}

/// One path of an Ingress.
#[derive(Clone, Debug, Default)]
pub struct IngressPath {
    /// The host; all without one.
    pub host: Option<String>,
    /// The path.
    pub path: String,
    /// `Prefix`, `Exact` or `ImplementationSpecific`.
    pub path_type: String,
    /// The Service it leads to.
    pub service: String,
    /// The Service's port, by number or name.
    pub port: Option<String>,
    /// Where it stands.
    pub location: Location,
}

pub(super) fn read(source: Source<'_>, cluster: &mut Cluster, findings: &mut Vec<Finding>) {
    if !source.text.contains("apiVersion:") || !source.text.contains("kind:") {
        return;
    }
    let is_template = source.text.contains("{{");
    if is_template && source.path.split('/').any(|part| part == "templates") {
        let message = "A Helm template is not rendered: what it deploys is not known.".to_owned();
        let help = "render it with `helm template` into the tree";
        findings.push(source.finding(0, "helm-template", message, Some(help)));
        return;
    }
    let documents = yaml::parse(source.text);
    if let Some((line, message)) = documents.error {
        let message = format!("The manifest is not valid YAML: {message}.");
        findings.push(source.finding(line, "invalid-yaml", message, None));
    }
    for document in &documents.documents {
        let list = document
            .get("items")
            .filter(|_| document.text_of("kind") == Some("List"));
        match list {
            Some(items) => items
                .items()
                .iter()
                .for_each(|item| object(item, source, cluster)),
            None => object(document, source, cluster),
        }
    }
}

fn object(node: &Node, source: Source<'_>, cluster: &mut Cluster) {
    let (Some(kind), Some(_)) = (node.text_of("kind"), node.text_of("apiVersion")) else {
        return;
    };
    let name = node
        .at(&["metadata", "name"])
        .and_then(Node::text)
        .unwrap_or_default()
        .to_owned();
    let location = source.at(node.line);
    match kind {
        "Deployment" | "StatefulSet" | "DaemonSet" | "ReplicaSet" | "Job" | "CronJob" | "Pod" => {
            cluster.workloads.push(workload(kind, name, node, source));
        }
        "ConfigMap" | "Secret" => cluster.maps.push(ConfigMap {
            name,
            is_secret: kind == "Secret",
            settings: data(node, kind == "Secret", source),
            location,
        }),
        "Service" => cluster.services.push(service(name, node, location)),
        "Ingress" => cluster.ingresses.push(Ingress {
            name,
            paths: ingress_paths(node, source),
            annotations: node
                .at(&["metadata", "annotations"])
                .map(pairs)
                .unwrap_or_default(),
            location,
        }),
        _ => {}
    }
}

fn workload(kind: &str, name: String, node: &Node, source: Source<'_>) -> Workload {
    let template = match kind {
        "Pod" => Some(node),
        "CronJob" => node.at(&["spec", "jobTemplate", "spec", "template"]),
        _ => node.at(&["spec", "template"]),
    };
    let containers = |key: &str, is_init: bool| {
        let containers = template.and_then(|template| template.at(&["spec", key]));
        let items = containers.map(Node::items).unwrap_or_default();
        items
            .iter()
            .map(|item| container::read(item, is_init, source))
            .collect::<Vec<_>>()
    };
    let mut all = containers("initContainers", true);
    all.extend(containers("containers", false));
    Workload {
        kind: kind.to_owned(),
        name,
        labels: template
            .and_then(|template| template.at(&["metadata", "labels"]))
            .map(pairs)
            .unwrap_or_default(),
        replicas: node
            .at(&["spec", "replicas"])
            .and_then(Node::text)
            .map(str::to_owned),
        schedule: node
            .at(&["spec", "schedule"])
            .and_then(Node::text)
            .map(str::to_owned),
        containers: all,
        location: source.at(node.line),
    }
}

fn data(node: &Node, is_secret: bool, source: Source<'_>) -> Vec<Setting> {
    let mut settings = Vec::new();
    for key in ["data", "stringData"] {
        let Some(data) = node.get(key) else { continue };
        for (name, value, line) in data.entries() {
            settings.push(Setting {
                name: name.to_owned(),
                value: value.text().filter(|_| !is_secret).map(str::to_owned),
                source: None,
                location: source.at(line),
            });
        }
    }
    settings
}

fn service(name: String, node: &Node, location: Location) -> ClusterService {
    let port = |port: &Node| {
        let own = port.text_of("port")?;
        Some(match port.text_of("targetPort") {
            Some(target) if target != own => format!("{own}:{target}"),
            _ => own.to_owned(),
        })
    };
    let ports = node.at(&["spec", "ports"]).map(Node::items).unwrap_or_default();
    ClusterService {
        name,
        kind: node
            .at(&["spec", "type"])
            .and_then(Node::text)
            .unwrap_or("ClusterIP")
            .to_owned(),
        selector: node.at(&["spec", "selector"]).map(pairs).unwrap_or_default(),
        ports: ports.iter().filter_map(|node| port(node)).collect(),
        location,
    }
}

fn ingress_paths(node: &Node, source: Source<'_>) -> Vec<IngressPath> {
    let mut paths = Vec::new();
    let rules = node.at(&["spec", "rules"]).map(Node::items).unwrap_or_default();
    for rule in rules {
        let entries = rule.at(&["http", "paths"]).map(Node::items).unwrap_or_default();
        for entry in entries {
            let service = entry.at(&["backend", "service"]);
            let port = service.and_then(|service| service.get("port"));
            // `serviceName` is the form before networking.k8s.io/v1.
            let name = service.and_then(|service| service.text_of("name"));
            let name = name.or_else(|| entry.at(&["backend", "serviceName"]).and_then(Node::text));
            paths.push(IngressPath {
                host: rule.text_of("host").map(str::to_owned),
                path: entry.text_of("path").unwrap_or("/").to_owned(),
                path_type: entry
                    .text_of("pathType")
                    .unwrap_or("ImplementationSpecific")
                    .to_owned(),
                service: name.unwrap_or_default().to_owned(),
                port: port
                    .and_then(|port| port.text_of("number").or_else(|| port.text_of("name")))
                    .or_else(|| entry.at(&["backend", "servicePort"]).and_then(Node::text))
                    .map(str::to_owned),
                location: source.at(entry.line),
            });
        }
    }
    paths
}

fn pairs(node: &Node) -> Vec<(String, String)> {
    let entries = node.entries().into_iter();
    entries
        .filter_map(|(key, value, _)| Some((key.to_owned(), value.text()?.to_owned())))
        .collect()
}
