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
}

/// Prints the document: the same tree gives the same bytes.
pub(super) fn run(what: Document, target: &Target, output: &mut impl Write) -> anyhow::Result<()> {
    let mut options = target.options(false)?;
    options.deployment = what == Document::Architecture;
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
        Document::Architecture => write::<Architecture>(&architecture, output),
    }
}

fn write<T: serde::Serialize>(value: &T, output: &mut impl Write) -> anyhow::Result<()> {
    serde_json::to_writer_pretty(&mut *output, value).map_err(std::io::Error::from)?;
    writeln!(output)?;
    Ok(())
}
