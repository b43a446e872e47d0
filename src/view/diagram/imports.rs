//! `diagram layers` and `diagram modules`: who imports whom, by package and by module.

use std::collections::BTreeMap;

use crate::{
    architecture::model::Module,
    markdown::{
        Block, Inline, Item,
        mermaid::{Flowchart, Kind, Node},
    },
};

use super::{
    super::{
        Context, Directive, Output, Placement, View, ViewError,
        arguments::Arguments,
        keys,
        layers::Layers,
        select::{Filter, below},
        show,
    },
    direction,
    graph::{Graph, REST, common_depth, prefix},
    with_list,
};

pub(in crate::view) const LAYERS: View = View {
    directive: Directive {
        name: "diagram layers",
        summary: "a flowchart of packages and how many imports lead from one to another",
        subject: None,
        placement: Placement::Block,
        keys: &[keys::MODULE, keys::DEPTH, keys::DIRECTION],
    },
    render: layers,
};

pub(in crate::view) const MODULES: View = View {
    directive: Directive {
        name: "diagram modules",
        summary: "a flowchart of modules by package; packages alone where there are too many",
        subject: None,
        placement: Placement::Block,
        keys: &[
            keys::MODULE,
            super::super::Key {
                name: "collapse",
                summary: "`true` draws packages, `false` modules; by size if left out",
            },
            keys::DIRECTION,
        ],
    },
    render: modules,
};

fn layers(arguments: &Arguments<'_>, context: &Context<'_>) -> Result<Output, ViewError> {
    let filter = Filter::parse(arguments)?;
    let wanted = wanted(&filter, context);
    if wanted.is_empty() {
        return Ok(Output::Block(Block::paragraph(&filter.nothing("modules"))));
    }
    let all = &context.architecture.modules;
    let common = common_depth(wanted.iter().map(|module| module.name.as_str()));
    let depth = arguments.number("depth", 1)?.unwrap_or(1);
    let layers = Layers::new(context.layers, all);
    let graph = Graph::new(all, |name| {
        let place = || layers.of(name).unwrap_or_else(|| prefix(name, common + depth));
        filter.keeps_module(name).then(|| place().to_owned())
    });
    chart(
        &graph.cut(),
        &graph,
        "Packages and their imports",
        None,
        arguments,
    )
}

fn modules(arguments: &Arguments<'_>, context: &Context<'_>) -> Result<Output, ViewError> {
    let filter = Filter::parse(arguments)?;
    let wanted = wanted(&filter, context);
    if wanted.is_empty() {
        return Ok(Output::Block(Block::paragraph(&filter.nothing("modules"))));
    }
    let collapse = arguments.flag("collapse")?;
    let all = &context.architecture.modules;
    let layers = Layers::new(context.layers, all);
    let whole = common_depth(all.iter().map(|module| module.name.as_str()));
    let within = common_depth(wanted.iter().map(|module| module.name.as_str()));
    // A part is drawn with its neighbours, and of these only the package is of interest.
    let neighbours = neighbours(&wanted, all);
    let outside = |name: &str| {
        neighbours
            .contains(&name)
            .then(|| prefix(name, whole + 1).to_owned())
    };
    let single = Graph::new(all, |name| {
        if filter.keeps_module(name) {
            Some(name.to_owned())
        } else {
            outside(name)
        }
    });
    if collapse == Some(false) || (collapse.is_none() && single.fits()) {
        return chart(
            &single,
            &single,
            "Modules and their imports",
            Some(&layers),
            arguments,
        );
    }
    let grouped = Graph::new(all, |name| {
        if filter.keeps_module(name) {
            Some(
                layers
                    .of(name)
                    .unwrap_or_else(|| prefix(name, within + 1))
                    .to_owned(),
            )
        } else {
            outside(name)
        }
    });
    chart(
        &grouped.cut(),
        &grouped,
        "Packages and their imports",
        None,
        arguments,
    )
}

fn wanted<'a>(filter: &Filter<'_>, context: &Context<'a>) -> Vec<&'a Module> {
    context
        .architecture
        .modules
        .iter()
        .filter(|module| filter.keeps_module(&module.name))
        .collect()
}

/// Modules that the wanted ones import or are imported by.
fn neighbours<'a>(wanted: &[&'a Module], all: &'a [Module]) -> Vec<&'a str> {
    let names: Vec<&str> = wanted.iter().map(|module| module.name.as_str()).collect();
    let importers = all.iter().filter(|module| {
        module
            .imports
            .iter()
            .any(|imported| names.contains(&imported.as_str()))
    });
    let imported = wanted
        .iter()
        .flat_map(|module| module.imports.iter().map(String::as_str));
    importers
        .map(|module| module.name.as_str())
        .chain(imported)
        .collect()
}

/// Draws `graph` and lists `whole`. With layers, modules stand in them, or else in their packages.
fn chart(
    graph: &Graph<'_>,
    whole: &Graph<'_>,
    title: &str,
    layers: Option<&Layers<'_>>,
    arguments: &Arguments<'_>,
) -> Result<Output, ViewError> {
    let description = format!(
        "{} and who imports whom; the list below says the same",
        show::counted(graph.nodes.len(), "node")
    );
    let mut chart = Flowchart::new(direction(arguments)?, title, &description);
    let mut nodes: BTreeMap<&str, Node> = BTreeMap::new();
    for (name, members) in &graph.nodes {
        let is_package = members.len() > 1 || name == REST;
        let kind = if is_package { Kind::Package } else { Kind::Module };
        let layer = layers.and_then(|layers| layers.of(name));
        let package = name
            .rsplit_once('.')
            .map(|(package, _)| package)
            .filter(|_| layers.is_some() && layer.is_none());
        let has_siblings = |package: &str| {
            graph
                .nodes
                .keys()
                .filter(|other| *other != package && below(other, package, '.'))
                .count()
                > 1
        };
        let group = package
            .filter(|package| has_siblings(package))
            .or(layer)
            .map(|package| chart.group(package, package));
        // Within its package a module needs no more than its own name.
        let label = if group.is_some() && layer.is_none() {
            name.rsplit('.').next().unwrap_or(name)
        } else {
            name
        };
        let label = if is_package {
            format!("{label}\n{}", show::counted(members.len(), "module"))
        } else {
            label.to_owned()
        };
        nodes.insert(name, chart.node(name, &label, kind, group.as_ref()));
    }
    for ((from, to), count) in &graph.edges {
        if let (Some(from), Some(to)) = (nodes.get(from.as_str()), nodes.get(to.as_str())) {
            chart.edge(
                from,
                to,
                &if *count > 1 {
                    count.to_string()
                } else {
                    String::new()
                },
            );
        }
    }
    with_list(chart, "The same as a list: who imports whom", &list(whole))
}

fn list(graph: &Graph<'_>) -> Vec<Item> {
    graph
        .nodes
        .keys()
        .map(|name| {
            let imported =
                graph
                    .edges
                    .iter()
                    .filter(|((from, _), _)| from == name)
                    .map(|((_, to), count)| {
                        let times = if *count > 1 {
                            format!(" ({count} imports)")
                        } else {
                            String::new()
                        };
                        Inline::concat([Inline::code(to), Inline::text(times)])
                    });
            let imported = Inline::join(", ", imported);
            let verb = if imported.is_empty() {
                " imports none of these"
            } else {
                " imports "
            };
            Item::new(Inline::concat([Inline::code(name), Inline::text(verb), imported]))
        })
        .collect()
}
