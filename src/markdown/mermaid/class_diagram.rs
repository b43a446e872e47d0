//! Class diagrams: classes with their fields, and who holds or extends whom.

use super::{
    Diagram, TooLarge,
    identifier::Identifiers,
    label::{member, quoted_line},
};

/// A class of a diagram.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Class(String);

/// How two classes belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// The first has fields of the second.
    Holds,
    /// The first is a subclass of the second.
    Extends,
}

#[derive(Clone, Debug)]
struct Shape {
    id: String,
    label: String,
    annotation: Option<String>,
    members: Vec<String>,
}

/// A class diagram in the making; it runs from left to right, so that a page keeps it readable.
#[derive(Clone, Debug)]
pub struct ClassDiagram {
    title: String,
    description: String,
    identifiers: Identifiers,
    classes: Vec<Shape>,
    relations: Vec<String>,
}

impl ClassDiagram {
    /// An empty diagram with what a screen reader says of it.
    #[must_use]
    pub fn new(title: &str, description: &str) -> Self {
        Self {
            title: quoted_line(title),
            description: quoted_line(description),
            identifiers: Identifiers::default(),
            classes: Vec::new(),
            relations: Vec::new(),
        }
    }

    /// A class, made at the first call with this name. The annotation stands above its name, the members below it.
    pub fn class<T: AsRef<str>>(
        &mut self,
        name: &str,
        label: &str,
        annotation: Option<&'static str>,
        members: impl IntoIterator<Item = T>,
    ) -> Class {
        let id = self.identifiers.id("c", name);
        if !self.classes.iter().any(|class| class.id == id) {
            self.classes.push(Shape {
                id: id.clone(),
                label: quoted_line(label),
                annotation: annotation.map(one_word),
                members: members.into_iter().map(|text| member(text.as_ref())).collect(),
            });
        }
        Class(id)
    }

    /// A line between two classes, with a label unless that is empty.
    pub fn relation(&mut self, from: &Class, to: &Class, relation: Relation, label: &str) {
        let (from, to) = (&from.0, &to.0);
        let line = match relation {
            Relation::Holds => format!("{from} --> {to}"),
            Relation::Extends => format!("{to} <|-- {from}"),
        };
        self.relations.push(if label.is_empty() {
            line
        } else {
            format!("{line} : {}", quoted_line(label))
        });
    }

    /// The diagram.
    ///
    /// # Errors
    /// When it is too large to be drawn.
    pub fn finish(self) -> Result<Diagram, TooLarge> {
        let mut lines = vec!["classDiagram".to_owned(), "  direction LR".to_owned()];
        lines.push(format!("  accTitle: {}", self.title));
        lines.push(format!("  accDescr: {}", self.description));
        for class in &self.classes {
            let head = format!("  class {}[\"{}\"]", class.id, class.label);
            // Braces around nothing are a parse error.
            if class.members.is_empty() {
                lines.push(head);
            } else {
                lines.push(format!("{head} {{"));
                lines.extend(class.members.iter().map(|member| format!("    {member}")));
                lines.push("  }".to_owned());
            }
            if let Some(annotation) = &class.annotation {
                lines.push(format!("  <<{annotation}>> {}", class.id));
            }
        }
        let edges = self.relations.len();
        lines.extend(self.relations.iter().map(|relation| format!("  {relation}")));
        Diagram::bounded(lines, edges)
    }
}

/// Words as one: Mermaid's grammar has no room for a space in an annotation.
fn one_word(words: &str) -> String {
    let is_kept = |character: char| character.is_ascii_alphanumeric();
    let kept = words
        .chars()
        .map(|character| if is_kept(character) { character } else { '_' });
    kept.collect()
}
