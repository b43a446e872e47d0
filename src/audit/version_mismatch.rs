//! `version-mismatch`: a page loads another version of a package than the one that the manifests name.

use super::{Check, Finding, Rule, Severity};
use crate::architecture::model::Architecture;

pub(super) const RULE: Rule = Rule {
    name: "version-mismatch",
    summary: "an address loads another version of a package than `package.json` or the lock file says",
    check: Check::Architecture(check),
};

fn check(rule: &Rule, architecture: &Architecture, found: &mut Vec<Finding>) {
    for mismatch in &architecture.frontend.version_mismatches {
        let declared = &mismatch.declared;
        let said = declared.exact.as_deref().unwrap_or(&declared.requirement);
        found.push(Finding {
            severity: Severity::Warning,
            location: mismatch.location.clone(),
            rule: rule.name,
            subject: mismatch.package.clone(),
            message: format!(
                "is loaded in version {} and is {said} in `{}`",
                mismatch.loaded, declared.file
            ),
            help: "Types, editors and tests see one version and users run another; where both are loaded, three.js warns of \
                   several instances and `instanceof` fails. Load the version that the manifest names."
                .to_owned(),
        });
    }
}
