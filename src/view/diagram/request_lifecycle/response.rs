//! The response and what comes with and after it.

use crate::{
    architecture::model::{Dependency, Location},
    markdown::mermaid::Arrow,
    view::{
        operation::{Operation, walk},
        show, status,
    },
};

use super::{
    event::{Event, Part, Title, frame},
    follow::{BackgroundTask, Follower, Owner},
};

/// From the handler's result to the last cleanup.
pub(super) fn answer(operation: &Operation<'_>, background: &[BackgroundTask]) -> Vec<Event> {
    let endpoint = operation.endpoint;
    let none = Location::default();
    let code = endpoint.status_code;
    let success = endpoint
        .responses
        .iter()
        .find(|response| response.status == code.to_string());
    let mut events = Vec::new();
    if let Some(annotation) = success.and_then(|response| response.annotation.as_deref()) {
        events.push(frame(
            Part::Framework,
            Part::Framework,
            format!("serialise as {annotation}"),
            Arrow::Call,
            &none,
        ));
    }
    let cleanup = cleanup(&endpoint.dependencies);
    let early = cleans_up_before_the_response(operation.application.fastapi_version.as_deref());
    if early {
        events.extend(cleanup.iter().cloned());
    }
    let response = status::with_reason(code);
    if operation.middleware().next().is_some() {
        events.push(frame(
            Part::Framework,
            Part::Middleware,
            response.clone(),
            Arrow::Reply,
            &none,
        ));
        events.push(frame(
            Part::Middleware,
            Part::Client,
            response,
            Arrow::Reply,
            &none,
        ));
    } else {
        events.push(frame(
            Part::Framework,
            Part::Client,
            response,
            Arrow::Reply,
            &none,
        ));
    }
    for task in background {
        let text = format!("background task {}", task.text);
        let run = frame(
            Part::Framework,
            Part::Framework,
            text,
            Arrow::Call,
            &task.location,
        );
        let mut work = vec![run];
        if !task.events.is_empty() {
            work.push(Event::Active(Part::Framework, task.events.clone()));
        }
        let under = |events, title: &Title| vec![Event::Optional(title.clone(), events)];
        events.extend(task.under.iter().rev().fold(work, under));
    }
    if !early {
        events.extend(cleanup);
    }
    events
}

/// The code after `yield`, last resolved first.
fn cleanup(tree: &[Dependency]) -> Vec<Event> {
    let mut events = Vec::new();
    walk(tree, 0, &mut |dependency, _| {
        if dependency.has_teardown && !dependency.cached {
            let text = format!("clean up {}", dependency.label);
            let clean = frame(
                Part::Framework,
                Part::Framework,
                text,
                Arrow::Call,
                &dependency.callable.location,
            );
            let owner = Owner {
                part: Part::Framework,
                module: show::module(&dependency.callable.name).to_owned(),
            };
            let inner = Follower::default().steps(&dependency.teardown, &owner, 1);
            let work = (!inner.is_empty()).then_some(Event::Active(Part::Framework, inner));
            events.push([Some(clean), work]);
        }
    });
    events.into_iter().rev().flatten().flatten().collect()
}

/// From 0.106 until 0.118 the code after `yield` ran before the response was sent, otherwise
/// [after it](https://fastapi.tiangolo.com/advanced/advanced-dependencies/#dependencies-with-yield-httpexception-except-and-background-tasks).
fn cleans_up_before_the_response(version: Option<&str>) -> bool {
    let version = version.unwrap_or_default();
    let start = version
        .find(|c: char| c.is_ascii_digit())
        .unwrap_or(version.len());
    let mut numbers = version[start..]
        .split(|c: char| !c.is_ascii_digit())
        .map(|part| part.parse::<u64>().ok());
    matches!(
        (numbers.next().flatten(), numbers.next().flatten()),
        (Some(0), Some(106..=117))
    )
}

#[cfg(test)]
mod tests {
    use super::cleans_up_before_the_response;

    #[test]
    fn cleanup_moved_twice() {
        let versions = [
            "0.105.0",
            ">=0.106",
            "0.117.1 (uv.lock)",
            "0.118.0",
            "1.110",
            "",
            "none",
        ];
        let early: Vec<&str> = versions
            .into_iter()
            .filter(|version| cleans_up_before_the_response(Some(version)))
            .collect();
        assert_eq!(early, [">=0.106", "0.117.1 (uv.lock)"]);
    }
}
