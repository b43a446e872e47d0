//! A file as logical lines, found without a grammar: what recovery from syntax errors works on.

use std::ops::Range;

use memchr::{memchr, memchr3};

/// A statement, or the head of a compound one, over as many physical lines as its brackets and strings take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Offset of the first character behind the indentation.
    pub(super) start: usize,
    /// Offset behind the last character; a comment at the end belongs to the line.
    pub(super) end: usize,
    /// Offset behind the last character that is no comment or blank.
    pub(super) code_end: usize,
    /// Columns of indentation, tabs to multiples of eight.
    pub(super) indent: usize,
    /// Whether the last character that counts is a colon: a suite follows.
    pub(super) opens: bool,
    /// What is wrong with its brackets or strings.
    pub(super) fault: Option<&'static str>,
    /// Line ends and comments inside its brackets, and continued line ends.
    pub(super) blanks: Vec<Range<usize>>,
}

/// Words that begin a statement and cannot stand at the beginning of a line inside brackets.
const STATEMENT_WORDS: [&str; 20] = [
    "def",
    "class",
    "return",
    "import",
    "with",
    "while",
    "try",
    "except",
    "finally",
    "raise",
    "pass",
    "break",
    "continue",
    "del",
    "global",
    "nonlocal",
    "assert",
    "elif",
    "async def",
    "async with",
];

/// The logical lines of a text, blank ones and comments left out.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let bytes = text.as_bytes();
    let mut scan = Scan {
        bytes,
        text,
        budget: 20 * bytes.len() + 1000,
    };
    let mut lines = Vec::new();
    let mut at = if text.starts_with('\u{feff}') { 3 } else { 0 };
    while at < bytes.len() {
        let (start, indent) = scan.indentation(at);
        match bytes.get(start) {
            None => break,
            Some(b'\n' | b'\r') => at = start + 1,
            Some(b'#') => at = scan.physical_end(start) + 1,
            Some(_) => {
                let line = scan.logical(start, indent);
                at = line.end + 1;
                lines.push(line);
            }
        }
    }
    lines
}

struct Scan<'s> {
    bytes: &'s [u8],
    text: &'s str,
    /// Bytes that may still be looked at; unclosed brackets are looked through more than once.
    budget: usize,
}

/// How a look for the end of a logical line ended.
struct End {
    at: usize,
    code: usize,
    opens: bool,
    fault: Option<&'static str>,
    blanks: Vec<Range<usize>>,
    /// Where a statement begins that cannot be inside the open bracket.
    next: Option<usize>,
}

