//! Entity-relationship diagrams: tables with their columns, and what points at what.

use super::{
    Diagram, TooLarge,
    identifier::Identifiers,
    label::{quoted_line, word},
};

/// A table of a diagram.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entity(String);

/// A column of an entity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attribute {
    /// Its name.
    pub name: String,
    /// Its type.
    pub type_name: String,
    /// Whether it belongs to the primary key.
    pub is_primary: bool,
    /// Whether it points at another table.
    pub is_foreign: bool,
    /// Whether it is unique.
    pub is_unique: bool,
    /// What else is said of it, empty if nothing.
    pub comment: String,
}

/// How many rows stand at one end of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Count {
    /// Exactly one.
    One,
    /// None or one.
    OneOrNone,
    /// Any number.
    Many,
}

/// An entity-relationship diagram in the making.
#[derive(Clone, Debug)]
pub struct ErDiagram {
    title: String,
    description: String,
    identifiers: Identifiers,
    entities: Vec<(String, String, Vec<String>)>,
    relations: Vec<String>,
}

impl ErDiagram {
    /// An empty diagram with what a screen reader says of it.
    #[must_use]
    pub fn new(title: &str, description: &str) -> Self {
        Self {
            title: quoted_line(title),
            description: quoted_line(description),
            identifiers: Identifiers::default(),
            entities: Vec::new(),
            relations: Vec::new(),
        }
    }

    /// A table, made at the first call with this name.
    pub fn entity(&mut self, name: &str, attributes: &[Attribute]) -> Entity {
        let id = self.identifiers.id("e", name);
        if !self.entities.iter().any(|(known, _, _)| *known == id) {
            let lines = attributes.iter().map(attribute).collect();
            self.entities.push((id.clone(), quoted_line(name), lines));
        }
        Entity(id)
    }

    /// A line from the rows that point to the rows pointed at.
    pub fn relation(&mut self, from: (&Entity, Count), to: (&Entity, Count), label: &str) {
        let left = match from.1 {
            Count::One => "||",
            Count::OneOrNone => "|o",
            Count::Many => "}o",
        };
        let right = match to.1 {
            Count::One => "||",
            Count::OneOrNone => "o|",
            Count::Many => "o{",
        };
        self.relations.push(format!(
            "{} {left}--{right} {} : \"{}\"",
            from.0.0,
            to.0.0,
            quoted_line(label)
        ));
    }

    /// The diagram.
    ///
    /// # Errors
    /// When it is too large to be drawn.
    pub fn finish(self) -> Result<Diagram, TooLarge> {
        let mut lines = vec!["erDiagram".to_owned()];
        lines.push(format!("  accTitle: {}", self.title));
        lines.push(format!("  accDescr: {}", self.description));
        for (id, label, attributes) in &self.entities {
            let head = format!("  {id}[\"{label}\"]");
            // Braces around nothing are a parse error.
            if attributes.is_empty() {
                lines.push(head);
            } else {
                lines.push(format!("{head} {{"));
                lines.extend(attributes.iter().map(|line| format!("    {line}")));
                lines.push("  }".to_owned());
            }
        }
        let edges = self.relations.len();
        lines.extend(self.relations.iter().map(|relation| format!("  {relation}")));
        Diagram::bounded(lines, edges)
    }
}

/// A column with its keys. Where its name had to be written with other marks, the exact one is in the comment.
fn attribute(attribute: &Attribute) -> String {
    let (type_name, name) = (word(&attribute.type_name), word(&attribute.name));
    let keys: Vec<&str> = [
        (attribute.is_primary, "PK"),
        (attribute.is_foreign, "FK"),
        (attribute.is_unique, "UK"),
    ]
    .into_iter()
    .filter_map(|(is_set, key)| is_set.then_some(key))
    .collect();
    let mut line = format!("{type_name} {name}");
    if !keys.is_empty() {
        line = format!("{line} {}", keys.join(", "));
    }
    let changed = (name != attribute.name).then_some(attribute.name.as_str());
    let comment: Vec<&str> = changed
        .into_iter()
        .chain([attribute.comment.as_str()])
        .filter(|part| !part.is_empty())
        .collect();
    if !comment.is_empty() {
        line = format!("{line} \"{}\"", quoted_line(&comment.join("; ")));
    }
    line
}
