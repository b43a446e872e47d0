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
    marks: Vec<Mark>,
    has_elements: bool,
}

impl<'t> Writer<'t> {
    pub(super) fn new(file: &'t str, script: &str) -> Self {
        let mut text = script.to_owned();
        // The last statement of a script may have no semicolon.
        text.push_str("\n;");
        Self {
            file,
            problems: vec![],
            text,
            marks: vec![Mark {
                text: 0,
                file: 0,
                is_copied: true,
            }],
            has_elements: false,
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

    /// Writes something that stands for a part of the file.
    pub(super) fn put_for(&mut self, text: &str, range: Range<usize>) {
        let Some((last, _)) = text.char_indices().next_back() else {
            return;
        };
        if last > 0 {
            self.put(&text[..last], range.start);
        }
        self.put(&text[last..], range.end.saturating_sub(1).max(range.start));
    }

    /// Writes a part of the file as a string literal.
    pub(super) fn put_string(&mut self, range: Range<usize>) {
        let quoted = serde_json::to_string(&self.file[range.clone()]).unwrap_or_else(|_| "\"\"".to_owned());
        self.put_for(&quoted, range);
    }

    pub(super) fn note_element(&mut self) {
        self.has_elements = true;
    }

    pub(super) fn problem(&mut self, message: &str, place: usize) {
        self.problems.push(SyntaxProblem {
            message: message.to_owned(),
            start: place as u32,
        });
    }

    pub(super) fn finish(self, problems: Vec<SyntaxProblem>) -> Written {
        Written {
            text: self.text,
            positions: Positions(self.marks),
            problems,
            has_elements: self.has_elements,
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
