//! What the tests of conditions ask, and whether what they lead to changes them.

use std::collections::BTreeSet;

use ecow::EcoString;

use super::reach::Calls;
use crate::web::{
    project::ModuleId,
    syntax::{
        condition::{Condition, ConditionKind},
        tree::{DefinitionSource, ExpressionId, ExpressionKind as Kind, NameId, Script},
    },
    values::{Evaluator, Value},
};

/// A test without the negations and comparisons with nothing around it, and what it must be then.
pub(super) fn stripped(script: &Script, test: ExpressionId, holds: bool) -> (ExpressionId, bool) {
    let is_nothing = |id: ExpressionId| match script.kind(id) {
        Kind::Null => true,
        Kind::Global(name) => name == "undefined",
        _ => false,
    };
    match script.kind(test) {
        Kind::Unary {
            operator: "!",
            operand,
        } => stripped(script, *operand, !holds),
        Kind::Binary {
            operator,
            left,
            right,
        } if is_nothing(*left) || is_nothing(*right) => {
            let compared = if is_nothing(*right) { *left } else { *right };
            match *operator {
                "===" | "==" => stripped(script, compared, !holds),
                "!==" | "!=" => stripped(script, compared, holds),
                _ => (test, holds),
            }
        }
        _ => (test, holds),
    }
}

/// What must be so for a test to come out one way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Need {
    /// Something must not be there yet: that is so once.
    Absence,
    /// These tests must come out so, for as long as they do; none where objects need only be there.
    Lasting(Vec<(ExpressionId, bool)>),
}

impl Need {
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Lasting(mut tests), Self::Lasting(more)) => {
                tests.extend(more);
                Self::Lasting(tests)
            }
            _ => Self::Absence,
        }
    }
}

/// What must be so for a test to come out as wanted. `is_branch`: whether what runs then stands in a branch; a guard clause
/// `if (paused) return;` asks for a state where nothing is known of the name.
pub(super) fn need(
    evaluator: &Evaluator<'_>,
    calls: &Calls<'_, '_>,
    module: ModuleId,
    test: ExpressionId,
    holds: bool,
    is_branch: bool,
) -> Need {
    let script = evaluator.project.script(module);
    let (stripped, wanted) = stripped(script, test, holds);
    if let Kind::Logical {
        operator,
        left,
        right,
    } = script.kind(stripped)
        && matches!((*operator, wanted), ("&&", true) | ("||", false))
    {
        let of = |operand| need(evaluator, calls, module, operand, wanted, is_branch);
        return of(*left).and(of(*right));
    }
    if wanted && is_emptiness(script, stripped) {
        return Need::Absence;
    }
    match (question(evaluator, calls, module, stripped), wanted) {
        (Question::Presence, true) => Need::Lasting(vec![]),
        (Question::Presence, false) => Need::Absence,
        // `if (!cache)`, where nothing is known of it.
        (Question::Open, false) if is_branch && stripped != test => Need::Absence,
        _ => Need::Lasting(vec![(stripped, wanted)]),
    }
}

/// `pool.length === 0`
fn is_emptiness(script: &Script, test: ExpressionId) -> bool {
    let Kind::Binary {
        operator: "===" | "==",
        left,
        right,
    } = script.kind(test)
    else {
        return false;
    };
    matches!(script.kind(*left), Kind::Member { property, .. } if property == "length" || property == "size")
        && matches!(script.kind(*right), Kind::Number(number) if *number == 0.0)
}

/// What a test asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Question {
    /// Whether an object is there yet.
    Presence,
    /// Whether something is so.
    Truth,
    /// One or the other.
    Open,
}

fn question(
    evaluator: &Evaluator<'_>,
    calls: &Calls<'_, '_>,
    module: ModuleId,
    test: ExpressionId,
) -> Question {
    let script = evaluator.project.script(module);
    match script.kind(test) {
        Kind::Logical { left, right, .. } => {
            let of = |id| question(evaluator, calls, module, stripped(script, id, true).0);
            match (of(*left), of(*right)) {
                (Question::Presence, Question::Presence) => Question::Presence,
                _ => Question::Truth,
            }
        }
        Kind::Binary { .. } => Question::Truth,
        Kind::Member { property, .. } if property == "current" => {
            let is_flag = is_switched(script, test)
                || evaluator
                    .values(module, test)
                    .iter()
                    .any(|value| matches!(value, Value::Boolean(_)));
            if is_flag {
                Question::Truth
            } else {
                Question::Presence
            }
        }
        Kind::Local(_) | Kind::Member { .. } | Kind::Index { .. } => asked(evaluator, calls, module, test),
        _ => Question::Open,
    }
}

fn asked(evaluator: &Evaluator<'_>, calls: &Calls<'_, '_>, module: ModuleId, test: ExpressionId) -> Question {
    let values = evaluator.values(module, test);
    let is_object = |value: &Value| match value {
        Value::External(external) => external.members.is_empty(),
        Value::Instance(_) | Value::Object(_) | Value::Function(_) => true,
        _ => false,
    };
    let is_nothing = |value: &Value| matches!(value, Value::Null | Value::Undefined);
    let is_known =
        values.iter().any(is_object) && values.iter().all(|value| is_object(value) || is_nothing(value));
    if values.iter().any(|value| matches!(value, Value::Boolean(_))) {
        Question::Truth
    } else if is_known || has_members(evaluator, calls, module, test) {
        Question::Presence
    } else {
        Question::Open
    }
}

