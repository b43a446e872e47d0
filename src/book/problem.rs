//! What is wrong with a book, where the author finds it, and how it is shown.

use std::fmt;

use crate::view::ViewError;

/// A place in the author's files.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Path relative to the book's root, with forward slashes, e.g. `src/api.md`.
    pub path: String,
    /// One-based line and column in characters; absent where only the file is known.
    pub position: Option<(usize, usize)>,
    /// The text that is meant, where there is no position to find it by.
    pub quote: Option<String>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        if let Some((line, column)) = self.position {
            write!(f, ":{line}:{column}")?;
        }
        Ok(())
    }
}

/// Something that keeps a directive or the configuration from being understood.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Where it is.
    pub place: Place,
    /// What it is, in one sentence without a full stop.
    pub message: String,
    /// The nearest valid name or the fix.
    pub help: Option<String>,
}

impl Problem {
    /// The problem that a directive at `place` has.
    #[must_use]
    pub fn new(place: Place, error: ViewError) -> Problem {
        Problem {
            place,
            message: error.message,
            help: error.help,
        }
    }

    /// The message with the quoted directive and the help, for a line that shows the place in its own way.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = match &self.place.quote {
            Some(quote) => format!("in `{quote}`: {}", sentence(&self.message)),
            None => sentence(&self.message).to_owned(),
        };
        if let Some(help) = &self.help {
            text.push_str(". help: ");
            text.push_str(sentence(help));
        }
        text
    }
}

/// `src/api.md:12:3: error: … help: …` on one line, which editors and CI annotations can read.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: error: {}",
            self.place,
            self.text().replace(['\n', '\r'], " ")
        )
    }
}

fn sentence(text: &str) -> &str {
    text.trim().trim_end_matches('.')
}

/// All problems of one build, in the order of the book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problems(pub Vec<Problem>);

impl std::error::Error for Problems {}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.0 {
            writeln!(f, "{problem}")?;
        }
        let count = self.0.len();
        write!(
            f,
            "{count} problem{} found; no book is written",
            if count == 1 { "" } else { "s" }
        )
    }
}
