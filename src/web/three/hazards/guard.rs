//! Whether an expression is evaluated each time its function runs.

use std::collections::BTreeSet;

use ecow::EcoString;

use super::inspection::Inspection;
use crate::web::{
    project::ModuleId,
    syntax::tree::{BlockId, BlockKind, ExpressionId, ExpressionKind as Kind, NameId, Script},
    three::reach::Reached,
};

/// How often an expression is evaluated when its function runs again and again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Guard {
    /// Each time.
    Always,
    /// When this test, as written, holds or does not hold.
    When(ExpressionId, bool),
    /// Seldom: what is tested is changed where the expression stands, or something failed.
    Seldom,
}

/// How often an expression is evaluated. `if (!ready) { ready = true; … }`, `cache ??= …` and `cache.get(key) || …` run
/// seldom.
pub(super) fn guard(inspection: &Inspection<'_, '_>, module: ModuleId, expression: ExpressionId) -> Guard {
    let script = inspection.script(module);
    if is_fallback(inspection, module, expression) {
        return Guard::Seldom;
    }
    let mut found = Guard::Always;
    let mut next = Some(script.expression(expression).block);
    while let Some(id) = next {
        let block = script.block(id);
        next = block.parent;
        let (test, holds) = match block.kind {
            BlockKind::Then(test) => (test, true),
            BlockKind::Otherwise(test) => (test, false),
            BlockKind::Catch => return Guard::Seldom,
            BlockKind::Case { subject, .. } => (subject, true),
            _ => continue,
        };
        if found != Guard::Always || is_absence(script, test) || changes_test(inspection, module, id, test) {
            return Guard::Seldom;
        }
        found = Guard::When(test, holds);
    }
    found
}

/// Whether a test asks whether something is not there yet: `!cache`, `cache === undefined`.
fn is_absence(script: &Script, test: ExpressionId) -> bool {
    let is_nothing = |id: ExpressionId| match script.kind(id) {
        Kind::Null => true,
        Kind::Global(name) => name == "undefined",
        _ => false,
    };
    match script.kind(test) {
        Kind::Unary { operator: "!", .. } => true,
        Kind::Binary {
            operator: "===" | "==",
            left,
            right,
        } => is_nothing(*left) || is_nothing(*right),
        _ => false,
    }
}

/// Whether the calls that lead to a function are made each time.
pub(super) fn is_always_reached(inspection: &Inspection<'_, '_>, reached: &Reached) -> bool {
    reached
        .chain
        .iter()
        .all(|(module, call)| guard(inspection, *module, *call) == Guard::Always)
}

/// Whether an expression gives a value only where there is none yet.
fn is_fallback(inspection: &Inspection<'_, '_>, module: ModuleId, expression: ExpressionId) -> bool {
    let script = inspection.script(module);
    let place = script.expression(expression);
    let contains = |outer: ExpressionId| {
        let outer = script.expression(outer);
        outer.start <= place.start && place.end <= outer.end
    };
    inspection
        .expressions(module, place.function)
        .iter()
        .any(|id| match script.kind(*id) {
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

/// Whether something that a test reads is written where the block stands: then the test seldom holds.
fn changes_test(
    inspection: &Inspection<'_, '_>,
    module: ModuleId,
    block: BlockId,
    test: ExpressionId,
) -> bool {
    let script = inspection.script(module);
    let tested = parts(script, test);
    inspection
        .expressions(module, script.block(block).function)
        .iter()
        .filter(|id| is_within(script, script.expression(**id).block, block))
        .any(|id| match script.kind(*id) {
            Kind::Assign {
                target: Some(target), ..
            } => is_part(script, *target, &tested),
            Kind::Update(target) => is_part(script, *target, &tested),
            Kind::Call { callee, .. } => match script.kind(*callee) {
                Kind::Member { object, property, .. } => {
                    matches!(
                        property.as_str(),
                        "set" | "add" | "push" | "delete" | "clear" | "shift" | "pop" | "splice"
                    ) && is_part(script, *object, &tested)
                }
                // `setReady(true)` of a state that is tested.
                _ => false,
            },
            _ => false,
        })
}

fn is_within(script: &Script, mut inner: BlockId, outer: BlockId) -> bool {
    loop {
        if inner == outer {
            return true;
        }
        match script.block(inner).parent {
            Some(parent) => inner = parent,
            None => return false,
        }
    }
}

/// Names and members that an expression is made of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Name(NameId),
    Member(EcoString),
}

fn parts(script: &Script, expression: ExpressionId) -> BTreeSet<Part> {
    let outer = script.expression(expression);
    let mut found = BTreeSet::new();
    for id in script.expression_ids() {
        let place = script.expression(id);
        if place.start < outer.start || place.end > outer.end || place.function != outer.function {
            continue;
        }
        match &place.kind {
            Kind::Local(name) => {
                found.insert(Part::Name(*name));
            }
            Kind::Member { object, property, .. } if matches!(script.kind(*object), Kind::This) => {
                found.insert(Part::Member(property.clone()));
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