/// Whether a script writes `true` or `false` to something: `needsUpdate.current = false`.
fn is_switched(script: &Script, tested: ExpressionId) -> bool {
    let written = script.written(tested);
    script
        .expressions
        .iter()
        .any(|expression| match &expression.kind {
            Kind::Assign {
                target: Some(target),
                value,
                ..
            } => matches!(script.kind(*value), Kind::Boolean(_)) && script.written(*target) == written,
            _ => false,
        })
}

/// Whether the function that tests something uses it as an object: `if (hit) … hit.point`.
fn has_members(
    evaluator: &Evaluator<'_>,
    calls: &Calls<'_, '_>,
    module: ModuleId,
    test: ExpressionId,
) -> bool {
    let script = evaluator.project.script(module);
    let written = script.written(test);
    let mut expressions = calls.expressions(module, script.expression(test).function).iter();
    expressions.any(|id| match script.kind(*id) {
        Kind::Member { object, .. } | Kind::Index { object, .. } => {
            match (script.kind(*object), script.kind(test)) {
                (Kind::Local(one), Kind::Local(other)) => one == other,
                (Kind::Local(_), _) | (_, Kind::Local(_)) => false,
                _ => script.written(*object) == written,
            }
        }
        _ => false,
    })
}

/// Whether something that a test reads is written where the test has led: then it seldom leads there.
pub(super) fn changes_test(
    evaluator: &Evaluator<'_>,
    calls: &Calls<'_, '_>,
    module: ModuleId,
    expression: ExpressionId,
    condition: Condition,
) -> bool {
    let script = evaluator.project.script(module);
    let tested = parts(evaluator, calls, module, condition.test);
    let function = script.expression(expression).function;
    let is_equality = matches!(
        script.kind(condition.test),
        Kind::Binary {
            operator: "===" | "==",
            ..
        }
    );
    let is_led_to = |id: ExpressionId| match condition.kind {
        ConditionKind::Branch(block) => script.is_within(script.expression(id).block, block),
        ConditionKind::GuardClause(exit) => script.expression(id).start > exit,
    };
    // `if (changed) draw(); changed = false;`
    let (_, wanted) = stripped(script, condition.test, condition.holds);
    let is_reset = |id: ExpressionId, value: ExpressionId| match condition.kind {
        ConditionKind::Branch(block) => {
            let place = script.expression(id);
            matches!(script.kind(value), Kind::Boolean(value) if *value != wanted)
                && place.start > script.expression(expression).start
                && script.is_within(block, place.block)
        }
        ConditionKind::GuardClause(_) => false,
    };
    let mut expressions = calls.expressions(module, function).iter();
    // `if (rest <= 0) return; rest -= delta;` counts down for many frames.
    let is_counting = |operator: &str, value: ExpressionId| {
        matches!(operator, "+=" | "-=")
            && matches!(condition.kind, ConditionKind::GuardClause(_))
            && is_parameter(script, value)
    };
    expressions.any(|id| match script.kind(*id) {
        Kind::Assign {
            operator,
            target: Some(target),
            value,
        } => {
            is_part(script, *target, &tested)
                && (is_led_to(*id) && !is_counting(operator, *value) || is_reset(*id, *value))
        }
        // `if (frame % 60 === 0)`, where frames are counted.
        Kind::Update(target) => is_part(script, *target, &tested) && (is_equality || is_led_to(*id)),
        Kind::Call { callee, .. } => match script.kind(*callee) {
            Kind::Member { object, property, .. } => {
                matches!(
                    property.as_str(),
                    "set" | "add" | "push" | "delete" | "clear" | "shift" | "pop" | "splice"
                ) && is_part(script, *object, &tested)
                    && is_led_to(*id)
            }
            _ => false,
        },
        _ => false,
    })
}

/// Whether something is what its function is handed.
fn is_parameter(script: &Script, expression: ExpressionId) -> bool {
    let Kind::Local(name) = script.kind(expression) else {
        return false;
    };
    let mut definitions = script.name(*name).definitions.iter();
    definitions.any(|definition| matches!(definition.source, DefinitionSource::Parameter(..)))
}

/// Names and members that an expression is made of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Name(NameId),
    Member(EcoString),
}

pub(super) fn parts(
    evaluator: &Evaluator<'_>,
    calls: &Calls<'_, '_>,
    module: ModuleId,
    expression: ExpressionId,
) -> BTreeSet<Part> {
    let script = evaluator.project.script(module);
    let outer = script.expression(expression);
    let mut found = BTreeSet::new();
    for id in calls.expressions(module, outer.function) {
        let place = script.expression(*id);
        if place.start < outer.start || place.end > outer.end {
            continue;
        }
        match &place.kind {
            Kind::Local(name) => {
                found.insert(Part::Name(*name));
            }
            Kind::Member { property, .. } => {
                found.insert(Part::Member(property.clone()));
            }
            _ => {}
        }
    }
    found
}

fn is_part(script: &Script, target: ExpressionId, tested: &BTreeSet<Part>) -> bool {
    match script.kind(target) {
        Kind::Local(name) => tested.contains(&Part::Name(*name)),
        Kind::Member { property, .. } => tested.contains(&Part::Member(property.clone())),
        Kind::Index { object, .. } => is_part(script, *object, tested),
        _ => false,
    }
}
