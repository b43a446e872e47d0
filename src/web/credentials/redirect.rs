//! Where a user is sent elsewhere, and why.

use std::collections::BTreeSet;

use super::{
    Place, Redirect,
    keys::Keys,
    sense::{sense, tests},
};
use crate::web::{
    project::ModuleId,
    syntax::tree::{
        BlockKind, Element, ExitKind, ExpressionId, ExpressionKind as Kind, Property, Script, Tag,
    },
    three::objects::{function_name, location},
    values::{Evaluator, External, Origin, Site, Value},
};

/// Statuses of an answer to a request whose credential was not accepted.
const REFUSALS: [f64; 2] = [401.0, 403.0];

/// The places that send a user without an accepted credential elsewhere, by file and line.
pub(super) fn redirects(
    evaluator: &Evaluator<'_>,
    keys: &Keys,
    remembered: &Keys,
    requests: &BTreeSet<Place>,
) -> Vec<Redirect> {
    let mut found = vec![];
    for module in evaluator.project.product_modules() {
        for id in evaluator.project.script(module).expression_ids() {
            let Some(target) = target(evaluator, module, id) else {
                continue;
            };
            let is_refusal = is_refusal(evaluator, module, id);
            let kept = missing(evaluator, keys, module, id);
            let mut answers = BTreeSet::new();
            if !is_refusal && kept.is_empty() {
                let unknown = missing(evaluator, remembered, module, id);
                answers = remembered.calls(evaluator, &unknown, requests);
                if answers.is_empty() {
                    continue;
                }
            }
            let answers = answers
                .into_iter()
                .map(|(module, id)| location(evaluator, module, id));
            found.push(Redirect {
                location: location(evaluator, module, id),
                function: function_name(evaluator, module, id),
                to: target,
                kept,
                answers: answers.collect(),
                is_refusal,
            });
        }
    }
    found.sort();
    found.dedup_by(|one, two| {
        one.location.file == two.location.file && one.location.line == two.location.line
    });
    found
}

/// Whether something happens under the condition that an answer was 401 or 403.
pub(super) fn is_refusal(evaluator: &Evaluator<'_>, module: ModuleId, id: ExpressionId) -> bool {
    let script = evaluator.project.script(module);
    tests(evaluator, (module, id)).iter().any(|(test, holds)| {
        let span = script.expression(*test);
        is_not_ok(script, *test, *holds)
            || *holds
                && script.expression_ids().any(|id| {
                    let part = script.expression(id);
                    span.start <= part.start
                        && part.end <= span.end
                        && matches!(script.kind(id), Kind::Number(number) if REFUSALS.contains(number))
                })
    })
}

/// `!response.ok`: <https://developer.mozilla.org/docs/Web/API/Response/ok>.
fn is_not_ok(script: &Script, test: ExpressionId, holds: bool) -> bool {
    match script.kind(test) {
        Kind::Unary {
            operator: "!",
            operand,
        } => is_not_ok(script, *operand, !holds),
        Kind::Member { property, .. } => property == "ok" && !holds,
        _ => false,
    }
}

/// The credentials that are missing where something happens.
fn missing(evaluator: &Evaluator<'_>, keys: &Keys, module: ModuleId, id: ExpressionId) -> Vec<usize> {
    let under = tests(evaluator, (module, id));
    let mut is_asked = false;
    for (test, holds) in &under {
        if let Some(sense) = sense(evaluator, keys, module, *test) {
            is_asked = true;
            if sense.when_there != *holds {
                return sense.kept;
            }
        }
    }
    if is_asked {
        return vec![];
    }
    left(evaluator, keys, module, id)
}

/// The credentials that those have who have left the function before: `if (token) return;`.
fn left(evaluator: &Evaluator<'_>, keys: &Keys, module: ModuleId, id: ExpressionId) -> Vec<usize> {
    let script = evaluator.project.script(module);
    let own = script.expression(id);
    let exits = script.function(own.function).exits.iter();
    exits
        .filter(|exit| matches!(exit.kind, ExitKind::Return | ExitKind::Throw) && exit.start < own.start)
        .filter_map(|exit| {
            let block = script.block(exit.block);
            let is_beside = block.parent == Some(own.block);
            match block.kind {
                BlockKind::Then(test) if is_beside => sense(evaluator, keys, module, test),
                _ => None,
            }
        })
        .find(|sense| sense.when_there)
        .map(|sense| sense.kept)
        .unwrap_or_default()
}

