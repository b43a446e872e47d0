//! The text that is written, and where in the file each place of it is.

use std::ops::Range;

use super::{SyntaxProblem, Written};

/// Where in the file the places of a written text are.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Positions(Vec<Mark>);

/// From a place of the text on: the place in the file.
#[derive(Clone, Copy, Debug)]
struct Mark {
    text: u32,
    file: u32,
    /// Whether the text is that of the file; else all of it stands for one place.
    is_copied: bool,
}

impl Positions {
    /// The place in the file of a place in the text.
    pub(in super::super) fn start(&self, offset: u32) -> u32 {
        let index = self.0.partition_point(|mark| mark.text <= offset);
        let Some(mark) = index.checked_sub(1).and_then(|index| self.0.get(index)) else {
            return offset;
        };
        if mark.is_copied {
            mark.file + (offset - mark.text)
        } else {
            mark.file
        }
    }

    /// The place in the file behind a place in the text.
    pub(in super::super) fn end(&self, offset: u32) -> u32 {
        match offset.checked_sub(1) {
            Some(last) => self.start(last) + 1,
            None => 0,
        }
    }
}

/// Writes elements behind a script.
pub(super) struct Writer<'t> {
    pub file: &'t str,
    pub problems: Vec<SyntaxProblem>,
    text: String,
    script: usize,
    marks: Vec<Mark>,
    elements: usize,
}

impl<'t> Writer<'t> {
    pub(super) fn new(file: &'t str, script: &str) -> Self {
        let mut text = script.to_owned();
        // The last statement of a script may have no semicolon.
        text.push_str("\n;");
        Self {
            file,
            problems: vec![],
            script: script.len(),
            text,
            marks: vec![Mark {
                text: 0,
                file: 0,
                is_copied: true,
            }],
            elements: 0,
        }
    }

    /// Writes something that stands for a place of the file.
    pub(super) fn put(&mut self, text: &str, place: usize) {
        self.mark(place, false);
        self.text.push_str(text);
    }

    /// Writes a part of the file.
    pub(super) fn copy(&mut self, range: Range<usize>) {
        self.mark(range.start, true);
        self.text.push_str(&self.file[range]);
    }

    /// Writes a string as a literal.
    pub(super) fn put_string(&mut self, text: &str, place: usize) {
        let quoted = serde_json::to_string(text).unwrap_or_else(|_| "\"\"".to_owned());
        self.put(&quoted, place);
    }

    pub(super) fn count_element(&mut self) {
        self.elements += 1;
    }

    pub(super) fn has_elements(&self) -> bool {
        self.elements > 0
    }

    pub(super) fn problem(&mut self, message: &str, place: usize) {
        self.problems.push(SyntaxProblem {
            message: message.to_owned(),
            start: place as u32,
        });
    }

    pub(super) fn finish(self, problems: Vec<SyntaxProblem>) -> Written {
        debug_assert!(self.script <= self.text.len(), "text is only added");
        Written {
            text: self.text,
            positions: Positions(self.marks),
            problems,
        }
    }

    fn mark(&mut self, file: usize, is_copied: bool) {
        self.marks.push(Mark {
            text: self.text.len() as u32,
            file: file as u32,
            is_copied,
        });
    }
}
