//! What costs frames or memory, or will not work. One rule is one file and one line in the list of rules.

mod allocation_in_loop;
mod disposal;
mod drained;
mod guard;
mod inspection;
mod listener_not_removed;
mod loop_not_cancelled;
mod material_cloned;
mod not_disposed;
mod not_shared;
mod outdated;
mod pointer_handler;
mod raycast;
mod raycast_at_moves;
mod rebuilt;
mod removed_not_disposed;
mod state_set_in_loop;
mod timer_not_cleared;
mod turns;
mod upload;
mod walk;

#[cfg(test)]
mod tests;

use serde::Serialize;

use super::{loops::Loop, objects::Made, reach::Calls};
use crate::{
    source::location::Location,
    web::{project, values::Evaluator},
};
use inspection::Inspection;

/// Something that is worth a look.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Hazard {
    /// Where.
    pub location: Location,
    /// Name of the rule.
    pub rule: &'static str,
    /// What, e.g. `Vector3`.
    pub subject: String,
    /// What happens to it, in words that follow the subject.
    pub message: String,
    /// The functions that lead there from the loop or handler, its own first, `file:name`.
    pub chain: Vec<String>,
    /// What to use instead, for a name of three.js.
    pub help: Option<String>,
    /// Address of the page that says so.
    pub source: Option<&'static str>,
}

/// A rule that finds hazards.
#[derive(Clone, Copy)]
pub struct HazardRule {
    /// Kebab-case.
    pub name: &'static str,
    /// What it finds, in one line without a full stop.
    pub summary: &'static str,
    /// Why it matters and what to do, in whole sentences.
    pub help: &'static str,
    check: fn(&Inspection<'_, '_>) -> Vec<Hazard>,
}

/// Every rule, the heaviest first: where two find something at one place, the first counts.
pub const RULES: &[HazardRule] = &[
    rebuilt::RULE,
    upload::RULE,
    not_shared::RULE,
    material_cloned::RULE,
    allocation_in_loop::RULE,
    state_set_in_loop::RULE,
    raycast::RULE,
    raycast_at_moves::RULE,
    pointer_handler::RULE,
    loop_not_cancelled::RULE,
    timer_not_cleared::RULE,
    listener_not_removed::RULE,
    not_disposed::RULE,
    removed_not_disposed::RULE,
    outdated::REMOVED,
    outdated::DEPRECATED,
];

/// The hazards of a frontend, by place; those of its tests are nobody's concern.
#[must_use]
pub fn hazards(
    evaluator: &Evaluator<'_>,
    calls: &Calls<'_, '_>,
    loops: &[Loop],
    made: &[Made],
) -> Vec<Hazard> {
    let inspection = Inspection::new(evaluator, calls, loops, made);
    let mut found: Vec<Hazard> = vec![];
    for rule in RULES {
        let hazards = (rule.check)(&inspection).into_iter();
        for hazard in hazards.filter(|hazard| !project::is_test(&hazard.location.file)) {
            let is_known = found.iter().any(|known| {
                known.location == hazard.location
                    && (known.rule == hazard.rule || is_made_again(known.rule) && is_made_again(hazard.rule))
            });
            if !is_known {
                found.push(hazard);
            }
        }
    }
    found.sort();
    found
}

/// Rules that say the same of an object in different words: that it is made too often.
fn is_made_again(rule: &str) -> bool {
    [
        rebuilt::RULE.name,
        not_shared::RULE.name,
        material_cloned::RULE.name,
        allocation_in_loop::RULE.name,
    ]
    .contains(&rule)
}
