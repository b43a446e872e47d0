//! `diagram dependencies`: which endpoints reach which dependencies.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    architecture::model::Dependency,
    markdown::{
        Block, Inline, Item,
        mermaid::{CROWDED, Flowchart, Kind, Node},
    },
};

use super::{
    super::{
        Context, Directive, Key, Output, Placement, View, ViewError,
        arguments::Arguments,
        keys,
        operation::{self, Operation, operations},
        select::{Filter, application},
        show,
    },
    direction, with_list,
};

pub(in crate::view) const VIEW: View = View {
    directive: Directive {
        name: "diagram dependencies",
        summary: "a flowchart of endpoints and the dependencies they reach; routers where there are too many endpoints",
        subject: None,
        placement: Placement::Block,
        keys: &[
            Key {
                name: "endpoint",
                summary: "only this path operation, as `METHOD /path`",
            },
            keys::TAG,
            keys::PREFIX,
            keys::METHOD,
            keys::MODULE,
            keys::INCLUDE,
            keys::EXCLUDE,
            Key {
                name: "depth",
                summary: "how many levels of dependencies are shown; all if left out",
            },
            keys::DIRECTION,
            keys::APP,
        ],
    },
    render,
};

/// Nodes by name with label and kind, edges by the names of their ends with how many endpoints use them.
#[derive(Default)]
struct Picture {
    nodes: BTreeMap<String, (String, Kind)>,
    edges: BTreeMap<(String, String), BTreeSet<String>>,
}

fn render(arguments: &Arguments<'_>, context: &Context<'_>) -> Result<Output, ViewError> {
    let application = application(arguments, context)?;
    let filter = Filter::parse(arguments)?;
    let depth = arguments.number("depth", 1)?.unwrap_or(usize::MAX);
    let mut wanted: Vec<Operation<'_>> = match arguments.text("endpoint") {
        Some(subject) => vec![operation::find(application, subject)?],
        None => operations(application)
            .into_iter()
            .filter(|operation| filter.keeps(operation))
            .collect(),
    };
    wanted.retain(|operation| !operation.endpoint.dependencies.is_empty());
    if wanted.is_empty() {
        let nothing = match arguments.text("endpoint") {
            Some(_) => Inline::text("This endpoint has no dependencies."),
            None => filter.nothing("endpoints with dependencies"),
        };
        return Ok(Output::Block(Block::paragraph(&nothing)));
    }
    let picture = fitting(&wanted, depth);
    let title = "Endpoints and their dependencies";
    let description = "Arrows lead from what asks to what is asked for; the list below says the same";
    let mut chart = Flowchart::new(direction(arguments)?, title, description);
    let nodes: BTreeMap<&String, Node> = picture
        .nodes
        .iter()
        .map(|(name, (label, kind))| (name, chart.node(name, label, *kind, None)))
        .collect();
    for (from, to) in picture.edges.keys() {
        if let (Some(from), Some(to)) = (nodes.get(from), nodes.get(to)) {
            chart.edge(from, to, "");
        }
    }
    with_list(chart, "The same as a list: who depends on what", &list(&picture))
}

