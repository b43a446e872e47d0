//! `mdbook-arch check`: whether the OpenAPI document that a repository keeps is the one that the application publishes.

mod kept;
mod report;

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;

use super::Target;
use crate::architecture::{self, Scope, model::Application};
use crate::openapi::{
    self,
    difference::differences,
    release::{Release, in_release},
};
use report::Report;

/// Prints what differs. The exit code is 1 when something does.
pub(super) fn run(
    target: &Target,
    against: Option<&Path>,
    as_json: bool,
    output: &mut impl Write,
) -> anyhow::Result<ExitCode> {
    let options = target.options(Scope::default())?;
    let kept = kept::find(&options.root, against)?;
    let architecture = architecture::analyse(&options)?;
    let application = application(&architecture.applications, &kept.document, target)?;
    // Of another release than FastAPI's is what a tool made of FastAPI's document: the same is made here.
    let published = openapi::document(application);
    let release = Release::of(&kept.document).unwrap_or(Release::V3_1);
    let (document, published) = if Release::of(&published) == Some(release) {
        (kept.document.clone(), published)
    } else {
        (
            in_release(&kept.document, release),
            in_release(&published, release),
        )
    };
    let mut found = differences(&document, &published);
    // Which patch release is written says nothing of the contract.
    found.retain(|difference| difference.pointer != "/openapi");
    let report = Report {
        application,
        file: &kept.file,
        release,
        differences: &found,
        unresolved: &architecture.unresolved,
    };
    if as_json {
        serde_json::to_writer_pretty(&mut *output, &report.json()).map_err(std::io::Error::from)?;
        writeln!(output)?;
    } else {
        report.write(output)?;
    }
    Ok(if found.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// The application asked for; of several, without being asked, the one whose title the document has.
fn application<'a>(
    applications: &'a [Application],
    document: &serde_json::Value,
    target: &Target,
) -> anyhow::Result<&'a Application> {
    let title = document["info"]["title"].as_str().unwrap_or_default();
    let by_title = applications.iter().find(|application| application.title == title);
    let first = if target.app.is_some() {
        applications.first()
    } else {
        by_title.or(applications.first())
    };
    first.with_context(|| super::no_application(target))
}
