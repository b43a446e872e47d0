//! `mdbook-arch render '<<#arch …>>' --root DIR`

use std::{collections::BTreeMap, io::Write};

use anyhow::bail;

use super::Target;
use crate::book::directive::{CLOSE, OPEN, parse};
use crate::book::repositories::{Subject, analyse, scope, split};
use crate::view::{self, Request, ViewError};

/// Prints the Markdown of one directive. The marks around it may be left out.
pub(super) fn run(text: &str, target: &Target, output: &mut impl Write) -> anyhow::Result<()> {
    let request = request(text).map_err(message)?;
    let (
        request,
        Subject {
            repository,
            application,
        },
    ) = split(request);
    if repository.is_some() {
        bail!("`repo=` names a repository of a book's configuration. help: use `--root DIR` here");
    }
    let mut options = target.options(scope(&request))?;
    options.app = application.or(options.app);
    let analysed = analyse(&options, None)?;
    let context = view::Context {
        architecture: &analysed.architecture,
        links: &analysed.links,
        layers: &BTreeMap::new(),
    };
    let rendered = view::render(&request, &context).map_err(message)?;
    writeln!(output, "{}", rendered.markdown)?;
    Ok(())
}

fn request(text: &str) -> Result<Request, ViewError> {
    let text = text.trim();
    let marked = if text.starts_with(OPEN) {
        text.to_owned()
    } else {
        format!("{OPEN} {text}{CLOSE}")
    };
    match parse(&marked) {
        Some(directive) if directive.request.is_err() || directive.length == marked.len() => {
            directive.request
        }
        _ => Err(ViewError {
            message: format!("`{text}` is not one directive"),
            help: Some("write `<<#arch NAME [SUBJECT] [key=value …]>>`".to_owned()),
        }),
    }
}

fn message(error: ViewError) -> anyhow::Error {
    match error.help {
        Some(help) => anyhow::anyhow!("{}. help: {help}", error.message),
        None => anyhow::anyhow!(error.message),
    }
}

#[cfg(test)]
mod tests {
    use super::request;

    #[test]
    fn the_marks_may_be_left_out() {
        let name = |text: &str| {
            request(text)
                .map(|request| request.name)
                .map_err(|error| error.message)
        };
        assert_eq!(
            name(" <<#arch diagram layers>> "),
            Ok("diagram layers".to_owned())
        );
        assert_eq!(name("diagram layers"), Ok("diagram layers".to_owned()));
        assert_eq!(
            name("<<#arch a>> b"),
            Err("`<<#arch a>> b` is not one directive".to_owned())
        );
        assert_eq!(name("a b=\""), Err("a quote `\"` is not closed".to_owned()));
    }
}
