//! The sequence diagram: as many of the steps as a page can hold.

use crate::{
    markdown::mermaid::{Arrow, Diagram, Participant, Sequence, TooLarge},
    view::operation::Operation,
};

use super::super::lines::{LINE, cut, wrapped};
use super::{
    cast::Cast,
    event::{Event, Message, Title, messages},
};

/// What is drawn at most.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    /// Calls below the handler.
    pub depth: usize,
    /// Steps besides the frame.
    pub limit: usize,
}

/// Whether a message is drawn, and if not, why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Visibility {
    Drawn,
    TooDeep,
    TooMany,
    /// Between two that are drawn as one.
    Within,
}

pub(super) fn draw(
    events: &[Event],
    cast: &Cast,
    operation: &Operation<'_>,
    bounds: Bounds,
) -> Result<Diagram, TooLarge> {
    let title = format!("Request lifecycle of {}", operation.title());
    let description = format!(
        "What happens when a client sends {}, step by step; the list below says the same",
        operation.title()
    );
    let mut sequence = Sequence::new(&title, &description);
    let mut participants = Vec::new();
    for member in &cast.members {
        let label: Vec<String> = member.label.lines().map(|line| cut(line, LINE)).collect();
        participants.push(sequence.participant(&member.name, &label.join("\n"), member.role));
    }
    let mut pen = Pen {
        cast,
        participants,
        visible: visibility(events, bounds, cast),
        next: 1,
    };
    pen.events(events, &mut sequence);
    sequence.finish()
}

fn visibility(events: &[Event], bounds: Bounds, cast: &Cast) -> Vec<Visibility> {
    let mut visible = Vec::new();
    let mut drawn = 0;
    messages(events, &mut |message, _| {
        let is_within = message.from != message.to && cast.index(&message.from) == cast.index(&message.to);
        visible.push(match message.depth {
            None if is_within && message.arrow == Arrow::Reply => Visibility::Within,
            None => Visibility::Drawn,
            Some(depth) if depth >= bounds.depth => Visibility::TooDeep,
            Some(_) if drawn >= bounds.limit => Visibility::TooMany,
            Some(_) => {
                drawn += 1;
                Visibility::Drawn
            }
        });
    });
    visible
}

struct Pen<'a> {
    cast: &'a Cast,
    participants: Vec<Participant>,
    /// By number of the message, from 1.
    visible: Vec<Visibility>,
    /// The number that the diagram gives to the next message by itself.
    next: usize,
}

impl Pen<'_> {
    fn events(&mut self, events: &[Event], sequence: &mut Sequence) {
        for event in events {
            if !self.shows(std::slice::from_ref(event)) {
                continue;
            }
            match event {
                Event::Message(message) => self.message(message, None, sequence),
                Event::Active(part, inner) => {
                    let participant = self.participants[self.cast.index(part)].clone();
                    sequence.active(&participant, |sequence| self.events(inner, sequence));
                }
                Event::Optional(title, inner) => self.optional(title, inner, sequence),
                Event::Loop(title, inner) => {
                    let title = self.title(title, self.span(inner));
                    sequence.repeat(&title, |sequence| self.events(inner, sequence));
                }
                Event::Alternative(arms) => {
                    let span = arms
                        .iter()
                        .map(|(_, inner)| self.span(inner))
                        .reduce(covering)
                        .flatten();
                    let shown = arms.iter().filter(|(_, inner)| self.shows(inner));
                    let arms: Vec<(String, &Vec<Event>)> = shown
                        .map(|(title, inner)| (self.title(title, span), inner))
                        .collect();
                    sequence.alternative(&arms, |sequence, inner| self.events(inner, sequence));
                }
            }
        }
    }

    /// A frame around one message to oneself would be too narrow for its title, so the message says the condition.
    fn optional(&mut self, title: &Title, inner: &[Event], sequence: &mut Sequence) {
        let mut shown = Vec::new();
        messages(inner, &mut |message, _| {
            if self.visibility(message.number) == Visibility::Drawn {
                shown.push(message);
            }
        });
        match shown.as_slice() {
            [message] if self.cast.index(&message.from) == self.cast.index(&message.to) => {
                self.message(message, Some(title), sequence);
            }
            _ => {
                let title = self.title(title, self.span(inner));
                sequence.optional(&title, |sequence| self.events(inner, sequence));
            }
        }
    }

    /// A title in lines as wide as its frame, which holds the keyword besides.
    fn title(&self, title: &Title, span: Option<(usize, usize)>) -> String {
        let width = match span.map_or(0, |(left, right)| right - left) {
            0 => LINE - 4,
            columns => LINE * columns - KEYWORD,
        };
        wrapped(&title.text(), width)
    }

    /// The participants at the left and right end of what is drawn.
    fn span(&self, events: &[Event]) -> Option<(usize, usize)> {
        let mut span = None;
        messages(events, &mut |message, _| {
            if self.visibility(message.number) == Visibility::Drawn {
                let (from, to) = (self.cast.index(&message.from), self.cast.index(&message.to));
                span = covering(span, Some((from.min(to), from.max(to))));
            }
        });
        span
    }

    fn message(&mut self, message: &Message, condition: Option<&Title>, sequence: &mut Sequence) {
        let (left, right) = (self.cast.index(&message.from), self.cast.index(&message.to));
        let (from, to) = (self.participants[left].clone(), self.participants[right].clone());
        if message.number > self.next {
            if self.visibility(message.number - 1) == Visibility::TooMany {
                let note = format!("{} in the list below", steps(self.next, message.number - 1));
                sequence.note(&from, &from, &note);
            }
            sequence.number(message.number);
        }
        let mut text = self.cast.words(message);
        match condition {
            Some(Title::If(condition)) if condition.starts_with("except") => {
                text.push_str(&format!("\n{condition}"))
            }
            Some(Title::If(condition)) => text.push_str(&format!("\nif {condition}")),
            Some(title) => text.push_str(&format!("\n{}", title.text())),
            None => {}
        }
        let deep = (message.number + 1..=self.visible.len())
            .take_while(|n| self.visibility(*n) == Visibility::TooDeep)
            .count();
        if deep > 0 {
            text.push_str(&format!(
                "\n({} in the list)",
                steps(message.number + 1, message.number + deep)
            ));
        }
        sequence.message(
            &from,
            &to,
            &wrapped(&text, LINE * left.abs_diff(right).max(1)),
            message.arrow,
        );
        self.next = message.number + 1;
    }

    fn visibility(&self, number: usize) -> Visibility {
        self.visible.get(number - 1).copied().unwrap_or(Visibility::Drawn)
    }

    fn shows(&self, events: &[Event]) -> bool {
        let mut shows = false;
        messages(events, &mut |message, _| {
            shows |= self.visibility(message.number) == Visibility::Drawn
        });
        shows
    }
}

fn covering(one: Option<(usize, usize)>, other: Option<(usize, usize)>) -> Option<(usize, usize)> {
    match (one, other) {
        (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
        (one, other) => one.or(other),
    }
}

fn steps(first: usize, last: usize) -> String {
    if first == last {
        format!("step {first}")
    } else {
        format!("steps {first} to {last}")
    }
}

/// Characters that the keyword of a frame takes.
const KEYWORD: usize = 6;
