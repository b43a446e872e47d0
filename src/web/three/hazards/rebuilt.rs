//! Geometries, materials and textures that are made at every frame or move of the pointer, or replaced at an event.

use super::{
    Hazard, HazardRule,
    guard::{Guard, guard, is_always_reached},
    inspection::{Inspection, Occasion, Run},
};
use crate::web::{
    project::ModuleId,
    syntax::tree::{ExpressionId, ExpressionKind as Kind},
    three::{category::Category, reach::Reached},
};

pub(super) const RULE: HazardRule = HazardRule {
    name: "rebuilt-resource",
    summary: "a geometry, material or texture that a loop or handler makes again and again",
    help: "Its buffers, its program or its image are sent to the graphics card again, and what it replaces stays there until \
           `dispose` is called. Make it once and change its attributes, uniforms or properties.",
    check,
};

fn check(inspection: &Inspection<'_, '_>) -> Vec<Hazard> {
    let mut found = vec![];
    for run in inspection.frames() {
        found.extend(remade(inspection, run, "is made again at every frame"));
    }
    for (run, handler) in inspection.moves() {
        let message = format!("is made again at every `{}`", handler.event);
        found.extend(remade(inspection, run, &message));
    }
    for run in &inspection.runs {
        if let Occasion::Event(index) = run.occasion {
            found.extend(replaced(inspection, run, &inspection.handlers[index].event));
        }
    }
    found
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

fn remade(inspection: &Inspection<'_, '_>, run: &Run, message: &str) -> Vec<Hazard> {
    let mut found = vec![];
    for reached in run
        .reached
        .iter()
        .filter(|reached| is_always_reached(inspection, reached))
    {
        for id in inspection.expressions(reached.module, reached.function) {
            if let Some(class) = resource(inspection, reached.module, *id)
                && guard(inspection, reached.module, *id) == Guard::Always
            {
                found.push(inspection.reached_hazard(RULE.name, reached, *id, class, message));
            }
        }
    }
    found
}

/// `mesh.material = new …` in a handler, where nothing ends what was there before.
fn replaced(inspection: &Inspection<'_, '_>, run: &Run, event: &str) -> Vec<Hazard> {
    let is_disposing = |reached: &Reached| {
        inspection.disposals.is_in(reached.module, reached.function)
            || inspection
                .expressions(reached.module, reached.function)
                .iter()
                .any(|id| is_dispose(inspection, reached.module, *id))
    };
    if run.reached.iter().any(is_disposing) {
        return vec![];
    }
    let mut found = vec![];
    for reached in &run.reached {
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
            if matches!(property.as_str(), "geometry" | "material")
                && let Some(class) = resource(inspection, reached.module, *value)
                && guard(inspection, reached.module, *value) != Guard::Seldom
            {
                let message = format!(
                    "replaces the {property} at each `{event}`, and what was there is not disposed of"
                );
                found.push(inspection.reached_hazard(RULE.name, reached, *value, class, message));
            }
        }
    }
    found
}

/// A call of `dispose`.
pub(super) fn is_dispose(inspection: &Inspection<'_, '_>, module: ModuleId, id: ExpressionId) -> bool {
    let script = inspection.script(module);
    let Kind::Call { callee, .. } = script.kind(id) else {
        return false;
    };
    matches!(script.kind(*callee), Kind::Member { property, .. } if property == "dispose")
}
