//! Textures that are sent, materials that are compiled and files that are loaded at every frame or move of the pointer.

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
        objects::{class_of, is_of_three},
    },
    values::Value,
};

pub(super) const RULE: HazardRule = HazardRule {
    name: "upload-in-loop",
    summary: "a texture that is sent, a material that is compiled or a file that is loaded at every frame or move",
    help: "A whole image goes to the graphics card, a program is looked up or compiled, or a request is made. Do it when \
           what is shown has changed, and keep what was loaded.",
    check,
};

fn check(inspection: &Inspection<'_, '_>) -> Vec<Hazard> {
    let walk = Walk {
        rule: RULE.name,
        look: &|module, id| {
            let (subject, happening) = upload(inspection, module, id)?;
            Some(Sighting::new(subject, happening, Worth::EachTime))
        },
    };
    walk.through(inspection, inspection.frames_and_moves())
}

/// What is sent or loaded, and in what words.
fn upload(
    inspection: &Inspection<'_, '_>,
    module: ModuleId,
    id: ExpressionId,
) -> Option<(String, &'static str)> {
    let script = inspection.script(module);
    let class_at = |object: ExpressionId| {
        let values = inspection.evaluator.values(module, object);
        values
            .iter()
            .find_map(|value| class_of(inspection.evaluator, value))
            .filter(super::super::objects::ClassName::is_three)
    };
    match script.kind(id) {
        Kind::Assign {
            operator: "=",
            target: Some(target),
            value,
        } if matches!(script.kind(*value), Kind::Boolean(true)) => {
            let Kind::Member { object, property, .. } = script.kind(*target) else {
                return None;
            };
            if property != "needsUpdate" {
                return None;
            }
            let class = class_at(*object);
            // The material of a mesh that is known to be one.
            if class.is_none()
                && matches!(script.kind(*object), Kind::Member { property, .. } if property == "material")
                && inspection
                    .evaluator
                    .values(module, *object)
                    .iter()
                    .any(|value| matches!(value, Value::External(external) if is_of_three(external)))
            {
                return Some((
                    script.written(*object).to_string(),
                    "is set up anew, its program included,",
                ));
            }
            let class = class?;
            match class.category() {
                Category::Texture => Some((class.name, "is sent to the graphics card as a whole")),
                Category::Material => Some((class.name, "is set up anew, its program included,")),
                _ => None,
            }
        }
        Kind::Call { callee, .. } => {
            let Kind::Member { object, property, .. } = script.kind(*callee) else {
                return None;
            };
            if !matches!(property.as_str(), "load" | "loadAsync") {
                return None;
            }
            let class = class_at(*object)?;
            (class.category() == Category::Loader).then_some((class.name, "loads a file"))
        }
        _ => None,
    }
}
