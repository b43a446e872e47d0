//! `mdbook-arch export openapi|routes|architecture --root DIR`

use std::io::Write;

use anyhow::{Context as _, ensure};
use clap::ValueEnum;

use super::Target;
use crate::architecture::{
    self, Scope,
    model::{Architecture, Location},
};
use crate::openapi::{
    self,
    release::{Release, in_release},
};

/// What can be exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Document {
    /// The OpenAPI document of the application
    Openapi,
    /// Every route of the application, with its handler and place
    Routes,
    /// The whole model of the repository, but for what happens inside its functions
    Architecture,
    /// The frontend: scenes, loops, loaded files, calls
    Frontend,
}

/// A release of OpenAPI as it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum OpenapiRelease {
    /// OpenAPI 3.0, for tools that do not read 3.1
    #[value(name = "3.0")]
    V3_0,
    /// OpenAPI 3.1
    #[value(name = "3.1")]
    V3_1,
}

impl From<OpenapiRelease> for Release {
    fn from(release: OpenapiRelease) -> Self {
        match release {
            OpenapiRelease::V3_0 => Self::V3_0,
            OpenapiRelease::V3_1 => Self::V3_1,
        }
    }
}

/// Prints the document: the same tree gives the same bytes.
pub(super) fn run(
    what: Document,
    release: Option<OpenapiRelease>,
    target: &Target,
    output: &mut impl Write,
) -> anyhow::Result<()> {
    ensure!(
        release.is_none() || what == Document::Openapi,
        "`--version` is the release of an OpenAPI document. help: remove it, or write `export openapi`"
    );
    let scope = match what {
        Document::Architecture => Scope::MODEL,
        Document::Frontend => Scope {
            frontend: true,
            deployment: true,
            ..Scope::default()
        },
        Document::Openapi | Document::Routes => Scope::default(),
    };
    let options = target.options(scope)?;
    let architecture = architecture::analyse(&options)?;
    warn_of_gaps(&architecture);
    let first = || {
        let first = architecture.applications.first();
        first.with_context(|| super::no_application(target))
    };
    match what {
        Document::Openapi => {
            let document = openapi::document(first()?);
            match release {
                Some(release) => write(&in_release(&document, release.into()), output),
                None => write(&document, output),
            }
        }
        Document::Routes => write(&openapi::routes(first()?), output),
        Document::Frontend => write(&export_frontend(&architecture)?, output),
        Document::Architecture => write::<Architecture>(&architecture, output),
    }
}

/// Says what evaluation gave up: the document may lack what would have come of it.
fn warn_of_gaps(architecture: &Architecture) {
    let given_up = architecture
        .unresolved
        .iter()
        .filter(|finding| finding.code == "budget-exceeded");
    for finding in given_up {
        let Location {
            file, line, column, ..
        } = &finding.location;
        match finding.help.as_deref() {
            Some(help) => tracing::warn!("{file}:{line}:{column}: {}. help: {help}", finding.message),
            None => tracing::warn!("{file}:{line}:{column}: {}", finding.message),
        }
    }
}

/// The frontend with its objects by kind, as tools that compare want them.
fn export_frontend(architecture: &Architecture) -> anyhow::Result<serde_json::Value> {
    let frontend = &architecture.frontend;
    let mut document = serde_json::to_value(frontend)?;
    for (key, value) in architecture::integration::document(&architecture.integration) {
        document[key] = value;
    }
    let of_kind = |kind: &str| -> Vec<serde_json::Value> {
        let objects = frontend.objects.iter().filter(|object| object.category == kind);
        objects
            .map(|object| {
                serde_json::json!({
                    "name": object.class, "file": object.location.file, "line": object.location.line,
                })
            })
            .collect()
    };
    for (key, kind) in [
        ("renderers", "renderer"),
        ("cameras", "camera"),
        ("controls", "controls"),
        ("lights", "light"),
        ("loaders", "loader"),
    ] {
        document[key] = of_kind(kind).into();
    }
    document["loops"] = with_places(&frontend.loops, |found| &found.location);
    document["stores"] = with_places(&frontend.stores, |store| &store.location);
    document["hazards"] = with_places(&frontend.hazards, |hazard| &hazard.location);
    let reads = architecture.environment.iter().flat_map(|variable| {
        let reads = variable.reads.iter();
        reads.map(|read| {
            serde_json::json!({
                "name": variable.name, "tier": read.tier, "file": read.location.file, "line": read.location.line,
                "default": read.default,
            })
        })
    });
    document["env"] = reads.collect::<Vec<_>>().into();
    Ok(document)
}

/// A list with the file and line of each.
fn with_places<T: serde::Serialize>(
    list: &[T],
    location: impl Fn(&T) -> &crate::source::location::Location,
) -> serde_json::Value {
    let values = list.iter().map(|item| {
        let mut value = serde_json::to_value(item).unwrap_or_default();
        value["file"] = location(item).file.clone().into();
        value["line"] = location(item).line.into();
        value
    });
    values.collect::<Vec<_>>().into()
}

fn write<T: serde::Serialize>(value: &T, output: &mut impl Write) -> anyhow::Result<()> {
    serde_json::to_writer_pretty(&mut *output, value).map_err(std::io::Error::from)?;
    writeln!(output)?;
    Ok(())
}
