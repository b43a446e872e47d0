//! The frame of every request: what FastAPI does around a handler, in its order.

use crate::{
    architecture::model::{Dependency, Endpoint, Location, RateLimit},
    markdown::mermaid::Arrow,
    view::{operation::Operation, show, status},
};

use super::{
    event::{Event, Part, Title, frame, number},
    follow::{Follower, Owner, ends},
    frontend::Caller,
    response::answer,
};

/// Everything that happens in one request, in order.
pub(super) fn scenario(operation: &Operation<'_>, caller: Option<Caller<'_>>) -> Vec<Event> {
    let endpoint = operation.endpoint;
    let mut follower = Follower::default();
    let mut events = caller.map(|caller| caller.arrival()).unwrap_or_default();
    events.extend(arrival(operation));
    events.extend(dependencies(&endpoint.dependencies, &mut follower, 0));
    events.extend(validation(operation));
    events.extend(rate_limits(endpoint));
    let handler = handler(endpoint, &mut follower);
    let answers = !ends(&handler);
    events.extend(handler);
    if answers {
        events.extend(answer(operation, &follower.background));
        events.extend(caller.map(|caller| caller.reaction()).unwrap_or_default());
    }
    let mut next = 1;
    number(&mut events, &mut next);
    events
}

/// A message that happens only under a condition.
fn conditional(conditions: &[String], message: Event) -> Event {
    if conditions.is_empty() {
        message
    } else {
        Event::Optional(Title::If(conditions.join(" and ")), vec![message])
    }
}

/// The request through the middleware to the route.
fn arrival(operation: &Operation<'_>) -> Vec<Event> {
    let none = Location::default();
    let title = operation.title();
    let layers = operation.middleware().count();
    if layers == 0 {
        return vec![frame(Part::Client, Part::Framework, title, Arrow::Call, &none)];
    }
    let mut events = vec![frame(Part::Client, Part::Middleware, title, Arrow::Call, &none)];
    // A single layer is named by its participant.
    for layer in operation.middleware().filter(|_| layers > 1) {
        let passed = frame(
            Part::Middleware,
            Part::Middleware,
            &layer.label,
            Arrow::Call,
            &layer.registration,
        );
        events.push(conditional(&layer.conditions, passed));
    }
    let registration = &operation.endpoint.registration;
    events.push(frame(
        Part::Middleware,
        Part::Framework,
        "match the route",
        Arrow::Call,
        registration,
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
        Event::Alternative(vec![(Title::Words("invalid".to_owned()), vec![refusal])]),
    ]
}

fn rate_limits(endpoint: &Endpoint) -> Vec<Event> {
    let refused = |limit: &RateLimit| {
        let answer = frame(
            Part::Framework,
            Part::Client,
            status::with_reason(429),
            Arrow::Reply,
            &limit.location,
        );
        (Title::Words(format!("more than {}", limit.limit)), vec![answer])
    };
    endpoint
        .rate_limits
        .iter()
        .map(|limit| Event::Alternative(vec![refused(limit)]))
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
