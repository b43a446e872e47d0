//! What the messages of a WebSocket change.

use super::{
    Interactions, TriggerKind, Update,
    flow::{self, Found},
    handed::Place,
    trigger,
};
use crate::{
    source::location::Location,
    web::{
        messages::SocketMessage,
        network::NetworkCall,
        syntax::tree::{BlockKind, ExpressionId, ExpressionKind as Kind},
        three::objects::location,
        values::Value,
    },
};

/// Triggers that are kept of one message.
const MAX_TRIGGERS: usize = 3;

/// Says of each message that is sent what leads to it, and of each that is handled what the handler changes and what it
/// asks a server.
pub fn attach(index: &Interactions<'_, '_>, messages: &mut [SocketMessage], calls: &[NetworkCall]) {
    for message in messages.iter_mut().filter(|message| message.is_sent) {
        let place = at(index, &message.location, |kind| matches!(kind, Kind::Call { .. }));
        let ways = place.map(|(module, call)| trigger::ways(index, module, call));
        let triggers = ways.into_iter().flatten().map(|way| way.trigger);
        message.triggers = triggers.take(MAX_TRIGGERS).collect();
        message.triggers.dedup();
    }
    let asked = asked(index, calls);
    let mut known: Vec<(Location, Vec<Found>)> = vec![];
    let tests: Vec<(Location, Location)> = messages
        .iter()
        .filter(|message| !message.is_sent && message.name.is_some())
        .map(|message| (message.socket.clone(), message.location.clone()))
        .collect();
    for message in messages.iter_mut().filter(|message| !message.is_sent) {
        if !known.iter().any(|(socket, _)| *socket == message.socket) {
            let found = socket(index, &message.socket)
                .map(|place| flow::of_connection(index, place))
                .unwrap_or_default();
            known.push((message.socket.clone(), found));
        }
        let Some((_, found)) = known.iter().find(|(socket, _)| *socket == message.socket) else {
            continue;
        };
        let others: Vec<&Location> = tests
            .iter()
            .filter(|(socket, test)| *socket == message.socket && *test != message.location)
            .map(|(_, test)| test)
            .collect();
        message.requests = requests(index, message, &asked, &others);
        message.updates = match handler(index, &message.location) {
            Some(function) if message.name.is_some() => flow::of_parameter(index, function)
                .into_iter()
                .map(|found| found.update)
                .collect(),
            _ => of_message(index, message, found, &others),
        };
    }
}

/// The calls that messages lead to, with the tests that they stand behind.
fn asked(index: &Interactions<'_, '_>, calls: &[NetworkCall]) -> Vec<(Location, Location, Vec<Place>)> {
    let mut asked = vec![];
    for call in calls {
        for interaction in &call.interactions {
            if interaction.trigger.kind != TriggerKind::Message {
                continue;
            }
            let places = interaction.calls.iter();
            let places = places.filter_map(|place| {
                at(index, &place.location, |kind| {
                    matches!(kind, Kind::New { .. } | Kind::Call { .. })
                })
            });
            let tests = places
                .flat_map(|place| index.tests(place).unwrap_or_default())
                .collect();
            asked.push((interaction.trigger.location.clone(), call.location.clone(), tests));
        }
    }
    asked
}

/// The calls that one message leads to.
fn requests(
    index: &Interactions<'_, '_>,
    message: &SocketMessage,
    asked: &[(Location, Location, Vec<Place>)],
    others: &[&Location],
) -> Vec<Location> {
    let is_behind = |tests: &[Place], place: &Location| tests.iter().any(|test| holds(index, *test, place));
    let mut found: Vec<Location> = asked
        .iter()
        .filter(|(trigger, _, tests)| {
            let is_own = message.name.is_some() && is_behind(tests, &message.location);
            let is_of_socket = trigger.file == message.socket.file;
            is_own || is_of_socket && !others.iter().any(|other| is_behind(tests, other))
        })
        .map(|(_, call, _)| call.clone())
        .collect();
    found.dedup();
    found
}

