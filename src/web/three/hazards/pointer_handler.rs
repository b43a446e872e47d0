//! Handlers of frequent events that draw or walk through a scene each time.

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
    name: "unthrottled-handler",
    summary: "a handler of pointer moves, wheel or scrolling that draws or walks through a scene at every event",
    help: "Such events come several times a frame. Note what happened and do the work once in the next frame, by \
           `requestAnimationFrame`.",
    check,
};

fn check(inspection: &Inspection<'_, '_>) -> Vec<Hazard> {
    let walk = Walk {
        rule: RULE.name,
        look: &|module, id| work(inspection, module, id),
    };
    walk.through(inspection, inspection.moves())
}

fn work(inspection: &Inspection<'_, '_>, module: ModuleId, id: ExpressionId) -> Option<Sighting> {
    let worth = Worth::WhileConditionsLast;
    let script = inspection.script(module);
    let Kind::Call { callee, .. } = script.kind(id) else {
        return None;
    };
    let Kind::Member { object, property, .. } = script.kind(*callee) else {
        return None;
    };
    let values = inspection.evaluator.values(module, *object);
    let category = |value: &Value| class_of(inspection.evaluator, value).map(|class| class.category());
    match property.as_str() {
        "render" | "renderAsync" => {
            let draws = values.iter().any(|value| {
                matches!(
                    category(value),
                    Some(Category::Renderer | Category::Pass | Category::Effect)
                )
            });
            draws.then(|| Sighting::new(script.written(*object), "draws", worth))
        }
        "traverse" | "traverseVisible" => {
            let is_scene = values.iter().any(|value| {
                category(value) == Some(Category::Scene)
                    || matches!(value, Value::External(external) if is_of_three(external))
            });
            is_scene.then(|| Sighting::new(script.written(*object), "is walked through", worth))
        }
        _ => None,
    }
}
