//! Loops and lists that are said to have few turns.

use crate::web::syntax::tree::{
    BlockId, BlockKind, Definition, DefinitionSource, ExpressionId, ExpressionKind as Kind, NameId, Script,
};

/// Repetitions that are not worth a word.
const FEW: f64 = 5.0;

/// The innermost loop around a block.
pub(super) fn loop_around(script: &Script, block: BlockId) -> Option<BlockId> {
    script
        .blocks_around(block)
        .find(|id| script.block(*id).kind == BlockKind::Loop)
}

/// Whether a loop is said to run few times: `i < 3`, or over a list that is written out.
pub(super) fn is_short(script: &Script, block: BlockId) -> bool {
    let function = script.block(block).function;
    script
        .expressions
        .iter()
        .filter(|expression| expression.function == function && script.is_within(expression.block, block))
        .any(|expression| match &expression.kind {
            Kind::Binary {
                operator: "<" | "<=",
                left,
                right,
            } => {
                let is_counter = matches!(script.kind(*left), Kind::Local(name) if script.name(*name).is_updated);
                is_counter && number(script, *right).is_some_and(|count| count < FEW)
            }
            Kind::Local(name) => script.name(*name).definitions.iter().any(|definition| {
                matches!(definition.source, DefinitionSource::ItemOf(list) if is_short_list(script, list))
            }),
            _ => false,
        })
}

/// A number, or the name of one that never changes.
fn number(script: &Script, expression: ExpressionId) -> Option<f64> {
    match script.kind(expression) {
        Kind::Number(number) => Some(*number),
        Kind::Local(name) => match script.name(*name).definitions.as_slice() {
            [only] if !script.name(*name).is_updated => match only.source {
                DefinitionSource::Expression(value) => match script.kind(value) {
                    Kind::Number(number) => Some(*number),
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

/// Whether a list is written out with few items; an empty one is there to be filled.
pub(super) fn is_short_list(script: &Script, list: ExpressionId) -> bool {
    match script.kind(list) {
        Kind::Array(items) => {
            !items.is_empty() && (items.len() as f64) < FEW && items.iter().all(|item| !item.spread)
        }
        Kind::Local(name) => match script.name(*name).definitions.as_slice() {
            [
                Definition {
                    source: DefinitionSource::Expression(value),
                    path,
                    ..
                },
            ] => {
                path.is_empty()
                    && match script.kind(*value) {
                        Kind::Array(items) if items.is_empty() => is_filled_by_hand(script, *name),
                        Kind::Array(_) => is_short_list(script, *value),
                        _ => false,
                    }
            }
            _ => false,
        },
        _ => false,
    }
}

/// Whether everything that a list gets is put there by a few calls in no loop: `if (hasStart) ends.push(start);`.
fn is_filled_by_hand(script: &Script, list: NameId) -> bool {
    let mut filling = 0.0;
    for expression in &script.expressions {
        let Kind::Call {
            callee, arguments, ..
        } = &expression.kind
        else {
            continue;
        };
        let Kind::Member { object, property, .. } = script.kind(*callee) else {
            continue;
        };
        if !matches!(property.as_str(), "push" | "unshift")
            || !matches!(script.kind(*object), Kind::Local(name) if *name == list)
        {
            continue;
        }
        let defined_in =
            script
                .name(list)
                .definitions
                .first()
                .and_then(|definition| match definition.source {
                    DefinitionSource::Expression(value) => Some(script.expression(value).function),
                    _ => None,
                });
        let is_repeated = loop_around(script, expression.block).is_some()
            || defined_in != Some(expression.function)
            || arguments.iter().any(|argument| argument.spread);
        if is_repeated {
            return false;
        }
        filling += arguments.len() as f64;
    }
    filling > 0.0 && filling < FEW
}
