//! What is kept of the answers to calls over the network.

use std::collections::BTreeSet;

use super::Place;
use crate::web::{
    project::ModuleId,
    syntax::tree::{ExpressionId, ExpressionKind as Kind},
    values::Evaluator,
};

/// What may come out of the answers to more calls than this is no answer to signing in.
const MAX_ASKED: usize = 6;

/// Members that are asked whether an answer is on the way to them.
const MAX_MEMBERS: usize = 12;

/// The field of an answer that a value is: `response.access_token`.
pub(super) fn field_of(
    evaluator: &Evaluator<'_>,
    module: ModuleId,
    value: ExpressionId,
    requests: &BTreeSet<Place>,
) -> Option<String> {
    let sources = evaluator.sources(module, value, requests);
    let has_answer = sources.iter().any(|source| requests.contains(source));
    let is_named = |name: &str| !matches!(name, "data" | "payload" | "value");
    let mut members = sources.into_iter().filter_map(|(module, expression)| {
        let kind = evaluator.project.script(module).kind(expression);
        match kind {
            Kind::Member { property, .. } => {
                is_named(property).then(|| ((module, expression), property.to_string()))
            }
            _ => None,
        }
    });
    let (first, name) = members.next()?;
    // Of several, the nearest that an answer is on the way to.
    let is_answer = |(module, expression): &Place| {
        let sources = evaluator.sources(*module, *expression, requests);
        sources.iter().any(|source| requests.contains(source))
    };
    if !has_answer || is_answer(&first) {
        return Some(name);
    }
    let further = members.take(MAX_MEMBERS).find(|(member, _)| is_answer(member));
    further.map(|(_, name)| name)
}

/// The calls over the network that a value comes out of.
pub(super) fn asked(
    evaluator: &Evaluator<'_>,
    module: ModuleId,
    value: ExpressionId,
    requests: &BTreeSet<Place>,
) -> BTreeSet<Place> {
    let sources = evaluator.sources(module, value, requests);
    let asked: BTreeSet<Place> = sources
        .into_iter()
        .filter(|source| requests.contains(source))
        .collect();
    if asked.len() > MAX_ASKED {
        return BTreeSet::new();
    }
    asked
}
