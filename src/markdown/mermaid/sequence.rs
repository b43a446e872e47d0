//! Sequence diagrams: participants, messages, alternatives.

use super::{
    Diagram, TooLarge,
    identifier::Identifiers,
    label::{quoted_line, spoken, title},
};

/// What a participant is drawn as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A person or a program that asks.
    Actor,
    /// Everything else.
    Part,
}

/// Participants stand closer than [by default](https://mermaid.js.org/config/schema-docs/config-defs-sequence-diagram-config.html):
/// a picture is scaled to the page, so every pixel between them makes the letters smaller.
const CLOSE: &str = "---
config:
  sequence:
    actorMargin: 16
    width: 130
    diagramMarginX: 10
---";

/// How a message is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrow {
    /// A call.
    Call,
    /// What comes back.
    Reply,
}

/// A participant of a sequence diagram.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Participant(String);

/// A sequence diagram in the making: statements in the order of their calls, blocks opened and closed by closures.
#[derive(Clone, Debug)]
pub struct Sequence {
    title: String,
    description: String,
    identifiers: Identifiers,
    participants: Vec<(String, String)>,
    lines: Vec<String>,
    depth: usize,
    messages: usize,
}

impl Sequence {
    /// An empty diagram with what a screen reader says of it. Its messages are numbered.
    #[must_use]
    pub fn new(title: &str, description: &str) -> Self {
        Self {
            title: quoted_line(title),
            description: quoted_line(description),
            identifiers: Identifiers::default(),
            participants: Vec::new(),
            lines: Vec::new(),
            depth: 1,
            messages: 0,
        }
    }

    /// A participant, made at the first call with this name; they stand from left to right in that order.
    pub fn participant(&mut self, name: &str, label: &str, role: Role) -> Participant {
        let id = self.identifiers.id("p", name);
        if !self.participants.iter().any(|(known, _)| *known == id) {
            let word = match role {
                Role::Actor => "actor",
                Role::Part => "participant",
            };
            self.participants
                .push((id.clone(), format!("{word} {id} as {}", spoken(label))));
        }
        Participant(id)
    }

    /// A message; to oneself when both are the same.
    pub fn message(&mut self, from: &Participant, to: &Participant, text: &str, arrow: Arrow) {
        let arrow = match arrow {
            Arrow::Call => "->>",
            Arrow::Reply => "-->>",
        };
        self.messages += 1;
        // Mermaid draws the number of a message to oneself over the end of its text: an empty line keeps them apart.
        let room = if from == to { "<br/>#8203;" } else { "" };
        self.line(format!("{}{arrow}{}: {}{room}", from.0, to.0, spoken(text)));
    }

    /// Sets the number of the next message.
    pub fn number(&mut self, next: usize) {
        self.line(format!("autonumber {next} 1"));
    }

    /// A note over one participant or from one to another.
    pub fn note(&mut self, from: &Participant, to: &Participant, text: &str) {
        let over = if from == to {
            from.0.clone()
        } else {
            format!("{},{}", from.0, to.0)
        };
        self.line(format!("Note over {over}: {}", spoken(text)));
    }

    /// A participant at work for as long as the closure writes.
    pub fn active(&mut self, participant: &Participant, body: impl FnOnce(&mut Self)) {
        self.line(format!("activate {}", participant.0));
        body(self);
        self.line(format!("deactivate {}", participant.0));
    }

    /// What happens under a condition only.
    pub fn optional(&mut self, condition: &str, body: impl FnOnce(&mut Self)) {
        self.block("opt", condition, body);
        self.line("end".to_owned());
    }

    /// What repeats.
    pub fn repeat(&mut self, header: &str, body: impl FnOnce(&mut Self)) {
        self.block("loop", header, body);
        self.line("end".to_owned());
    }

    /// One of several, by condition. Without arms it writes nothing.
    pub fn alternative<T>(&mut self, arms: &[(String, T)], mut body: impl FnMut(&mut Self, &T)) {
        for (i, (condition, arm)) in arms.iter().enumerate() {
            self.block(if i == 0 { "alt" } else { "else" }, condition, |inner| {
                body(inner, arm)
            });
        }
        if !arms.is_empty() {
            self.line("end".to_owned());
        }
    }

    /// The diagram.
    ///
    /// # Errors
    /// When it is too large to be drawn.
    pub fn finish(self) -> Result<Diagram, TooLarge> {
        let mut lines: Vec<String> = CLOSE.lines().map(str::to_owned).collect();
        lines.push("sequenceDiagram".to_owned());
        lines.push(format!("  accTitle: {}", self.title));
        lines.push(format!("  accDescr: {}", self.description));
        lines.push("  autonumber".to_owned());
        lines.extend(self.participants.into_iter().map(|(_, line)| format!("  {line}")));
        lines.extend(self.lines);
        Diagram::bounded(lines, self.messages)
    }

    fn block(&mut self, word: &str, text: &str, body: impl FnOnce(&mut Self)) {
        let lines: Vec<String> = text.lines().map(title).collect();
        let text = if lines.is_empty() {
            title("")
        } else {
            lines.join("<br/>")
        };
        self.line(format!("{word} {text}"));
        self.depth += 1;
        body(self);
        self.depth -= 1;
    }

    fn line(&mut self, line: String) {
        self.lines.push(format!("{}{line}", "  ".repeat(self.depth)));
    }
}