/// The changes behind the test for a message; those behind no test of a message belong to each.
fn of_message(
    index: &Interactions<'_, '_>,
    message: &SocketMessage,
    found: &[Found],
    others: &[&Location],
) -> Vec<Update> {
    let is_behind =
        |found: &Found, test: &Location| found.tests.iter().any(|place| holds(index, *place, test));
    found
        .iter()
        .filter(|found| {
            let is_own = message.name.is_some() && is_behind(found, &message.location);
            is_own || !others.iter().any(|other| is_behind(found, other))
        })
        .map(|found| found.update.clone())
        .collect()
}

impl Interactions<'_, '_> {
    /// The tests of branches that a place stands in; none where it only runs when something failed.
    pub(super) fn tests(&self, (module, expression): Place) -> Option<Vec<Place>> {
        let script = self.script(module);
        let mut block = Some(script.expression(expression).block);
        let mut tests = vec![];
        while let Some(id) = block {
            let found = script.block(id);
            match found.kind {
                BlockKind::Catch => return None,
                BlockKind::Then(test) => tests.push((module, test)),
                BlockKind::Case { test: Some(test), .. } => tests.push((module, test)),
                _ => {}
            }
            block = found.parent.or_else(|| match found.kind {
                BlockKind::Body => script.function(found.function).block,
                _ => None,
            });
        }
        Some(tests)
    }
}

/// Whether a test is, or has within it, what stands at a place.
fn holds(index: &Interactions<'_, '_>, (module, test): Place, place: &Location) -> bool {
    let file = &index.evaluator.project.module(module).file;
    if *file != place.file {
        return false;
    }
    let script = index.script(module);
    let expression = script.expression(test);
    let (line, column) = script.position(expression.start);
    let (end_line, end_column) = script.position(expression.end);
    (line, column) <= (place.line, place.column) && (place.line, place.column) <= (end_line, end_column)
}

/// The expression that opens the socket.
fn socket(index: &Interactions<'_, '_>, place: &Location) -> Option<Place> {
    at(index, place, |kind| {
        matches!(kind, Kind::New { .. } | Kind::Call { .. })
    })
}

/// The function that handles one message alone: `socket.on('moved', handler)`, `{ moved: handler }`.
fn handler(index: &Interactions<'_, '_>, place: &Location) -> Option<super::handed::Function> {
    let function = |module, expression| {
        let values = index.evaluator.values(module, expression);
        values.iter().find_map(|value| match value {
            Value::Function(closure) => Some((closure.module, closure.function)),
            _ => None,
        })
    };
    let (module, expression) = at(index, place, |_| true)?;
    let script = index.script(module);
    let start = script.expression(expression).start;
    let here = |expression: &ExpressionId| script.expression(*expression).start == start;
    let call = script.expression_ids().filter(here).find_map(|expression| {
        let Kind::Call {
            callee, arguments, ..
        } = script.kind(expression)
        else {
            return None;
        };
        let is_listener = matches!(script.kind(*callee), Kind::Member { property, .. }
            if matches!(property.as_str(), "on" | "once" | "addListener"));
        arguments
            .get(1)
            .filter(|_| is_listener)
            .and_then(|argument| function(module, argument.value))
    });
    call.or_else(|| {
        let places = index.places(module);
        let is_value = matches!(
            places.around(expression),
            Some((_, super::place::Role::Property(_)))
        );
        if is_value {
            function(module, expression)
        } else {
            None
        }
    })
}

/// The smallest expression of a kind that begins at a place.
fn at(index: &Interactions<'_, '_>, place: &Location, is_wanted: impl Fn(&Kind) -> bool) -> Option<Place> {
    let project = index.evaluator.project;
    for module in project.modules_of(&place.file) {
        let script = project.script(*module);
        let mut ids = script.expression_ids();
        let found = ids.find(|expression| {
            is_wanted(script.kind(*expression)) && {
                let found = location(index.evaluator, *module, *expression);
                (found.line, found.column) == (place.line, place.column)
            }
        });
        if let Some(expression) = found {
            return Some((*module, expression));
        }
    }
    None
}
