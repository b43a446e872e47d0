//! Lock files of npm, Yarn, pnpm and Bun: which version of a package is installed.

use serde_json::Value;

use super::{
    path::{file_name, is_within},
    tsconfig,
};

/// The names of lock files, the first of a folder counting.
pub(super) const LOCK_FILES: [&str; 5] = [
    "package-lock.json",
    "npm-shrinkwrap.json",
    "pnpm-lock.yaml",
    "yarn.lock",
    "bun.lock",
];

/// What is looked for in a lock file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted<'w> {
    /// Name of the package.
    pub(super) name: &'w str,
    /// The version range that its dependent gives; empty if it is not known.
    pub(super) requirement: &'w str,
    /// The folder of the dependent relative to that of the lock file.
    pub(super) folder: &'w str,
}

/// An installed version, and the line of the lock file that says it, from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Locked {
    pub(super) version: String,
    pub(super) line: u32,
}

/// The version of a package by a lock file.
pub(super) fn find(path: &str, text: &str, wanted: Wanted<'_>) -> Option<Locked> {
    match file_name(path) {
        "pnpm-lock.yaml" => of_pnpm(text, wanted),
        "yarn.lock" => of_yarn(text, wanted),
        "bun.lock" => of_bun(text, wanted),
        _ => of_npm(text, wanted),
    }
}

/// <https://docs.npmjs.com/cli/configuring-npm/package-lock-json>: `packages` by place, before version 2
/// `dependencies` by name.
fn of_npm(text: &str, wanted: Wanted<'_>) -> Option<Locked> {
    let lock: Value = serde_json::from_str(text).ok()?;
    let version = |entry: &Value| Some(entry.get("version")?.as_str()?.to_owned());
    let suffix = format!("node_modules/{}", wanted.name);
    let nested = format!("{}/{suffix}", wanted.folder);
    let (key, version) = match lock.get("packages") {
        Some(packages) => [nested, suffix]
            .into_iter()
            .find_map(|key| Some((key.clone(), version(packages.get(&key)?)?)))?,
        None => {
            let entry = lock.get("dependencies")?.get(wanted.name)?;
            (wanted.name.to_owned(), version(entry)?)
        }
    };
    let line = line_of(text, |line| {
        line.trim_start().starts_with(&format!("\"{key}\": {{"))
    });
    Some(Locked { version, line })
}

/// <https://classic.yarnpkg.com/lang/en/docs/yarn-lock/>, and Berry's YAML, which differs in the colon and `npm:`.
fn of_yarn(text: &str, wanted: Wanted<'_>) -> Option<Locked> {
    let mut found: Option<Locked> = None;
    let mut is_entry = false;
    let mut is_exact = false;
    for (index, line) in text.lines().enumerate() {
        if !line.starts_with([' ', '#']) && line.ends_with(':') {
            let descriptors = line.trim_end_matches(':').split(',');
            let ranges: Vec<String> = descriptors
                .filter_map(|descriptor| {
                    let descriptor = descriptor.trim().trim_matches('"');
                    let range = descriptor.strip_prefix(wanted.name)?.strip_prefix('@')?;
                    Some(range.trim_start_matches("npm:").to_owned())
                })
                .collect();
            is_entry = !ranges.is_empty();
            is_exact = ranges.iter().any(|range| range == wanted.requirement);
        } else if is_entry && let Some(version) = line.trim_start().strip_prefix("version") {
            let version = version
                .trim_start_matches(':')
                .trim()
                .trim_matches('"')
                .to_owned();
            let locked = Locked {
                version,
                line: index as u32 + 1,
            };
            if is_exact {
                return Some(locked);
            }
            found.get_or_insert(locked);
            is_entry = false;
        }
    }
    found
}

/// <https://github.com/pnpm/spec/tree/master/lockfile>: what the importer has, else any installed one. Before version 6
/// the version stands behind the name, and without workspaces there are no importers.
fn of_pnpm(text: &str, wanted: Wanted<'_>) -> Option<Locked> {
    const SECTIONS: [&str; 3] = ["dependencies", "devDependencies", "optionalDependencies"];
    let importer = if wanted.folder.is_empty() {
        "."
    } else {
        wanted.folder
    };
    let mut keys: Vec<(usize, &str)> = vec![];
    for (index, line) in text.lines().enumerate() {
        let Some((key, value)) = line.trim().split_once(':') else {
            continue;
        };
        let indent = line.len() - line.trim_start().len();
        keys.retain(|(outer, _)| *outer < indent);
        keys.push((indent, key.trim_matches(['\'', '"'])));
        let path: Vec<&str> = keys.iter().map(|(_, key)| *key).collect();
        let path = path.strip_prefix(&["importers", importer]).unwrap_or(&path);
        let is_version = match path {
            [section, name] | [section, name, "version"] => {
                SECTIONS.contains(section) && *name == wanted.name
            }
            _ => false,
        };
        if is_version && !value.trim().is_empty() {
            return Some(Locked {
                version: pnpm_version(value),
                line: index as u32 + 1,
            });
        }
    }
    installed_by_pnpm(text, wanted.name)
}

/// `0.150.1(react@18.0.0)` and `0.150.1_react@18.0.0` name the peers too.
fn pnpm_version(text: &str) -> String {
    let text = text.trim().trim_matches(['\'', '"']);
    text.split(['(', '_']).next().unwrap_or(text).to_owned()
}

/// Entries of `packages`: `three@0.150.1:`, `/three@0.150.1:`, `/three/0.150.1:`.
fn installed_by_pnpm(text: &str, name: &str) -> Option<Locked> {
    text.lines().enumerate().find_map(|(index, line)| {
        let entry = line.strip_prefix("  ").filter(|entry| !entry.starts_with(' '))?;
        let entry = entry
            .trim_end_matches(':')
            .trim_matches(['\'', '"'])
            .trim_start_matches('/');
        let version = entry.strip_prefix(name)?.strip_prefix(['@', '/'])?;
        version
            .starts_with(|letter: char| letter.is_ascii_digit())
            .then(|| Locked {
                version: pnpm_version(version),
                line: index as u32 + 1,
            })
    })
}

/// <https://bun.sh/docs/install/lockfile>: `packages` by name, each a list that begins with `name@version`.
fn of_bun(text: &str, wanted: Wanted<'_>) -> Option<Locked> {
    let lock = tsconfig::parse(text)?;
    let resolved = lock.get("packages")?.get(wanted.name)?.get(0)?.as_str()?;
    let (_, version) = resolved.rsplit_once('@')?;
    let line = line_of(text, |line| {
        line.trim_start().starts_with(&format!("\"{}\": [", wanted.name))
    });
    Some(Locked {
        version: version.to_owned(),
        line,
    })
}

fn line_of(text: &str, is_wanted: impl Fn(&str) -> bool) -> u32 {
    text.lines()
        .position(is_wanted)
        .map_or(0, |index| index as u32 + 1)
}

/// The part of a folder that is below another one, or is that one.
pub(super) fn below<'f>(folder: &'f str, outer: &str) -> &'f str {
    if is_within(folder, outer) {
        folder[outer.len()..].trim_start_matches('/')
    } else {
        folder
    }
}
