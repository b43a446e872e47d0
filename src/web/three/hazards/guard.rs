//! How often an expression is evaluated when its function runs again and again.

use ecow::EcoString;

use super::inspection::Inspection;
use crate::web::{
    project::ModuleId,
    syntax::{
        condition::{Condition, ConditionKind},
        tree::{Block, BlockKind, ExpressionId, ExpressionKind as Kind, FunctionId, Script},
    },
    three::{
        question::{Need, changes_test, need},
        reach::Reached,
    },
};

/// Conditions that must hold beyond which something runs seldom, and such that must not. A function that leaves early in rare
/// cases has many of the latter.
const MAX_HOLDING: usize = 3;
const MAX_CONDITIONS: usize = 5;

/// How often an expression is evaluated when its function runs again and again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Guard {
    /// Each time.
    Always,
    /// While these conditions last.
    While(Vec<Lasting>),
    /// Seldom: what is tested is changed where the expression stands, or something failed.
    Seldom,
}

/// A condition that lasts for many frames.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lasting {
    /// The test as written.
    pub(super) test: String,
    /// Whether it holds.
    pub(super) holds: bool,
    /// The name or property that is tested, where it is one.
    flag: Option<EcoString>,
}

impl Guard {
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Always, guard) | (guard, Self::Always) => guard,
            (Self::While(mut conditions), Self::While(more)) => {
                for condition in more {
                    if !conditions.contains(&condition) {
                        conditions.push(condition);
                    }
                }
                let holding = conditions.iter().filter(|condition| condition.holds).count();
                if holding > MAX_HOLDING || conditions.len() > MAX_CONDITIONS {
                    Self::Seldom
                } else {
                    Self::While(conditions)
                }
            }
            _ => Self::Seldom,
        }
    }
}

/// How often an expression of a function that is reached is evaluated, the calls that lead there included.
pub(super) fn guard_reached(
    inspection: &Inspection<'_, '_>,
    reached: &Reached,
    expression: ExpressionId,
) -> Guard {
    let way = reached.way_to(expression);
    let mut found = Guard::Always;
    for (index, (module, expression)) in way.iter().enumerate() {
        let guard = guard(inspection, *module, *expression);
        if let Guard::While(conditions) = &guard
            && way[index + 1..].iter().any(|(module, later)| {
                let function = inspection.script(*module).expression(*later).function;
                resets(inspection, *module, function, conditions)
            })
        {
            return Guard::Seldom;
        }
        found = found.and(guard);
        if found == Guard::Seldom {
            break;
        }
    }
    found
}

/// The name or property that a test is.
fn flag(script: &Script, test: ExpressionId) -> Option<EcoString> {
    match script.kind(test) {
        Kind::Member { property, .. } => Some(property.clone()),
        Kind::Local(name) => Some(script.name(*name).text.clone()),
        _ => None,
    }
}

/// Whether a function takes back what one of some conditions asks: `this.needsUpdate = false`.
fn resets(
    inspection: &Inspection<'_, '_>,
    module: ModuleId,
    function: FunctionId,
    conditions: &[Lasting],
) -> bool {
    let script = inspection.script(module);
    let mut expressions = inspection.expressions(module, function).iter();
    expressions.any(|id| match script.kind(*id) {
        Kind::Assign {
            target: Some(target),
            value,
            ..
        } => match script.kind(*value) {
            Kind::Boolean(value) => {
                let written = flag(script, *target);
                let mut conditions = conditions.iter();
                conditions.any(|one| one.flag.is_some() && one.flag == written && one.holds != *value)
            }
            _ => false,
        },
        _ => false,
    })
}

/// How often an expression is evaluated when its function runs. `if (!ready) { ready = true; … }`, `cache ??= …` and
/// `cache.get(key) || …` run seldom.
pub(super) fn guard(inspection: &Inspection<'_, '_>, module: ModuleId, expression: ExpressionId) -> Guard {
    let script = inspection.script(module);
    let is_caught = |block: &Block| block.kind == BlockKind::Catch;
    if script.blocks_of(expression).any(is_caught) || is_fallback(inspection, module, expression) {
        return Guard::Seldom;
    }
    let mut found = Guard::Always;
    for condition in script.conditions(expression) {
        if found == Guard::Seldom {
            break;
        }
        found = found.and(guarded(inspection, module, expression, condition));
    }
    found
}

fn guarded(
    inspection: &Inspection<'_, '_>,
    module: ModuleId,
    expression: ExpressionId,
    condition: Condition,
) -> Guard {
    let script = inspection.script(module);
    if changes_test(
        inspection.evaluator,
        inspection.calls,
        module,
        expression,
        condition,
    ) {
        return Guard::Seldom;
    }
    if let ConditionKind::Branch(block) = condition.kind
        && let BlockKind::Case { subject, .. } = script.block(block).kind
    {
        return Guard::While(vec![Lasting {
            test: script.written(subject).to_string(),
            holds: true,
            flag: None,
        }]);
    }
    let is_branch = matches!(condition.kind, ConditionKind::Branch(_));
    needed(inspection, module, condition.test, condition.holds, is_branch)
}

fn needed(
    inspection: &Inspection<'_, '_>,
    module: ModuleId,
    test: ExpressionId,
    holds: bool,
    is_branch: bool,
) -> Guard {
    match need(
        inspection.evaluator,
        inspection.calls,
        module,
        test,
        holds,
        is_branch,
    ) {
        Need::Absence => Guard::Seldom,
        Need::Lasting(tests) => {
            let script = inspection.script(module);
            tests.into_iter().fold(Guard::Always, |guard, (test, holds)| {
                let lasting = Lasting {
                    test: script.written(test).to_string(),
                    holds,
                    flag: flag(script, test),
                };
                guard.and(Guard::While(vec![lasting]))
            })
        }
    }
}

/// Whether an expression stands where others are replaced or converted: `cache || …`.
fn is_fallback(inspection: &Inspection<'_, '_>, module: ModuleId, expression: ExpressionId) -> bool {
    let script = inspection.script(module);
    let place = script.expression(expression);
    let contains = |outer: ExpressionId| {
        let outer = script.expression(outer);
        outer.start <= place.start && place.end <= outer.end
    };
    let mut expressions = inspection.expressions(module, place.function).iter();
    expressions.any(|id| match script.kind(*id) {
        Kind::Logical {
            operator: "||" | "??",
            right,
            ..
        } => contains(*right),
        Kind::Assign {
            operator: "||=" | "??=",
            value,
            ..
        } => contains(*value),
        // `typeof x === 'string' ? new Color(x) : x` converts what may be anything.
        Kind::Conditional { then, otherwise, .. } => contains(*then) || contains(*otherwise),
        _ => false,
    })
}
