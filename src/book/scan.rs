//! Where a chapter has directives: byte ranges of its source, outside of code, HTML and comments.
//!
//! The parser's text events are never matched: `<<#arch tag="a_b">>` comes out of it in many pieces, with curly
//! quotes and perhaps as emphasis. It only tells which ranges of the source are text; what stands there is read from
//! the source itself.

mod markers;
mod regions;

use std::ops::Range;

use crate::book::directive::{self, OPEN};
use crate::view::{Request, ViewError};

use markers::Markers;
pub use regions::Dialect;
use regions::Regions;

/// What a chapter holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scan {
    /// The directives in the order of the source; their ranges do not overlap.
    pub directives: Vec<Found>,
    /// What looks like a directive but stands where Markdown has no text, and stays as it is.
    pub ignored: Vec<Ignored>,
}

/// A directive in a chapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its bytes in the chapter, from `<<#arch` to `>>`.
    pub range: Range<usize>,
    /// What it stands in.
    pub spot: Spot,
    /// What it asks for, or why that cannot be known.
    pub request: Result<Request, ViewError>,
}

/// What a directive stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spot {
    /// Alone on its line: a block may take its place.
    Line(Line),
    /// Text stands around it: only a value may take its place.
    Inline(Surroundings),
}

/// A line that a directive has for itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// What each further line must begin with to stay in the same list items and block quotes, e.g. `"> "`.
    pub prefix: String,
    /// Whether text stands right above, so that a blank line is needed.
    pub blank_before: bool,
    /// Whether text stands right below, so that a blank line is needed.
    pub blank_after: bool,
    /// Whether the chapter ends its lines with a carriage return and a line feed.
    pub carriage_return: bool,
}

/// What an inline directive stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Surroundings {
    /// A paragraph, or emphasis or a link in one.
    Sentence,
    /// A cell of a table.
    Cell,
    /// A heading.
    Heading,
    /// The term of a definition list: a line that begins with a colon makes one of the text right above it.
    Term,
}

/// Something that looks like a directive but is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ignored {
    /// Its bytes in the chapter.
    pub range: Range<usize>,
    /// Why it stays as it is, e.g. `it stands inside HTML`.
    pub reason: &'static str,
    /// How it could be made to work.
    pub help: &'static str,
}

/// Finds the directives of `chapter`.
#[must_use]
pub fn scan(chapter: &str, dialect: Dialect) -> Scan {
    let mut scan = Scan::default();
    if !chapter.contains(OPEN) {
        return scan;
    }
    let regions = Regions::of(chapter, dialect);
    let mut done = 0;
    for (start, _) in chapter.match_indices(OPEN) {
        if start < done || is_escaped(chapter, start) || regions.is_verbatim(start) {
            continue;
        }
        let line_end = end_of_line(chapter, start);
        let cell = regions.cell(start);
        let limit = cell.as_ref().map_or(line_end, |cell| cell.end.min(line_end));
        let Some(mut parsed) = directive::parse(&chapter[start..limit.max(start + OPEN.len())]) else {
            continue;
        };
        let range = start..start + parsed.length;
        done = range.end;
        if !regions.is_text(start) {
            scan.ignored.push(ignored(&regions, range));
            continue;
        }
        if cell.is_some() {
            parsed.request = in_cell(parsed.request);
        }
        let spot = spot(chapter, &regions, &range);
        scan.directives.push(Found {
            range,
            spot,
            request: parsed.request,
        });
    }
    scan
}

/// Whether the byte at `start` has an odd number of backslashes before it.
fn is_escaped(text: &str, start: usize) -> bool {
    text[..start]
        .bytes()
        .rev()
        .take_while(|&byte| byte == b'\\')
        .count()
        % 2
        == 1
}

fn end_of_line(text: &str, start: usize) -> usize {
    text[start..]
        .find(['\n', '\r'])
        .map_or(text.len(), |length| start + length)
}

fn start_of_line(text: &str, start: usize) -> usize {
    text[..start].rfind(['\n', '\r']).map_or(0, |index| index + 1)
}

fn ignored(regions: &Regions, range: Range<usize>) -> Ignored {
    if regions.is_html(range.start) {
        return Ignored {
            range,
            reason: "it stands inside HTML",
            help: "put blank lines around it, so that it is Markdown again",
        };
    }
    Ignored {
        range,
        reason: "it stands where Markdown shows no text (a link's target or title)",
        help: "move it into the text",
    }
}

/// In a table row `|` ends a cell unless it is written `\|`, also within a directive.
/// <https://github.github.com/gfm/#example-200>
fn in_cell(request: Result<Request, ViewError>) -> Result<Request, ViewError> {
    let unescape = |text: String| text.replace("\\|", "|");
    match request {
        Ok(request) => Ok(Request {
            name: request.name,
            subject: request.subject.map(unescape),
            arguments: request
                .arguments
                .into_iter()
                .map(|(key, value)| (key, unescape(value)))
                .collect(),
        }),
        Err(error) => Err(ViewError {
            help: error
                .help
                .map(|help| format!("{help}; in a table write `\\|` for `|`")),
            ..error
        }),
    }
}

fn spot(chapter: &str, regions: &Regions, range: &Range<usize>) -> Spot {
    if regions.cell(range.start).is_some() {
        return Spot::Inline(Surroundings::Cell);
    }
    if regions.is_heading(range.start) {
        return Spot::Inline(Surroundings::Heading);
    }
    if regions.is_term(range.start) {
        return Spot::Inline(Surroundings::Term);
    }
    match line(chapter, regions, range) {
        Some(line) => Spot::Line(line),
        None => Spot::Inline(Surroundings::Sentence),
    }
}

/// The line that the directive has for itself, if it has one.
fn line(chapter: &str, regions: &Regions, range: &Range<usize>) -> Option<Line> {
    let (start, end) = (
        start_of_line(chapter, range.start),
        end_of_line(chapter, range.end),
    );
    let alone = chapter[range.end..end].trim().is_empty() && !regions.has_content(start..range.start);
    if !alone || regions.is_in_span(range.start) {
        return None;
    }
    let markers = Markers::of(&chapter[start..range.start])?;
    let ending = &chapter[end..];
    let below = ending
        .strip_prefix("\r\n")
        .or_else(|| ending.strip_prefix(['\n', '\r']))
        .unwrap_or_default();
    let above = chapter[..start].trim_end_matches(['\n', '\r']);
    // `trim_end_matches` also swallows empty lines, so that a blank line above is seen by what was swallowed.
    let empty_above = chapter[above.len()..start]
        .bytes()
        .filter(|&byte| byte == b'\n')
        .count()
        > 1;
    let above = above.lines().next_back().unwrap_or_default();
    Some(Line {
        blank_before: !markers.open_item && !empty_above && !markers.is_blank(above),
        blank_after: !markers.is_blank(below.lines().next().unwrap_or_default()),
        prefix: markers.prefix,
        carriage_return: ending.starts_with("\r\n"),
    })
}

#[cfg(test)]
mod tests;
