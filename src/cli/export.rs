//! `mdbook-arch export openapi|routes|architecture --root DIR`

use std::io::Write;

use anyhow::Context as _;
use clap::ValueEnum;

use super::Target;
use crate::architecture::{self, model::Architecture};
use crate::openapi;

/// What can be exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Document {
    /// The OpenAPI 3.1 document of the application
    Openapi,
    /// Every route of the application, with its handler and place
    Routes,
    /// The whole model of the repository, but for what happens inside its functions
    Architecture,
    /// The frontend: scenes, loops, loaded files, calls
    Frontend,
}

/// Prints the document: the same tree gives the same bytes.
pub(super) fn run(what: Document, target: &Target, output: &mut impl Write) -> anyhow::Result<()> {
    let options = target.options(false)?;
    if what == Document::Frontend {
        return write(&export_frontend(&options)?, output);
    }
    let architecture = architecture::analyse(&options)?;
    let first = || {
        architecture.applications.first().with_context(|| {
            format!(
                "no FastAPI application was found in `{}`. help: name it with `--app MODULE:EXPRESSION`",
                target.root.display()
            )
        })
    };
    match what {
        Document::Openapi => write(&openapi::document(first()?), output),
        Document::Routes => write(&openapi::routes(first()?), output),
        Document::Frontend => Ok(()),
        Document::Architecture => write::<Architecture>(&architecture, output),
    }
}

/// The frontend with its objects by kind, as tools that compare want them.
fn export_frontend(options: &architecture::Options) -> anyhow::Result<serde_json::Value> {
    let frontend = architecture::frontend::frontend(&options.root)?;
    let mut document = serde_json::to_value(&frontend)?;
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
    document["calls"] = with_places(&frontend.calls, |call| &call.location);
    document["env"] = with_places(&frontend.env, |read| &read.location);
    for read in document["env"].as_array_mut().into_iter().flatten() {
        read["tier"] = "frontend".into();
    }
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
