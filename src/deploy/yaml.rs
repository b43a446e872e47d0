//! YAML as a tree whose nodes know their lines. JSON is read with it too.
//!
//! Scalars stay text: what the readers of this stage want is what was written. Anchors and merge keys
//! ([`<<`](https://yaml.org/type/merge.html)) are followed.

use std::collections::HashMap;
use std::rc::Rc;

use saphyr_parser::{Event, Parser, ScalarStyle};

/// Nesting beyond this is refused.
const MAX_DEPTH: usize = 64;

/// Merged maps that are looked into, one inside the other.
const MAX_MERGES: usize = 8;

/// A value and the line it begins on.
#[derive(Debug)]
pub struct Node {
    /// One-based.
    pub line: u32,
    /// What it is.
    pub content: Content,
}

/// What a node is.
#[derive(Debug)]
pub enum Content {
    /// Text, a number, a boolean or null, as written between its quotes.
    Scalar {
        /// The text.
        text: String,
        /// Whether it has no quotes, so that `true` is a boolean and `~` nothing.
        is_plain: bool,
    },
    /// A sequence.
    List(Vec<Rc<Node>>),
    /// A mapping, in the order written.
    Map(Vec<(Rc<Node>, Rc<Node>)>),
}

/// The documents of a file.
#[derive(Debug, Default)]
pub struct Documents {
    /// Those before an error.
    pub documents: Vec<Rc<Node>>,
    /// The line of an error and what it is.
    pub error: Option<(u32, String)>,
}

/// Parses a file.
#[must_use]
pub fn parse(text: &str) -> Documents {
    let mut builder = Builder::default();
    for event in Parser::new_from_str(text) {
        let problem = match event {
            Ok((event, span)) => builder.take(event, span.start.line() as u32),
            Err(error) => Err((error.marker().line() as u32, error.info().to_owned())),
        };
        if let Err(problem) = problem {
            builder.done.error = Some(problem);
            break;
        }
    }
    builder.done
}

impl Node {
    /// The text of a scalar that is not null.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Scalar { text, is_plain } => {
                let is_null = *is_plain && matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL");
                (!is_null).then_some(text)
            }
            _ => None,
        }
    }

    /// The items of a sequence; none of anything else.
    #[must_use]
    pub fn items(&self) -> &[Rc<Node>] {
        match &self.content {
            Content::List(items) => items,
            _ => &[],
        }
    }

    /// The entries of a mapping by key, those of merged maps behind its own.
    #[must_use]
    pub fn entries(&self) -> Vec<(&str, &Rc<Node>, u32)> {
        let mut entries = Vec::new();
        self.merged_entries(MAX_MERGES, &mut entries);
        entries
    }

    fn merged_entries<'a>(&'a self, depth: usize, entries: &mut Vec<(&'a str, &'a Rc<Node>, u32)>) {
        let Content::Map(own) = &self.content else { return };
        let key_of = |key: &'a Rc<Node>| match &key.content {
            Content::Scalar { text, .. } => Some(text.as_str()),
            _ => None,
        };
        let is_merge =
            |key: &Rc<Node>| matches!(&key.content, Content::Scalar { text, is_plain: true } if text == "<<");
        for (key, value) in own.iter().filter(|(key, _)| !is_merge(key)) {
            let Some(name) = key_of(key) else { continue };
            if !entries.iter().any(|(known, _, _)| *known == name) {
                entries.push((name, value, key.line));
            }
        }
        for (_, value) in own.iter().filter(|(key, _)| depth > 0 && is_merge(key)) {
            match &value.content {
                Content::Map(_) => value.merged_entries(depth - 1, entries),
                Content::List(items) => items
                    .iter()
                    .for_each(|item| item.merged_entries(depth - 1, entries)),
                Content::Scalar { .. } => {}
            }
        }
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Rc<Node>> {
        let entries = self.entries();
        entries
            .into_iter()
            .find(|(name, _, _)| *name == key)
            .map(|(_, value, _)| value)
    }

    /// The value below several keys.
    #[must_use]
    pub fn at(&self, path: &[&str]) -> Option<&Node> {
        path.iter()
            .try_fold(self, |node, key| node.get(key).map(|value| &**value))
    }

    /// The text of a key's value.
    #[must_use]
    pub fn text_of(&self, key: &str) -> Option<&str> {
        self.get(key)?.text()
    }

    /// The items of a key's value; a scalar is one item.
    #[must_use]
    pub fn texts_of(&self, key: &str) -> Vec<String> {
        let Some(value) = self.get(key) else {
            return Vec::new();
        };
        value.texts()
    }

    /// The texts of a sequence, or the one of a scalar.
    #[must_use]
    pub fn texts(&self) -> Vec<String> {
        match self.text() {
            Some(text) => vec![text.to_owned()],
            None => self
                .items()
                .iter()
                .filter_map(|item| item.text().map(str::to_owned))
                .collect(),
        }
    }

    /// Whether it is a mapping.
    #[must_use]
    pub fn is_map(&self) -> bool {
        matches!(self.content, Content::Map(_))
    }
}

/// A collection that is not complete.
enum Open {
    List(Vec<Rc<Node>>),
    Map(Vec<(Rc<Node>, Rc<Node>)>, Option<Rc<Node>>),
}

#[derive(Default)]
struct Builder {
    open: Vec<(Open, u32, usize)>,
    anchors: HashMap<usize, Rc<Node>>,
    done: Documents,
}

impl Builder {
    fn take(&mut self, event: Event<'_>, line: u32) -> Result<(), (u32, String)> {
        match event {
            Event::Scalar(text, style, anchor, _) => {
                let content = Content::Scalar {
                    text: text.into_owned(),
                    is_plain: style == ScalarStyle::Plain,
                };
                self.add(Rc::new(Node { line, content }), anchor);
            }
            Event::SequenceStart(anchor, _) => self.open.push((Open::List(Vec::new()), line, anchor)),
            Event::MappingStart(anchor, _) => self.open.push((Open::Map(Vec::new(), None), line, anchor)),
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some((open, line, anchor)) = self.open.pop() {
                    let content = match open {
                        Open::List(items) => Content::List(items),
                        Open::Map(entries, _) => Content::Map(entries),
                    };
                    self.add(Rc::new(Node { line, content }), anchor);
                }
            }
            Event::Alias(anchor) => {
                let empty = || {
                    let content = Content::Scalar {
                        text: String::new(),
                        is_plain: true,
                    };
                    Rc::new(Node { line, content })
                };
                let node = self.anchors.get(&anchor).cloned().unwrap_or_else(empty);
                self.add(node, 0);
            }
            _ => {}
        }
        if self.open.len() > MAX_DEPTH {
            return Err((line, format!("nested deeper than {MAX_DEPTH} levels")));
        }
        Ok(())
    }

    fn add(&mut self, node: Rc<Node>, anchor: usize) {
        if anchor > 0 {
            self.anchors.insert(anchor, Rc::clone(&node));
        }
        match self.open.last_mut() {
            None => self.done.documents.push(node),
            Some((Open::List(items), _, _)) => items.push(node),
            Some((Open::Map(entries, key), _, _)) => match key.take() {
                Some(key) => entries.push((key, node)),
                None => *key = Some(node),
            },
        }
    }
}
