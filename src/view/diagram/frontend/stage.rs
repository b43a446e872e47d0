//! What the functions of a frontend do, from its start to its backend.

use std::collections::BTreeMap;

use crate::{
    architecture::model::Location,
    view::{Context, select::Filter, show},
};

/// What a function does for the frontend, in the order in which a visitor sees it happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    Start,
    Loading,
    Scene,
    Frames,
    State,
    Sync,
}

pub(super) const ALL: [Stage; 6] = [
    Stage::Start,
    Stage::Loading,
    Stage::Scene,
    Stage::Frames,
    Stage::State,
    Stage::Sync,
];

impl Stage {
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Start => "Start",
            Self::Loading => "Loading",
            Self::Scene => "Scene",
            Self::Frames => "Frames",
            Self::State => "State",
            Self::Sync => "Backend and sync",
        }
    }
}

/// What one function does in one stage.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) stage: Stage,
    /// `file:name`, the file alone for its top level; of a store `file:variable`.
    pub(super) function: String,
    /// Where the first of it stands.
    pub(super) location: Location,
    /// What is done, and how often.
    facts: BTreeMap<Fact, usize>,
}

/// One thing that is done.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fact {
    /// In words.
    Words(String),
    /// A store, by name and the library's function that makes it.
    Store(String, String),
    /// An object of a class; many of one category are counted.
    Object { category: String, class: String },
    /// A file that is loaded.
    File(String),
    /// An operation of the backend that is called.
    Call(String),
    /// A message over a WebSocket.
    Message(String),
}

impl Part {
    pub(super) fn new(stage: Stage, function: &str, location: &Location) -> Self {
        Self {
            stage,
            function: function.to_owned(),
            location: location.clone(),
            facts: BTreeMap::new(),
        }
    }

    pub(super) fn file(&self) -> &str {
        self.function
            .split_once(':')
            .map_or(self.function.as_str(), |(file, _)| file)
    }
}

/// What the functions of a frontend do, by stage and function.
pub(super) fn parts(context: &Context<'_>, filter: &Filter<'_>) -> Vec<Part> {
    let frontend = &context.architecture.frontend;
    let mut found: Vec<Part> = vec![];
    let mut add = |stage: Stage, function: &str, location: &Location, fact: Fact| {
        if !filter.keeps_file(&location.file) {
            return;
        }
        let known = found
            .iter()
            .position(|part| part.stage == stage && part.function == function);
        let index = known.unwrap_or_else(|| {
            found.push(Part::new(stage, function, location));
            found.len() - 1
        });
        *found[index].facts.entry(fact).or_default() += 1;
    };
    for asset in &frontend.assets {
        let name = asset.url.rsplit('/').next().unwrap_or(&asset.url).to_owned();
        add(Stage::Loading, &asset.function, &asset.location, Fact::File(name));
    }
    for object in &frontend.objects {
        let class = object.base.as_deref().unwrap_or(&object.class).to_owned();
        let fact = Fact::Object {
            category: object.category.clone(),
            class,
        };
        let stage = match object.category.as_str() {
            "loader" => Stage::Loading,
            _ => Stage::Scene,
        };
        add(stage, &object.function, &object.location, fact);
    }
    for one in &frontend.loops {
        let words = match one.kind.as_str() {
            "rAF" => "requestAnimationFrame",
            kind => kind,
        };
        let fact = Fact::Words(words.to_owned());
        add(Stage::Frames, named(&one.function), &one.location, fact);
    }
    for store in &frontend.stores {
        let name = format!("{}:{}", store.location.file, store.name);
        add(
            Stage::State,
            &name,
            &store.location,
            Fact::Store(store.name.clone(), store.kind.clone()),
        );
    }
    for call in &context.architecture.integration.calls {
        let Some(operation) = call.endpoint.as_ref().or(call.alternatives.first()) else {
            continue;
        };
        let fact = Fact::Call(format!("{} {}", operation.method, operation.path));
        add(Stage::Sync, named(&call.function), &call.location, fact);
    }
    for message in &frontend.messages {
        let name = match (&message.name, message.format.as_str()) {
            (Some(name), _) => name.as_str(),
            (None, "any") => "messages",
            (None, format) => format,
        };
        let verb = if message.is_sent { "sends" } else { "takes" };
        let fact = Fact::Message(format!("{verb} {name}"));
        add(Stage::Sync, named(&message.function), &message.location, fact);
    }
    found.sort_by(|one, other| (one.stage, &one.function).cmp(&(other.stage, &other.function)));
    found
}

