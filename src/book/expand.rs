//! All directives of a book: found, expanded, and put in their places.

use std::{collections::BTreeMap, ops::Range};

use crate::book::configuration::{Configuration, OnError};
use crate::book::host::{Chapter, Host};
use crate::book::order;
use crate::book::place::locate;
use crate::book::problem::{Problem, Problems};
use crate::book::repositories::{Failure, Repositories, split};
use crate::book::scan::{Found, Scan, Spot, scan};
use crate::book::splice::{replacement, splice};
use crate::markdown::{Block, Inline};
use crate::view::{self, Placement, Rendered, ViewError};

/// What a problem in a page begins with.
const LABEL: &str = "mdbook-arch:";

/// Expands the directives of all chapters, or finds all of their problems.
pub(super) fn expand(host: &Host, chapters: Vec<Chapter<'_>>) -> anyhow::Result<()> {
    let configuration = Configuration::read(host.preprocessors.get("arch")).map_err(Problems)?;
    let scans: Vec<Scan> = chapters
        .iter()
        .map(|chapter| scan(chapter.content, host.dialect))
        .collect();
    for (chapter, scan) in chapters.iter().zip(&scans) {
        warn_of_ignored(host, chapter, scan);
    }
    if scans.iter().all(|scan| scan.directives.is_empty()) {
        return Ok(());
    }
    warn_of_order(host);
    let requests = scans
        .iter()
        .flat_map(|scan| &scan.directives)
        .filter_map(|found| found.request.as_ref().ok());
    let mut run = Run {
        host,
        repositories: Repositories::new(host, &configuration, requests),
        layers: &configuration.layers,
        on_error: configuration.on_error,
        problems: Vec::new(),
        failed: Vec::new(),
        draws: !order::mermaid_preprocessors(&host.preprocessors).is_empty(),
    };
    for (chapter, scan) in chapters.into_iter().zip(&scans) {
        run.chapter(chapter, scan);
    }
    if run.problems.is_empty() {
        Ok(())
    } else {
        Err(Problems(run.problems).into())
    }
}

fn warn_of_order(host: &Host) {
    let missing = order::missing_keys(&host.preprocessors);
    if !missing.is_empty() {
        tracing::warn!(
            "book.toml: mdBook may run the preprocessors in the wrong order; add to `[preprocessor.arch]`: {} \
             (`mdbook-arch install` does it)",
            missing.join(" and ")
        );
    }
}

fn warn_of_ignored(host: &Host, chapter: &Chapter<'_>, scan: &Scan) {
    for ignored in &scan.ignored {
        let place = locate(
            host,
            chapter.source_path.as_deref(),
            &chapter.name,
            chapter.content,
            &ignored.range,
        );
        let directive = &chapter.content[ignored.range.clone()];
        tracing::warn!(
            "{place}: `{directive}` stays as it is: {}. help: {}",
            ignored.reason,
            ignored.help
        );
    }
}

/// One build.
struct Run<'a> {
    host: &'a Host,
    repositories: Repositories<'a>,
    layers: &'a BTreeMap<String, Vec<String>>,
    on_error: OnError,
    problems: Vec<Problem>,
    /// Failed analyses that were reported.
    failed: Vec<ViewError>,
    /// Whether a Mermaid preprocessor is configured.
    draws: bool,
}

impl Run<'_> {
    fn chapter(&mut self, chapter: Chapter<'_>, scan: &Scan) {
        if scan.directives.is_empty() {
            return;
        }
        let mut replacements: Vec<(Range<usize>, String)> = Vec::with_capacity(scan.directives.len());
        for found in &scan.directives {
            let text = match self.expansion(found) {
                Ok((rendered, text)) => {
                    self.warn_of_nested_diagram(&chapter, found, &rendered);
                    text
                }
                Err(failure) => self.failure(&chapter, found, failure),
            };
            replacements.push((found.range.clone(), text));
        }
        let spliced = splice(chapter.content, &replacements);
        *chapter.content = spliced;
    }

    fn expansion(&mut self, found: &Found) -> Result<(Rendered, String), Failure> {
        let request = found.request.clone().map_err(Failure::Request)?;
        let (request, subject) = split(request);
        let analysed = self.repositories.get(&subject)?;
        let context = view::Context {
            architecture: &analysed.architecture,
            links: &analysed.links,
            layers: self.layers,
        };
        let rendered = view::render(&request, &context).map_err(Failure::Request)?;
        let text = replacement(found, &rendered).map_err(Failure::Request)?;
        Ok((rendered, text))
    }

    /// Notes the problem; the answer is what the page shows in the place of the directive.
    fn failure(&mut self, chapter: &Chapter<'_>, found: &Found, failure: Failure) -> String {
        let place = locate(
            self.host,
            chapter.source_path.as_deref(),
            &chapter.name,
            chapter.content,
            &found.range,
        );
        let (error, known) = match failure {
            Failure::Request(error) => (error, false),
            Failure::Analysis(error) => {
                let known = self.failed.contains(&error);
                self.failed.push(error.clone());
                (error, known)
            }
        };
        let problem = Problem::new(place, error);
        let shown = shown(&problem, found);
        match self.on_error {
            OnError::Show if !known => tracing::warn!("{}: {}", problem.place, problem.text()),
            OnError::Fail if !known && !self.problems.contains(&problem) => self.problems.push(problem),
            _ => {}
        }
        shown
    }

    /// mdbook-mermaid writes its HTML at the start of the line, which ends the list item or quote it should be in.
    fn warn_of_nested_diagram(&self, chapter: &Chapter<'_>, found: &Found, rendered: &Rendered) {
        let nested = matches!(&found.spot, Spot::Line(line) if !line.prefix.is_empty());
        if nested && self.draws && rendered.markdown.contains("```mermaid") {
            let place = locate(
                self.host,
                chapter.source_path.as_deref(),
                &chapter.name,
                chapter.content,
                &found.range,
            );
            tracing::warn!(
                "{place}: mdbook-mermaid cannot draw a diagram inside a list item or a block quote. \
                 help: put the directive at the start of a line"
            );
        }
    }
}

/// The problem as Markdown, a block only where one may stand.
fn shown(problem: &Problem, found: &Found) -> String {
    let text = Inline::code(problem.text());
    let rendered = match found.spot {
        Spot::Line(_) => Rendered {
            markdown: Block::alert(LABEL, &text).to_markdown(),
            placement: Placement::Block,
        },
        Spot::Inline(_) => {
            let line = Inline::concat([Inline::strong(LABEL), Inline::text(" "), text]);
            Rendered {
                markdown: line.to_markdown(),
                placement: Placement::Inline,
            }
        }
    };
    replacement(found, &rendered).unwrap_or_default()
}

#[cfg(test)]
mod tests;
