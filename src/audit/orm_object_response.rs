//! `orm-object-response`: a row of a table is sent with every column it has.

use super::{Check, Finding, Rule, Severity, boundary};
use crate::architecture::model::{Application, ReturnedKind};

pub(super) const RULE: Rule = Rule {
    name: "orm-object-response",
    summary: "an endpoint returns an object of an ORM and has no response model",
    check: Check::Application(check),
};

fn check(application: &Application, found: &mut Vec<Finding>) {
    for (endpoint, returned) in boundary::unmodelled(application, ReturnedKind::Record) {
        let class = returned.class.as_ref().map_or("", |class| {
            class.name.rsplit([':', '.']).next().unwrap_or(&class.name)
        });
        let what = if returned.is_many { "objects" } else { "an object" };
        found.push(Finding {
            severity: Severity::Error,
            location: returned.location.clone(),
            rule: RULE.name,
            subject: boundary::title(endpoint),
            message: format!("returns {what} of `{class}` without a response model"),
            help: "Every column is sent. Name by `response_model=` a model with the fields that are meant."
                .to_owned(),
        });
    }
}
