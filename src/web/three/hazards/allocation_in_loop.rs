//! Objects of three.js that are made each time a loop runs.

use std::collections::BTreeSet;

use super::{
    Hazard, HazardRule,
    inspection::Inspection,
    walk::{Sighting, Walk, Worth},
};
use crate::web::{
    project::ModuleId,
    syntax::tree::{DefinitionSource, ExpressionId, ExpressionKind as Kind, NameId, Script},
    three::{
        category::Category,
        graph::classes_of,
        objects::{class_name, is_of_three},
    },
    values::{Evaluator, Value},
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
    made.is_none_or(|made| {
        made.class.category() == Category::Math || is_only_computed_with(inspection.script(module), id)
    })
}

/// Whether an object is held by one variable and never goes further: `const dummy = new Object3D()`, of which the matrix is
/// taken.
fn is_only_computed_with(script: &Script, id: ExpressionId) -> bool {
    let source = DefinitionSource::Expression(id);
    let held = (0..script.names.len()).find(|index| {
        let definitions = &script.names[*index].definitions;
        matches!(definitions.as_slice(), [only] if only.source == source && only.path.is_empty())
    });
    let Some(held) = held.map(|index| NameId(index as u32)) else {
        return false;
    };
    let mentions = script
        .expression_ids()
        .filter(|id| matches!(script.kind(*id), Kind::Local(name) if *name == held));
    let objects: BTreeSet<ExpressionId> = script
        .expressions
        .iter()
        .filter_map(|expression| match expression.kind {
            Kind::Member { object, .. } => Some(object),
            _ => None,
        })
        .collect();
    let mut mentions = mentions.peekable();
    mentions.peek().is_some() && mentions.all(|mention| objects.contains(&mention))
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
                && is_of_three_by_any(evaluator, (module, *object), MAX_STEPS, &mut BTreeSet::new());
            is_copied.then(|| format!("{}.clone()", script.written(*object)))
        }
        _ => None,
    }
}

/// Calls and members that are followed to what something is of.
const MAX_STEPS: u32 = 6;

/// Whether something is an object of three.js or a part of one: as it is known itself, by what callers hand over, or by
/// the type of what it is a part of.
fn is_of_three_by_any(
    evaluator: &Evaluator<'_>,
    (module, expression): (ModuleId, ExpressionId),
    steps: u32,
    seen: &mut BTreeSet<(ModuleId, ExpressionId)>,
) -> bool {
    let Some(steps) = steps.checked_sub(1).filter(|_| seen.insert((module, expression))) else {
        return false;
    };
    let mut values = evaluator
        .with_callers(evaluator.values(module, expression))
        .into_iter();
    if values.any(|value| matches!(value, Value::External(external) if is_of_three(&external))) {
        return true;
    }
    let mut classes = classes_of(evaluator, module, expression).into_iter();
    if classes.any(|class| class.is_three()) {
        return true;
    }
    match evaluator.project.script(module).kind(expression) {
        // What users keep there is theirs: https://threejs.org/docs/#api/en/core/Object3D.userData
        Kind::Member { object, property, .. } if property != "userData" => {
            is_of_three_by_any(evaluator, (module, *object), steps, seen)
        }
        Kind::Local(name) => handed(evaluator, module, *name)
            .into_iter()
            .any(|handed| is_of_three_by_any(evaluator, handed, steps, seen)),
        _ => false,
    }
}

/// What callers hand over as a parameter.
fn handed(evaluator: &Evaluator<'_>, module: ModuleId, name: NameId) -> Vec<(ModuleId, ExpressionId)> {
    let [definition] = evaluator.project.script(module).name(name).definitions.as_slice() else {
        return vec![];
    };
    let DefinitionSource::Parameter(function, index) = definition.source else {
        return vec![];
    };
    if !definition.path.is_empty() {
        return vec![];
    }
    let callers = evaluator.callers(module, function);
    let arguments = callers.iter().filter_map(|caller| {
        let arguments = evaluator.arguments_of(&caller.site);
        let argument = arguments
            .get(index as usize)
            .filter(|argument| !argument.spread)?;
        Some((caller.site.module, argument.value))
    });
    arguments.collect()
}
