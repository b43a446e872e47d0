//! Bytes of a file to text, with the way back from a position in the text to one in the bytes.

use std::borrow::Cow;

use memchr::{memchr, memchr2_iter};

use super::ast::{Span, SyntaxError};
use super::recover::Piece;

/// The text of a file.
pub(super) struct Decoded<'s> {
    /// What the parser reads.
    pub(super) text: Cow<'s, str>,
    /// Where text and bytes drift apart: offset in the text and in the bytes of each character that differs
    /// in length, in order. Empty for clean UTF-8.
    shifts: Vec<(u32, u32)>,
}

impl Decoded<'_> {
    /// The offset in the file of an offset in the text.
    pub(super) fn original(&self, offset: usize) -> u32 {
        if self.shifts.is_empty() {
            return offset as u32;
        }
        let offset = offset as u32;
        let next = self.shifts.partition_point(|&(text, _)| text <= offset);
        let Some(&(text, original)) = next.checked_sub(1).and_then(|at| self.shifts.get(at)) else {
            return offset;
        };
        // What recovery put in may be longer than what it replaced.
        let limit = self.shifts.get(next).map_or(u32::MAX, |&(_, original)| original);
        (original + (offset - text)).min(limit)
    }

    /// A text of these lines, whose positions lead to those of what they stand for.
    pub(super) fn rebuilt<'p>(&self, pieces: &[Piece]) -> Decoded<'p> {
        let mut text = String::with_capacity(self.text.len());
        let mut shifts = Vec::new();
        for piece in pieces {
            text.extend(std::iter::repeat_n(' ', piece.indent));
            let new = text.len() as u32;
            shifts.push((new, self.original(piece.start)));
            if piece.text.len() == piece.end - piece.start {
                let start = piece.start as u32;
                let inside = self
                    .shifts
                    .iter()
                    .filter(|shift| start < shift.0 && shift.0 < piece.end as u32);
                shifts.extend(inside.map(|shift| (new + shift.0 - start, shift.1)));
            }
            text.push_str(&piece.text);
            shifts.push((text.len() as u32, self.original(piece.end)));
            text.push('\n');
        }
        shifts.push((text.len() as u32, self.original(self.text.len())));
        Decoded {
            text: Cow::Owned(text),
            shifts,
        }
    }

    /// The text of a file from an offset on, behind a head that does not stand there.
    pub(super) fn behind<'p>(head: &str, text: &str, offset: u32) -> Decoded<'p> {
        Decoded {
            text: Cow::Owned([head, text].concat()),
            shifts: vec![(head.len() as u32, offset)],
        }
    }

    /// The range in the file of a range in the text.
    pub(super) fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span {
            start: self.original(range.start),
            end: self.original(range.end),
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Encoding {
    Utf8,
    Latin1,
    Windows1252,
}

/// Decodes a file by its [encoding declaration](https://docs.python.org/3/reference/lexical_analysis.html#encoding-declarations).
pub(super) fn decode(source: &[u8]) -> (Decoded<'_>, Vec<SyntaxError>) {
    let mut errors = Vec::new();
    let (mut encoding, declared) = declaration(source);
    if encoding.is_none() {
        let message = format!("encoding `{declared}` is not supported, the file is read as UTF-8");
        errors.push(SyntaxError {
            span: first_lines(source),
            message,
        });
    }
    let clean = std::str::from_utf8(source);
    if clean.is_ok() && source.is_ascii() {
        encoding = Some(Encoding::Utf8);
    }
    let mut decoded = match (encoding.unwrap_or(Encoding::Utf8), clean) {
        (Encoding::Utf8, Ok(text)) => Decoded {
            text: Cow::Borrowed(text),
            shifts: Vec::new(),
        },
        (Encoding::Utf8, Err(_)) => lossy(source, &mut errors),
        (single, _) => single_byte(source, single),
    };
    line_ends(&mut decoded, &mut errors);
    (decoded, errors)
}

/// The declared encoding and how it is written; nothing declared is UTF-8.
fn declaration(source: &[u8]) -> (Option<Encoding>, String) {
    let source = source.strip_prefix(b"\xef\xbb\xbf").unwrap_or(source);
    for line in source.split(|&byte| byte == b'\n').take(2) {
        let line = String::from_utf8_lossy(&line[..line.len().min(200)]);
        let trimmed = line.trim_start_matches([' ', '\t', '\x0c']).trim_end();
        if let Some(comment) = trimmed.strip_prefix('#') {
            if let Some(name) = coding(comment) {
                return (known(&name), name);
            }
        } else if !trimmed.is_empty() {
            break;
        }
    }
    (Some(Encoding::Utf8), String::new())
}

/// The name in `coding[=:]\s*([-\w.]+)`.
fn coding(comment: &str) -> Option<String> {
    let mut rest = comment;
    while let Some(at) = rest.find("coding") {
        rest = &rest[at + "coding".len()..];
        if let Some(value) = rest.strip_prefix([':', '=']) {
            let value = value.trim_start_matches([' ', '\t']);
            let end = value
                .find(|c: char| !(c.is_alphanumeric() || "-_.".contains(c)))
                .unwrap_or(value.len());
            if end > 0 {
                return Some(value[..end].to_lowercase());
            }
        }
    }
    None
}

fn known(name: &str) -> Option<Encoding> {
    match name.replace('_', "-").as_str() {
        "utf-8" | "utf8" | "utf-8-sig" | "u8" | "ascii" | "us-ascii" | "utf-8-unix" => Some(Encoding::Utf8),
        "latin-1" | "latin1" | "iso-8859-1" | "iso8859-1" | "iso-latin-1" | "l1" | "iso-latin-1-unix"
        | "iso-8859-15" => Some(Encoding::Latin1),
        "cp1252" | "windows-1252" | "1252" => Some(Encoding::Windows1252),
        _ => None,
    }
}

fn first_lines(source: &[u8]) -> Span {
    let end = source
        .iter()
        .position(|&byte| byte == b'\n')
        .unwrap_or(source.len());
    Span {
        start: 0,
        end: end as u32,
    }
}

/// Bytes that are no UTF-8 become U+FFFD, one for each run that the standard library replaces.
fn lossy<'s>(source: &[u8], errors: &mut Vec<SyntaxError>) -> Decoded<'s> {
    let mut text = String::with_capacity(source.len());
    let mut shifts = Vec::new();
    let mut at = 0;
    for chunk in source.utf8_chunks() {
        text.push_str(chunk.valid());
        at += chunk.valid().len();
        if chunk.invalid().is_empty() {
            continue;
        }
        if shifts.is_empty() {
            let span = Span {
                start: at as u32,
                end: (at + chunk.invalid().len()) as u32,
            };
            let message = "bytes that are not UTF-8, and no encoding is declared that allows them".to_owned();
            errors.push(SyntaxError { span, message });
        }
        at += chunk.invalid().len();
        text.push(char::REPLACEMENT_CHARACTER);
        shifts.push((text.len() as u32, at as u32));
    }
    Decoded {
        text: Cow::Owned(text),
        shifts,
    }
}

fn single_byte<'s>(source: &[u8], encoding: Encoding) -> Decoded<'s> {
    let mut text = String::with_capacity(source.len() + source.len() / 8);
    let mut shifts = Vec::new();
    for (i, &byte) in source.iter().enumerate() {
        text.push(match byte {
            0x80..=0x9f if encoding == Encoding::Windows1252 => WINDOWS_1252[usize::from(byte - 0x80)],
            _ => char::from(byte),
        });
        if byte >= 0x80 {
            shifts.push((text.len() as u32, i as u32 + 1));
        }
    }
    Decoded {
        text: Cow::Owned(text),
        shifts,
    }
}

/// What [Windows-1252](https://encoding.spec.whatwg.org/#windows-1252) has where Latin-1 has control characters.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Makes lone `\r` a line end, as Python does, and NUL bytes (which end the text for the grammar's scanner) blanks.
fn line_ends(decoded: &mut Decoded<'_>, errors: &mut Vec<SyntaxError>) {
    let bytes = decoded.text.as_bytes();
    let is_lone = |i: usize| bytes[i] == 0 || bytes.get(i + 1) != Some(&b'\n');
    if !memchr2_iter(0, b'\r', bytes).any(is_lone) {
        return;
    }
    if let Some(nul) = memchr(0, bytes) {
        let span = decoded.span(nul..nul + 1);
        errors.push(SyntaxError {
            span,
            message: "NUL byte".to_owned(),
        });
    }
    let mut text = String::with_capacity(bytes.len());
    let mut rest = decoded.text.chars().peekable();
    while let Some(character) = rest.next() {
        text.push(match character {
            '\0' => ' ',
            '\r' if rest.peek() != Some(&'\n') => '\n',
            other => other,
        });
    }
    decoded.text = Cow::Owned(text);
}
