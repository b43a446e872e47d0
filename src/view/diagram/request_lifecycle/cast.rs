//! Who takes part in a picture: at about 250 pixels each, a page of 750 holds few.

use crate::{
    architecture::model::ExternalKind,
    markdown::mermaid::Role,
    view::{operation::Operation, show},
};

use super::event::{Event, Message, Part, messages};

/// More are drawn as one.
const MOST: usize = 5;

/// A participant of the picture.
#[derive(Clone, Debug)]
pub(super) struct Member {
    /// What its id is made of.
    pub name: String,
    pub label: String,
    pub role: Role,
    /// What it stands for.
    parts: Vec<Part>,
}

/// The participants from left to right.
#[derive(Clone, Debug)]
pub(super) struct Cast {
    pub members: Vec<Member>,
}

impl Cast {
    /// Everyone who sends or receives: the frame, then the analysed code in order of appearance, then what is outside.
    pub(super) fn of(events: &[Event], operation: &Operation<'_>) -> Self {
        let mut parts: Vec<&Part> = Vec::new();
        messages(events, &mut |message, _| {
            for part in [&message.from, &message.to] {
                if !parts.contains(&part) {
                    parts.push(part);
                }
            }
        });
        // A stable sort by group keeps the order of appearance within each.
        parts.sort_by_key(|part| match part {
            Part::Client => 0,
            Part::Middleware => 1,
            Part::Framework => 2,
            Part::Handler => 3,
            Part::Service(_) => 4,
            Part::System(..) => 5,
        });
        let mut members: Vec<Member> = parts.into_iter().map(|part| member(part, operation)).collect();
        merge_frame(&mut members, operation);
        merge(
            &mut members,
            |part| matches!(part, Part::Service(_)),
            0,
            "services",
            "Services",
        );
        let systems = members
            .iter()
            .filter(|member| matches!(member.parts[..], [Part::System(..)]))
            .count();
        let kept = systems.saturating_sub(members.len().saturating_sub(MOST) + 1);
        let label = if kept == 0 {
            "External systems"
        } else {
            "Other systems"
        };
        merge(
            &mut members,
            |part| matches!(part, Part::System(..)),
            kept,
            "systems",
            label,
        );
        Self { members }
    }

    /// The index of the participant that a part is drawn as.
    pub(super) fn index(&self, part: &Part) -> usize {
        self.members
            .iter()
            .position(|member| member.parts.contains(part))
            .unwrap_or(0)
    }

    /// The message's words where it is drawn: a participant that stands for several does not say which.
    pub(super) fn words(&self, message: &Message) -> String {
        match &message.to {
            to if self.members[self.index(to)].parts.len() < 2 => message.text.clone(),
            Part::Framework | Part::Middleware => message.text.clone(),
            // An address names its host.
            Part::System(ExternalKind::Http, _) => message.full.clone(),
            Part::System(kind, host) => format!("{}\n{}", system_name(*kind, host), message.full),
            _ => message.full.clone(),
        }
    }
}

/// Draws as one those that `belongs` beyond the first `keep`, if there are too many in all.
fn merge(members: &mut Vec<Member>, belongs: impl Fn(&Part) -> bool, keep: usize, name: &str, label: &str) {
    let found: Vec<usize> = (0..members.len())
        .filter(|i| belongs(&members[*i].parts[0]))
        .skip(keep)
        .collect();
    if members.len() <= MOST || found.len() < 2 {
        return;
    }
    let titles: Vec<&str> = found
        .iter()
        .map(|i| members[*i].label.lines().next().unwrap_or_default())
        .collect();
    let mut lines = vec![label.to_owned()];
    // Mermaid's box holds four lines.
    let shown = if titles.len() > 3 { 2 } else { 3 };
    lines.extend(titles.iter().take(shown).map(|title| (*title).to_owned()));
    if titles.len() > shown {
        lines.push(format!("and {} more", titles.len() - shown));
    }
    let parts = found.iter().flat_map(|i| members[*i].parts.clone()).collect();
    members[found[0]] = Member {
        name: name.to_owned(),
        label: lines.join("\n"),
        role: Role::Part,
        parts,
    };
    found[1..].iter().rev().for_each(|i| {
        members.remove(*i);
    });
}

/// Draws the middleware with FastAPI, if there are too many in all: what each layer does stays told.
fn merge_frame(members: &mut Vec<Member>, operation: &Operation<'_>) {
    let find = |part: &Part| members.iter().position(|member| member.parts.contains(part));
    let (Some(middleware), Some(framework)) = (find(&Part::Middleware), find(&Part::Framework)) else {
        return;
    };
    if members.len() <= MOST {
        return;
    }
    let layers = operation.middleware().count();
    members[framework].label = format!("FastAPI\ndependencies and\n{layers} middleware");
    members[framework].parts.push(Part::Middleware);
    members.remove(middleware);
}

fn member(part: &Part, operation: &Operation<'_>) -> Member {
    let (name, label) = match part {
        Part::Client => ("client".to_owned(), "Client".to_owned()),
        Part::Middleware => ("middleware".to_owned(), middleware_label(operation)),
        Part::Framework => ("fastapi".to_owned(), "FastAPI\nrouting, dependencies".to_owned()),
        Part::Handler => {
            let handler = &operation.endpoint.handler.name;
            (
                "handler".to_owned(),
                format!("{}()\n{}", show::short(handler), show::module(handler)),
            )
        }
        Part::Service(key) => match key.split_once(':') {
            Some((module, class)) => (key.clone(), format!("{class}\n{module}")),
            None => (key.clone(), key.clone()),
        },
        Part::System(kind, host) => (format!("{kind:?}_{host}"), system_name(*kind, host)),
    };
    let role = if *part == Part::Client {
        Role::Actor
    } else {
        Role::Part
    };
    Member {
        name,
        label,
        role,
        parts: vec![part.clone()],
    }
}

fn middleware_label(operation: &Operation<'_>) -> String {
    let layers: Vec<&str> = operation.middleware().map(|layer| layer.label.as_str()).collect();
    match layers.as_slice() {
        [one] => format!("{one}\nmiddleware"),
        several => format!("Middleware\n{}", show::counted(several.len(), "layer")),
    }
}

/// A part in words, for the list.
pub(super) fn part_name(part: &Part) -> String {
    match part {
        Part::Client => "Client".to_owned(),
        Part::Middleware => "Middleware".to_owned(),
        Part::Framework => "FastAPI".to_owned(),
        Part::Handler => "Handler".to_owned(),
        Part::Service(key) => show::short(key).to_owned(),
        Part::System(kind, host) => system_name(*kind, host),
    }
}

fn system_name(kind: ExternalKind, host: &str) -> String {
    let name = match kind {
        ExternalKind::Database => "Database",
        ExternalKind::Cache => "Cache",
        ExternalKind::Http if !host.is_empty() => return host.to_owned(),
        ExternalKind::Http => "HTTP service",
        ExternalKind::ObjectStorage => "Object storage",
        ExternalKind::Queue => "Message queue",
        ExternalKind::Mail => "Mail server",
        ExternalKind::Files => "Files",
        ExternalKind::Library => "Library",
    };
    name.to_owned()
}
