//! Whether a condition holds when a credential is there.

use std::collections::BTreeSet;

use super::{Place, keys::Keys};
use crate::web::{
    project::ModuleId,
    syntax::tree::{DefinitionSource, ExpressionId, ExpressionKind as Kind, FunctionId, MemberKind, Script},
    values::{Evaluator, Site, Value},
};

/// Questions that a question leads to.
const MAX_DEPTH: u32 = 12;

/// What a condition asks of credentials.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sense {
    /// Indexes of the credentials.
    pub(super) kept: Vec<usize>,
    /// Whether it holds when they are there.
    pub(super) when_there: bool,
}

/// What a condition asks of credentials, if it does.
pub(super) fn sense(
    evaluator: &Evaluator<'_>,
    keys: &Keys,
    module: ModuleId,
    test: ExpressionId,
) -> Option<Sense> {
    of(evaluator, keys, module, test, 0)
}

fn of(
    evaluator: &Evaluator<'_>,
    keys: &Keys,
    module: ModuleId,
    test: ExpressionId,
    depth: u32,
) -> Option<Sense> {
    if depth > MAX_DEPTH {
        return None;
    }
    let kept = keys.of_sources(&BTreeSet::from([(module, test)]));
    if !kept.is_empty() {
        return Some(Sense {
            kept,
            when_there: true,
        });
    }
    let script = evaluator.project.script(module);
    let ask = |expression: ExpressionId| of(evaluator, keys, module, expression, depth + 1);
    match script.kind(test) {
        Kind::Unary {
            operator: "!",
            operand,
        } => ask(*operand).map(|sense| Sense {
            when_there: !sense.when_there,
            ..sense
        }),
        Kind::Binary {
            operator,
            left,
            right,
        } => {
            let is_none = |expression: ExpressionId| match script.kind(expression) {
                Kind::Null => true,
                Kind::Text(text) => text.is_empty(),
                Kind::Global(name) => name == "undefined",
                _ => false,
            };
            let asked = if is_none(*right) {
                ask(*left)
            } else if is_none(*left) {
                ask(*right)
            } else {
                None
            }?;
            match *operator {
                "===" | "==" => Some(Sense {
                    when_there: !asked.when_there,
                    ..asked
                }),
                "!==" | "!=" => Some(asked),
                _ => None,
            }
        }
        Kind::Logical { left, right, .. } => ask(*left).or_else(|| ask(*right)),
        Kind::Await(value) => ask(*value),
        // `useStore((state) => state.token)`
        Kind::Function(function) => returned(evaluator, keys, (module, *function), depth),
        Kind::Local(name) => {
            script
                .name(*name)
                .definitions
                .iter()
                .find_map(|definition| match definition.source {
                    DefinitionSource::Expression(value) => ask(value),
                    _ => None,
                })
        }
        Kind::Member { object, property, .. } => {
            // What a reference holds: <https://vuejs.org/api/reactivity-core.html#ref>.
            if property == "value"
                && let Some(sense) = ask(*object)
            {
                return Some(sense);
            }
            let getter = own_getter(script, test).map(|getter| (module, getter));
            if let Some(getter) = getter {
                return returned(evaluator, keys, getter, depth);
            }
            // `auth.isAuthenticated` of a store.
            let sources = evaluator.state_sources(module, test).into_iter();
            sources
                .map(|(module, source)| of(evaluator, keys, module, source, depth + 1))
                .find_map(|sense| sense)
        }
        Kind::Call { arguments, .. } => {
            let site = Site::alone(module, test);
            let own = evaluator
                .callees(&site)
                .into_iter()
                .find_map(|callee| match callee {
                    Value::Function(closure) => {
                        returned(evaluator, keys, (closure.module, closure.function), depth)
                    }
                    _ => None,
                });
            // `Boolean(token)`, `useState(token)`.
            own.or_else(|| arguments.first().and_then(|argument| ask(argument.value)))
        }
        _ => None,
    }
}

/// The getter that `this.name` is.
fn own_getter(script: &Script, member: ExpressionId) -> Option<FunctionId> {
    let Kind::Member { object, property, .. } = script.kind(member) else {
        return None;
    };
    let class = script.function(script.expression(member).function).class?;
    matches!(script.kind(*object), Kind::This).then_some(())?;
    let mut members = script.class(class).members.iter();
    members.find_map(|member| match member.kind {
        MemberKind::Getter(getter) if member.name == *property => Some(getter),
        _ => None,
    })
}

fn returned(
    evaluator: &Evaluator<'_>,
    keys: &Keys,
    (module, function): (ModuleId, FunctionId),
    depth: u32,
) -> Option<Sense> {
    let returns = &evaluator.project.script(module).function(function).returns;
    returns
        .iter()
        .find_map(|value| of(evaluator, keys, module, *value, depth + 1))
}

/// The tests that an expression stands under within its function, each with whether it holds there.
pub(super) fn tests(evaluator: &Evaluator<'_>, (module, id): Place) -> Vec<(ExpressionId, bool)> {
    use crate::web::syntax::tree::BlockKind;
    let script = evaluator.project.script(module);
    let mut tests: Vec<(ExpressionId, bool)> = script
        .blocks_of(id)
        .filter_map(|block| match block.kind {
            BlockKind::Then(test) => Some((test, true)),
            BlockKind::Otherwise(test) => Some((test, false)),
            _ => None,
        })
        .collect();
    let own = script.expression(id);
    let holds = |part: ExpressionId| {
        let part = script.expression(part);
        part.start <= own.start && own.end <= part.end
    };
    for other in script.expression_ids() {
        if script.expression(other).function != own.function {
            continue;
        }
        match script.kind(other) {
            Kind::Conditional { test, then, .. } if holds(*then) => tests.push((*test, true)),
            Kind::Conditional { test, otherwise, .. } if holds(*otherwise) => tests.push((*test, false)),
            Kind::Logical {
                operator,
                left,
                right,
            } if holds(*right) => tests.push((*left, *operator == "&&")),
            _ => {}
        }
    }
    tests
}
