//! Objects that are taken out of a scene while their geometry and material stay.

use super::{Hazard, HazardRule, inspection::Inspection};
use crate::web::{
    project::ModuleId,
    syntax::tree::{ExpressionId, ExpressionKind as Kind, FunctionId, TOP_LEVEL},
    three::{
        category::Category,
        objects::{Made, class_of},
    },
    values::{UseKind, Value},
};

pub(super) const RULE: HazardRule = HazardRule {
    name: "removed-not-disposed",
    summary: "an object that is removed from the scene while its geometry and material stay",
    help: "`remove` only takes it out of the graph. Call `dispose` on its geometry, its material and their textures, unless \
           others share them.",
    check,
};

fn check(inspection: &Inspection<'_, '_>) -> Vec<Hazard> {
    let mut found = vec![];
    for module in inspection.evaluator.project.module_ids() {
        for id in inspection.script(module).expression_ids() {
            if let Some((made, left)) = removed(inspection, module, id) {
                let message = format!("is removed, and its {left} is never disposed of");
                found.push(inspection.placed_hazard(RULE.name, (module, id), &made.class.name, message));
            }
        }
    }
    found
}

/// The object that `parent.remove(object)` takes out, and what stays of it.
fn removed<'a>(
    inspection: &'a Inspection<'_, '_>,
    module: ModuleId,
    id: ExpressionId,
) -> Option<(&'a Made, &'static str)> {
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
    let ([child], "remove") = (arguments.as_slice(), property.as_str()) else {
        return None;
    };
    let holds_objects = |value: &Value| {
        class_of(inspection.evaluator, value).is_some_and(|class| {
            class.is_three() && matches!(class.category(), Category::Scene | Category::Object)
        })
    };
    if !inspection
        .evaluator
        .values(module, *object)
        .iter()
        .any(holds_objects)
    {
        return None;
    }
    let children = inspection.evaluator.values(module, child.value);
    children.iter().find_map(|child| {
        let Value::External(external) = child else {
            return None;
        };
        let site = external.site().filter(|_| external.members.is_empty())?;
        let made = inspection.made_at(site.module, site.expression)?;
        if inspection.disposals.may_end_content_of(module, made)
            || !is_made_again(inspection, made, module, script.expression(id).function)
        {
            return None;
        }
        Some((made, left_behind(inspection, made)?))
    })
}

/// Whether the function that removes an object makes the next one, itself or by a call: else it may be shown again.
fn is_made_again(
    inspection: &Inspection<'_, '_>,
    made: &Made,
    module: ModuleId,
    removing: FunctionId,
) -> bool {
    let making = (
        made.module,
        inspection
            .script(made.module)
            .expression(made.expression)
            .function,
    );
    let mut reached = inspection.calls.reached(module, removing).into_iter();
    reached.any(|reached| (reached.module, reached.function) == making)
}

/// Which part of an object is made together with it, again each time, and disposed of nowhere.
fn left_behind(inspection: &Inspection<'_, '_>, made: &Made) -> Option<&'static str> {
    let script = inspection.script(made.module);
    let Kind::New { arguments, .. } = script.kind(made.expression) else {
        return None;
    };
    let function = script.expression(made.expression).function;
    if function == TOP_LEVEL
        || !matches!(
            made.class.name.as_str(),
            "Mesh"
                | "InstancedMesh"
                | "SkinnedMesh"
                | "Line"
                | "LineSegments"
                | "LineLoop"
                | "Points"
                | "Sprite"
        )
        || is_disposing(inspection, made)
    {
        return None;
    }
    arguments.iter().find_map(|argument| {
        let values = inspection.evaluator.values(made.module, argument.value);
        let [Value::External(external)] = values.as_slice() else {
            return None;
        };
        let site = external.site().filter(|_| external.members.is_empty())?;
        let part = inspection.made_at(site.module, site.expression)?;
        let is_own = part.module == made.module
            && inspection
                .script(part.module)
                .expression(part.expression)
                .function
                == function;
        let left = match part.class.category() {
            Category::Geometry => "geometry",
            Category::Material => "material",
            _ => return None,
        };
        (is_own && !inspection.is_disposed(part, None)).then_some(left)
    })
}

/// Whether `dispose` is called on a part of an object. Its own, which instances have, leaves geometry and material alone
/// (<https://threejs.org/docs/#api/en/objects/InstancedMesh.dispose>).
fn is_disposing(inspection: &Inspection<'_, '_>, made: &Made) -> bool {
    let mut uses = inspection.evaluator.uses(made.module, made.expression).iter();
    uses.any(|done| {
        done.kind == UseKind::Call
            && done.members.len() > 1
            && done.members.last().is_some_and(|last| last == "dispose")
    })
}
