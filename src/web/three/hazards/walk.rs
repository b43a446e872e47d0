//! One walk through what runs again and again, for the rules that look at one expression at a time.

use super::{
    Hazard,
    guard::{Guard, Lasting, guard, guard_reached},
    inspection::{Inspection, Occasion, Run},
};
use crate::web::{
    project::ModuleId,
    syntax::{shortened, tree::ExpressionId},
};

/// Letters of a condition that are shown.
const SHOWN: usize = 40;

/// Conditions of a kind that are shown.
const CONDITIONS: usize = 3;

/// What a rule looks for.
pub(super) struct Walk<'w> {
    /// Name of the rule.
    pub(super) rule: &'static str,
    /// What the rule finds at an expression.
    pub(super) look: &'w dyn Fn(ModuleId, ExpressionId) -> Option<Sighting>,
}

/// What a rule finds at an expression.
pub(super) struct Sighting {
    /// What, e.g. `Vector3`.
    pub(super) subject: String,
    /// What happens to it, in words that `at every frame` follows.
    pub(super) happening: &'static str,
    /// Words behind these.
    pub(super) consequence: &'static str,
    /// Under which conditions it is worth telling.
    pub(super) worth: Worth,
}

/// Under which conditions something is worth telling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Worth {
    /// When it happens each time.
    EachTime,
    /// Also when it happens while some condition lasts.
    WhileConditionsLast,
}

impl Sighting {
    pub(super) fn new(subject: impl Into<String>, happening: &'static str, worth: Worth) -> Self {
        Self {
            subject: subject.into(),
            happening,
            consequence: "",
            worth,
        }
    }
}

impl Walk<'_> {
    /// What is found in each of some runs.
    pub(super) fn through<'r>(
        &self,
        inspection: &Inspection<'_, '_>,
        runs: impl Iterator<Item = &'r Run>,
    ) -> Vec<Hazard> {
        runs.flat_map(|run| self.run(inspection, run)).collect()
    }

    fn run(&self, inspection: &Inspection<'_, '_>, run: &Run) -> Vec<Hazard> {
        let occasion = match run.occasion {
            Occasion::Frame => "frame".to_owned(),
            Occasion::Event(index) => format!("`{}`", inspection.handlers[index].event),
        };
        let mut found = vec![];
        for reached in &run.reached {
            if run.occasion != Occasion::Frame && inspection.is_under_construction(reached) {
                continue;
            }
            for id in inspection.expressions(reached.module, reached.function) {
                let Some(sighting) = (self.look)(reached.module, *id) else {
                    continue;
                };
                // Events are seldom to begin with; what they lead to is seldom only by itself.
                let guard = match run.occasion {
                    Occasion::Event(index) if !inspection.handlers[index].is_frequent() => {
                        guard(inspection, reached.module, *id)
                    }
                    _ => guard_reached(inspection, reached, *id),
                };
                let conditions = match guard {
                    Guard::Always => String::new(),
                    Guard::While(conditions) if sighting.worth == Worth::WhileConditionsLast => {
                        words(&conditions)
                    }
                    _ => continue,
                };
                let (happening, consequence) = (sighting.happening, sighting.consequence);
                let message = format!("{happening} at every {occasion}{conditions}{consequence}");
                found.push(inspection.reached_hazard(self.rule, reached, *id, sighting.subject, message));
            }
        }
        found
    }
}

/// `` while `playing` unless `paused` ``
fn words(conditions: &[Lasting]) -> String {
    let those = |holds| {
        let conditions = conditions
            .iter()
            .filter(move |condition| condition.holds == holds);
        conditions
            .map(|condition| format!("`{}`", shortened(&condition.test, SHOWN)))
            .collect::<Vec<_>>()
    };
    let mut words = String::new();
    for (word, tests) in [("while", those(true)), ("unless", those(false))] {
        if !tests.is_empty() {
            let joined = tests.iter().take(CONDITIONS).cloned().collect::<Vec<_>>();
            let joined = joined.join(if word == "while" { " and " } else { " or " });
            let rest = match tests.len().saturating_sub(CONDITIONS) {
                0 => String::new(),
                rest => format!(" and {rest} more"),
            };
            words.push_str(&format!(" {word} {joined}{rest}"));
        }
    }
    words
}
