//! What costs the frontend frames or memory, or will not work: each rule of the frontend's analysis is a rule here.

use super::{Check, Finding, Rule, Severity};
use crate::architecture::model::{Architecture, HAZARD_RULES, Hazard, HazardRule};

/// A rule of the frontend's analysis as a rule of the audit.
pub(super) fn rule(of: &HazardRule) -> Rule {
    Rule {
        name: of.name,
        summary: of.summary,
        check: Check::Architecture(check),
    }
}

fn check(rule: &Rule, architecture: &Architecture, found: &mut Vec<Finding>) {
    let Some(of) = HAZARD_RULES.iter().find(|of| of.name == rule.name) else {
        return;
    };
    let hazards = architecture.frontend.hazards.iter();
    for hazard in hazards.filter(|hazard| hazard.rule == rule.name) {
        found.push(Finding {
            severity: severity(of.name),
            location: hazard.location.clone(),
            rule: of.name,
            subject: hazard.subject.clone(),
            message: message(hazard),
            help: of.help.to_owned(),
        });
    }
}

/// What fails is an error, what leaks or drops frames a warning, what could be better a note.
fn severity(rule: &str) -> Severity {
    match rule {
        "removed-api" => Severity::Error,
        "deprecated-api" | "allocation-in-loop" | "not-shared" => Severity::Note,
        _ => Severity::Warning,
    }
}

fn message(hazard: &Hazard) -> String {
    let mut message = hazard.message.clone();
    if let Some(help) = &hazard.help {
        message = format!("{message}: {help}");
    }
    if let [first, .., last] = hazard.chain.as_slice() {
        let name = |function: &str| function.rsplit('/').next().unwrap_or(function).to_owned();
        message = format!("{message}, in `{}`, which `{}` leads to", name(last), name(first));
    }
    message
}