/// Where an expression sends the user to, if it does.
pub(super) fn target(evaluator: &Evaluator<'_>, module: ModuleId, id: ExpressionId) -> Option<String> {
    let script = evaluator.project.script(module);
    match script.kind(id) {
        Kind::Element(Element {
            tag: Tag::Component(component),
            attributes,
            ..
        }) => {
            // <https://reactrouter.com/api/components/Navigate>
            let is_navigate = evaluator.values(module, *component).iter().any(|value| {
                matches!(value, Value::External(external)
                    if external.path() == "Navigate" && external.package().is_some_and(|(package, _)| is_router(package)))
            });
            let to = attributes.iter().find_map(|attribute| match attribute {
                Property::Named { key, value } if key == "to" || key == "href" => Some(*value),
                _ => None,
            });
            is_navigate.then(|| shown(evaluator, module, to?))?
        }
        Kind::Assign {
            target: Some(target),
            value,
            ..
        } => {
            let is_location = evaluator.values(module, *target).iter().any(|value| {
                matches!(value, Value::External(external)
                    if external.is_global("location.href") || external.is_global("location"))
            });
            is_location.then(|| shown(evaluator, module, *value))?
        }
        Kind::Call {
            callee, arguments, ..
        } => {
            let is_redirect = evaluator
                .values(module, *callee)
                .iter()
                .any(|value| matches!(value, Value::External(external) if is_redirect(external)));
            if !is_redirect {
                return None;
            }
            // SvelteKit's takes the status first: <https://svelte.dev/docs/kit/@sveltejs-kit#redirect>.
            let to = arguments
                .iter()
                .map(|argument| argument.value)
                .find(|argument| !matches!(script.kind(*argument), Kind::Number(_)))?;
            shown(evaluator, module, destination(script, to))
        }
        _ => None,
    }
}

/// `'/login'`, or the `to`, `path` or `name` of an object.
fn destination(script: &Script, argument: ExpressionId) -> ExpressionId {
    let Kind::Object(properties) = script.kind(argument) else {
        return argument;
    };
    let wanted = ["to", "path", "pathname", "name", "href"];
    let found = wanted.iter().find_map(|wanted| {
        properties.iter().find_map(|property| match property {
            Property::Named { key, value } if key == wanted => Some(*value),
            _ => None,
        })
    });
    found.unwrap_or(argument)
}

fn shown(evaluator: &Evaluator<'_>, module: ModuleId, expression: ExpressionId) -> Option<String> {
    let site = Site::alone(module, expression);
    evaluator.texts(&site).first().map(|text| text.display())
}

fn is_router(package: &str) -> bool {
    matches!(
        package,
        "react-router"
            | "react-router-dom"
            | "@tanstack/react-router"
            | "vue-router"
            | "next"
            | "wouter"
            | "@sveltejs/kit"
            | "$app"
            | "#app"
            | "#imports"
            | "expo-router"
    )
}

/// Functions that send the user elsewhere, by the names that the routers give them.
fn is_redirect(external: &External) -> bool {
    let path = external.path();
    match &external.origin {
        Origin::Global => matches!(
            path.as_str(),
            "location.assign" | "location.replace" | "navigateTo"
        ),
        Origin::Library { package, .. } => {
            is_router(package) && matches!(path.as_str(), "redirect" | "goto" | "navigateTo")
        }
        Origin::Result { callee, .. } => {
            let is_own = callee.package().is_some_and(|(package, _)| is_router(package))
                || callee.is_global("useRouter");
            let made = callee.path();
            is_own
                && match path.as_str() {
                    "" => made == "useNavigate",
                    "push" | "replace" => matches!(made.as_str(), "useRouter" | "createRouter"),
                    "navigate" => matches!(made.as_str(), "useRouter" | "createRouter"),
                    "1" => made == "useLocation",
                    _ => false,
                }
        }
        // The third parameter of a guard: <https://router.vuejs.org/guide/advanced/navigation-guards>.
        Origin::Given {
            callee, parameter: 2, ..
        } => {
            path.is_empty()
                && callee
                    .package()
                    .is_some_and(|(package, _)| package == "vue-router")
                && callee.members.last().is_some_and(|last| last == "beforeEach")
        }
        _ => false,
    }
}
