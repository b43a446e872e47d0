//! Objects of three.js that are made each time a loop runs.

use super::{
    Hazard, HazardRule,
    inspection::Inspection,
    walk::{Sighting, Walk, Worth},
};
use crate::web::{
    project::ModuleId,
    syntax::tree::{ExpressionId, ExpressionKind as Kind},
    three::{
        category::Category,
        objects::{class_name, is_of_three},
    },
    values::Value,
};

pub(super) const RULE: HazardRule = HazardRule {
    name: "allocation-in-loop",
    summary: "an object that a render loop makes again at every frame",
    help: "Each object that a frame leaves behind is collected later, and a collection drops frames. Make it once outside \
           of the loop and write to it with `set` or `copy`.",
    check,
};

fn check(inspection: &Inspection<'_, '_>) -> Vec<Hazard> {
    let look = |module, id| {
        let subject = allocated(inspection, module, id)?;
        let worth = if is_value(inspection, module, id) {
            Worth::WhileConditionsLast
        } else {
            Worth::EachTime
        };
        Some(Sighting::new(subject, "is made", worth))
    };
    let walk = Walk {
        rule: RULE.name,
        look: &look,
    };
    walk.through(inspection, inspection.frames())
}

/// Whether what is made is a value to reckon with: what stands in a scene is made under a condition for good reason.
fn is_value(inspection: &Inspection<'_, '_>, module: ModuleId, id: ExpressionId) -> bool {
    let made = inspection.made_at(module, id);
    made.is_none_or(|made| made.class.category() == Category::Math)
}

/// What an expression allocates: `new Vector3()`, or a copy of something of three.js.
fn allocated(inspection: &Inspection<'_, '_>, module: ModuleId, id: ExpressionId) -> Option<String> {
    let evaluator = inspection.evaluator;
    let script = inspection.script(module);
    match script.kind(id) {
        Kind::New { callee, .. } => {
            let values = evaluator.values(module, *callee);
            let class = values.iter().find_map(|value| class_name(evaluator, value))?;
            let is_meant = class.is_three() && class.category() != Category::Other;
            is_meant.then_some(class.name)
        }
        Kind::Call {
            callee, arguments, ..
        } if arguments.is_empty() => {
            let Kind::Member { object, property, .. } = script.kind(*callee) else {
                return None;
            };
            let is_copied = property == "clone"
                && evaluator
                    .values(module, *object)
                    .iter()
                    .any(|value| matches!(value, Value::External(external) if is_of_three(external)));
            is_copied.then(|| format!("{}.clone()", script.written(*object)))
        }
        _ => None,
    }
}
