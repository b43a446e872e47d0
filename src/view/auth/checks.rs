//! Dependencies that refuse a request for who asks.

use std::collections::BTreeSet;

use crate::{
    architecture::model::{Application, Dependency, Step, Symbol},
    markdown::{Block, Inline, Table},
    view::{Context, operation, show, status},
};

/// A dependency that looks at a credential or refuses for lack of rights.
#[derive(Clone, Debug)]
pub(in crate::view) struct Check {
    pub(in crate::view) symbol: Symbol,
    /// Labels of the checks and schemes that it rests on, in order of resolution.
    pub(in crate::view) rests_on: Vec<String>,
    /// Statuses that it refuses with itself.
    pub(in crate::view) refusals: BTreeSet<u16>,
    /// How many operations ask for it.
    pub(in crate::view) operations: usize,
}

/// The checks of an application, those that guard most first.
pub(in crate::view) fn checks(application: &Application) -> Vec<Check> {
    let mut found: Vec<Check> = vec![];
    for operation in operation::operations(application) {
        let mut seen = BTreeSet::new();
        for dependency in &operation.endpoint.dependencies {
            visit(dependency, &mut |dependency| {
                if !is_check(dependency) || !seen.insert(dependency.callable.clone()) {
                    return;
                }
                match found.iter_mut().find(|check| check.symbol == dependency.callable) {
                    Some(check) => {
                        check.operations += 1;
                        check.refusals.extend(refusals(&dependency.trace));
                    }
                    None => found.push(Check {
                        symbol: dependency.callable.clone(),
                        rests_on: rests_on(dependency),
                        refusals: refusals(&dependency.trace),
                        operations: 1,
                    }),
                }
            });
        }
    }
    found.sort_by(|one, other| {
        let key = |check: &Check| (std::cmp::Reverse(check.operations), check.symbol.name.clone());
        key(one).cmp(&key(other))
    });
    found
}

/// Whether a function of the analysed code stands above a security scheme or refuses itself.
fn is_check(dependency: &Dependency) -> bool {
    if dependency.callable.location.file.is_empty() {
        return false;
    }
    let holds_scheme = dependency
        .dependencies
        .iter()
        .any(|inner| inner.security_scheme.is_some() || is_check(inner) && holds_scheme(inner));
    holds_scheme
        || refusals(&dependency.trace)
            .iter()
            .any(|status| matches!(status, 401 | 403))
}

fn holds_scheme(dependency: &Dependency) -> bool {
    dependency.security_scheme.is_some() || dependency.dependencies.iter().any(holds_scheme)
}

fn rests_on(dependency: &Dependency) -> Vec<String> {
    let inner = dependency.dependencies.iter();
    inner
        .filter(|inner| inner.security_scheme.is_some() || is_check(inner))
        .map(|inner| inner.label.clone())
        .collect()
}

fn visit<'a>(dependency: &'a Dependency, look: &mut impl FnMut(&'a Dependency)) {
    for inner in &dependency.dependencies {
        visit(inner, look);
    }
    look(dependency);
}

/// Statuses of client errors that steps end with, calls of other functions included.
fn refusals(steps: &[Step]) -> BTreeSet<u16> {
    let mut found = BTreeSet::new();
    for step in steps {
        match step {
            Step::Raise {
                status: Some(status), ..
            } if (400..500).contains(status) => {
                found.insert(*status);
            }
            Step::Call { steps, .. } | Step::Loop { steps, .. } => found.extend(refusals(steps)),
            Step::Branch { arms, .. } => {
                for (_, steps) in arms {
                    found.extend(refusals(steps));
                }
            }
            _ => {}
        }
    }
    found
}

pub(super) fn table(checks: &mut Vec<Check>, limit: Option<usize>, context: &Context<'_>) -> Block {
    if checks.is_empty() {
        return Block::default();
    }
    let rest = show::limited(checks, limit, "check");
    let mut table = Table::new(["Check", "Rests on", "Refuses with", "Operations"]);
    for check in checks.iter() {
        table.row([
            Inline::lines([
                Inline::code(show::short(&check.symbol.name)),
                show::source(&check.symbol.location, context),
            ]),
            Inline::lines(check.rests_on.iter().map(Inline::code)),
            Inline::lines(
                check
                    .refusals
                    .iter()
                    .map(|status| Inline::text(status::with_reason(*status))),
            ),
            Inline::text(check.operations.to_string()),
        ]);
    }
    Block::sequence([Block::table(&table), rest])
}
