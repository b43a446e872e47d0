//! Expansions in the place of directives; no other byte of a chapter changes.

use crate::book::scan::{Found, Line, Spot, Surroundings};
use crate::view::{Placement, Rendered, ViewError};

/// What stands in the place of one directive: its bytes are replaced by these.
///
/// # Errors
/// When a block was asked for where only a value may stand.
pub fn replacement(found: &Found, rendered: &Rendered) -> Result<String, ViewError> {
    match (&found.spot, rendered.placement) {
        (Spot::Line(line), Placement::Block) => Ok(block(line, &rendered.markdown)),
        (Spot::Inline(Surroundings::Cell), Placement::Inline) => {
            Ok(escape_pipes(&one_line(&rendered.markdown)))
        }
        (Spot::Line(_) | Spot::Inline(_), Placement::Inline) => Ok(one_line(&rendered.markdown)),
        (Spot::Inline(surroundings), Placement::Block) => Err(misplaced(*surroundings)),
    }
}

/// Puts each replacement in the place of its directive. `replacements` are in the order of the chapter.
#[must_use]
pub fn splice(chapter: &str, replacements: &[(std::ops::Range<usize>, String)]) -> String {
    let added: usize = replacements.iter().map(|(_, text)| text.len()).sum();
    let mut spliced = String::with_capacity(chapter.len() + added);
    let mut done = 0;
    for (range, text) in replacements {
        spliced.push_str(&chapter[done..range.start]);
        spliced.push_str(text);
        done = range.end;
    }
    spliced.push_str(&chapter[done..]);
    spliced
}

/// The lines of a block, each in the container of the directive, with blank lines around where text is near.
fn block(line: &Line, markdown: &str) -> String {
    let newline = if line.carriage_return { "\r\n" } else { "\n" };
    let blank = line.prefix.trim_end();
    let mut text = String::new();
    // What stands before the directive on its own line is nothing but a prefix: it makes the blank line.
    if line.blank_before {
        text.push_str(newline);
        text.push_str(&line.prefix);
    }
    for (index, content) in markdown.lines().enumerate() {
        if index > 0 {
            text.push_str(newline);
            text.push_str(if content.is_empty() { blank } else { &line.prefix });
        }
        text.push_str(content);
    }
    if line.blank_after {
        text.push_str(newline);
        text.push_str(blank);
    }
    text
}

fn one_line(markdown: &str) -> String {
    markdown.lines().collect::<Vec<_>>().join(" ")
}

/// Pipes end a cell, in code spans too.
fn escape_pipes(markdown: &str) -> String {
    let mut escaped = String::with_capacity(markdown.len());
    let mut backslashes = 0;
    for character in markdown.chars() {
        if character == '|' && backslashes % 2 == 0 {
            escaped.push('\\');
        }
        backslashes = if character == '\\' { backslashes + 1 } else { 0 };
        escaped.push(character);
    }
    escaped
}

fn misplaced(surroundings: Surroundings) -> ViewError {
    let (place, help) = match surroundings {
        Surroundings::Sentence => ("within a sentence", "put it on a line of its own"),
        Surroundings::Cell => (
            "in a table cell",
            "put it on a line of its own, with a blank line between it and the table above",
        ),
        Surroundings::Heading => ("in a heading", "put it on a line of its own below the heading"),
        Surroundings::Term => (
            "in the term of a definition list, which the colon below makes of it",
            "leave a blank line below it",
        ),
    };
    ViewError {
        message: format!("the directive makes a block (a table, a list or a diagram), but it stands {place}"),
        help: Some(help.to_owned()),
    }
}

#[cfg(test)]
mod tests;
