//! Clients that a generator wrote from an OpenAPI document: each of their functions is one request.

use super::{address, request::Request};
use crate::web::{
    project::{ModuleId, Project},
    syntax::tree::{ExpressionKind as Kind, TOP_LEVEL},
    values::{Evaluator, Site, Value},
};

/// Whether a generator wrote a module, by what its head says or by its name.
pub(super) fn is_generated(project: &Project<'_>, module: ModuleId) -> bool {
    let module = project.module(module);
    if module.file.contains(".gen.") {
        return true;
    }
    let head: String = module.script.text.chars().take(400).collect();
    let head = head.to_lowercase();
    let names = ["openapi", "orval", "swagger", "@hey-api", "kubb"];
    head.contains("generated") && names.iter().any(|name| head.contains(name))
        || head.contains("istanbul ignore file")
}

/// The request that a call in generated code stands for: an argument with `url` or `path` and a method.
pub(super) fn request(evaluator: &Evaluator<'_>, site: &Site) -> Option<Request> {
    let script = evaluator.project.script(site.module);
    let Kind::Call {
        callee, arguments, ..
    } = script.kind(site.expression)
    else {
        return None;
    };
    for argument in arguments {
        let place = Site {
            expression: argument.value,
            ..site.clone()
        };
        if !matches!(script.kind(argument.value), Kind::Object(_)) {
            continue;
        }
        let properties = evaluator.properties(&place);
        let property = |name: &str| {
            properties
                .iter()
                .find(|(key, _)| key == name)
                .map(|(_, place)| place)
        };
        let Some(url) = property("url").or_else(|| property("path")) else {
            continue;
        };
        let addresses: Vec<_> = evaluator.texts(url).iter().map(address::with_holes).collect();
        if !addresses.iter().any(|text| text.display().starts_with('/')) {
            continue;
        }
        let method = match property("method") {
            Some(method) => evaluator
                .texts(method)
                .first()
                .and_then(|method| method.as_literal()),
            None => match script.kind(*callee) {
                Kind::Member { property, .. } => Some(property.clone()),
                _ => None,
            },
        };
        let method = method.map(|method| method.to_uppercase());
        // A router's `route.update({ path })` is generated too.
        if !method.as_deref().is_some_and(is_method) {
            continue;
        }
        let values = |name: &str| {
            property(name)
                .map(|place| evaluator.values_at(place))
                .unwrap_or_default()
        };
        let mut body = values("body");
        body.extend(values("data"));
        return Some(Request {
            kind: "generated client".into(),
            methods: method.into_iter().collect(),
            written: script.written(url.expression),
            addresses,
            body: body
                .into_iter()
                .filter(|value| !matches!(value, Value::Parameter(_)))
                .collect(),
            ..Request::default()
        });
    }
    None
}

/// The calls of a generated function outside of what is generated; the request itself where there is none.
pub(super) fn places(evaluator: &Evaluator<'_>, site: &Site) -> Vec<(Site, Vec<Site>)> {
    let mut found = vec![];
    outside(evaluator, site, &mut vec![], &mut found);
    if found.is_empty() {
        found.push((site.clone(), vec![]));
    }
    found
}

fn outside(
    evaluator: &Evaluator<'_>,
    site: &Site,
    inside: &mut Vec<Site>,
    found: &mut Vec<(Site, Vec<Site>)>,
) {
    let script = evaluator.project.script(site.module);
    let mut function = script.expression(site.expression).function;
    inside.push(site.clone());
    while function != TOP_LEVEL {
        for caller in evaluator.callers(site.module, function) {
            if inside.contains(&caller.site) {
                continue;
            }
            if is_generated(evaluator.project, caller.site.module) {
                if inside.len() < 4 {
                    outside(evaluator, &caller.site, inside, found);
                }
            } else {
                let through = inside.iter().rev().cloned().collect();
                found.push((caller.site.clone(), through));
            }
        }
        let Some(parent) = script.function(function).parent else {
            break;
        };
        function = parent;
    }
    inside.pop();
}

fn is_method(name: &str) -> bool {
    matches!(
        name,
        "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD" | "OPTIONS"
    )
}
