//! Where requests are given a credential.

use std::collections::BTreeSet;

use super::Place;
use crate::web::{
    project::ModuleId,
    syntax::tree::{ExpressionId, ExpressionKind as Kind, Property, Script},
    values::{Evaluator, Site, Value},
};

/// Words in the names of headers that carry a credential.
const CREDENTIALS: [&str; 7] = ["auth", "token", "key", "csrf", "xsrf", "secret", "jwt"];

/// Whether the name of a header or parameter is one of a credential.
fn names_credential(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    CREDENTIALS.iter().any(|word| name.contains(word))
}

/// A place that gives requests something that may be a credential.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) place: Place,
    pub(super) carrier: String,
    pub(super) scheme: Option<String>,
    /// The value that is given, or a function that gives it.
    value: Option<Place>,
    /// What it is made from.
    pub(super) sources: BTreeSet<Place>,
}

/// Every place that may give requests a credential, by module and place.
pub(super) fn attachments(evaluator: &Evaluator<'_>, requests: &BTreeSet<Place>) -> Vec<Found> {
    let mut found = vec![];
    for module in evaluator.project.product_modules() {
        let script = evaluator.project.script(module);
        for id in script.expression_ids() {
            match script.kind(id) {
                Kind::Object(properties) => {
                    for property in properties {
                        if let Property::Named { key, value } = property {
                            found.extend(of_property(evaluator, module, key, *value));
                        }
                    }
                }
                Kind::Call {
                    callee, arguments, ..
                } => {
                    let values: Vec<ExpressionId> = arguments.iter().map(|argument| argument.value).collect();
                    found.extend(of_call(evaluator, module, id, *callee, &values));
                }
                Kind::New { arguments, .. } => {
                    let values: Vec<ExpressionId> = arguments.iter().map(|argument| argument.value).collect();
                    found.extend(of_channel(evaluator, module, id, &values));
                }
                Kind::Assign {
                    target: Some(target),
                    value,
                    ..
                } => {
                    let name = match script.kind(*target) {
                        Kind::Member { property, .. } => property.to_string(),
                        Kind::Index { index, .. } => text(script, *index).unwrap_or_default(),
                        _ => continue,
                    };
                    if name == "withCredentials" && matches!(script.kind(*value), Kind::Boolean(true)) {
                        found.push(cookie((module, id)));
                    } else if name == "TOKEN" && is_generated_configuration(evaluator, module, *target) {
                        found.push(given((module, id), "authorization", Some("Bearer"), *value));
                    } else {
                        found.extend(of_header(evaluator, (module, id), &name, *value));
                    }
                }
                _ => {}
            }
        }
    }
    for found in &mut found {
        found.sources = sources(evaluator, found, requests);
    }
    found
}

/// What is given to requests, in all that it is made from.
fn sources(evaluator: &Evaluator<'_>, found: &Found, requests: &BTreeSet<Place>) -> BTreeSet<Place> {
    let Some((module, value)) = found.value else {
        return BTreeSet::new();
    };
    let mut sources: BTreeSet<Place> = evaluator.sources(module, value, requests).into_iter().collect();
    for function in evaluator.values(module, value) {
        if let Value::Function(closure) = function {
            let script = evaluator.project.script(closure.module);
            for returned in &script.function(closure.function).returns {
                sources.extend(evaluator.sources(closure.module, *returned, requests));
            }
        }
    }
    sources
}

/// `Authorization: …`, `credentials: 'include'`, `withCredentials: true`.
fn of_property(evaluator: &Evaluator<'_>, module: ModuleId, key: &str, value: ExpressionId) -> Option<Found> {
    let script = evaluator.project.script(module);
    let is_cookie = match key {
        "credentials" => matches!(script.kind(value), Kind::Text(text) if text == "include"),
        "withCredentials" => matches!(script.kind(value), Kind::Boolean(true)),
        _ => false,
    };
    if is_cookie {
        return Some(cookie((module, value)));
    }
    of_header(evaluator, (module, value), key, value)
}

/// `headers.set('Authorization', …)`, `client.setConfig({ auth })`.
fn of_call(
    evaluator: &Evaluator<'_>,
    module: ModuleId,
    call: ExpressionId,
    callee: ExpressionId,
    arguments: &[ExpressionId],
) -> Vec<Found> {
    let script = evaluator.project.script(module);
    let method = match script.kind(callee) {
        Kind::Member { property, .. } => property.as_str(),
        _ => "",
    };
    match (method, arguments) {
        ("set" | "append" | "setRequestHeader", [name, value]) => {
            let Some(name) = text(script, *name) else {
                return vec![];
            };
            let header = of_header(evaluator, (module, call), &name, *value);
            // `url.searchParams.set('token', …)`: an address that is given a credential.
            let is_address = names_credential(&name)
                && matches!(script.kind(callee), Kind::Member { object, .. }
                if matches!(script.kind(*object), Kind::Member { property, .. } if property == "searchParams"));
            let address = is_address.then(|| given((module, call), "address", None, *value));
            header.into_iter().chain(address).collect()
        }
        ("setConfig", [configuration]) => {
            let auth = property(script, *configuration, "auth");
            auth.map(|value| given((module, call), "authorization", Some("Bearer"), value))
                .into_iter()
                .collect()
        }
        _ => of_channel(evaluator, module, call, arguments),
    }
}

