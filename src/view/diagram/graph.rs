//! Import graphs, with packages drawn as one where there is too much.

use std::collections::{BTreeMap, BTreeSet};

use crate::{architecture::model::Module, markdown::mermaid::CROWDED};

/// Modules by the name of the node that stands for them, and imports between the nodes.
#[derive(Clone, Debug, Default)]
pub(super) struct Graph<'a> {
    /// Members of each node, by its name.
    pub nodes: BTreeMap<String, BTreeSet<&'a str>>,
    /// How many imports lead from one node to another.
    pub edges: BTreeMap<(String, String), usize>,
}

/// The node that the modules which had no place are drawn as.
pub(super) const REST: &str = "other modules";

impl<'a> Graph<'a> {
    /// The graph in which each module belongs to the node that `place` names; none: it is left out.
    pub(super) fn new(modules: &'a [Module], place: impl Fn(&str) -> Option<String>) -> Self {
        let mut graph = Self::default();
        let known: BTreeSet<&str> = modules.iter().map(|module| module.name.as_str()).collect();
        for module in modules {
            let Some(from) = place(&module.name) else { continue };
            graph.nodes.entry(from.clone()).or_default().insert(&module.name);
            for imported in module
                .imports
                .iter()
                .filter(|imported| known.contains(imported.as_str()))
            {
                match place(imported) {
                    Some(to) if to != from => *graph.edges.entry((from.clone(), to)).or_default() += 1,
                    _ => {}
                }
            }
        }
        graph
    }

    /// Whether a page can hold it.
    pub(super) fn fits(&self) -> bool {
        self.nodes.len() <= CROWDED
    }

    /// Draws as one the nodes with the fewest members and imports, so that a page can hold the rest.
    pub(super) fn cut(self) -> Self {
        if self.fits() {
            return self;
        }
        let mut weights: BTreeMap<&str, usize> = self
            .nodes
            .iter()
            .map(|(name, members)| (name.as_str(), members.len()))
            .collect();
        for ((from, to), count) in &self.edges {
            for name in [from, to] {
                *weights.entry(name).or_default() += count;
            }
        }
        let mut order: Vec<&str> = weights.keys().copied().collect();
        order.sort_by_key(|name| std::cmp::Reverse(weights[name]));
        let kept: BTreeSet<String> = order.into_iter().take(CROWDED - 1).map(str::to_owned).collect();
        let place = |name: &str| {
            if kept.contains(name) {
                name.to_owned()
            } else {
                REST.to_owned()
            }
        };
        let mut cut = Graph::default();
        for (name, members) in &self.nodes {
            cut.nodes.entry(place(name)).or_default().extend(members);
        }
        for ((from, to), count) in &self.edges {
            let (from, to) = (place(from), place(to));
            if from != to {
                *cut.edges.entry((from, to)).or_default() += count;
            }
        }
        cut
    }
}

/// The first `depth` parts of a dotted name.
pub(super) fn prefix(name: &str, depth: usize) -> &str {
    match name.match_indices('.').nth(depth.saturating_sub(1)) {
        Some((end, _)) => &name[..end],
        None => name,
    }
}

/// How many parts all the names share in front.
pub(super) fn common_depth<'a>(names: impl Iterator<Item = &'a str>) -> usize {
    let mut common: Option<Vec<&str>> = None;
    for name in names {
        let parts: Vec<&str> = name.split('.').collect();
        common = Some(match common {
            None => parts,
            Some(known) => known
                .into_iter()
                .zip(parts)
                .take_while(|(a, b)| a == b)
                .map(|(a, _)| a)
                .collect(),
        });
    }
    common.map_or(0, |parts| parts.len())
}
