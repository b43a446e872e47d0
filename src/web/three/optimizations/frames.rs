//! Fewer frames and fewer runs of handlers.

use super::{At, Optimization, Search, attribute, drawing::is_canvas};
use crate::web::{
    syntax::tree::ExpressionKind as Kind,
    three::{loops::renders, throttle::ThrottleKind},
    values::Value,
};

pub(super) fn of_handlers(search: &Search<'_, '_>) -> Vec<Optimization> {
    let mut found = vec![];
    for handler in &search.handlers {
        let at = |kind, subject: &str| search.found(kind, subject, handler.module, handler.registration);
        if handler.event == "visibilitychange" {
            found.push(at("visibility", "visibilitychange"));
        } else if matches!(handler.event.as_str(), "change" | "resize" | "input")
            && !search.loops.iter().any(|one| one.module == handler.module)
            && draws(search, handler.body)
        {
            let subject = format!("draws on {}", handler.event);
            found.push(at("on-demand-rendering", &subject));
        } else if (handler.is_frequent() || handler.event == "resize")
            && handler.is_throttled(search.evaluator, search.calls)
        {
            found.push(at("throttled-handler", &handler.event));
        }
    }
    for one in search.loops {
        for throttle in one.throttles(search.evaluator, search.calls) {
            let kind = match throttle.kind {
                ThrottleKind::Visibility => "visibility",
                ThrottleKind::Clock => "frame-rate-limit",
                ThrottleKind::Request => "on-demand-rendering",
                ThrottleKind::Condition => continue,
            };
            found.push(search.found(kind, &throttle.test, one.module, one.call));
        }
    }
    found
}

fn draws(
    search: &Search<'_, '_>,
    (module, function): (
        crate::web::project::ModuleId,
        crate::web::syntax::tree::FunctionId,
    ),
) -> bool {
    search
        .calls
        .reached(module, function)
        .iter()
        .any(|reached| renders(search.evaluator, search.calls, reached.module, reached.function))
}

pub(super) fn at(place: &At<'_, '_, '_>) -> Option<Optimization> {
    if let Kind::New { callee, .. } = place.script.kind(place.id) {
        return place
            .is_global(*callee, "IntersectionObserver")
            .then(|| place.found("visibility", "IntersectionObserver"));
    }
    if let Some(call) = place.call() {
        let is_invalidation = call.method == "invalidate"
            && place.values(call.callee).iter().any(|value| {
                matches!(value, Value::External(external)
                    if external.package().is_some_and(|(package, _)| package == "@react-three/fiber" || package == "@threlte/core"))
            });
        return is_invalidation.then(|| place.found("on-demand-rendering", "invalidate"));
    }
    let mode = attribute(place.element()?, "frameloop")?;
    let modes = place.values(mode);
    let mode = modes
        .iter()
        .filter_map(Value::as_literal)
        .find(|mode| mode == "demand" || mode == "never")?;
    is_canvas(place).then(|| Optimization {
        evidence: format!("frameloop=\"{mode}\""),
        ..place.found("on-demand-rendering", "Canvas")
    })
}
