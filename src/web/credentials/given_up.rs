//! Where credentials are taken away.

use std::collections::BTreeSet;

use super::{Place, RemovedCredential, kept::Keeper, redirect, sense::tests};
use crate::web::{
    project::ModuleId,
    syntax::tree::{BlockId, BlockKind, ExpressionId, ExpressionKind as Kind, FunctionId, Script, TOP_LEVEL},
    three::objects::{function_name, location},
    values::{Evaluator, Site, Value},
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
            let cause = cause(evaluator, (module, id), requests);
            if cause == Cause::Unreadable {
                continue;
            }
            found.push(RemovedCredential {
                location: location(evaluator, module, id),
                function: function_name(evaluator, module, id),
                is_refusal: cause == Cause::Refusal,
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

/// Why a credential is taken away.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cause {
    /// A request was refused or failed.
    Refusal,
    /// What was kept could not be read.
    Unreadable,
    /// Somebody wants it.
    Wish,
}

/// Why something happens: a status, `asked.catch(() => …)`, `catch (error) { … }`.
fn cause(evaluator: &Evaluator<'_>, (module, id): Place, requests: &BTreeSet<Place>) -> Cause {
    if redirect::is_refusal(evaluator, module, id) {
        return Cause::Refusal;
    }
    let script = evaluator.project.script(module);
    let own = script.expression(id);
    let caught = script
        .blocks_around(own.block)
        .find(|block| script.block(*block).kind == BlockKind::Catch);
    if let Some(caught) = caught {
        let is_asked = guarded_by(script, caught)
            .is_none_or(|guarded| asks_within(evaluator, module, guarded, requests));
        return if is_asked {
            Cause::Refusal
        } else {
            Cause::Unreadable
        };
    }
    let is_handler = evaluator.passed(module, own.function).iter().any(|passed| {
        let call = evaluator.project.script(passed.site.module);
        matches!(call.kind(passed.site.expression), Kind::Call { callee, .. }
            if matches!(call.kind(*callee), Kind::Member { property, .. } if property == "catch"))
    });
    if is_handler { Cause::Refusal } else { Cause::Wish }
}

/// The block that a handler stands behind.
fn guarded_by(script: &Script, handler: BlockId) -> Option<BlockId> {
    let parent = script.block(handler).parent;
    let mut before = (0..handler.0).rev().map(BlockId);
    before.find(|block| script.block(*block).kind == BlockKind::Try && script.block(*block).parent == parent)
}

/// Whether a block asks for something: over the network, or what it has to wait for.
fn asks_within(
    evaluator: &Evaluator<'_>,
    module: ModuleId,
    block: BlockId,
    requests: &BTreeSet<Place>,
) -> bool {
    let script = evaluator.project.script(module);
    script.expression_ids().any(|id| {
        let mut around = script.blocks_around(script.expression(id).block);
        around.any(|own| own == block) && asks(evaluator, (module, id), requests, 0)
    })
}

/// Whether an expression is a request, waits for something, or calls a function that does.
fn asks(
    evaluator: &Evaluator<'_>,
    (module, id): (ModuleId, ExpressionId),
    requests: &BTreeSet<Place>,
    depth: u32,
) -> bool {
    let within = |module: ModuleId, function: FunctionId| {
        let script = evaluator.project.script(module);
        depth < MAX_DEPTH
            && script.expression_ids().any(|id| {
                script.expression(id).function == function
                    && asks(evaluator, (module, id), requests, depth + 1)
            })
    };
    if requests.contains(&(module, id)) {
        return true;
    }
    match evaluator.project.script(module).kind(id) {
        Kind::Await(_) => true,
        Kind::Function(function) => within(module, *function),
        Kind::Call { .. } => {
            let callees = evaluator.callees(&Site::alone(module, id));
            callees.iter().any(|callee| {
                matches!(callee, Value::Function(closure) if within(closure.module, closure.function))
            })
        }
        _ => false,
    }
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
