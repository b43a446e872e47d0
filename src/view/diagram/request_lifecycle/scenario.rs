//! The frame of every request: what FastAPI does around a handler, in its order.

use crate::{
    architecture::model::{Dependency, Endpoint, Location},
    markdown::mermaid::Arrow,
    view::{
        operation::{Operation, walk},
        show, status,
    },
};

use super::{
    event::{Event, Message, Part, number},
    follow::{BackgroundTask, Follower, Owner, ends},
};

/// Everything that happens in one request, in order.
pub(super) fn scenario(operation: &Operation<'_>) -> Vec<Event> {
    let endpoint = operation.endpoint;
    let mut follower = Follower::default();
    let mut events = arrival(operation);
    events.extend(dependencies(&endpoint.dependencies, &mut follower, 0));
    events.extend(validation(operation));
    events.extend(rate_limits(endpoint));
    let handler = handler(endpoint, &mut follower);
    let answers = !ends(&handler);
    events.extend(handler);
    if answers {
        events.extend(answer(operation, &follower.background));
    }
    let mut next = 1;
    number(&mut events, &mut next);
    events
}

/// A message of the frame.
fn frame(from: Part, to: Part, text: impl Into<String>, arrow: Arrow, location: &Location) -> Event {
    let text = text.into();
    Event::Message(Message {
        number: 0,
        from,
        to,
        full: text.clone(),
        text,
        arrow,
        location: location.clone(),
        depth: None,
    })
}

fn layers(operation: &Operation<'_>) -> usize {
    operation
        .application
        .middleware
        .iter()
        .filter(|layer| !layer.is_builtin)
        .count()
}

/// The request through the middleware to the route.
fn arrival(operation: &Operation<'_>) -> Vec<Event> {
    let none = Location::default();
    let title = operation.title();
    let layers = layers(operation);
    if layers == 0 {
        return vec![frame(Part::Client, Part::Framework, title, Arrow::Call, &none)];
    }
    let mut events = vec![frame(
        Part::Client,
        Part::Middleware,
        title.clone(),
        Arrow::Call,
        &none,
    )];
    // A single layer is named by its participant.
    for layer in operation
        .application
        .middleware
        .iter()
        .filter(|layer| !layer.is_builtin && layers > 1)
    {
        let passed = frame(
            Part::Middleware,
            Part::Middleware,
            &layer.label,
            Arrow::Call,
            &layer.registration,
        );
        events.push(match layer.conditions.join(" and ") {
            always if always.is_empty() => passed,
            condition => Event::Optional(condition, vec![passed]),
        });
    }
    events.push(frame(
        Part::Middleware,
        Part::Framework,
        format!("route {title}"),
        Arrow::Call,
        &operation.endpoint.registration,
    ));
    events
}

/// [Resolution](https://fastapi.tiangolo.com/tutorial/dependencies/sub-dependencies/): what a dependency needs is resolved
/// before it runs, and what was resolved before in this request is not run again.
fn dependencies(tree: &[Dependency], follower: &mut Follower, depth: usize) -> Vec<Event> {
    let mut events = Vec::new();
    for dependency in tree.iter().filter(|dependency| !dependency.cached) {
        let text = match &dependency.security_scheme {
            Some(_) => format!("read credentials: {}", dependency.label),
            None => format!("resolve {}", dependency.label),
        };
        let mut resolve = frame(
            Part::Framework,
            Part::Framework,
            text,
            Arrow::Call,
            &dependency.callable.location,
        );
        if let Event::Message(message) = &mut resolve {
            message.depth = Some(depth);
        }
        let owner = Owner {
            part: Part::Framework,
            module: show::module(&dependency.callable.name).to_owned(),
        };
        let mut inner = dependencies(&dependency.dependencies, follower, depth + 1);
        inner.extend(follower.steps(&dependency.trace, &owner, depth + 1));
        events.push(resolve);
        if !inner.is_empty() {
            events.push(Event::Active(Part::Framework, inner));
        }
    }
    events
}

