//! From the steps of a function to events.

use crate::{
    architecture::model::{ExternalKind, Location, Step, Symbol},
    markdown::mermaid::Arrow,
    view::{show, status},
};

use super::event::{Event, Message, Part, Title};

/// Whose code is followed: the participant that is shown and the module its names are known in.
#[derive(Clone, Debug)]
pub(super) struct Owner {
    pub part: Part,
    pub module: String,
}

/// Work put behind the response.
#[derive(Clone, Debug)]
pub(super) struct BackgroundTask {
    pub text: String,
    pub location: Location,
    /// The conditions it is added under.
    pub under: Vec<Title>,
    /// What it does.
    pub events: Vec<Event>,
}

/// Follows steps and keeps what happens only after the response.
#[derive(Debug, Default)]
pub(super) struct Follower {
    pub background: Vec<BackgroundTask>,
    under: Vec<Title>,
}

impl Follower {
    /// The events of steps, `depth` calls below where following began.
    pub(super) fn steps(&mut self, steps: &[Step], owner: &Owner, depth: usize) -> Vec<Event> {
        let mut events = Vec::new();
        for step in steps {
            match step {
                Step::Call {
                    callee,
                    location,
                    steps,
                    ..
                } => events.extend(self.call(callee, location, steps, owner, depth)),
                Step::Background {
                    callee,
                    location,
                    steps,
                } => {
                    let worker = Owner {
                        part: Part::Framework,
                        module: show::module(&callee.name).to_owned(),
                    };
                    self.background.push(BackgroundTask {
                        text: show::short(&callee.name).to_owned(),
                        location: location.clone(),
                        under: self.under.clone(),
                        events: Follower::default().steps(steps, &worker, 1),
                    });
                }
                Step::External {
                    target,
                    callee,
                    detail,
                    location,
                    ..
                } => {
                    let said = said(callee, detail);
                    let to = system(*target, detail).unwrap_or_else(|| owner.part.clone());
                    let text = if *target == ExternalKind::Http {
                        without_host(&said)
                    } else {
                        said.clone()
                    };
                    events.push(Event::Message(Message {
                        full: said,
                        ..plain(owner, to, &text, location, depth, Arrow::Call)
                    }));
                }
                Step::Raise {
                    exception,
                    status,
                    detail,
                    location,
                } => {
                    let text = raised(exception, *status, detail.as_deref());
                    // Without a status nobody knows what the client gets.
                    let to = if status.is_some() {
                        Part::Client
                    } else {
                        owner.part.clone()
                    };
                    events.push(Event::Message(plain(
                        owner,
                        to,
                        &text,
                        location,
                        depth,
                        Arrow::Reply,
                    )));
                }
                Step::Cookie {
                    name,
                    is_removed,
                    location,
                    ..
                } => {
                    let verb = if *is_removed { "remove" } else { "set" };
                    let text = match name {
                        Some(name) => format!("{verb} cookie {name}"),
                        None => format!("{verb} a cookie"),
                    };
                    let to = owner.part.clone();
                    events.push(Event::Message(plain(
                        owner,
                        to,
                        &text,
                        location,
                        depth,
                        Arrow::Call,
                    )));
                }
                Step::Branch { arms, .. } => events.extend(self.branch(arms, owner, depth)),
                Step::Loop { header, steps, .. } => {
                    let title = Title::Each(header.clone());
                    let inner = self.within(title.clone(), steps, owner, depth);
                    if !inner.is_empty() {
                        events.push(Event::Loop(title, inner));
                    }
                }
            }
        }
        events
    }

    fn call(
        &mut self,
        callee: &Symbol,
        location: &Location,
        steps: &[Step],
        owner: &Owner,
        depth: usize,
    ) -> Vec<Event> {
        let part = part_of(callee, steps, owner);
        let is_own = part == owner.part;
        let name = constructed(show::short(&callee.name));
        let method = if is_own {
            name
        } else {
            name.rsplit('.').next().unwrap_or(name)
        };
        let mut call = Message {
            full: format!("{name}()"),
            ..plain(
                owner,
                part.clone(),
                &format!("{method}()"),
                location,
                depth,
                Arrow::Call,
            )
        };
        // A class's own methods call each other by their short names.
        if is_own && let Part::Service(key) = &part {
            let class = format!("{}.", show::short(key));
            call.text = call.text.strip_prefix(&class).unwrap_or(&call.text).to_owned();
        }
        let inner_owner = Owner {
            part: part.clone(),
            module: show::module(&callee.name).to_owned(),
        };
        let inner = self.steps(steps, &inner_owner, depth + 1);
        let mut events = vec![Event::Message(call)];
        match inner.is_empty() {
            true => {}
            false if is_own => events.extend(inner),
            false => events.push(Event::Active(part, inner)),
        }
        events
    }

