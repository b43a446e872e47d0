//! Files in which a project says what it needs.

use toml::{Table, Value};

use super::Mention;
use super::lock::line_of;
use super::requirement::{exact, mention, normal};

/// Dependencies, extras and [groups](https://packaging.python.org/en/latest/specifications/dependency-groups/) of a
/// `pyproject.toml`, and the tables of Poetry, PDM and uv.
pub(super) fn pyproject(text: &str) -> Vec<Mention> {
    let Ok(document) = text.parse::<Table>() else {
        return Vec::new();
    };
    let mut found = Found {
        text,
        mentions: Vec::new(),
    };
    let project = table(&document, &["project"]);
    found.list(project.and_then(|project| project.get("dependencies")));
    for lists in [
        project.and_then(|project| project.get("optional-dependencies")),
        document.get("dependency-groups"),
        lookup(&document, &["tool", "pdm", "dev-dependencies"]),
    ] {
        for (_, list) in lists.and_then(Value::as_table).into_iter().flatten() {
            found.list(Some(list));
        }
    }
    found.list(lookup(&document, &["tool", "uv", "dev-dependencies"]));
    let poetry = table(&document, &["tool", "poetry"]);
    for key in ["dependencies", "dev-dependencies"] {
        found.poetry(poetry.and_then(|poetry| poetry.get(key)));
    }
    for (_, group) in poetry
        .and_then(|poetry| poetry.get("group")?.as_table())
        .into_iter()
        .flatten()
    {
        found.poetry(group.get("dependencies"));
    }
    found.mentions
}

/// `[packages]` and `[dev-packages]` of a `Pipfile`.
pub(super) fn pipfile(text: &str) -> Vec<Mention> {
    let Ok(document) = text.parse::<Table>() else {
        return Vec::new();
    };
    let mut found = Found {
        text,
        mentions: Vec::new(),
    };
    found.poetry(document.get("packages"));
    found.poetry(document.get("dev-packages"));
    found.mentions
}

struct Found<'t> {
    text: &'t str,
    mentions: Vec<Mention>,
}

impl Found<'_> {
    /// A list of requirements; groups may also hold tables that include other groups.
    fn list(&mut self, list: Option<&Value>) {
        for requirement in list
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
        {
            let line = ['"', '\''].map(|quote| format!("{quote}{requirement}{quote}"));
            let line = line.iter().find(|line| self.text.contains(line.as_str()));
            let line = line.map_or(1, |line| line_of(self.text, line));
            self.mentions.extend(mention(requirement, line));
        }
    }

    /// A table from names to versions or to tables with a `version`.
    fn poetry(&mut self, packages: Option<&Value>) {
        for (name, value) in packages.and_then(Value::as_table).into_iter().flatten() {
            if name == "python" {
                continue;
            }
            let version = value
                .as_str()
                .or_else(|| value.get("version")?.as_str())
                .unwrap_or_default();
            let requirement = if version == "*" {
                String::new()
            } else {
                version.to_owned()
            };
            // A bare version is exact to Poetry.
            let is_bare = requirement.starts_with(|c: char| c.is_ascii_digit())
                && !requirement.contains(['*', ',', ' ']);
            let exact = if is_bare {
                Some(requirement.clone())
            } else {
                exact(&requirement)
            };
            let line = (1..).zip(self.text.lines()).find(|(_, line)| {
                line.trim_start_matches(['"', '\'', ' '])
                    .strip_prefix(name.as_str())
                    .is_some_and(|rest| rest.trim_start_matches(['"', '\'']).trim_start().starts_with('='))
            });
            let line = line.map_or(1, |(number, _)| number);
            self.mentions.push(Mention {
                name: normal(name),
                requirement,
                exact,
                line,
                is_declared: true,
            });
        }
    }
}

/// A value below nested tables.
pub(crate) fn lookup<'t>(table: &'t Table, path: &[&str]) -> Option<&'t Value> {
    let (first, rest) = path.split_first()?;
    rest.iter()
        .try_fold(table.get(*first)?, |value, key| value.get(*key))
}

/// A table below nested tables.
pub(in crate::source) fn table<'t>(document: &'t Table, path: &[&str]) -> Option<&'t Table> {
    lookup(document, path)?.as_table()
}

/// `install_requires` of a `setup.cfg`: the indented lines below it.
pub(super) fn setup_cfg(text: &str) -> Vec<Mention> {
    let mut mentions = Vec::new();
    let mut inside = false;
    for (number, line) in (1..).zip(text.lines()) {
        if let Some(rest) = line.strip_prefix("install_requires") {
            inside = true;
            mentions.extend(mention(rest.trim_start_matches([' ', '=']), number));
        } else if inside && line.starts_with([' ', '\t']) {
            mentions.extend(mention(line, number));
        } else if !line.trim().is_empty() {
            inside = false;
        }
    }
    mentions
}

/// The strings in the list behind `install_requires` of a `setup.py`.
pub(super) fn setup_py(text: &str) -> Vec<Mention> {
    let mut mentions = Vec::new();
    let Some(at) = text.find("install_requires") else {
        return mentions;
    };
    let Some(open) = text[at..].find('[') else {
        return mentions;
    };
    let start = at + open + 1;
    let mut rest = &text[start..];
    while let Some(quote) = rest.find(['"', '\'', ']']) {
        let Some(mark) = rest[quote..].chars().next().filter(|&mark| mark != ']') else {
            break;
        };
        let Some((requirement, behind)) = rest[quote + 1..].split_once(mark) else {
            break;
        };
        let offset = text.len() - rest.len() + quote;
        let line = text[..offset].bytes().filter(|&byte| byte == b'\n').count() as u32 + 1;
        mentions.extend(mention(requirement, line));
        rest = behind;
    }
    mentions
}

/// The [core metadata](https://packaging.python.org/en/latest/specifications/core-metadata/) of an installed package:
/// its own version, and what it requires without extras.
pub(super) fn metadata(text: &str) -> Vec<Mention> {
    let mut mentions = Vec::new();
    let mut name = None;
    for (number, line) in (1..).zip(text.lines().take_while(|line| !line.is_empty())) {
        if let Some(value) = line.strip_prefix("Name: ") {
            name = Some(normal(value));
        } else if let Some(version) = line.strip_prefix("Version: ")
            && let Some(name) = name.clone()
        {
            let exact = Some(version.trim().to_owned());
            mentions.push(Mention {
                name,
                requirement: String::new(),
                exact,
                line: number,
                is_declared: false,
            });
        } else if let Some(requirement) = line.strip_prefix("Requires-Dist: ")
            && !requirement.contains("extra ==")
        {
            mentions.extend(mention(requirement, number));
        }
    }
    // `Version` may stand before `Name`.
    if mentions.iter().all(|mention| mention.is_declared) {
        let version = (1..)
            .zip(text.lines())
            .find_map(|(number, line)| Some((number, line.strip_prefix("Version: ")?)));
        if let (Some(name), Some((line, version))) = (name, version) {
            let exact = Some(version.trim().to_owned());
            mentions.push(Mention {
                name,
                requirement: String::new(),
                exact,
                line,
                is_declared: false,
            });
        }
    }
    mentions
}
