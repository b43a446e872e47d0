//! Processes that a machine starts by itself: units of
//! [systemd](https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html) and lines of a Procfile.

use super::Source;
use super::setting::Setting;
use crate::source::location::Location;
use crate::source::tree::file_name;

/// A process.
#[derive(Clone, Debug, Default)]
pub struct Process {
    /// The unit's name without `.service`, or the name of the Procfile's line.
    pub name: String,
    /// `systemd` or `Procfile`.
    pub manager: &'static str,
    /// What is started.
    pub command: String,
    /// `Environment=`.
    pub settings: Vec<Setting>,
    /// `EnvironmentFile=`, as written.
    pub environment_files: Vec<String>,
    /// `User=`.
    pub user: Option<String>,
    /// `Restart=`.
    pub restart: Option<String>,
    /// Where it is declared.
    pub location: Location,
}

pub(super) fn systemd(source: Source<'_>) -> Option<Process> {
    let mut process = Process {
        name: file_name(source.path).trim_end_matches(".service").to_owned(),
        manager: "systemd",
        location: source.at(1),
        ..Process::default()
    };
    for (index, line) in source.text.lines().enumerate() {
        let Some((key, value)) = line.trim().split_once('=') else {
            continue;
        };
        let value = value.trim();
        match key.trim() {
            "ExecStart" => {
                process.command = value.trim_start_matches(['-', '@', ':', '+', '!']).to_owned();
                process.location = source.at(index as u32 + 1);
            }
            "Environment" => {
                for assignment in assignments(value) {
                    let Some((name, value)) = assignment.split_once('=') else {
                        continue;
                    };
                    process.settings.push(Setting {
                        name: name.to_owned(),
                        value: Some(value.to_owned()),
                        source: None,
                        location: source.at(index as u32 + 1),
                    });
                }
            }
            "EnvironmentFile" => process
                .environment_files
                .push(value.trim_start_matches('-').to_owned()),
            "User" => process.user = Some(value.to_owned()),
            "Restart" => process.restart = Some(value.to_owned()),
            _ => {}
        }
    }
    (!process.command.is_empty()).then_some(process)
}

/// `A=1 "B=two words"`.
fn assignments(value: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut quote = None;
    for character in value.chars() {
        match (character, quote) {
            (c, Some(open)) if c == open => quote = None,
            ('"' | '\'', None) => quote = Some(character),
            (c, None) if c.is_whitespace() => found.push(String::new()),
            (c, _) => found.last_mut().into_iter().for_each(|word| word.push(c)),
        }
    }
    found.retain(|word| !word.is_empty());
    found
}

pub(super) fn procfile(source: Source<'_>) -> Vec<Process> {
    let lines = source.text.lines().enumerate();
    lines
        .filter_map(|(index, line)| {
            let (name, command) = line.trim().split_once(':')?;
            let is_name = !name.is_empty()
                && name
                    .chars()
                    .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
            is_name.then(|| Process {
                name: name.to_owned(),
                manager: "Procfile",
                command: command.trim().to_owned(),
                location: source.at(index as u32 + 1),
                ..Process::default()
            })
        })
        .collect()
}