    fn branch(&mut self, arms: &[(String, Vec<Step>)], owner: &Owner, depth: usize) -> Option<Event> {
        let mut kept: Vec<(Title, Vec<Event>)> = Vec::new();
        for (i, (condition, steps)) in arms.iter().enumerate() {
            let title = match (condition.as_str(), i, kept.len()) {
                // An `else` says nothing when what it is the alternative to is not shown.
                ("else", 1, 0) => Title::Unless(arms[0].0.clone()),
                ("else", _, 0) => Title::Words("otherwise".to_owned()),
                ("else", ..) => Title::Words("else".to_owned()),
                _ => Title::If(condition.clone()),
            };
            let events = self.within(title.clone(), steps, owner, depth);
            if !events.is_empty() {
                kept.push((title, events));
            }
        }
        match kept.len() {
            0 => None,
            1 if !ends(&kept[0].1) => kept.pop().map(|(title, events)| Event::Optional(title, events)),
            _ => Some(Event::Alternative(kept)),
        }
    }

    fn within(&mut self, title: Title, steps: &[Step], owner: &Owner, depth: usize) -> Vec<Event> {
        self.under.push(title);
        let events = self.steps(steps, owner, depth);
        self.under.pop();
        events
    }
}

/// Whether the events end the request.
pub(super) fn ends(events: &[Event]) -> bool {
    matches!(
        events.last(),
        Some(Event::Message(Message { to: Part::Client, .. }))
    )
}

/// Who does it. What reaches nothing outside is no participant of its own: the caller does it.
fn part_of(callee: &Symbol, steps: &[Step], owner: &Owner) -> Part {
    let module = show::module(&callee.name);
    let class = show::short(&callee.name)
        .rsplit_once('.')
        .map(|(class, _)| class)
        .filter(|class| !class.contains('<'));
    let part = match class {
        Some(class) => Part::Service(format!("{module}:{class}")),
        None if module == owner.module => return owner.part.clone(),
        None => Part::Service(module.to_owned()),
    };
    if reaches_out(steps) {
        part
    } else {
        owner.part.clone()
    }
}

fn reaches_out(steps: &[Step]) -> bool {
    steps.iter().any(|step| match step {
        Step::External { target, detail, .. } => system(*target, detail).is_some(),
        Step::Call { steps, .. } | Step::Loop { steps, .. } => reaches_out(steps),
        Step::Branch { arms, .. } => arms.iter().any(|(_, steps)| reaches_out(steps)),
        Step::Raise { .. } | Step::Background { .. } | Step::Cookie { .. } => false,
    })
}

/// The participant on the other side; none for what happens within the process.
fn system(kind: ExternalKind, detail: &str) -> Option<Part> {
    match kind {
        ExternalKind::Library | ExternalKind::Files => None,
        ExternalKind::Http => Some(Part::System(kind, host(detail).to_owned())),
        _ => Some(Part::System(kind, String::new())),
    }
}

/// `api.example.com` of `GET https://api.example.com/x`.
fn host(detail: &str) -> &str {
    let rest = detail.split_once("://").map_or("", |(_, rest)| rest);
    rest.split(['/', '?', '#', ' ']).next().unwrap_or_default()
}

/// `GET /x` of `GET https://api.example.com/x`: the host is the participant.
fn without_host(detail: &str) -> String {
    match detail.split_once("://") {
        Some((before, _)) if !host(detail).is_empty() => {
            let scheme = before.rfind(' ').map_or(0, |space| space + 1);
            let end = before.len() + "://".len() + host(detail).len();
            let rest = if detail.len() == end { "/" } else { &detail[end..] };
            format!("{}{rest}", &detail[..scheme])
        }
        _ => detail.to_owned(),
    }
}

/// A constructor is called by the name of its class.
fn constructed(name: &str) -> &str {
    let hooks = [".__init__", ".__post_init__", ".__new__", ".__call__"];
    hooks
        .iter()
        .find_map(|hook| name.strip_suffix(hook))
        .unwrap_or(name)
}

fn said(callee: &str, detail: &str) -> String {
    let name = show::short(callee);
    match detail {
        // `info` says nothing, `logging.info` does.
        "" if !name.contains('.') => format!("{}()", callee.replace(':', ".")),
        "" => format!("{name}()"),
        detail => detail.to_owned(),
    }
}

fn raised(exception: &str, status: Option<u16>, detail: Option<&str>) -> String {
    let mut text = match status {
        Some(status) => status::with_reason(status),
        None => format!("raises {exception}"),
    };
    if let Some(detail) = detail.filter(|detail| !detail.is_empty()) {
        text.push_str(": ");
        text.push_str(detail);
    }
    // `HTTPException` says no more than the status; the application's own exceptions do.
    if status.is_some() && !exception.ends_with("HTTPException") && !exception.is_empty() {
        text.push_str(&format!(" ({exception})"));
    }
    text
}

/// A message of an owner's code.
fn plain(owner: &Owner, to: Part, text: &str, location: &Location, depth: usize, arrow: Arrow) -> Message {
    Message {
        number: 0,
        from: owner.part.clone(),
        to,
        text: text.to_owned(),
        full: text.to_owned(),
        arrow,
        location: location.clone(),
        depth: Some(depth),
    }
}
