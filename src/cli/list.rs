//! `mdbook-arch list [--root DIR]`

use std::io::{self, Write};

use super::Target;
use crate::architecture::{self, Scope, model::Application, model::Architecture};
use crate::view::{self, Directive, Placement};

/// Shows every directive with its keys, and what was found in the repository to use them on.
pub(super) fn run(target: &Target, output: &mut impl Write) -> anyhow::Result<()> {
    let architecture = architecture::analyse(&target.options(Scope {
        data_layer: true,
        ..Scope::default()
    })?)?;
    for directive in view::directives() {
        write_directive(directive, output)?;
    }
    writeln!(
        output,
        "\nIn a book each one also takes `repo=NAME`, for a table `[preprocessor.arch.repos.NAME]`."
    )?;
    write_found(&architecture, &target.root.display().to_string(), output)?;
    Ok(())
}

fn write_directive(directive: &Directive, output: &mut impl Write) -> io::Result<()> {
    let subject = directive
        .subject
        .map(|subject| format!(" {subject}"))
        .unwrap_or_default();
    let inline = match directive.placement {
        Placement::Inline => " (within a sentence)",
        Placement::Block => "",
    };
    writeln!(
        output,
        "<<#arch {}{subject}>>{inline}\n    {}",
        directive.name, directive.summary
    )?;
    let width = directive
        .keys
        .iter()
        .map(|key| key.name.len())
        .max()
        .unwrap_or_default();
    for key in directive.keys {
        writeln!(output, "      {:width$}  {}", key.name, key.summary)?;
    }
    Ok(())
}

fn write_found(architecture: &Architecture, root: &str, output: &mut impl Write) -> io::Result<()> {
    if architecture.applications.is_empty() {
        writeln!(
            output,
            "No FastAPI application was found in `{root}`; name it with `--app MODULE:EXPRESSION`."
        )?;
    } else {
        writeln!(output, "Applications in `{root}`:")?;
    }
    for application in &architecture.applications {
        write_application(application, output)?;
    }
    if !architecture.unresolved.is_empty() {
        writeln!(
            output,
            "{} in the code could not be resolved.",
            count(architecture.unresolved.len(), "place")
        )?;
    }
    Ok(())
}

fn write_application(application: &Application, output: &mut impl Write) -> io::Result<()> {
    let counts = [
        (application.endpoints.len(), "endpoint"),
        (application.channels.len(), "channel"),
        (application.mounts.len(), "mount"),
        (application.routers.len(), "router"),
    ];
    let counts: Vec<String> = counts.iter().map(|(number, noun)| count(*number, noun)).collect();
    let place = &application.location;
    writeln!(
        output,
        "  {}  {}  ({}:{})",
        application.name,
        counts.join(", "),
        place.file,
        place.line
    )
}

fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
