//! Materials and geometries that a loop or handler copies and nothing disposes of.

use super::{
    Hazard, HazardRule,
    inspection::{Inspection, Run},
    rebuilt::is_dispose,
    walk::{Sighting, Walk, Worth},
};
use crate::web::{
    project::ModuleId,
    syntax::tree::{ExpressionId, ExpressionKind as Kind},
    three::{category::Category, objects::class_of},
};

pub(super) const RULE: HazardRule = HazardRule {
    name: "cloned-resource",
    summary: "a material, geometry or texture that a loop or handler clones and nothing disposes of",
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
    walk.through(inspection, runs.filter(|run| !is_disposing(inspection, run)))
}

fn is_disposing(inspection: &Inspection<'_, '_>, run: &Run) -> bool {
    run.reached.iter().any(|reached| {
        inspection
            .expressions(reached.module, reached.function)
            .iter()
            .any(|id| is_dispose(inspection, reached.module, *id))
    })
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
