//! Geometries, materials and textures that are made at every frame or move of the pointer, or replaced at an event.

use std::collections::BTreeSet;

use super::{
    Hazard, HazardRule,
    guard::{Guard, guard},
    inspection::{Inspection, Occasion},
    not_shared::root,
    walk::{Sighting, Walk, Worth},
};
use crate::web::{
    project::ModuleId,
    syntax::tree::{ExpressionId, ExpressionKind as Kind, FunctionId, NameId},
    three::{category::Category, lifetime::Rerun, reach::Reached},
};

pub(super) const RULE: HazardRule = HazardRule {
    name: "rebuilt-resource",
    summary: "a geometry, material or texture that a loop or handler makes again and again",
    help: "Its buffers, its program or its image are sent to the graphics card again, and what it replaces stays there until \
           `dispose` is called. Make it once and change its attributes, uniforms or properties.",
    check,
};

fn check(inspection: &Inspection<'_, '_>) -> Vec<Hazard> {
    let walk = Walk {
        rule: RULE.name,
        look: &|module, id| {
            let class = resource(inspection, module, id)?;
            // What is made under a condition may be shown beside others; what replaces something is not.
            let worth = if is_replacing(inspection, module, id) {
                Worth::WhileConditionsLast
            } else {
                Worth::EachTime
            };
            Some(Sighting::new(class, "is made again", worth))
        },
    };
    let mut found = walk.through(inspection, inspection.frames_and_moves());
    for run in &inspection.runs {
        if let Occasion::Event(index) = run.occasion {
            let event = format!("`{}`", inspection.handlers[index].event);
            found.extend(replaced(inspection, &run.reached, &event));
        }
    }
    for lifetime in &inspection.lifetimes {
        let mut ends = lifetime.teardown.iter().copied();
        if ends.any(|end| is_disposing(inspection, end)) {
            continue;
        }
        for rerun in &lifetime.reruns {
            let reached = inspection.calls.reached(rerun.body.0, rerun.body.1);
            if has_other_cause(inspection, rerun, &reached) {
                found.extend(replaced(inspection, &reached, "run of the effect"));
            }
        }
    }
    found
}

/// Whether an effect runs again for something that is not what it changes: then it finds its own work from before.
pub(super) fn has_other_cause(inspection: &Inspection<'_, '_>, rerun: &Rerun, reached: &[Reached]) -> bool {
    let changed: BTreeSet<NameId> = reached
        .iter()
        .filter(|reached| reached.module == rerun.body.0)
        .flat_map(|reached| {
            let script = inspection.script(reached.module);
            let expressions = inspection.expressions(reached.module, reached.function).iter();
            expressions.filter_map(|id| match script.kind(*id) {
                Kind::Member { object, .. } => root(script, *object),
                _ => None,
            })
        })
        .collect();
    rerun.causes.iter().any(|cause| !changed.contains(cause))
}

/// Whether a function calls `dispose`.
pub(super) fn is_disposing(
    inspection: &Inspection<'_, '_>,
    (module, function): (ModuleId, FunctionId),
) -> bool {
    inspection.disposals.is_in(module, function)
        || inspection
            .expressions(module, function)
            .iter()
            .any(|id| is_dispose(inspection, module, *id))
}

/// What lives on the graphics card.
pub(super) fn is_resource(category: Category) -> bool {
    matches!(
        category,
        Category::Geometry | Category::Material | Category::Texture | Category::Rendertarget
    )
}

fn resource(inspection: &Inspection<'_, '_>, module: ModuleId, id: ExpressionId) -> Option<String> {
    let made = inspection.made_at(module, id)?;
    let is_new = matches!(inspection.script(module).kind(id), Kind::New { .. });
    (is_new && is_resource(made.class.category())).then(|| made.class.name.clone())
}

/// Whether an expression is put in the place of a geometry or material: `mesh.material = new …`.
fn is_replacing(inspection: &Inspection<'_, '_>, module: ModuleId, id: ExpressionId) -> bool {
    let script = inspection.script(module);
    let function = script.expression(id).function;
    let mut expressions = inspection.expressions(module, function).iter();
    expressions.any(|other| match script.kind(*other) {
        Kind::Assign {
            operator: "=",
            target: Some(target),
            value,
        } if *value == id => {
            matches!(script.kind(*target), Kind::Member { property, .. } if is_part(property))
        }
        _ => false,
    })
}

/// Properties of an object that hold what is on the graphics card.
fn is_part(property: &str) -> bool {
    matches!(property, "geometry" | "material")
}

/// `mesh.material = new …` in a handler or effect, where nothing ends what was there before.
fn replaced(inspection: &Inspection<'_, '_>, run: &[Reached], occasion: &str) -> Vec<Hazard> {
    let mut functions = run.iter().map(|reached| (reached.module, reached.function));
    if functions.any(|function| is_disposing(inspection, function)) {
        return vec![];
    }
    let mut found = vec![];
    for reached in run
        .iter()
        .filter(|reached| !inspection.is_under_construction(reached))
    {
        let script = inspection.script(reached.module);
        for id in inspection.expressions(reached.module, reached.function) {
            let Kind::Assign {
                operator: "=",
                target: Some(target),
                value,
            } = script.kind(*id)
            else {
                continue;
            };
            let Kind::Member { property, .. } = script.kind(*target) else {
                continue;
            };
            if !is_part(property) {
                continue;
            }
            for made in made_here(inspection, reached, *value) {
                if let Some(class) = resource(inspection, reached.module, made)
                    && guard(inspection, reached.module, made) != Guard::Seldom
                {
                    let message = format!(
                        "replaces the {property} at each {occasion}, and what was there is not disposed of"
                    );
                    found.push(inspection.reached_hazard(RULE.name, reached, made, class, message));
                }
            }
        }
    }
    found
}

/// The objects of a function that an expression of it may be.
fn made_here(inspection: &Inspection<'_, '_>, reached: &Reached, value: ExpressionId) -> Vec<ExpressionId> {
    let script = inspection.script(reached.module);
    let values = inspection.evaluator.values(reached.module, value);
    let sites = values.iter().filter_map(|value| value.site());
    sites
        .filter(|site| {
            site.module == reached.module && script.expression(site.expression).function == reached.function
        })
        .map(|site| site.expression)
        .collect()
}

/// A call of `dispose`.
pub(super) fn is_dispose(inspection: &Inspection<'_, '_>, module: ModuleId, id: ExpressionId) -> bool {
    let script = inspection.script(module);
    let Kind::Call { callee, .. } = script.kind(id) else {
        return false;
    };
    matches!(script.kind(*callee), Kind::Member { property, .. } if property == "dispose")
}
