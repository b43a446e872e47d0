//! Under which hosts and ports an application is reached.

use super::server_command::{digits, ports, statements};
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
    for (file, text) in files {
        for statement in statements(&text) {
            command(file, &statement, &text, &mut found);
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
        let own = address.ports.clone();
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
                    if !own.is_empty() && !own.contains(&inside) {
                        continue;
                    }
                    for port in [inside, outside] {
                        if !address.ports.contains(&port) {
                            address.ports.push(port);
                        }
                    }
                }
            }
        }
    }
}

fn command(file: &str, statement: &str, text: &str, found: &mut [BackendAddress]) {
    let is_alone = found.len() == 1;
    let names_any = statement.contains(".py")
        || statement
            .split(' ')
            .any(|word| word.contains(':') && !word.contains('/'));
    let calls = statement.contains("uvicorn.run(");
    for address in found {
        let (module, attribute) = address
            .application
            .split_once(':')
            .unwrap_or((&address.application, "app"));
        let last = module.rsplit('.').next().unwrap_or(module);
        let names_it =
            statement.contains(&format!("{last}:{attribute}")) || statement.contains(&format!("{last}.py"));
        let is_own_module = file
            .strip_suffix(".py")
            .is_some_and(|path| format!(".{}", path.replace('/', ".")).ends_with(&format!(".{module}")));
        // Prose that mentions a server is no command.
        if names_it
            || calls && (is_alone || is_own_module)
            || is_alone && names_any && statement.contains("port")
        {
            for port in ports(statement, text) {
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
