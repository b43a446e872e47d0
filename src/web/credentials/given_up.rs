//! Where credentials are taken away.

use std::collections::BTreeSet;

use super::{Place, RemovedCredential, kept::Keeper, redirect, sense::tests};
use crate::web::{
    syntax::tree::{BlockKind, ExpressionKind as Kind, FunctionId, TOP_LEVEL},
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
    keeper: &Keeper,
    requests: &BTreeSet<Place>,
) -> Vec<RemovedCredential> {
    let mut found: Vec<RemovedCredential> = vec![];
    for place in &keeper.removed {
        if evaluator.project.is_test(place.0) || is_prelude(evaluator, keeper, *place) {
            continue;
        }
        for (module, id) in causes(evaluator, *place, requests, 0) {
            found.push(RemovedCredential {
                location: location(evaluator, module, id),
                function: function_name(evaluator, module, id),
                is_refusal: redirect::is_refusal(evaluator, module, id)
                    || is_failure(evaluator, (module, id)),
                is_conditional: !tests(evaluator, (module, id)).is_empty(),
            });
        }
    }
    found.sort();
    found.dedup();
    found
}

/// Whether a function forgets what it had before it asks for a new one.
fn is_prelude(evaluator: &Evaluator<'_>, keeper: &Keeper, (module, id): Place) -> bool {
    let script = evaluator.project.script(module);
    let function = script.expression(id).function;
    let is_inside = |inner: FunctionId| {
        let mut next = Some(inner);
        while let Some(id) = next {
            if id == function {
                return true;
            }
            next = script.function(id).parent;
        }
        false
    };
    function != TOP_LEVEL
        && keeper.written.iter().any(|((own, written), _)| {
            let written = script.expressions.get(written.index()).filter(|_| *own == module);
            written.is_some_and(|written| {
                written.start > script.expression(id).start && is_inside(written.function)
            })
        })
}

/// Whether something happens because what was asked for failed: `asked.catch(() => …)`, `catch (error) { … }`.
fn is_failure(evaluator: &Evaluator<'_>, (module, id): Place) -> bool {
    let script = evaluator.project.script(module);
    let is_caught = script.blocks_of(id).any(|block| block.kind == BlockKind::Catch);
    let function = script.expression(id).function;
    is_caught
        || evaluator.passed(module, function).iter().any(|passed| {
            let call = evaluator.project.script(passed.site.module);
            matches!(call.kind(passed.site.expression), Kind::Call { callee, .. }
                if matches!(call.kind(*callee), Kind::Member { property, .. } if property == "catch"))
        })
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
        .filter(|(module, _)| !evaluator.project.is_test(*module))
        .flat_map(|caller| causes(evaluator, caller, requests, depth + 1))
        .collect();
    if causes.len() > MAX_CAUSES {
        return vec![place];
    }
    causes
}
