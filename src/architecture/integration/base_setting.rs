//! What configuration says of a variable that addresses begin with.

use crate::{
    deploy::{Deployment, dotenv::EnvironmentFile, setting::Setting},
    source::{location::Location, tree::parent},
    web::{bundler::Pipeline, network::NetworkCall},
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
/// (<https://vite.dev/guide/env-and-mode#env-files>), then what the build defines and what containers and images set.
pub(super) fn completed(
    call: &NetworkCall,
    deployment: &Deployment,
    pipelines: &[Pipeline],
) -> Vec<Completed> {
    let Some(variable) = &call.base_variable else {
        return vec![];
    };
    let rest = call.url.strip_prefix("${").and_then(|url| url.split_once('}'));
    let Some((_, rest)) = rest else {
        return vec![];
    };
    let file = &call.location.file;
    let said = |setting: &Setting| Some((setting.value.clone()?, setting.location.clone()));
    let defined = pipelines
        .iter()
        .filter(|pipeline| holds(&pipeline.folder, file))
        .flat_map(|pipeline| {
            let of_variable = pipeline.definitions.iter().filter(|(name, _)| name == variable);
            of_variable.map(|(_, value)| (value.clone(), pipeline.location.clone()))
        });
    let values = of_files(variable, file, deployment)
        .into_iter()
        .filter_map(said)
        .chain(defined)
        .chain(of_containers(variable, deployment).into_iter().filter_map(said));
    let mut found: Vec<Completed> = vec![];
    for (value, location) in values {
        let value = value.trim();
        let is_known = !value.is_empty() && !value.contains(['$', '<']);
        if !is_known || found.iter().any(|known| known.location == location) {
            continue;
        }
        let url = match (value.ends_with('/'), rest.starts_with('/')) {
            (true, true) => format!("{value}{}", &rest[1..]),
            _ => format!("{value}{rest}"),
        };
        found.push(Completed { url, location });
    }
    found
}

fn of_files<'d>(variable: &str, file: &str, deployment: &'d Deployment) -> Vec<&'d Setting> {
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
    let settings = files.into_iter().flat_map(|known| &known.settings);
    settings.filter(|setting| setting.name == variable).collect()
}

fn of_containers<'d>(variable: &str, deployment: &'d Deployment) -> Vec<&'d Setting> {
    let of_compose = deployment.compose.iter().flat_map(|compose| {
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
    of_compose
        .chain(of_images)
        .filter(|setting| setting.name == variable)
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
