//! Flowcharts: nodes of a few kinds, groups, edges.

use std::collections::BTreeSet;

use super::{
    Diagram, TooLarge,
    identifier::Identifiers,
    label::{quoted, quoted_line},
};
use crate::markdown::Inline;

/// Where a flowchart runs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// Left to right: grows downwards, so that a page keeps it readable.
    #[default]
    Right,
    /// Top down: for small trees.
    Down,
}

/// What a node stands for. Shape and colour say the same, on every page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A path operation, or several.
    Endpoint,
    /// A dependency.
    Dependency,
    /// A dependency that is a security scheme.
    Security,
    /// A module.
    Module,
    /// A package: several modules.
    Package,
    /// A class of three.js objects.
    Object,
    /// Several classes of three.js objects.
    Category,
    /// A function.
    Function,
    /// A file or folder: several functions.
    File,
    /// A store of state.
    Store,
    /// What stands outside the analysed code.
    External,
}

impl Kind {
    fn class(self) -> Option<(&'static str, &'static str)> {
        // Dark fill and white letters are readable in light and dark themes alike; the rest is left to the theme.
        match self {
            Self::Endpoint => Some(("endpoint", "fill:#1565c0,stroke:#0d47a1,color:#ffffff")),
            Self::Security => Some(("security", "fill:#6a1b9a,stroke:#4a148c,color:#ffffff")),
            Self::Package => Some(("package", "stroke-width:3px")),
            Self::External => Some(("external", "fill:#455a64,stroke:#263238,color:#ffffff")),
            Self::Category => Some(("category", "stroke-width:3px")),
            Self::File => Some(("file", "stroke-width:3px")),
            Self::Store => Some(("store", "fill:#2e7d32,stroke:#1b5e20,color:#ffffff")),
            Self::Dependency | Self::Module | Self::Object | Self::Function => None,
        }
    }

    fn shape(self) -> (&'static str, &'static str) {
        match self {
            Self::Endpoint => ("([", "])"),
            Self::Security => ("{{", "}}"),
            Self::Package | Self::Category | Self::File => ("[[", "]]"),
            Self::Store => ("[(", ")]"),
            Self::External => ("[/", "/]"),
            Self::Dependency | Self::Module | Self::Object | Self::Function => ("[", "]"),
        }
    }

    fn meaning(self) -> &'static str {
        match self {
            Self::Endpoint => "blue with round ends: endpoint",
            Self::Dependency => "box: dependency",
            Self::Security => "purple hexagon: security scheme",
            Self::Module => "box: module",
            Self::Package => "double-edged box: package",
            Self::Object => "box: class",
            Self::Category => "double-edged box: category of classes",
            Self::Function => "box: function",
            Self::File => "double-edged box: the functions of a file or folder",
            Self::Store => "green cylinder: store of state",
            Self::External => "grey slanted box: outside this code",
        }
    }
}

/// A node of a flowchart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Node(String);

/// A group of a flowchart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Group(String);

#[derive(Clone, Debug)]
struct Shape {
    id: String,
    label: String,
    kind: Kind,
    group: Option<Group>,
}

/// A flowchart in the making.
#[derive(Clone, Debug)]
pub struct Flowchart {
    direction: Direction,
    title: String,
    description: String,
    identifiers: Identifiers,
    groups: Vec<(Group, String)>,
    nodes: Vec<Shape>,
    edges: Vec<String>,
}

impl Flowchart {
    /// An empty chart with what a screen reader says of it.
    #[must_use]
    pub fn new(direction: Direction, title: &str, description: &str) -> Self {
        Self {
            direction,
            title: quoted_line(title),
            description: quoted_line(description),
            identifiers: Identifiers::default(),
            groups: Vec::new(),
            nodes: Vec::new(),
            edges: Vec::new(),
        }
    }

    /// A group, made at the first call with this name.
    pub fn group(&mut self, name: &str, label: &str) -> Group {
        let group = Group(self.identifiers.id("g", name));
        if !self.groups.iter().any(|(known, _)| *known == group) {
            self.groups.push((group.clone(), quoted_line(label)));
        }
        group
    }

    /// A node, made at the first call with this name.
    pub fn node(&mut self, name: &str, label: &str, kind: Kind, group: Option<&Group>) -> Node {
        let id = self.identifiers.id("n", name);
        if !self.nodes.iter().any(|node| node.id == id) {
            self.nodes.push(Shape {
                id: id.clone(),
                label: quoted(label),
                kind,
                group: group.cloned(),
            });
        }
        Node(id)
    }

    /// An arrow, with a label unless that is empty.
    pub fn edge(&mut self, from: &Node, to: &Node, label: &str) {
        let (from, to) = (&from.0, &to.0);
        self.edges.push(if label.is_empty() {
            format!("{from} --> {to}")
        } else {
            format!("{from} -->|\"{}\"| {to}", quoted(label))
        });
    }

    /// What the shapes and colours in it mean, for the line below the picture.
    #[must_use]
    pub fn legend(&self) -> Inline {
        let kinds: BTreeSet<Kind> = self.nodes.iter().map(|node| node.kind).collect();
        Inline::concat([
            Inline::strong("Legend:"),
            Inline::text(" "),
            Inline::join("; ", kinds.into_iter().map(|kind| Inline::text(kind.meaning()))),
            Inline::text("."),
        ])
    }

    /// The diagram.
    ///
    /// # Errors
    /// When it is too large to be drawn.
    pub fn finish(self) -> Result<Diagram, TooLarge> {
        let direction = match self.direction {
            Direction::Right => "LR",
            Direction::Down => "TD",
        };
        let mut lines = vec![format!("flowchart {direction}")];
        lines.push(format!("  accTitle: {}", self.title));
        lines.push(format!("  accDescr: {}", self.description));
        for (group, label) in &self.groups {
            // An empty subgraph would be drawn as a node.
            let members: Vec<_> = self
                .nodes
                .iter()
                .filter(|node| node.group.as_ref() == Some(group))
                .collect();
            if !members.is_empty() {
                lines.push(format!("  subgraph {}[\"{label}\"]", group.0));
                lines.extend(members.into_iter().map(|node| format!("    {}", node.line())));
                lines.push("  end".to_owned());
            }
        }
        lines.extend(
            self.nodes
                .iter()
                .filter(|node| node.group.is_none())
                .map(|node| format!("  {}", node.line())),
        );
        lines.extend(self.edges.iter().map(|edge| format!("  {edge}")));
        lines.extend(self.classes());
        Diagram::bounded(lines, self.edges.len())
    }

    fn classes(&self) -> Vec<String> {
        let kinds: BTreeSet<Kind> = self.nodes.iter().map(|node| node.kind).collect();
        let mut lines = Vec::new();
        for (kind, (class, style)) in kinds
            .into_iter()
            .filter_map(|kind| kind.class().map(|class| (kind, class)))
        {
            let members: Vec<&str> = self
                .nodes
                .iter()
                .filter(|n| n.kind == kind)
                .map(|n| n.id.as_str())
                .collect();
            lines.push(format!("  classDef {class} {style}"));
            lines.push(format!("  class {} {class}", members.join(",")));
        }
        lines
    }
}

impl Shape {
    fn line(&self) -> String {
        let (open, close) = self.kind.shape();
        format!("{}{open}\"{}\"{close}", self.id, self.label)
    }
}
