//! Materials and geometries that a loop, handler or effect copies and nothing disposes of.

use super::{
    Hazard, HazardRule,
    guard::{Guard, guard_reached},
    inspection::{Inspection, Run},
    rebuilt::{has_other_cause, is_dispose, is_disposing},
    walk::{Sighting, Walk, Worth},
};
use crate::web::{
    project::ModuleId,
    syntax::tree::{ExpressionId, ExpressionKind as Kind},
    three::{category::Category, objects::class_of},
};

pub(super) const RULE: HazardRule = HazardRule {
    name: "cloned-resource",
    summary: "a material, geometry or texture that a loop, handler or effect clones and nothing disposes of",
    help: "Each copy is a further object on the graphics card and stays there until `dispose` is called on it. Clone once \
           and keep the copy, or change the property and set it back.",
    check,
};

fn check(inspection: &Inspection<'_, '_>) -> Vec<Hazard> {
    let walk = Walk {
        rule: RULE.name,
        look: &|module, id| {
            let written = copy(inspection, module, id)?;
            if is_given_out(inspection, module, id) && inspection.disposals.end_content_somewhere() {
                return None;
            }
            let sighting = Sighting::new(written, "is copied", Worth::WhileConditionsLast);
            Some(Sighting {
                consequence: ", and no copy is disposed of",
                ..sighting
            })
        },
    };
    let runs = inspection.runs.iter();
    let is_disposing = |run: &&Run| {
        let mut reached = run.reached.iter();
        reached.any(|reached| {
            let mut expressions = inspection.expressions(reached.module, reached.function).iter();
            expressions.any(|id| is_dispose(inspection, reached.module, *id))
        })
    };
    let mut found = walk.through(inspection, runs.filter(|run| !is_disposing(run)));
    found.extend(by_effects(inspection));
    found
}

/// Copies that effects make each time they run, where neither they nor their end dispose of anything.
fn by_effects(inspection: &Inspection<'_, '_>) -> Vec<Hazard> {
    let mut found = vec![];
    for lifetime in &inspection.lifetimes {
        let mut ends = lifetime.teardown.iter().copied();
        if ends.any(|end| is_disposing(inspection, end)) {
            continue;
        }
        for rerun in &lifetime.reruns {
            let reached = inspection.calls.reached(rerun.body.0, rerun.body.1);
            let mut functions = reached.iter().map(|reached| (reached.module, reached.function));
            if functions.any(|function| is_disposing(inspection, function))
                || !has_other_cause(inspection, rerun, &reached)
            {
                continue;
            }
            let own = reached
                .iter()
                .filter(|reached| !inspection.is_under_construction(reached));
            for reached in own {
                for id in inspection.expressions(reached.module, reached.function) {
                    if let Some(written) = copy(inspection, reached.module, *id)
                        && guard_reached(inspection, reached, *id) != Guard::Seldom
                    {
                        let message = "is copied at each run of the effect, and no copy is disposed of";
                        found.push(inspection.reached_hazard(RULE.name, reached, *id, written, message));
                    }
                }
            }
        }
    }
    found
}

/// Whether a copy is what its function returns: then others put it somewhere and may end it.
fn is_given_out(inspection: &Inspection<'_, '_>, module: ModuleId, id: ExpressionId) -> bool {
    let script = inspection.script(module);
    let returns = script.function(script.expression(id).function).returns.iter();
    returns
        .flat_map(|value| inspection.evaluator.values(module, *value))
        .any(|value| {
            let site = value.site();
            site.is_some_and(|site| (site.module, site.expression) == (module, id))
        })
}

/// The object of `x.material.clone()` or of `clone()` on a known material, geometry or texture.
fn copy(inspection: &Inspection<'_, '_>, module: ModuleId, id: ExpressionId) -> Option<String> {
    let script = inspection.script(module);
    let Kind::Call {
        callee, arguments, ..
    } = script.kind(id)
    else {
        return None;
    };
    let Kind::Member { object, property, .. } = script.kind(*callee) else {
        return None;
    };
    if property != "clone" || !arguments.is_empty() {
        return None;
    }
    let is_content = matches!(script.kind(*object), Kind::Member { property, .. } if property == "material" || property == "geometry");
    let is_resource = || {
        let values = inspection.evaluator.values(module, *object);
        let mut classes = values
            .iter()
            .filter_map(|value| class_of(inspection.evaluator, value));
        classes.any(|class| {
            class.is_three()
                && matches!(
                    class.category(),
                    Category::Material | Category::Geometry | Category::Texture
                )
        })
    };
    (is_content || is_resource()).then(|| script.written(*object).to_string())
}
