//! Where configuration sets variables.

use super::NamedSetting;
use crate::architecture::model::{SettingKind, VariableSetting};
use crate::deploy::Deployment;
use crate::deploy::compose::ComposeService;
use crate::deploy::kubernetes::{Cluster, Container};
use crate::deploy::setting::{Setting, ValueSource};

pub(super) fn settings(deployment: &Deployment) -> Vec<NamedSetting> {
    let mut found = Vec::new();
    for file in &deployment.environment_files {
        let settings = file
            .settings
            .iter()
            .map(|setting| named(setting, SettingKind::EnvironmentFile, ""));
        found.extend(settings.map(|mut setting| {
            setting.setting.is_template = file.is_template;
            setting
        }));
    }
    for file in &deployment.compose {
        file.services
            .iter()
            .for_each(|service| compose(service, &mut found));
    }
    for file in &deployment.dockerfiles {
        let globals = file
            .arguments
            .iter()
            .map(|argument| named(argument, SettingKind::BuildArgument, ""));
        found.extend(globals);
        for stage in &file.stages {
            let target = stage.name.as_deref().unwrap_or(&stage.base);
            found.extend(
                stage
                    .settings
                    .iter()
                    .map(|setting| named(setting, SettingKind::Dockerfile, target)),
            );
            found.extend(
                stage
                    .arguments
                    .iter()
                    .map(|setting| named(setting, SettingKind::BuildArgument, target)),
            );
        }
    }
    cluster(&deployment.cluster, &mut found);
    for workflow in &deployment.workflows {
        found.extend(
            workflow
                .settings
                .iter()
                .map(|setting| named(setting, SettingKind::Workflow, &workflow.name)),
        );
    }
    for process in &deployment.processes {
        found.extend(
            process
                .settings
                .iter()
                .map(|setting| named(setting, SettingKind::Systemd, &process.name)),
        );
    }
    found
}

fn compose(service: &ComposeService, found: &mut Vec<NamedSetting>) {
    let is_foreign = service.build.is_none() && service.image.is_some();
    found.extend(service.settings.iter().map(|setting| {
        let mut setting = named(setting, SettingKind::Compose, &service.name);
        setting.setting.is_foreign = is_foreign;
        setting
    }));
    let arguments = service.build.iter().flat_map(|build| &build.arguments);
    found.extend(arguments.map(|setting| named(setting, SettingKind::BuildArgument, &service.name)));
}

fn cluster(cluster: &Cluster, found: &mut Vec<NamedSetting>) {
    for workload in &cluster.workloads {
        for container in &workload.containers {
            let settings = container.settings.iter();
            found.extend(settings.map(|setting| named(setting, SettingKind::Kubernetes, &workload.name)));
            from_maps(container, cluster, &workload.name, found);
        }
    }
}

/// The keys of ConfigMaps and Secrets that a container takes as a whole.
fn from_maps(container: &Container, cluster: &Cluster, workload: &str, found: &mut Vec<NamedSetting>) {
    for source in &container.sources {
        let maps = cluster
            .maps
            .iter()
            .filter(|map| map.name == source.name && map.is_secret == source.is_secret);
        for setting in maps.flat_map(|map| &map.settings) {
            let mut setting = named(setting, SettingKind::Kubernetes, workload);
            setting.name = format!("{}{}", source.prefix, setting.name);
            setting.is_secret = source.is_secret;
            let kind = if source.is_secret { "Secret" } else { "ConfigMap" };
            setting.setting.source = Some(format!("{kind} {}", source.name));
            found.push(setting);
        }
    }
}

fn named(setting: &Setting, kind: SettingKind, target: &str) -> NamedSetting {
    let is_platform_secret = setting
        .value
        .as_deref()
        .is_some_and(|value| value.contains("${{") && value.contains("secrets."));
    NamedSetting {
        name: setting.name.clone(),
        is_secret: matches!(setting.source, Some(ValueSource::Secret { .. })) || is_platform_secret,
        setting: VariableSetting {
            location: setting.location.clone(),
            kind,
            target: target.to_owned(),
            value: setting.value.clone(),
            source: setting.source.as_ref().map(words),
            is_foreign: false,
            is_template: false,
        },
    }
}

fn words(source: &ValueSource) -> String {
    match source {
        ValueSource::Caller => "the environment of whoever starts it".to_owned(),
        ValueSource::ConfigMap { map, key } => format!("ConfigMap {map}: {key}"),
        ValueSource::Secret { secret, key } => format!("Secret {secret}: {key}"),
        ValueSource::Field(field) => field.clone(),
    }
}
