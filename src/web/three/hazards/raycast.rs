//! Rays that are tested against a whole scene at every frame or move of the pointer.

use super::{
    Hazard, HazardRule,
    inspection::Inspection,
    walk::{Sighting, Walk, Worth},
};
use crate::web::{
    project::ModuleId,
    syntax::tree::{ExpressionId, ExpressionKind as Kind},
    three::{category::Category, objects::class_of},
};

pub(super) const RULE: HazardRule = HazardRule {
    name: "raycast-whole-scene",
    summary: "a ray that is tested against the whole scene at every frame or move of the pointer",
    help: "Every triangle of every mesh is tested each time. Test a list of the objects that can be picked, once a frame at \
           most, or put the geometries into bounding volumes (`three-mesh-bvh`).",
    check,
};

fn check(inspection: &Inspection<'_, '_>) -> Vec<Hazard> {
    if is_accelerated(inspection) {
        return vec![];
    }
    let walk = Walk {
        rule: RULE.name,
        look: &|module, id| {
            let written = whole_scene(inspection, module, id)?;
            Some(Sighting::new(
                written,
                "is tested as a whole",
                Worth::WhileConditionsLast,
            ))
        },
    };
    walk.through(inspection, inspection.frames_and_moves())
}

/// The scene of `raycaster.intersectObjects(scene.children)` or `raycaster.intersectObject(scene)`, descendants included.
pub(super) fn whole_scene(
    inspection: &Inspection<'_, '_>,
    module: ModuleId,
    id: ExpressionId,
) -> Option<String> {
    let script = inspection.script(module);
    let Kind::Call {
        callee, arguments, ..
    } = script.kind(id)
    else {
        return None;
    };
    let Kind::Member { property, .. } = script.kind(*callee) else {
        return None;
    };
    let first = arguments.first()?.value;
    let is_flat = arguments
        .get(1)
        .is_some_and(|second| matches!(script.kind(second.value), Kind::Boolean(false)));
    let scene = match (property.as_str(), script.kind(first)) {
        ("intersectObjects", Kind::Member { object, property, .. }) if property == "children" => *object,
        ("intersectObject", _) => first,
        _ => return None,
    };
    let values = inspection.evaluator.values(module, scene);
    let is_scene = values.iter().any(|value| {
        class_of(inspection.evaluator, value).is_some_and(|class| class.category() == Category::Scene)
    });
    (is_scene && !is_flat).then(|| script.written(first).to_string())
}

/// Whether meshes are searched by bounding volumes (<https://github.com/gkjohnson/three-mesh-bvh>).
pub(super) fn is_accelerated(inspection: &Inspection<'_, '_>) -> bool {
    inspection.evaluator.project.module_ids().any(|module| {
        let imports = inspection.script(module).imports.iter();
        imports
            .filter(|import| import.module == "three-mesh-bvh" || import.module == "@react-three/drei")
            .flat_map(|import| &import.names)
            .any(|name| matches!(name.imported.as_str(), "acceleratedRaycast" | "Bvh"))
    })
}
