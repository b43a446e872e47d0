//! The sequence diagram: as many of the steps as a page can hold.

use crate::{
    markdown::mermaid::{Diagram, Participant, Sequence, TooLarge},
    view::operation::Operation,
};

use super::{
    cast::Cast,
    event::{Event, Message, messages},
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
    let participants = cast
        .members
        .iter()
        .map(|member| sequence.participant(&member.name, &member.label, member.role))
        .collect();
    let mut pen = Pen {
        cast,
        participants,
        visible: visibility(events, bounds),
        next: 1,
    };
    pen.events(events, &mut sequence);
    sequence.finish()
}

fn visibility(events: &[Event], bounds: Bounds) -> Vec<Visibility> {
    let mut visible = Vec::new();
    let mut drawn = 0;
    messages(events, &mut Vec::new(), &mut |message, _| {
        visible.push(match message.depth {
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
                Event::Message(message) => self.message(message, sequence),
                Event::Active(part, inner) => {
                    let participant = self.participants[self.cast.index(part)].clone();
                    sequence.active(&participant, |sequence| self.events(inner, sequence));
                }
                Event::Optional(title, inner) => {
                    sequence.optional(title, |sequence| self.events(inner, sequence))
                }
                Event::Loop(title, inner) => sequence.repeat(title, |sequence| self.events(inner, sequence)),
                Event::Alternative(arms) => {
                    let arms: Vec<(String, &Vec<Event>)> = arms
                        .iter()
                        .filter(|(_, inner)| self.shows(inner))
                        .map(|(title, inner)| (title.clone(), inner))
                        .collect();
                    sequence.alternative(&arms, |sequence, inner| self.events(inner, sequence));
                }
            }
        }
    }

    fn message(&mut self, message: &Message, sequence: &mut Sequence) {
        let from = self.participants[self.cast.index(&message.from)].clone();
        let to = self.participants[self.cast.index(&message.to)].clone();
        if message.number > self.next {
            if self.visibility(message.number - 1) == Visibility::TooMany {
                let note = format!("{} in the list below", steps(self.next, message.number - 1));
                sequence.note(&from, &from, &note);
            }
            sequence.number(message.number);
        }
        let mut text = self.cast.words(message);
        let deep = (message.number + 1..=self.visible.len())
            .take_while(|n| self.visibility(*n) == Visibility::TooDeep)
            .count();
        if deep > 0 {
            text.push_str(&format!(
                "\n({} in the list)",
                steps(message.number + 1, message.number + deep)
            ));
        }
        sequence.message(&from, &to, &text, message.arrow);
        self.next = message.number + 1;
    }

    fn visibility(&self, number: usize) -> Visibility {
        self.visible.get(number - 1).copied().unwrap_or(Visibility::Drawn)
    }

    fn shows(&self, events: &[Event]) -> bool {
        let mut shows = false;
        messages(events, &mut Vec::new(), &mut |message, _| {
            shows |= self.visibility(message.number) == Visibility::Drawn
        });
        shows
    }
}

fn steps(first: usize, last: usize) -> String {
    if first == last {
        format!("step {first}")
    } else {
        format!("steps {first} to {last}")
    }
}
