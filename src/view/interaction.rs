//! What begins a call of the frontend and what its result changes, in a reader's words.

use crate::{
    architecture::model::{FrontendCall, Trigger, TriggerKind, Update, UpdateKind},
    markdown::Inline,
};

use super::{Context, show};

/// `click on <button>`, `every 5 s`, `CowScene is shown (useEffect)`.
pub(super) fn trigger(trigger: &Trigger) -> String {
    let name = &trigger.name;
    let subject = &trigger.subject;
    let by = |text: String| {
        if name.is_empty() {
            text
        } else {
            format!("{text} ({name})")
        }
    };
    let where_ = short(&trigger.function);
    match trigger.kind {
        TriggerKind::Event if subject.is_empty() => format!("event {name}"),
        TriggerKind::Event => format!("{name} on {subject}"),
        TriggerKind::Message if subject.is_empty() => format!("message {name}"),
        TriggerKind::Message => format!("{name} from {subject}"),
        TriggerKind::Mounted => by(format!("{where_} is shown")),
        TriggerKind::Change if subject.is_empty() => by("what it depends on changes".to_owned()),
        TriggerKind::Change => by(format!("{subject} changes")),
        TriggerKind::Rendered => by(format!("{where_} is drawn")),
        TriggerKind::Timer => match trigger.interval {
            Some(interval) => by(format!("every {}", duration(interval))),
            None => by("a timer".to_owned()),
        },
        TriggerKind::Frame => by("each frame".to_owned()),
        TriggerKind::Load => format!("{} is loaded", if name.is_empty() { where_ } else { name }),
        TriggerKind::Unknown if name.is_empty() => "not known what calls it".to_owned(),
        TriggerKind::Unknown => format!("{name}(): not known what calls it"),
    }
}

/// `set models`, `scene.add (Scene)`, `draw Panel`.
pub(super) fn update(update: &Update) -> String {
    let target = &update.target;
    match update.kind {
        UpdateKind::State => format!("set {target}"),
        UpdateKind::Store => format!("store {target}"),
        UpdateKind::Cache => {
            let method = update.written.split('(').next().unwrap_or(target);
            method
                .rsplit('.')
                .next()
                .map_or_else(|| target.clone(), |method| format!("query cache: {method}"))
        }
        UpdateKind::Scene => match &update.class {
            Some(class) if !target.starts_with('<') => format!("{target} ({class})"),
            _ => target.clone(),
        },
        UpdateKind::Document if target.contains('.') => target.clone(),
        UpdateKind::Document => format!("draw {target}"),
        UpdateKind::Storage => format!("keep in {target}"),
        UpdateKind::Navigation => "show another page".to_owned(),
        UpdateKind::Field | UpdateKind::Variable => format!("keep in {target}"),
    }
}

/// How little an update says about the result: what uses it first, and then the scene.
pub(super) fn weight(update: &Update) -> usize {
    let kind = match update.kind {
        UpdateKind::Scene => 0,
        UpdateKind::State | UpdateKind::Store | UpdateKind::Cache => 1,
        UpdateKind::Document | UpdateKind::Navigation => 2,
        UpdateKind::Storage => 3,
        UpdateKind::Field | UpdateKind::Variable => 4,
    };
    usize::from(!update.uses_result) * 10 + kind * 2 + usize::from(update.via.is_some())
}

/// The name of a function, or of the file for a script's top level.
pub(super) fn short(function: &str) -> &str {
    let name = function.rsplit(':').next().unwrap_or(function);
    name.rsplit('/').next().unwrap_or(name)
}

/// The last two parts of the path of a function's file.
pub(super) fn file(function: &str) -> &str {
    let file = function.split(':').next().unwrap_or(function);
    let slash = file.rmatch_indices('/').nth(1);
    slash.map_or(file, |(at, _)| &file[at + 1..])
}

/// A call of the frontend with its source.
pub(super) fn call(call: &FrontendCall, context: &Context<'_>) -> Inline {
    Inline::join(
        " in ",
        [
            Inline::code(short(&call.function)),
            show::source(&call.location, context),
        ],
    )
}

/// Milliseconds in a reader's words.
pub(super) fn duration(milliseconds: u64) -> String {
    if milliseconds > 0 && milliseconds.is_multiple_of(60_000) {
        format!("{} min", milliseconds / 60_000)
    } else if milliseconds > 0 && milliseconds.is_multiple_of(1000) {
        format!("{} s", milliseconds / 1000)
    } else {
        format!("{milliseconds} ms")
    }
}
