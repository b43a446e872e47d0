//! What configuration says of a variable that addresses begin with.

use crate::{
    deploy::{Deployment, dotenv::EnvironmentFile, setting::Setting},
    source::{location::Location, tree::parent},
    web::network::NetworkCall,
};

/// An address as configuration completes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Completed {
    pub(super) url: String,
    /// Where the variable is set.
    pub(super) location: Location,
}

/// The addresses that a call has with the values of the variable that it begins with: those of the environment files
/// that are nearest to it first, as a developer has them
/// (<https://vite.dev/guide/env-and-mode#env-files>), then what containers and images set.
pub(super) fn completed(call: &NetworkCall, deployment: &Deployment) -> Vec<Completed> {
    let Some(variable) = &call.base_variable else {
        return vec![];
    };
    let Some(rest) = call.url.split_once('}').map(|(_, rest)| rest) else {
        return vec![];
    };
    let mut found: Vec<Completed> = vec![];
    for setting in settings(variable, &call.location.file, deployment) {
        let value = setting.value.as_deref().unwrap_or_default().trim();
        let is_known = !value.is_empty() && !value.contains(['$', '<']);
        if !is_known || found.iter().any(|known| known.location == setting.location) {
            continue;
        }
        let url = match (value.ends_with('/'), rest.starts_with('/')) {
            (true, true) => format!("{value}{}", &rest[1..]),
            _ => format!("{value}{rest}"),
        };
        found.push(Completed {
            url,
            location: setting.location.clone(),
        });
    }
    found
}

fn settings<'d>(variable: &str, file: &str, deployment: &'d Deployment) -> Vec<&'d Setting> {
    let of_variable = |setting: &&Setting| setting.name == variable;
    let mut files: Vec<&EnvironmentFile> = deployment
        .environment_files
        .iter()
        .filter(|known| holds(parent(&known.path), file))
        .collect();
    let key = |known: &&EnvironmentFile| {
        let depth = parent(&known.path).len();
        (std::cmp::Reverse(depth), rank(known), known.path.clone())
    };
    files.sort_by_key(key);
    let of_files = files
        .into_iter()
        .flat_map(|known| known.settings.iter().filter(of_variable));
    let of_containers = deployment.compose.iter().flat_map(|compose| {
        compose.services.iter().flat_map(|service| {
            let arguments = service.build.iter().flat_map(|build| &build.arguments);
            service.settings.iter().chain(arguments)
        })
    });
    let of_images = deployment.dockerfiles.iter().flat_map(|image| {
        let stages = image.stages.iter();
        let of_stages = stages.flat_map(|stage| stage.settings.iter().chain(&stage.arguments));
        image.arguments.iter().chain(of_stages)
    });
    of_files
        .chain(of_containers.filter(of_variable))
        .chain(of_images.filter(of_variable))
        .collect()
}

fn holds(folder: &str, file: &str) -> bool {
    folder.is_empty()
        || file
            .strip_prefix(folder)
            .is_some_and(|rest| rest.starts_with('/'))
}

/// A developer's values before those of a deployment.
fn rank(file: &EnvironmentFile) -> u8 {
    let of_variant = match file.variant.as_deref() {
        Some(variant) if variant.contains("dev") || variant.contains("local") => 0,
        None => 1,
        Some(variant) if variant.contains("test") || variant.contains("ci") => 4,
        Some(_) => 3,
    };
    of_variant + u8::from(file.is_template)
}