/// The most detailed picture that a page can hold: by endpoint, by router, by router without what dependencies need
/// themselves, and at last with the least used dependencies and the smallest routers drawn as one.
fn fitting(wanted: &[Operation<'_>], depth: usize) -> Picture {
    let attempts = [
        (endpoint_node as NodeOf, depth),
        (router_node, depth),
        (router_node, 1),
    ];
    for (node_of, depth) in attempts {
        let picture = picture(wanted, node_of, depth);
        if picture.nodes.len() <= CROWDED {
            return picture;
        }
    }
    cut(picture(wanted, router_node, 1))
}

type NodeOf = fn(&Operation<'_>) -> (String, String);

fn endpoint_node(operation: &Operation<'_>) -> (String, String) {
    (format!("endpoint {}", operation.title()), operation.title())
}

fn router_node(operation: &Operation<'_>) -> (String, String) {
    match operation.application.routers.get(operation.endpoint.router) {
        Some(router) => (format!("router {}", router.name), router.name.clone()),
        None => (
            format!("router {}", operation.application.name),
            operation.application.name.clone(),
        ),
    }
}

fn picture(wanted: &[Operation<'_>], node_of: NodeOf, depth: usize) -> Picture {
    let mut picture = Picture::default();
    let mut members: BTreeMap<String, usize> = BTreeMap::new();
    for operation in wanted {
        let (name, label) = node_of(operation);
        *members.entry(name.clone()).or_default() += 1;
        picture.nodes.insert(name.clone(), (label, Kind::Endpoint));
        picture.add(&name, &operation.endpoint.dependencies, &operation.title(), depth);
    }
    for (name, count) in members.into_iter().filter(|(_, count)| *count > 1) {
        if let Some((label, _)) = picture.nodes.get_mut(&name) {
            label.push_str(&format!("\n{}", show::counted(count, "endpoint")));
        }
    }
    picture
}

impl Picture {
    fn add(&mut self, from: &str, dependencies: &[Dependency], user: &str, depth: usize) {
        if depth == 0 {
            return;
        }
        for dependency in dependencies {
            let name = format!("{} {}", dependency.callable.name, dependency.label);
            let kind = if dependency.security_scheme.is_some() {
                Kind::Security
            } else {
                Kind::Dependency
            };
            self.nodes.insert(name.clone(), (dependency.label.clone(), kind));
            self.edges
                .entry((from.to_owned(), name.clone()))
                .or_default()
                .insert(user.to_owned());
            self.add(&name, &dependency.dependencies, user, depth - 1);
        }
    }
}

/// Draws as one the routers and the dependencies with the fewest users.
fn cut(picture: Picture) -> Picture {
    let mut users: BTreeMap<&String, BTreeSet<&String>> = BTreeMap::new();
    for ((from, to), by) in &picture.edges {
        users.entry(from).or_default().extend(by);
        users.entry(to).or_default().extend(by);
    }
    let is_endpoint = |name: &String| {
        picture
            .nodes
            .get(name)
            .is_some_and(|(_, kind)| *kind == Kind::Endpoint)
    };
    let mut place: BTreeMap<&String, String> = BTreeMap::new();
    let mut labels: BTreeMap<String, (String, Kind)> = BTreeMap::new();
    for (endpoints, noun, kind) in [
        (true, "router", Kind::Endpoint),
        (false, "dependency", Kind::Dependency),
    ] {
        let mut names: Vec<&String> = picture
            .nodes
            .keys()
            .filter(|name| is_endpoint(name) == endpoints)
            .collect();
        names.sort_by_key(|name| std::cmp::Reverse(users.get(name).map_or(0, BTreeSet::len)));
        let room = CROWDED / 2;
        let kept = if names.len() > room { room - 1 } else { names.len() };
        for name in &names[..kept] {
            place.insert(name, (*name).clone());
            labels.insert((*name).clone(), picture.nodes[*name].clone());
        }
        if kept < names.len() {
            let rest = format!("rest {noun}");
            names[kept..].iter().for_each(|name| {
                place.insert(name, rest.clone());
            });
            labels.insert(
                rest,
                (format!("{} more", show::counted(names.len() - kept, noun)), kind),
            );
        }
    }
    let mut edges: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for ((from, to), by) in &picture.edges {
        if let (Some(from), Some(to)) = (place.get(from), place.get(to)) {
            edges
                .entry((from.clone(), to.clone()))
                .or_default()
                .extend(by.iter().cloned());
        }
    }
    Picture { nodes: labels, edges }
}

fn list(picture: &Picture) -> Vec<Item> {
    let label = |name: &String| {
        picture
            .nodes
            .get(name)
            .map(|(label, _)| Inline::code(label.replace('\n', ", ")))
            .unwrap_or_default()
    };
    picture
        .nodes
        .keys()
        .filter_map(|name| {
            let needs: Vec<Inline> = picture
                .edges
                .keys()
                .filter(|(from, _)| from == name)
                .map(|(_, to)| label(to))
                .collect();
            (!needs.is_empty()).then(|| {
                Item::new(Inline::concat([
                    label(name),
                    Inline::text(" needs "),
                    Inline::join(", ", needs),
                ]))
            })
        })
        .collect()
}