/// A WebSocket cannot be given headers, so that its address holds the credential.
fn of_channel(
    evaluator: &Evaluator<'_>,
    module: ModuleId,
    call: ExpressionId,
    arguments: &[ExpressionId],
) -> Vec<Found> {
    let script = evaluator.project.script(module);
    let Kind::New { callee, .. } = script.kind(call) else {
        return vec![];
    };
    let is_channel = evaluator.values(module, *callee).iter().any(|value| {
        matches!(value, Value::External(external)
            if external.is_global("WebSocket") || external.is_global("EventSource"))
    });
    let Some(address) = arguments.first().filter(|_| is_channel) else {
        return vec![];
    };
    let nothing = BTreeSet::new();
    let parts = evaluator.sources(module, *address, &nothing).into_iter();
    parts
        .flat_map(|part| parameters(evaluator, part))
        .map(|value| Found {
            value: Some(value),
            ..given((module, call), "address", None, *address)
        })
        .collect()
}

/// What an address is given under a credential's name: `${address}?token=${token}`, `address + '?token=' + token`.
fn parameters(evaluator: &Evaluator<'_>, (module, part): Place) -> Vec<Place> {
    let script = evaluator.project.script(module);
    let is_named = |before: &str| {
        let before = before.strip_suffix('=');
        let name = before.and_then(|before| before.rsplit(['?', '&']).next());
        name.is_some_and(names_credential)
    };
    match script.kind(part) {
        Kind::Template { texts, holes, .. } => texts
            .iter()
            .zip(holes)
            .filter(|(before, _)| is_named(before))
            .map(|(_, hole)| (module, *hole))
            .collect(),
        Kind::Binary {
            operator: "+",
            left,
            right,
        } => {
            let last = match script.kind(*left) {
                Kind::Binary { right, .. } => *right,
                _ => *left,
            };
            let is_given = text(script, last).is_some_and(|before| is_named(&before));
            is_given.then_some((module, *right)).into_iter().collect()
        }
        _ => vec![],
    }
}

/// The browser adds it.
fn cookie(place: Place) -> Found {
    Found {
        place,
        carrier: "cookie".to_owned(),
        scheme: None,
        value: None,
        sources: BTreeSet::new(),
    }
}

fn of_header(evaluator: &Evaluator<'_>, place: Place, name: &str, value: ExpressionId) -> Option<Found> {
    let name = name.to_ascii_lowercase();
    let is_header = name == "authorization" || name.starts_with("x-") && names_credential(&name);
    if !is_header {
        return None;
    }
    let site = Site::alone(place.0, value);
    let scheme = evaluator.texts(&site).iter().find_map(|text| {
        let shown = text.display();
        let (first, _) = shown.split_once(' ')?;
        let is_word = !first.is_empty() && first.chars().all(|c| c.is_ascii_alphabetic());
        is_word.then(|| first.to_owned())
    });
    Some(given(place, &name, scheme.as_deref(), value))
}

fn given(place: Place, carrier: &str, scheme: Option<&str>, value: ExpressionId) -> Found {
    Found {
        place,
        carrier: carrier.to_owned(),
        scheme: scheme.map(str::to_owned),
        value: Some((place.0, value)),
        sources: BTreeSet::new(),
    }
}

/// `OpenAPI` of openapi-typescript-codegen, whose `TOKEN` becomes the header:
/// <https://github.com/ferdikoomen/openapi-typescript-codegen/blob/main/docs/authorization.md>.
fn is_generated_configuration(evaluator: &Evaluator<'_>, module: ModuleId, target: ExpressionId) -> bool {
    let script = evaluator.project.script(module);
    let Kind::Member { object, .. } = script.kind(target) else {
        return false;
    };
    evaluator.values(module, *object).iter().any(|value| {
        let Value::Object(site) = value else { return false };
        let names: Vec<String> = evaluator
            .properties(site)
            .iter()
            .map(|(name, _)| name.to_string())
            .collect();
        ["BASE", "WITH_CREDENTIALS", "TOKEN"]
            .iter()
            .all(|wanted| names.iter().any(|name| name == wanted))
    })
}

fn property(script: &Script, object: ExpressionId, name: &str) -> Option<ExpressionId> {
    let Kind::Object(properties) = script.kind(object) else {
        return None;
    };
    properties.iter().find_map(|property| match property {
        Property::Named { key, value } if key == name => Some(*value),
        _ => None,
    })
}

fn text(script: &Script, expression: ExpressionId) -> Option<String> {
    match script.kind(expression) {
        Kind::Text(text) => Some(text.to_string()),
        _ => None,
    }
}