impl Scan<'_> {
    fn indentation(&self, at: usize) -> (usize, usize) {
        let mut columns = 0;
        let mut i = at;
        while let Some(byte) = self.bytes.get(i) {
            match byte {
                b' ' => columns += 1,
                b'\t' => columns = (columns / 8 + 1) * 8,
                b'\x0c' => columns = 0,
                _ => break,
            }
            i += 1;
        }
        (i, columns)
    }

    /// Offset of the line's end or of the file's.
    fn physical_end(&self, at: usize) -> usize {
        let rest = self.bytes.get(at..).unwrap_or_default();
        at + memchr(b'\n', rest).unwrap_or(rest.len())
    }

    fn logical(&mut self, start: usize, indent: usize) -> Line {
        let end = self.end(start);
        let mut line = Line {
            start,
            end: end.at,
            code_end: end.code,
            indent,
            opens: end.opens,
            fault: end.fault,
            blanks: end.blanks,
        };
        if end.fault != Some(UNCLOSED) {
            return line;
        }
        line.blanks.clear();
        // The bracket swallowed what follows: give back all but the lines that are indented below this one.
        let first = self.physical_end(start);
        line.end = first;
        line.opens = self.text[start..first].trim_end().ends_with(':');
        let limit = end.next.unwrap_or(self.bytes.len());
        while !line.opens && !self.begins_statement(start) && line.end < limit {
            let (next, columns) = self.indentation(line.end + 1);
            let closes = matches!(self.bytes.get(next), Some(b')' | b']' | b'}'));
            if next >= limit || !(columns > indent || closes || self.bytes.get(next) == Some(&b'\n')) {
                break;
            }
            line.end = self.physical_end(next);
        }
        line
    }

    fn end(&mut self, start: usize) -> End {
        let mut open = Vec::new();
        let mut end = End {
            at: start,
            code: start,
            opens: false,
            fault: None,
            blanks: Vec::new(),
            next: None,
        };
        let mut last = 0;
        let mut i = start;
        while let Some(&byte) = self.bytes.get(i) {
            match byte {
                b'\n' if open.is_empty() => break,
                b'\n' => {
                    end.blanks.push(i..i + 1);
                    let (next, _) = self.indentation(i + 1);
                    self.budget = self.budget.saturating_sub(next - i);
                    if self.budget == 0 || self.begins_statement(next) {
                        end.next = Some(next);
                        break;
                    }
                }
                b'#' => {
                    let comment = i;
                    i = self.physical_end(i);
                    if !open.is_empty() {
                        end.blanks.push(comment..i);
                    }
                    continue;
                }
                b'\\' => {
                    let next = if self.bytes.get(i + 1) == Some(&b'\r') {
                        i + 2
                    } else {
                        i + 1
                    };
                    if self.bytes.get(next) == Some(&b'\n') {
                        end.blanks.push(i..next + 1);
                    }
                    i = next + 1;
                    continue;
                }
                b'"' | b'\'' => {
                    let (after, closed) = self.string(i);
                    if !closed {
                        end.fault = Some("a string is not closed");
                    }
                    self.budget = self.budget.saturating_sub(after - i);
                    (last, i, end.code) = (byte, after, after);
                    continue;
                }
                b'(' => open.push(b')'),
                b'[' => open.push(b']'),
                b'{' => open.push(b'}'),
                b')' | b']' | b'}' if open.last() == Some(&byte) => drop(open.pop()),
                b')' | b']' | b'}' => end.fault = Some("a bracket closes that was not opened"),
                _ => {}
            }
            if !byte.is_ascii_whitespace() {
                (last, end.code) = (byte, i + 1);
            }
            self.budget = self.budget.saturating_sub(1);
            i += 1;
        }
        if !open.is_empty() {
            end.fault = Some(UNCLOSED);
        }
        end.at = i.min(self.bytes.len());
        end.opens = last == b':' && open.is_empty();
        end
    }

    /// Offset behind a string literal and whether it is closed; an open one ends with its first line.
    fn string(&self, start: usize) -> (usize, bool) {
        let quote = self.bytes[start];
        let triple = self.bytes.get(start + 1..start + 3) == Some(&[quote, quote]);
        let mut i = start + if triple { 3 } else { 1 };
        while let Some(next) = self
            .bytes
            .get(i..)
            .and_then(|rest| memchr3(quote, b'\\', b'\n', rest))
        {
            i += next;
            match self.bytes[i] {
                b'\\' if self.bytes.get(i + 1) == Some(&b'\r') => i += 3,
                b'\\' => i += 2,
                b'\n' if !triple => return (i, false),
                byte if byte == quote && !triple => return (i + 1, true),
                byte if byte == quote && self.bytes.get(i + 1..i + 3) == Some(&[quote, quote]) => {
                    return (i + 3, true);
                }
                _ => i += 1,
            }
        }
        (self.physical_end(start), false)
    }

    fn begins_statement(&self, at: usize) -> bool {
        let end = (at..(at + 12).min(self.bytes.len()))
            .rev()
            .find(|&end| self.text.is_char_boundary(end));
        let Some(head) = end.and_then(|end| self.text.get(at..end)) else {
            return false;
        };
        STATEMENT_WORDS.iter().any(|word| {
            head.strip_prefix(word)
                .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || "_=.,".contains(c)))
        })
    }
}

const UNCLOSED: &str = "a bracket is not closed";

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let show = |line: &Line| {
            let fault = line.fault.map(|fault| format!(" !{fault}")).unwrap_or_default();
            let colon = if line.opens { " opens" } else { "" };
            format!("{} {:?}{colon}{fault}", line.indent, &text[line.start..line.end])
        };
        lines(text).iter().map(show).collect()
    }

    #[test]
    fn brackets_and_strings_join_lines() {
        let text = "a = (1,\n  2)\nif x:  # why\n\tb = '''\n#'''\nc = \\\n 1\n";
        let expected = [
            "0 \"a = (1,\\n  2)\"",
            "0 \"if x:  # why\" opens",
            "8 \"b = '''\\n#'''\"",
            "0 \"c = \\\\\\n 1\"",
        ];
        assert_eq!(shown(text), expected);
    }

    #[test]
    fn an_unclosed_bracket_takes_only_what_is_indented_below() {
        let text = "a = f(\n    1,\nb = 2\ndef g(x:\n    return x\n";
        let expected = [
            "0 \"a = f(\\n    1,\" !a bracket is not closed",
            "0 \"b = 2\"",
            "0 \"def g(x:\" opens !a bracket is not closed",
            "4 \"return x\"",
        ];
        assert_eq!(shown(text), expected);
    }

    #[test]
    fn an_unclosed_string_ends_with_its_line() {
        let expected = ["0 \"a = '''b\" !a string is not closed", "0 \"c = 1\""];
        assert_eq!(shown("a = '''b\nc = 1\n"), expected);
    }
}
