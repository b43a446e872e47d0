//! Loops that go on when what began them has ended.

use super::{Hazard, HazardRule, inspection::Inspection};
use crate::web::three::loops::name_of;

pub(super) const RULE: HazardRule = HazardRule {
    name: "loop-not-cancelled",
    summary: "a render loop that goes on when its component or object is gone",
    help: "It keeps the scene alive and draws what nobody sees; each further mount adds one more loop. Keep the id and call \
           `cancelAnimationFrame`, or call `setAnimationLoop(null)`, when the component or object ends.",
    check,
};

fn check(inspection: &Inspection<'_, '_>) -> Vec<Hazard> {
    let mut found = vec![];
    for one in inspection.loops {
        if one.is_cancelled(inspection.evaluator) {
            continue;
        }
        let function = inspection.script(one.module).expression(one.call).function;
        let mut lifetimes = inspection.lifetimes.iter();
        let lifetime = lifetimes.find(|lifetime| {
            lifetime.setup.contains(&(one.module, function)) || lifetime.setup.contains(&one.body)
        });
        if let Some(lifetime) = lifetime {
            let message = format!("is not ended when {}", lifetime.end);
            let mut hazard = inspection.hazard(RULE.name, (one.module, one.call), one.kind, message);
            hazard.chain = vec![name_of(inspection.evaluator, one.body.0, one.body.1)];
            found.push(hazard);
        }
    }
    found
}
