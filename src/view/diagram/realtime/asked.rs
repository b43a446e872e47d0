//! What the frontend asks again and again, and server-sent events, as a picture.

use crate::{
    architecture::model::{FrontendCall, Interaction, TriggerKind, UpdateKind},
    markdown::mermaid::{Arrow, Diagram, Role, Sequence, TooLarge},
    view::{interaction as words, show},
};

use super::super::lines::{LINE, wrapped};

/// Changes that are drawn of one call; the list has all.
const CHANGES: usize = 3;

/// Whether a call brings news by itself: server-sent events, or what a timer asks for.
pub(super) fn is_asked(call: &FrontendCall) -> bool {
    call.endpoint.is_some() && call.method != "WS" && (call.method == "SSE" || interval(call).is_some())
}

/// Milliseconds between two calls.
pub(super) fn interval(call: &FrontendCall) -> Option<u64> {
    call.interval
        .or_else(|| timer(call).and_then(|way| way.trigger.interval))
}

fn timer(call: &FrontendCall) -> Option<&Interaction> {
    let mut ways = call.interactions.iter();
    ways.find(|way| way.trigger.kind == TriggerKind::Timer)
}

/// The way that is drawn: by the timer.
pub(super) fn way(call: &FrontendCall) -> Option<&Interaction> {
    timer(call).or_else(|| call.interactions.first())
}

/// The path of the endpoint.
pub(super) fn path(call: &FrontendCall) -> &str {
    call.endpoint
        .as_ref()
        .map_or("", |endpoint| endpoint.path.as_str())
}

pub(super) fn draw(calls: &[&FrontendCall], limit: usize) -> Result<Diagram, TooLarge> {
    let mut sequence = Sequence::new(
        "What the frontend asks again and again",
        "Which calls timers make and which events the server sends, and what they change; the list below says the same",
    );
    let shown = &calls[..calls.len().min(limit)];
    let updates = || {
        shown
            .iter()
            .filter_map(|call| way(call))
            .flat_map(|way| &way.updates)
    };
    let page = updates()
        .any(|update| update.kind != UpdateKind::Scene)
        .then(|| sequence.participant("page", "Page\nstate, stores", Role::Part));
    let scene = updates()
        .any(|update| update.kind == UpdateKind::Scene)
        .then(|| sequence.participant("scene", "Scene", Role::Part));
    let client = sequence.participant("client", &client(shown), Role::Part);
    let server = sequence.participant("server", &server(shown), Role::Part);
    for call in shown {
        let title = match (interval(call), call.method.as_str()) {
            (_, "SSE") => "for each event".to_owned(),
            (Some(interval), _) => format!("every {}", words::duration(interval)),
            _ => "again and again".to_owned(),
        };
        let function = words::short(&call.function).to_owned();
        let method = if call.method == "SSE" { "GET" } else { &call.method };
        let asks = format!("{function}\n{method} {}", path(call));
        let answer = call
            .endpoint
            .as_ref()
            .map_or("", |endpoint| endpoint.handler.as_str());
        let answer = show::short(answer).to_owned();
        if call.method == "SSE" {
            sequence.message(&client, &server, &wrapped(&asks, LINE), Arrow::Call);
        }
        sequence.repeat(&title, |sequence| {
            if call.method != "SSE" {
                sequence.message(&client, &server, &wrapped(&asks, LINE), Arrow::Call);
            }
            sequence.message(&server, &client, &wrapped(&answer, LINE), Arrow::Reply);
            let Some(way) = way(call) else { return };
            let mut order: Vec<usize> = (0..way.updates.len()).collect();
            order.sort_by_key(|index| (words::weight(&way.updates[*index]), *index));
            order.truncate(CHANGES);
            for (index, update) in way.updates.iter().enumerate() {
                let to = if update.kind == UpdateKind::Scene {
                    &scene
                } else {
                    &page
                };
                if let Some(to) = to.as_ref().filter(|_| order.contains(&index)) {
                    sequence.message(&client, to, &wrapped(&words::update(update), LINE), Arrow::Call);
                }
            }
        });
    }
    let rest = calls.len() - shown.len();
    if rest > 0 {
        let text = format!("{} in the list below", show::counted(rest, "more call"));
        sequence.note(&client, &server, &text);
    }
    sequence.finish()
}

fn client(calls: &[&FrontendCall]) -> String {
    let mut files: Vec<&str> = calls.iter().map(|call| words::file(&call.function)).collect();
    files.sort_unstable();
    files.dedup();
    let names: Vec<&str> = files.iter().map(|file| words::short(file)).collect();
    match names.as_slice() {
        [one] => format!("Frontend\n{one}"),
        [one, other] => format!("Frontend\n{one}\n{other}"),
        [one, rest @ ..] => format!("Frontend\n{one}\nand {}", show::counted(rest.len(), "more file")),
        [] => "Frontend".to_owned(),
    }
}

fn server(calls: &[&FrontendCall]) -> String {
    let endpoints = calls.iter().filter_map(|call| call.endpoint.as_ref());
    let mut applications: Vec<&str> = endpoints.map(|endpoint| endpoint.application.as_str()).collect();
    applications.dedup();
    match applications.as_slice() {
        [one] => format!("FastAPI\n{one}"),
        _ => "FastAPI".to_owned(),
    }
}
