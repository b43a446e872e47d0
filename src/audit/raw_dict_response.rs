//! `raw-dict-response`: a dictionary is sent whose fields no contract names.

use super::{Check, Finding, Rule, Severity, boundary};
use crate::architecture::model::{Application, ReturnedKind};

pub(super) const RULE: Rule = Rule {
    name: "raw-dict-response",
    summary: "an endpoint returns a dictionary and has no response model",
    check: Check::Application(check),
};

fn check(application: &Application, found: &mut Vec<Finding>) {
    for (endpoint, returned) in boundary::unmodelled(application, ReturnedKind::Dictionary) {
        let what = if returned.is_many {
            "dictionaries"
        } else {
            "a dictionary"
        };
        found.push(Finding {
            severity: Severity::Warning,
            location: returned.location.clone(),
            rule: RULE.name,
            subject: boundary::title(endpoint),
            message: format!("returns {what} without a response model"),
            help: "The contract names none of its fields. Declare a model and return it, or name it by `response_model=`."
                .to_owned(),
        });
    }
}
