//! Under which hosts and ports an application is reached.

use crate::{
    architecture::model::Application,
    deploy::{Deployment, compose::ComposeService},
    source::tree::parent,
};

/// Where an application is reached.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BackendAddress {
    /// [`Application::name`](crate::architecture::model::Application::name).
    pub application: String,
    /// Ports that it listens on or that are published for it; empty where none is known.
    pub ports: Vec<u16>,
    /// Names of its container, and public host names.
    pub hosts: Vec<String>,
}

/// The port of [uvicorn](https://www.uvicorn.org/settings/#socket-binding) and of `fastapi run` without a setting.
pub const DEFAULT_PORT: u16 = 8000;

/// The ports that a line with a server command names; the default one where it names none.
#[must_use]
pub fn ports(command: &str) -> Vec<u16> {
    let words: Vec<&str> = command
        .split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ',' | '[' | ']' | '(' | ')' | '='))
        .filter(|word| !word.is_empty())
        .collect();
    let mut found = vec![];
    let mut is_named = false;
    for pair in words.windows(2) {
        let [name, value] = pair else { continue };
        let number = match *name {
            "--port" | "-p" | "port" => {
                is_named = true;
                digits(value)
            }
            "--bind" | "-b" | "bind" => {
                is_named = true;
                value.rsplit(':').next().and_then(digits)
            }
            _ => None,
        };
        if let Some(number) = number
            && !found.contains(&number)
        {
            found.push(number);
        }
    }
    // `--port $PORT` may be any.
    if found.is_empty() && !is_named {
        found.push(DEFAULT_PORT);
    }
    found
}

/// A number, or the default of a shell's `${PORT:-8000}`.
fn digits(word: &str) -> Option<u16> {
    let word = word.trim_matches('`');
    let word = match word.split_once(":-") {
        Some((_, default)) => default.trim_end_matches('}'),
        None => word,
    };
    word.parse().ok()
}

/// Programs that serve an application, and calls of them in Python.
const SERVERS: [&str; 7] = [
    "uvicorn ",
    "uvicorn\"",
    "uvicorn.run(",
    "gunicorn",
    "hypercorn",
    "granian",
    "fastapi ",
];

/// The ports that files of a tree name for an application.
///
/// `files` are the files that may hold commands, with their text. A command is an application's if it names its module;
/// with one application every command is its own.
#[must_use]
pub fn addresses<'t>(
    applications: &[String],
    files: impl Iterator<Item = (&'t str, String)>,
) -> Vec<BackendAddress> {
    let mut found: Vec<BackendAddress> = applications
        .iter()
        .map(|application| BackendAddress {
            application: application.clone(),
            ..BackendAddress::default()
        })
        .collect();
    for (_, text) in files {
        for line in text.lines() {
            if SERVERS.iter().any(|server| line.contains(server)) {
                command(line, &mut found);
            }
        }
    }
    found
}

/// Adds the name and the published ports of each container that runs an application: the one whose build folder its file
/// is in, the longest first.
pub fn add_containers(
    addresses: &mut [BackendAddress],
    applications: &[Application],
    deployment: &Deployment,
) {
    for address in addresses {
        let Some(application) = applications
            .iter()
            .find(|known| known.name == address.application)
        else {
            continue;
        };
        for compose in &deployment.compose {
            let folder = parent(&compose.path);
            let context = |service: &ComposeService| -> Option<String> {
                let build = service.build.as_ref()?;
                let context = build.context.trim_start_matches("./").trim_matches(['/', '.']);
                Some(match (folder, context) {
                    ("", context) => context.to_owned(),
                    (folder, "") => folder.to_owned(),
                    (folder, context) => format!("{folder}/{context}"),
                })
            };
            let holds = |service: &&ComposeService| {
                context(service).is_some_and(|context| {
                    let file = &application.location.file;
                    context.is_empty()
                        || file
                            .strip_prefix(context.as_str())
                            .is_some_and(|rest| rest.starts_with('/'))
                })
            };
            let depth = |service: &&ComposeService| context(service).map_or(0, |context| context.len());
            let Some(deepest) = compose
                .services
                .iter()
                .filter(holds)
                .map(|service| depth(&service))
                .max()
            else {
                continue;
            };
            for service in compose
                .services
                .iter()
                .filter(holds)
                .filter(|service| depth(service) == deepest)
            {
                if !address.hosts.contains(&service.name) {
                    address.hosts.push(service.name.clone());
                }
                for (outside, inside) in service.ports.iter().filter_map(|port| mapping(port)) {
                    // Only ports that lead to the server's own.
                    if (address.ports.is_empty() || address.ports.contains(&inside))
                        && !address.ports.contains(&outside)
                    {
                        address.ports.push(outside);
                    }
                }
            }
        }
    }
}

fn command(line: &str, found: &mut [BackendAddress]) {
    let is_alone = found.len() == 1;
    for address in found {
        let (module, attribute) = address
            .application
            .split_once(':')
            .unwrap_or((&address.application, "app"));
        let last = module.rsplit('.').next().unwrap_or(module);
        let names_it = line.contains(&format!("{last}:{attribute}")) || line.contains(&format!("{last}.py"));
        let names_any = line.contains(".py")
            || line
                .split(' ')
                .any(|word| word.contains(':') && !word.contains('/'));
        // Prose that mentions a server is no command.
        if names_it
            || is_alone && line.contains("uvicorn.run(")
            || is_alone && names_any && line.contains("port")
        {
            for port in ports(line) {
                if !address.ports.contains(&port) {
                    address.ports.push(port);
                }
            }
        }
    }
}

/// `7781:8000`, `127.0.0.1:7781:8000`, `7781:8000/tcp`: outside and inside.
fn mapping(words: &str) -> Option<(u16, u16)> {
    let words = words.split('/').next().unwrap_or(words);
    let mut parts = words.rsplit(':');
    let inside = parts.next()?.parse().ok()?;
    let outside = parts.next().and_then(digits)?;
    Some((outside, inside))
}
