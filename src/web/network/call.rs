//! From requests to what is known of them.

use super::{
    NetworkCall, address, generated, payload,
    reads::Reads,
    request::{described, request},
    timer::Timers,
    wrapper::{Lifted, lift, lift_handed},
};
use crate::{
    source::location::Location,
    web::{
        interaction::Interactions,
        syntax::tree::ExpressionKind as Kind,
        three::objects::{function_name, location},
        values::{Evaluator, Site},
    },
};

/// Every call over the network, by place.
#[must_use]
pub fn calls(evaluator: &Evaluator<'_>, interactions: &Interactions<'_, '_>) -> Vec<NetworkCall> {
    let found = lifted(evaluator);
    if found.is_empty() {
        return vec![];
    }
    let reads = Reads::new(evaluator);
    let timers = Timers::new(evaluator);
    let mut calls: Vec<NetworkCall> = vec![];
    for lifted in &found {
        for mut call in describe(evaluator, &reads, &timers, lifted) {
            let key = |call: &NetworkCall| {
                let Location {
                    file, line, column, ..
                } = &call.location;
                (
                    file.clone(),
                    *line,
                    *column,
                    call.method.clone(),
                    address::path(&call.url).to_owned(),
                )
            };
            if !calls.iter().any(|known| key(known) == key(&call)) {
                call.interactions = interactions.of_call(&lifted.location, &lifted.through);
                calls.push(call);
            }
        }
    }
    calls.sort_by(|one, two| {
        let key = |call: &NetworkCall| {
            let place = &call.location;
            (
                place.file.clone(),
                place.line,
                place.column,
                call.url.clone(),
                call.method.clone(),
            )
        };
        key(one).cmp(&key(two))
    });
    calls
}

fn lifted(evaluator: &Evaluator<'_>) -> Vec<Lifted> {
    let mut found = vec![];
    for module in evaluator.project.module_ids() {
        let script = evaluator.project.script(module);
        let is_generated = generated::is_generated(evaluator.project, module);
        for expression in script.expression_ids() {
            if !matches!(
                script.kind(expression),
                Kind::Call { .. } | Kind::New { .. } | Kind::Element(_)
            ) {
                continue;
            }
            let site = Site::alone(module, expression);
            if is_generated {
                let Some(request) = generated::request(evaluator, &site) else {
                    continue;
                };
                for (location, through) in generated::places(evaluator, &site) {
                    found.push(Lifted {
                        request: request.clone(),
                        site: site.clone(),
                        location,
                        through,
                        reason: None,
                    });
                }
            } else if request(evaluator, &site).is_some() {
                found.extend(lift(evaluator, &site).into_iter().filter(|lifted| {
                    // The inside of a generated client that lies beside it.
                    lifted.reason.is_none()
                        || !generated::is_generated(evaluator.project, lifted.location.module)
                }));
            } else {
                found.extend(lift_handed(evaluator, &site));
            }
        }
    }
    let endpoints = described(evaluator).into_iter();
    found.extend(endpoints.map(|(site, request)| Lifted {
        request,
        location: site.clone(),
        site,
        through: vec![],
        reason: None,
    }));
    found
}

fn describe(evaluator: &Evaluator<'_>, reads: &Reads, timers: &Timers, lifted: &Lifted) -> Vec<NetworkCall> {
    let request = &lifted.request;
    let mut urls: Vec<String> = vec![];
    for text in address::best(request.addresses.clone()) {
        let url = address::readable(&text);
        let is_address = !["blob:", "data:", "file:"]
            .iter()
            .any(|scheme| url.starts_with(scheme));
        let is_new = urls
            .iter()
            .all(|known| address::path(known) != address::path(&url));
        if is_address && is_new {
            urls.push(url);
        }
    }
    let interval = request
        .interval
        .or_else(|| timers.interval(evaluator, &lifted.location));
    let mut calls = vec![];
    for url in &urls {
        for method in &request.methods {
            calls.push(NetworkCall {
                location: location(evaluator, lifted.location.module, lifted.location.expression),
                kind: request.kind.to_string(),
                method: method.to_string(),
                written: request.written.to_string(),
                url: url.clone(),
                function: function_name(evaluator, lifted.location.module, lifted.location.expression),
                through: lifted
                    .through
                    .iter()
                    .map(|site| location(evaluator, site.module, site.expression))
                    .collect(),
                body_fields: payload::fields(evaluator, &request.body),
                reads: reads.of(&lifted.site),
                headers: payload::headers(evaluator, &request.headers),
                interval,
                reason: lifted.reason.clone(),
                interactions: vec![],
            });
        }
    }
    calls
}
