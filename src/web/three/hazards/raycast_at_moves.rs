//! Rays that are tested against many objects at every move of the pointer.

use super::{
    Hazard, HazardRule,
    inspection::Inspection,
    raycast::{is_accelerated, whole_scene},
    walk::{Sighting, Walk, Worth},
};
use crate::web::{
    project::ModuleId,
    syntax::tree::{ExpressionId, ExpressionKind as Kind},
    three::{category::Category, graph::classes_of},
};

pub(super) const RULE: HazardRule = HazardRule {
    name: "raycast-at-moves",
    summary: "a ray that is tested against several objects at every move of the pointer",
    help: "Moves come several times a frame, and each tests the triangles of every object that the ray comes near. Note \
           where the pointer is and test once in the next frame.",
    check,
};

fn check(inspection: &Inspection<'_, '_>) -> Vec<Hazard> {
    if is_accelerated(inspection) {
        return vec![];
    }
    let walk = Walk {
        rule: RULE.name,
        look: &|module, id| {
            let tested = several(inspection, module, id)?;
            Some(Sighting::new(
                tested,
                "is tested by a ray",
                Worth::WhileConditionsLast,
            ))
        },
    };
    walk.through(inspection, inspection.moves())
}

/// The objects of `raycaster.intersectObjects(objects)`, or what has others in it, `raycaster.intersectObject(group)`.
fn several(inspection: &Inspection<'_, '_>, module: ModuleId, id: ExpressionId) -> Option<String> {
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
    let first = arguments.first()?.value;
    let classes = |expression| classes_of(inspection.evaluator, module, expression);
    let is_several = match property.as_str() {
        "intersectObjects" => !matches!(script.kind(first), Kind::Array(items) if items.len() == 1),
        "intersectObject" => {
            let mut classes = classes(first).into_iter();
            classes.any(|class| matches!(class.known_name(), "Group" | "Object3D"))
        }
        _ => return None,
    };
    let is_ray = || {
        let mut classes = classes(*object).into_iter();
        classes.any(|class| class.category() == Category::Raycaster)
    };
    (is_several && is_ray() && whole_scene(inspection, module, id).is_none())
        .then(|| script.written(first).to_string())
}
