//! Where credentials are taken away.

use std::collections::BTreeSet;

use super::{Place, RemovedCredential, redirect};
use crate::web::{
    three::objects::{function_name, location},
    values::Evaluator,
};

/// Calls that lead to a place, one inside the other.
const MAX_DEPTH: u32 = 3;
/// What is called from more places than this does something else besides forgetting.
const MAX_CAUSES: usize = 6;

/// The places that take a credential away, by file and line.
pub(super) fn removed(
    evaluator: &Evaluator<'_>,
    places: &[Place],
    requests: &BTreeSet<Place>,
) -> Vec<RemovedCredential> {
    let mut found: Vec<RemovedCredential> = vec![];
    for place in places {
        for (module, id) in causes(evaluator, *place, requests, 0) {
            found.push(RemovedCredential {
                location: location(evaluator, module, id),
                function: function_name(evaluator, module, id),
                is_refusal: redirect::is_refusal(evaluator, module, id),
            });
        }
    }
    found.sort();
    found.dedup();
    found
}

/// Of a function that forgets and does nothing else, the calls of it: they say why.
fn causes(evaluator: &Evaluator<'_>, place: Place, requests: &BTreeSet<Place>, depth: u32) -> Vec<Place> {
    let (module, id) = place;
    let script = evaluator.project.script(module);
    let function = script.expression(id).function;
    let is_more = script.expression_ids().any(|other| {
        script.expression(other).function == function
            && (requests.contains(&(module, other)) || redirect::target(evaluator, module, other).is_some())
    });
    let callers = evaluator.callers(module, function);
    let dispatchers = evaluator.dispatchers(module, function);
    if is_more
        || callers.is_empty() && dispatchers.is_empty()
        || depth >= MAX_DEPTH
        || redirect::is_refusal(evaluator, module, id)
    {
        return vec![place];
    }
    let causes: Vec<Place> = callers
        .iter()
        .map(|caller| (caller.site.module, caller.site.expression))
        .chain(dispatchers.iter().map(|site| (site.module, site.expression)))
        .flat_map(|caller| causes(evaluator, caller, requests, depth + 1))
        .collect();
    if causes.len() > MAX_CAUSES {
        return vec![place];
    }
    causes
}