/// Of a function without a name (`file:12`) the file's top level.
fn named(function: &str) -> &str {
    match function.split_once(':') {
        Some((file, name)) if name.chars().all(|letter| letter.is_ascii_digit()) => file,
        _ => function,
    }
}

/// What parts do together, in words, what there is most of first.
pub(super) fn merged(parts: &[&Part]) -> Vec<String> {
    let mut facts: BTreeMap<&Fact, usize> = BTreeMap::new();
    for (fact, count) in parts.iter().flat_map(|part| &part.facts) {
        *facts.entry(fact).or_default() += count;
    }
    let mut words: Vec<String> = vec![];
    words.extend(counted(&facts, "file", "files", |fact| match fact {
        Fact::File(name) => Some(name),
        _ => None,
    }));
    words.extend(objects(&facts));
    words.extend(counted(&facts, "call", "calls", |fact| match fact {
        Fact::Call(name) => Some(name),
        _ => None,
    }));
    words.extend(counted(&facts, "message", "messages", |fact| match fact {
        Fact::Message(name) => Some(name),
        _ => None,
    }));
    let stores = facts.keys().filter_map(|fact| match fact {
        Fact::Store(name, kind) => Some((name, kind)),
        _ => None,
    });
    match stores.collect::<Vec<_>>().as_slice() {
        [] => {}
        [(_, kind)] => words.push((*kind).clone()),
        several => words.extend(several.iter().map(|(name, _)| (*name).clone())),
    }
    words.extend(facts.keys().filter_map(|fact| match fact {
        Fact::Words(words) => Some(words.clone()),
        _ => None,
    }));
    words
}

/// One or two by their names, more by their number.
fn counted<'a>(
    facts: &BTreeMap<&'a Fact, usize>,
    one: &str,
    several: &str,
    name: impl Fn(&'a Fact) -> Option<&'a String>,
) -> Vec<String> {
    let names: Vec<&String> = facts.keys().filter_map(|fact| name(fact)).collect();
    match names.len() {
        0 => vec![],
        1 | 2 => names.into_iter().cloned().collect(),
        count => vec![format!("{count} {}", if count == 1 { one } else { several })],
    }
}

/// A single object by its class, several of a category by their number.
fn objects(facts: &BTreeMap<&Fact, usize>) -> Vec<String> {
    let mut by_category: BTreeMap<&str, (Vec<&str>, usize)> = BTreeMap::new();
    for (fact, count) in facts {
        if let Fact::Object { category, class } = fact {
            let entry = by_category.entry(category.as_str()).or_default();
            entry.0.push(class);
            entry.1 += count;
        }
    }
    let mut found: Vec<(usize, String)> = by_category
        .into_iter()
        .map(|(category, (classes, count))| {
            let place = ORDER.iter().position(|known| *known == category);
            let words = match classes.as_slice() {
                [class] if count == 1 => (*class).to_owned(),
                [class] => format!("{count} × {class}"),
                _ => show::counted(
                    count,
                    if category == "other" {
                        "other object"
                    } else {
                        category
                    },
                ),
            };
            (place.unwrap_or(ORDER.len()), words)
        })
        .collect();
    found.sort();
    found.into_iter().map(|(_, words)| words).collect()
}

/// Categories that say most about a scene first.
const ORDER: [&str; 8] = [
    "renderer", "scene", "camera", "controls", "light", "loader", "pass", "object",
];
