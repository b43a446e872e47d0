//! What `check` prints.

use std::io::{self, Write};

use serde_json::{Value as Json, json};

use crate::architecture::model::{Application, Finding, Location, plain_path};
use crate::openapi::{
    difference::{Change, Detail, Difference, Subject},
    release::Release,
};

/// Values of one thing that are listed; more do not fit a review comment.
const MOST_DETAILS: usize = 12;

/// Characters of a value that are shown.
const MOST_CHARACTERS: usize = 80;

/// The outcome of a comparison.
pub(super) struct Report<'a> {
    pub application: &'a Application,
    pub file: &'a str,
    pub release: Release,
    pub differences: &'a [Difference],
    pub unresolved: &'a [Finding],
}

impl Report<'_> {
    pub(super) fn json(&self) -> Json {
        let differences = self.differences.iter().map(|difference| {
            let mut out = json!(difference);
            if let Some(place) = self.place(difference) {
                out["location"] = json!(place);
            }
            out
        });
        json!({
            "application": self.application.name,
            "document": self.file,
            "release": self.release_words(),
            "differences": differences.collect::<Vec<_>>(),
            "unresolved": self.unresolved,
        })
    }

    pub(super) fn write(&self, output: &mut impl Write) -> io::Result<()> {
        let (file, application) = (self.file, &self.application.name);
        if self.differences.is_empty() {
            writeln!(
                output,
                "`{file}` is what `{application}` publishes (OpenAPI {})",
                self.release_words()
            )?;
        } else {
            writeln!(
                output,
                "`{file}` is not what `{application}` publishes: {}",
                self.counts()
            )?;
            writeln!(output)?;
            for difference in self.differences {
                self.difference(difference, output)?;
            }
            writeln!(output)?;
            writeln!(
                output,
                "+ only the application has it, - only the file has it, ~ file -> application"
            )?;
        }
        if !self.unresolved.is_empty() {
            let count = self.unresolved.len();
            let things = if count == 1 { "thing" } else { "things" };
            writeln!(
                output,
                "note: {count} {things} could not be resolved: `mdbook-arch render '<<#arch unresolved>>'`"
            )?;
        }
        Ok(())
    }

    fn release_words(&self) -> &'static str {
        match self.release {
            Release::V3_0 => "3.0",
            Release::V3_1 => "3.1",
        }
    }

    /// `2 operations, 1 schema`.
    fn counts(&self) -> String {
        let kinds = ["document", "operation", "path", "schema", "component"];
        let count = |kind: &str| {
            self.differences
                .iter()
                .filter(|one| noun(&one.subject) == kind)
                .count()
        };
        let words = kinds.into_iter().filter_map(|kind| {
            let plural = if kind == "document" {
                "keys of the document".to_owned()
            } else {
                format!("{kind}s")
            };
            let single = if kind == "document" {
                "key of the document"
            } else {
                kind
            };
            match count(kind) {
                0 => None,
                1 => Some(format!("1 {single}")),
                many => Some(format!("{many} {plural}")),
            }
        });
        words.collect::<Vec<_>>().join(", ")
    }

    fn difference(&self, difference: &Difference, output: &mut impl Write) -> io::Result<()> {
        let sign = match difference.change {
            Change::Added => '+',
            Change::Removed => '-',
            Change::Changed => '~',
        };
        let place = self
            .place(difference)
            .map_or_else(String::new, |place| format!("  ({}:{})", place.file, place.line));
        writeln!(output, "{sign} {}{place}", words(&difference.subject))?;
        for detail in difference.details.iter().take(MOST_DETAILS) {
            self.detail(detail, output)?;
        }
        match difference.details.len().saturating_sub(MOST_DETAILS) {
            0 => Ok(()),
            more => writeln!(output, "    and {more} more"),
        }
    }

    fn detail(&self, detail: &Detail, output: &mut impl Write) -> io::Result<()> {
        let (kept, published) = (value(detail.kept.as_ref()), value(detail.published.as_ref()));
        writeln!(output, "    {}: {kept} -> {published}", detail.pointer)
    }

    /// Where the code says it.
    fn place(&self, difference: &Difference) -> Option<&Location> {
        let known = |location: &&Location| !location.file.is_empty();
        match &difference.subject {
            Subject::Operation { method, path } => {
                let endpoints = self.application.endpoints.iter();
                let mut found = endpoints.filter(|endpoint| {
                    endpoint.methods.contains(method) && plain_path(&endpoint.path) == *path
                });
                found
                    .next()
                    .map(|endpoint| &endpoint.handler.location)
                    .filter(known)
            }
            Subject::Component { component, name } if component == "schemas" => {
                let models = self.application.models.iter();
                let mut found = models.filter(|model| {
                    [&model.input_schema, &model.output_schema].contains(&&Some(name.clone()))
                });
                found.next().map(|model| &model.symbol.location).filter(known)
            }
            _ => None,
        }
    }
}

fn noun(subject: &Subject) -> &'static str {
    match subject {
        Subject::Document { .. } => "document",
        Subject::Operation { .. } => "operation",
        Subject::Path { .. } => "path",
        Subject::Component { component, .. } if component == "schemas" => "schema",
        Subject::Component { .. } => "component",
    }
}

fn words(subject: &Subject) -> String {
    match subject {
        Subject::Document { name } => name.clone(),
        Subject::Operation { method, path } => format!("{method} {path}"),
        Subject::Path { path } => format!("path {path}"),
        Subject::Component { component, name } if component == "schemas" => format!("schema {name}"),
        Subject::Component { component, name } => format!("{component} {name}"),
    }
}

/// A value on one line.
fn value(value: Option<&Json>) -> String {
    let Some(value) = value else {
        return "absent".to_owned();
    };
    let text = value.to_string();
    if text.chars().count() <= MOST_CHARACTERS {
        return text;
    }
    let start: String = text.chars().take(MOST_CHARACTERS).collect();
    format!("{start}…")
}
