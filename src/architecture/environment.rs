//! Environment variables of all tiers, joined by name.

mod reads;
mod secret;
mod set;
mod settings_classes;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use super::disk::Disk;
use super::model::{EnvironmentVariable, Evidence, Module, VariableRead, VariableSetting};
use super::surroundings::Surroundings;
use crate::deploy::Deployment;
use crate::python::interpret::interpreter::Interpreter;
use crate::source::location::Finding;

/// A read and the name that is read.
#[derive(Clone, Debug, Default)]
pub struct NamedRead {
    /// The variable as the reader writes it.
    pub name: String,
    /// Whether `name` and `NAME` are the same to the reader.
    pub ignores_case: bool,
    /// Whether the reader declares it as secret.
    pub is_secret: bool,
    /// The read.
    pub read: VariableRead,
}

/// A setting and the name that is set.
#[derive(Clone, Debug, Default)]
pub(super) struct NamedSetting {
    name: String,
    is_secret: bool,
    setting: VariableSetting,
}

/// The variables of the tree, by name. `modules`: those that were imported; `further`: reads of tiers that are analysed
/// elsewhere.
pub(super) fn variables(
    it: &mut Interpreter,
    disk: &Disk,
    deployment: &Deployment,
    modules: &[Module],
    further: Vec<NamedRead>,
) -> (Vec<EnvironmentVariable>, Vec<Finding>) {
    let (mut reads, findings) = reads::backend(disk);
    settings_classes::import(it, disk, &Surroundings::of(modules));
    reads.extend(settings_classes::reads(it));
    reads.extend(reads::deploy(deployment));
    reads.extend(further);
    (join(reads, set::settings(deployment)), findings)
}

/// What is read and what is set under one name.
#[derive(Default)]
struct Joined {
    reads: Vec<NamedRead>,
    settings: Vec<NamedSetting>,
}

fn join(reads: Vec<NamedRead>, settings: Vec<NamedSetting>) -> Vec<EnvironmentVariable> {
    let mut joined: BTreeMap<String, Joined> = BTreeMap::new();
    for setting in settings {
        joined
            .entry(setting.name.clone())
            .or_default()
            .settings
            .push(setting);
    }
    let (exact, free): (Vec<NamedRead>, Vec<NamedRead>) =
        reads.into_iter().partition(|read| !read.ignores_case);
    for read in exact {
        joined.entry(read.name.clone()).or_default().reads.push(read);
    }
    for read in free {
        let upper = read.name.to_uppercase();
        let known = joined.keys().find(|name| name.to_uppercase() == upper).cloned();
        joined.entry(known.unwrap_or(upper)).or_default().reads.push(read);
    }
    let mut variables: Vec<EnvironmentVariable> = joined
        .into_iter()
        .map(|(name, joined)| variable(name, joined))
        .collect();
    hide_defaults_of_secrets(&mut variables);
    variables
}

/// A value may hold what stands in for another variable: `${DATABASE_LOGIN:-…}`.
fn hide_defaults_of_secrets(variables: &mut [EnvironmentVariable]) {
    let secrets: BTreeSet<String> = variables
        .iter()
        .filter(|variable| variable.secret.is_some())
        .map(|variable| variable.name.clone())
        .collect();
    let is_shown = |value: &String| !secret::holds_default(value, |name| secrets.contains(name));
    for variable in variables {
        for setting in &mut variable.settings {
            setting.value = setting.value.take().filter(is_shown);
        }
        for read in &mut variable.reads {
            read.default = read.default.take().filter(is_shown);
        }
    }
}

fn variable(name: String, joined: Joined) -> EnvironmentVariable {
    let is_declared = joined.reads.iter().any(|read| read.is_secret)
        || joined.settings.iter().any(|setting| setting.is_secret);
    let secret = if is_declared {
        Some(Evidence::Derived)
    } else {
        secret::by_name(&name)
    };
    let mut reads: Vec<VariableRead> = joined.reads.into_iter().map(|read| read.read).collect();
    let mut settings: Vec<VariableSetting> = joined
        .settings
        .into_iter()
        .map(|setting| setting.setting)
        .collect();
    for read in &mut reads {
        read.has_default = read.default.is_some();
        read.default = read
            .default
            .take()
            .filter(|_| secret.is_none())
            .map(|default| secret::masked(&default));
    }
    for setting in &mut settings {
        let is_shown = |value: &String| secret.is_none() && !secret::names_secret(value);
        setting.value = setting
            .value
            .take()
            .filter(is_shown)
            .map(|value| secret::masked(&value));
    }
    reads.sort();
    reads.dedup();
    settings.sort();
    settings.dedup();
    EnvironmentVariable {
        is_unset: settings.is_empty() && !reads.is_empty(),
        is_unread: reads.is_empty() && !settings.iter().any(|setting| setting.is_foreign),
        name,
        reads,
        settings,
        secret,
    }
}