/// Parameters and body are checked when the dependencies are resolved; what is wrong is answered by one
/// [422](https://fastapi.tiangolo.com/tutorial/handling-errors/#override-request-validation-exceptions).
fn validation(operation: &Operation<'_>) -> Vec<Event> {
    let endpoint = operation.endpoint;
    let mut checked: Vec<String> = Vec::new();
    for place in ["path", "query", "header", "cookie"] {
        let names: Vec<&str> = endpoint
            .parameters
            .iter()
            .filter(|p| p.place == place)
            .map(|p| p.name.as_str())
            .collect();
        match names.as_slice() {
            [] => {}
            names if names.len() <= 3 => checked.push(format!("{place} {}", names.join(", "))),
            names => checked.push(format!("{} {place} parameters", names.len())),
        }
    }
    checked.extend(
        endpoint
            .request_body
            .as_ref()
            .map(|body| format!("body {}", body.annotation)),
    );
    if checked.is_empty() {
        return Vec::new();
    }
    let none = Location::default();
    let handlers = &operation.application.exception_handlers;
    let own = handlers
        .iter()
        .rfind(|handler| handler.exception.ends_with("RequestValidationError"));
    let (text, location) = match own {
        Some(own) => (
            format!("answer of {}", show::short(&own.handler.name)),
            &own.handler.location,
        ),
        None => (status::with_reason(422), &none),
    };
    let refusal = frame(Part::Framework, Part::Client, text, Arrow::Reply, location);
    vec![
        frame(
            Part::Framework,
            Part::Framework,
            format!("validate {}", checked.join("; ")),
            Arrow::Call,
            &none,
        ),
        Event::Alternative(vec![("invalid".to_owned(), vec![refusal])]),
    ]
}

fn rate_limits(endpoint: &Endpoint) -> Vec<Event> {
    let limits = endpoint.rate_limits.iter();
    let refused = |limit: &Location| {
        frame(
            Part::Framework,
            Part::Client,
            status::with_reason(429),
            Arrow::Reply,
            limit,
        )
    };
    limits
        .map(|limit| {
            Event::Alternative(vec![(
                format!("more than {}", limit.limit),
                vec![refused(&limit.location)],
            )])
        })
        .collect()
}

fn handler(endpoint: &Endpoint, follower: &mut Follower) -> Vec<Event> {
    let name = show::short(&endpoint.handler.name);
    let text = if endpoint.is_async {
        format!("{name}()")
    } else {
        format!("{name}() in the thread pool")
    };
    let owner = Owner {
        part: Part::Handler,
        module: show::module(&endpoint.handler.name).to_owned(),
    };
    let mut events = vec![frame(
        Part::Framework,
        Part::Handler,
        text,
        Arrow::Call,
        &endpoint.handler.location,
    )];
    let mut inner = follower.steps(&endpoint.trace, &owner, 0);
    let raises = ends(&inner);
    if !raises {
        inner.push(frame(
            Part::Handler,
            Part::Framework,
            "result",
            Arrow::Reply,
            &Location::default(),
        ));
    }
    let last = if raises { inner.pop() } else { None };
    events.push(Event::Active(Part::Handler, inner));
    // An exception that always comes ends the picture, outside the bar so that it is seen as the last word.
    events.extend(last);
    events
}

/// The response and what comes with and after it.
fn answer(operation: &Operation<'_>, background: &[BackgroundTask]) -> Vec<Event> {
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
    if layers(operation) > 0 {
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
        let run = frame(
            Part::Framework,
            Part::Framework,
            format!("background task {}", task.text),
            Arrow::Call,
            &task.location,
        );
        events.push(match task.conditions.join(" and ") {
            always if always.is_empty() => run,
            condition => Event::Optional(condition, vec![run]),
        });
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
            events.push(frame(
                Part::Framework,
                Part::Framework,
                text,
                Arrow::Call,
                &dependency.callable.location,
            ));
        }
    });
    events.reverse();
    events
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
