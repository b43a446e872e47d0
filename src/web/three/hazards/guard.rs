//! How often an expression is evaluated when its function runs again and again.

use std::collections::BTreeSet;

use ecow::EcoString;

use super::{drained::is_of_drained, inspection::Inspection};
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
    /// What is tested, where it is a name or property.
    flag: Option<Flag>,
}

impl Lasting {
    fn is_same(&self, other: &Self) -> bool {
        (&self.test, self.holds) == (&other.test, other.holds)
    }
}

/// A name or property that is tested or written.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Flag {
    name: EcoString,
    /// Where the objects are made that have the property, as far as that is known.
    owners: BTreeSet<(ModuleId, ExpressionId)>,
}

impl Flag {
    fn of(inspection: &Inspection<'_, '_>, module: ModuleId, test: ExpressionId) -> Option<Self> {
        let script = inspection.script(module);
        match script.kind(test) {
            Kind::Member { object, property, .. } => {
                let values = inspection.evaluator.values(module, *object);
                let owners = values.iter().map(|value| {
                    let site = value.site()?;
                    Some((site.module, site.expression))
                });
                Some(Self {
                    name: property.clone(),
                    owners: owners.collect::<Option<_>>().unwrap_or_default(),
                })
            }
            Kind::Local(name) => Some(Self {
                name: script.name(*name).text.clone(),
                owners: BTreeSet::new(),
            }),
            // `path && path.length`
            Kind::Logical { left, .. } => Self::of(inspection, module, *left),
            _ => None,
        }
    }

    /// Whether both may be the same: of the same name, and not of objects that are known to be others.
    fn may_be(&self, other: &Self) -> bool {
        self.name == other.name
            && (self.owners.is_empty() || other.owners.is_empty() || !self.owners.is_disjoint(&other.owners))
    }
}

impl Guard {
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Always, guard) | (guard, Self::Always) => guard,
            (Self::While(mut conditions), Self::While(more)) => {
                for condition in more {
                    if !conditions.iter().any(|one| one.is_same(&condition)) {
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

/// Whether a function takes back what one of some conditions asks: `this.needsUpdate = false`, `this.path = find(…)`.
fn resets(
    inspection: &Inspection<'_, '_>,
    module: ModuleId,
    function: FunctionId,
    conditions: &[Lasting],
) -> bool {
    let mut expressions = inspection.expressions(module, function).iter();
    expressions.any(|id| takes_back(inspection, module, *id, conditions))
}

/// Whether an expression is an assignment that takes back what one of some conditions asks.
fn takes_back(
    inspection: &Inspection<'_, '_>,
    module: ModuleId,
    expression: ExpressionId,
    conditions: &[Lasting],
) -> bool {
    let script = inspection.script(module);
    let Kind::Assign {
        operator: "=",
        target: Some(target),
        value,
    } = script.kind(expression)
    else {
        return false;
    };
    let Some(value) = truth(script, *value) else {
        return false;
    };
    let mut conditions = conditions.iter().filter(|one| one.holds != value).peekable();
    let written = conditions
        .peek()
        .and_then(|_| Flag::of(inspection, module, *target));
    written.is_some_and(|written| {
        conditions.any(|one| one.flag.as_ref().is_some_and(|flag| flag.may_be(&written)))
    })
}

/// What a test of a value comes out as, where that is known: what is made is there.
fn truth(script: &Script, value: ExpressionId) -> Option<bool> {
    match script.kind(value) {
        Kind::Boolean(value) => Some(*value),
        Kind::Null => Some(false),
        Kind::Global(name) if name == "undefined" => Some(false),
        Kind::New { .. } | Kind::Call { .. } | Kind::Object(_) | Kind::Array(_) => Some(true),
        _ => None,
    }
}

/// Whether what is called behind an expression takes back each time what the expression needs:
/// `if (mover.isActive) { mover.begin(); mover.end(); }`.
fn is_taken_back_after(
    inspection: &Inspection<'_, '_>,
    module: ModuleId,
    expression: ExpressionId,
    conditions: &[Lasting],
) -> bool {
    let script = inspection.script(module);
    let place = script.expression(expression);
    let called = inspection.calls.called(module, place.function);
    let mut behind = called.iter().filter(|called| {
        let call = script.expression(called.call);
        call.start > place.start && script.is_within(place.block, call.block)
    });
    behind.any(|called| {
        let script = inspection.script(called.module);
        let mut own = inspection.expressions(called.module, called.function).iter();
        own.any(|id| {
            script.conditions(*id).is_empty() && takes_back(inspection, called.module, *id, conditions)
        })
    })
}

/// How often an expression is evaluated when its function runs. `if (!ready) { ready = true; … }`, `cache ??= …`,
/// `cache.get(key) || …` and what is done with the items of a queue run seldom.
pub(super) fn guard(inspection: &Inspection<'_, '_>, module: ModuleId, expression: ExpressionId) -> Guard {
    let script = inspection.script(module);
    let is_caught = |block: &Block| block.kind == BlockKind::Catch;
    if script.blocks_of(expression).any(is_caught)
        || is_fallback(inspection, module, expression)
        || is_of_drained(inspection, module, expression)
    {
        return Guard::Seldom;
    }
    let mut found = Guard::Always;
    for condition in script.conditions(expression) {
        if found == Guard::Seldom {
            break;
        }
        found = found.and(guarded(inspection, module, expression, condition));
    }
    match &found {
        Guard::While(conditions) if is_taken_back_after(inspection, module, expression, conditions) => {
            Guard::Seldom
        }
        _ => found,
    }
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
                    flag: Flag::of(inspection, module, test),
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
