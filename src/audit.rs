//! Findings about the model: what a reviewer would point at. One rule a file.

mod boundary;
mod frontend_hazard;
mod orm_object_response;
mod raw_dict_response;
mod version_mismatch;

#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use serde::Serialize;

use crate::architecture::model::{Application, Architecture, HAZARD_RULES, Location};

/// Something in the code that is worth a look.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// How much it matters; the gravest first.
    pub severity: Severity,
    /// Where.
    pub location: Location,
    /// The rule, kebab-case.
    pub rule: &'static str,
    /// What it is about, e.g. `GET /users`.
    pub subject: String,
    /// What it does, in words that follow the subject.
    pub message: String,
    /// Why it matters and what to do, in whole sentences: the same for all findings of a rule.
    pub help: String,
}

/// How much a finding matters, in the words of
/// [SARIF](https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html#_Toc34317648).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// It may hurt users or their data.
    Error,
    /// It may hurt those who build on it.
    Warning,
    /// It is good to know.
    Note,
}

impl Severity {
    /// `error`, `warning`, `note`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// What is looked for.
#[derive(Clone, Copy)]
pub struct Rule {
    /// Kebab-case.
    pub name: &'static str,
    /// What it finds, in one line without a full stop.
    pub summary: &'static str,
    check: Check,
}

/// What a rule looks at.
#[derive(Clone, Copy)]
enum Check {
    /// Each application, and those mounted in it.
    Application(fn(&Application, &mut Vec<Finding>)),
    /// The model as a whole; the rule is handed in, since several share a function.
    Architecture(fn(&Rule, &Architecture, &mut Vec<Finding>)),
}

/// Every rule, by name.
pub static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let mut rules = vec![
        orm_object_response::RULE,
        raw_dict_response::RULE,
        version_mismatch::RULE,
    ];
    rules.extend(HAZARD_RULES.iter().map(frontend_hazard::rule));
    rules.sort_by_key(|rule| rule.name);
    rules
});

/// What the rules find in the frontend, the applications and those mounted in them: the gravest first, then by place.
#[must_use]
pub fn findings(architecture: &Architecture) -> Vec<Finding> {
    let mut found = vec![];
    for application in &architecture.applications {
        check(application, &mut found);
    }
    for rule in RULES.iter() {
        if let Check::Architecture(check) = rule.check {
            check(rule, architecture, &mut found);
        }
    }
    found.sort();
    // Two applications may share routes.
    found.dedup();
    found
}

fn check(application: &Application, found: &mut Vec<Finding>) {
    for rule in RULES.iter() {
        if let Check::Application(check) = rule.check {
            check(application, found);
        }
    }
    for mounted in application
        .mounts
        .iter()
        .filter_map(|mount| mount.application.as_deref())
    {
        check(mounted, found);
    }
}
