//! Who takes part in a picture: at about 250 pixels each, a page of 750 holds few.

use crate::{
    architecture::model::ExternalKind,
    markdown::mermaid::Role,
    view::{operation::Operation, show},
};

use super::{
    event::{Event, Message, Part, messages},
    frontend::Caller,
};

/// More are drawn as one.
const MOST: usize = 5;
/// With the frontend, which is two or three of them.
const MOST_WITH_FRONTEND: usize = 6;

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
    pub(super) fn of(events: &[Event], operation: &Operation<'_>, caller: Option<Caller<'_>>) -> Self {
        let most = if caller.is_some() {
            MOST_WITH_FRONTEND
        } else {
            MOST
        };
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
            Part::Page => 0,
            Part::Scene => 1,
            Part::Client => 2,
            Part::Middleware => 3,
            Part::Framework => 4,
            Part::Handler => 5,
            Part::Service(_) => 6,
            Part::System(..) => 7,
        });
        let has_scene = parts.contains(&&Part::Scene);
        let mut members: Vec<Member> = parts
            .into_iter()
            .map(|part| match caller {
                Some(caller) => asking(part, caller, has_scene).unwrap_or_else(|| member(part, operation)),
                None => member(part, operation),
            })
            .collect();
        merge_frame(&mut members, operation, most);
        merge(
            &mut members,
            most,
            |part| matches!(part, Part::Service(_)),
            0,
            "services",
            "Services",
        );
        let systems = members
            .iter()
            .filter(|member| matches!(member.parts[..], [Part::System(..)]))
            .count();
        let kept = systems.saturating_sub(members.len().saturating_sub(most) + 1);
        let label = if kept == 0 {
            "External systems"
        } else {
            "Other systems"
        };
        merge(
            &mut members,
            most,
            |part| matches!(part, Part::System(..)),
            kept,
            "systems",
            label,
        );
        if let Some(caller) = caller.filter(|_| members.len() > most) {
            merge_scene(&mut members, caller);
        }
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
            Part::Framework | Part::Middleware | Part::Page | Part::Scene => message.text.clone(),
            // An address names its host.
            Part::System(ExternalKind::Http, _) => message.full.clone(),
            Part::System(kind, host) => format!("{}\n{}", system_name(*kind, host), message.full),
            _ => message.full.clone(),
        }
    }
}

/// Draws as one those that `belongs` beyond the first `keep`, if there are too many in all.
fn merge(
    members: &mut Vec<Member>,
    most: usize,
    belongs: impl Fn(&Part) -> bool,
    keep: usize,
    name: &str,
    label: &str,
) {
    let found: Vec<usize> = (0..members.len())
        .filter(|i| belongs(&members[*i].parts[0]))
        .skip(keep)
        .collect();
    if members.len() <= most || found.len() < 2 {
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
fn merge_frame(members: &mut Vec<Member>, operation: &Operation<'_>, most: usize) {
    let find = |part: &Part| members.iter().position(|member| member.parts.contains(part));
    let (Some(middleware), Some(framework)) = (find(&Part::Middleware), find(&Part::Framework)) else {
        return;
    };
    if members.len() <= most {
        return;
    }
    let layers = operation.middleware().count();
    members[framework].label = format!("FastAPI\ndependencies and\n{layers} middleware");
    members[framework].parts.push(Part::Middleware);
    members.remove(middleware);
}

/// Draws the scene with the page, if there are too many in all.
fn merge_scene(members: &mut Vec<Member>, caller: Caller<'_>) {
    let find = |part: &Part| members.iter().position(|member| member.parts.contains(part));
    if let (Some(page), Some(scene)) = (find(&Part::Page), find(&Part::Scene)) {
        members[page].label = caller.page_label(false);
        members[page].parts.push(Part::Scene);
        members.remove(scene);
    }
}

/// The parts of the frontend, by the names of its code.
fn asking(part: &Part, caller: Caller<'_>, has_scene: bool) -> Option<Member> {
    let (name, label) = match part {
        Part::Page => ("page", caller.page_label(has_scene)),
        Part::Scene => ("scene", caller.scene_label()),
        Part::Client => ("client", caller.client_label()),
        _ => return None,
    };
    Some(Member {
        name: name.to_owned(),
        label,
        role: Role::Part,
        parts: vec![part.clone()],
    })
}

fn member(part: &Part, operation: &Operation<'_>) -> Member {
    let (name, label) = match part {
        Part::Page => ("page".to_owned(), "Page".to_owned()),
        Part::Scene => ("scene".to_owned(), "Scene".to_owned()),
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
        Part::Page => "Page".to_owned(),
        Part::Scene => "Scene".to_owned(),
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
