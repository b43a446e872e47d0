//! Bodies of functions that are parsed when somebody asks for them.
//!
//! Of most files only the outside matters: what is defined, decorated and assigned at import. Bodies are found by
//! their indentation alone and kept as text.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use tree_sitter::{Point, Tree};

use super::ast::{FunctionBody, Parameters};
use super::encoding::Decoded;
use super::line::{Line, lines};
use super::lower::Lower;
use super::{read, syntax_tree_of};

/// Shorter bodies are parsed at once: a parser's start costs as much.
const WORTH_LEAVING: usize = 100;

/// What a body is parsed behind, so that it may stand in a function.
const HEAD: &str = "def _():\n";

/// A body that is text still.
pub(super) struct UnreadBody {
    /// The file.
    pub(super) source: Arc<[u8]>,
    /// Where the body stands in it.
    pub(super) suite: Range<usize>,
    /// How high the tree is that the function stands in.
    pub(super) height: u32,
}

/// Where the bodies of the outermost functions stand, from their first statement to the end of their last;
/// nothing if the lines of the file are not to be told apart for certain.
pub(super) fn suites(text: &str) -> Vec<Range<usize>> {
    let lines = lines(text);
    if lines.iter().any(|line| line.fault.is_some()) {
        return Vec::new();
    }
    let mut suites = Vec::new();
    let mut rest = lines.as_slice();
    while let [head, below @ ..] = rest {
        rest = below;
        if !(head.opens && defines_function(&text[head.start..head.end])) {
            continue;
        }
        let length = below.iter().take_while(|line| line.indent > head.indent).count();
        if let (suite @ [first, ..], behind) = below.split_at(length)
            && is_even(suite)
        {
            let end = suite.last().map_or(first.code_end, |last| last.code_end);
            if end - first.start >= WORTH_LEAVING {
                suites.push(first.start..end);
            }
            rest = behind;
        }
    }
    suites
}

/// The tree of a text in which a number stands for each of these bodies, at the place of its first byte.
pub(super) fn tree_without(text: &str, bodies: &[Range<usize>]) -> Option<Tree> {
    let mut bytes = text.as_bytes().to_vec();
    let mut ranges = Vec::with_capacity(bodies.len() + 1);
    let mut start = 0;
    for body in bodies {
        bytes[body.start] = b'0';
        ranges.push(range(start..body.start + 1));
        start = body.end;
    }
    ranges.push(range(start..bytes.len()));
    syntax_tree_of(&bytes, &ranges)
}

/// Rows and columns are left out: the grammar does not look at them.
fn range(bytes: Range<usize>) -> tree_sitter::Range {
    tree_sitter::Range {
        start_byte: bytes.start,
        end_byte: bytes.end,
        start_point: Point::default(),
        end_point: Point::default(),
    }
}

/// Whether no line of a suite is indented less than its first.
fn is_even(suite: &[Line]) -> bool {
    suite
        .first()
        .is_some_and(|first| suite.iter().all(|line| line.indent >= first.indent))
}

fn defines_function(line: &str) -> bool {
    let behind = |text: &str, word: &str| {
        let rest = text.strip_prefix(word)?;
        rest.starts_with([' ', '\t']).then(|| rest.trim_start().len())
    };
    match behind(line, "async") {
        Some(length) => behind(&line[line.len() - length..], "def").is_some(),
        None => behind(line, "def").is_some(),
    }
}

impl fmt::Debug for UnreadBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnreadBody")
            .field("suite", &self.suite)
            .finish_non_exhaustive()
    }
}

impl UnreadBody {
    /// Parses it. What is no Python becomes an entry of its errors, and the statements around it are kept.
    pub(super) fn read(&self, parameters: &Parameters) -> FunctionBody {
        let before = &self.source[..self.suite.start];
        let line = before
            .iter()
            .rposition(|&byte| byte == b'\n')
            .map_or(0, |end| end + 1);
        // The file is UTF-8 as a whole, or its bodies would not have been left unread.
        let text = std::str::from_utf8(&self.source[line..self.suite.end]).unwrap_or_default();
        let decoded = Decoded::behind(HEAD, text, line as u32);
        let mut errors = Vec::new();
        let body = read(&decoded, &mut errors, |tree, decoded| {
            let mut lower = Lower::new(&self.source, tree, decoded);
            lower.height = self.height;
            let mut body = lower.lone_function_body(tree.root_node(), parameters);
            body.errors = lower.errors;
            body
        });
        let mut body = body.unwrap_or_default();
        body.errors.append(&mut errors);
        body.errors.sort_by_key(|error| error.span);
        body.errors.dedup();
        body
    }
}
