//! String, bytes and f-string literals.

use ecow::EcoString;
use tree_sitter::Node;

use super::ast::{Constant, ExprKind, FStringPart};
use super::kind::Kind;
use super::lower::Lower;

/// One literal of possibly several that stand side by side.
enum Piece {
    Text(EcoString),
    Bytes(Vec<u8>),
    Parts(Vec<FStringPart>),
}

/// What the letters before the quotes say.
#[derive(Clone, Copy)]
struct Prefix {
    raw: bool,
    bytes: bool,
    format: bool,
    quotes: usize,
}

impl<'t> Lower<'t> {
    /// A literal, or several that are [joined](https://docs.python.org/3/reference/lexical_analysis.html#string-literal-concatenation).
    pub(super) fn string(&mut self, kind: Kind, node: Node<'t>) -> ExprKind {
        if kind == Kind::String {
            return joined(vec![self.piece(node)]);
        }
        let children = self.named_children(node);
        let pieces = children
            .iter()
            .filter(|child| child.kind == Kind::String)
            .map(|child| self.piece(child.node));
        joined(pieces.collect())
    }

    fn piece(&mut self, node: Node<'t>) -> Piece {
        let children = self.children(node);
        let (Some(start), Some(end)) = (children.first(), children.last()) else {
            return Piece::Text(EcoString::new());
        };
        let prefix = prefix(self.text(start.node));
        let from = start.node.end_byte();
        // The closing quotes are counted off: of a raw string the grammar's last token may begin earlier.
        let quotes = if end.kind == Kind::StringEnd {
            prefix.quotes
        } else {
            0
        };
        let to = end.node.end_byte().saturating_sub(quotes).max(from);
        if prefix.format {
            return Piece::Parts(self.format_parts(node, from, to, prefix.raw));
        }
        let text = self.slice(from, to);
        if prefix.bytes {
            return Piece::Bytes(bytes(text, prefix.raw));
        }
        Piece::Text(if prefix.raw || !text.contains(['\\', '\r']) {
            universal(text)
        } else {
            unescaped(text)
        })
    }

    /// The text and fields between `from` and `to` of an f-string or of a format specifier.
    fn format_parts(&mut self, node: Node<'t>, from: usize, to: usize, raw: bool) -> Vec<FStringPart> {
        let mut parts = Vec::new();
        let mut at = from;
        for child in self.children(node) {
            if !matches!(child.kind, Kind::Interpolation | Kind::FormatExpression) {
                continue;
            }
            self.format_text(at, child.node.start_byte(), raw, &mut parts);
            parts.push(self.field(child.node, raw));
            at = child.node.end_byte();
        }
        self.format_text(at, to, raw, &mut parts);
        parts
    }

    fn format_text(&mut self, from: usize, to: usize, raw: bool, parts: &mut Vec<FStringPart>) {
        let text = self.slice(from, to.max(from));
        let text = text.replace("{{", "{").replace("}}", "}");
        let text = if raw { universal(&text) } else { unescaped(&text) };
        if !text.is_empty() {
            parts.push(FStringPart::Text(text));
        }
    }

    fn field(&mut self, node: Node<'t>, raw: bool) -> FStringPart {
        let children = self.children(node);
        let value = children.iter().find(|child| child.node.is_named());
        let mut conversion = None;
        let mut spec = Vec::new();
        let mut debug_text = None;
        let mut rest = node.end_byte().saturating_sub(1);
        for child in children.iter().rev() {
            match child.kind {
                Kind::TypeConversion => {
                    conversion = self.text(child.node).chars().nth(1);
                    rest = child.node.start_byte();
                }
                Kind::FormatSpecifier => {
                    let from = child.node.start_byte() + 1;
                    spec = self.format_parts(child.node, from, child.node.end_byte(), raw);
                    rest = child.node.start_byte();
                }
                Kind::Equals => debug_text = Some(EcoString::from(self.slice(node.start_byte() + 1, rest))),
                _ => {}
            }
        }
        if debug_text.is_some() && conversion.is_none() && spec.is_empty() {
            // Documented with `=` in https://docs.python.org/3/reference/lexical_analysis.html#f-strings
            conversion = Some('r');
        }
        let value = Box::new(self.expression_or_invalid(value.map(|value| value.node), node));
        FStringPart::Field {
            value,
            conversion,
            spec,
            debug_text,
        }
    }
}

fn prefix(start: &str) -> Prefix {
    let letters = start.trim_end_matches(['"', '\'', '`']).to_ascii_lowercase();
    Prefix {
        raw: letters.contains('r'),
        bytes: letters.contains('b'),
        format: letters.contains(['f', 't']),
        quotes: start.len() - letters.len(),
    }
}

/// Joins literals that stand side by side; one f-string makes the whole an f-string.
fn joined(pieces: Vec<Piece>) -> ExprKind {
    if pieces.iter().any(|piece| matches!(piece, Piece::Parts(_))) {
        return ExprKind::FString(joined_parts(pieces));
    }
    let mut text = EcoString::new();
    let mut data = None;
    for (i, piece) in pieces.into_iter().enumerate() {
        match piece {
            Piece::Text(more) if i == 0 => text = more,
            Piece::Text(more) => text.push_str(&more),
            Piece::Bytes(more) => data.get_or_insert_with(Vec::new).extend(more),
            Piece::Parts(_) => {}
        }
    }
    ExprKind::Constant(match data {
        Some(data) => Constant::Bytes(data),
        None => Constant::Str(text),
    })
}

fn joined_parts(pieces: Vec<Piece>) -> Vec<FStringPart> {
    let mut parts: Vec<FStringPart> = Vec::new();
    for piece in pieces {
        let more = match piece {
            Piece::Text(text) if text.is_empty() => continue,
            Piece::Text(text) => vec![FStringPart::Text(text)],
            Piece::Parts(more) => more,
            Piece::Bytes(_) => continue,
        };
        for part in more {
            match (parts.last_mut(), part) {
                (Some(FStringPart::Text(before)), FStringPart::Text(text)) => before.push_str(&text),
                (_, part) => parts.push(part),
            }
        }
    }
    parts
}

/// Line ends inside a literal are `\n` whatever the file has.
fn universal(text: &str) -> EcoString {
    if text.contains('\r') {
        text.replace("\r\n", "\n").into()
    } else {
        text.into()
    }
}

/// Resolves [escape sequences](https://docs.python.org/3/reference/lexical_analysis.html#escape-sequences).
/// A character by name is U+FFFD: the names are a table of their own.
fn unescaped(text: &str) -> EcoString {
    let mut out = String::with_capacity(text.len());
    let text = if text.contains('\r') {
        std::borrow::Cow::Owned(text.replace("\r\n", "\n"))
    } else {
        text.into()
    };
    let mut rest: &str = &text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let Some(letter) = rest.chars().next() else {
            out.push('\\');
            break;
        };
        let (character, length) = escape(letter, rest);
        match character {
            Escape::Char(character) => out.push(character),
            Escape::Nothing => {}
            Escape::Kept => {
                out.push('\\');
                out.push(letter);
            }
        }
        rest = &rest[length..];
    }
    out.push_str(rest);
    out.into()
}

enum Escape {
    Char(char),
    Nothing,
    Kept,
}

/// The escape that `rest` (behind the backslash) begins with, and how many bytes it takes.
fn escape(letter: char, rest: &str) -> (Escape, usize) {
    let hex = |length: usize| {
        let digits = rest
            .get(1..=length)
            .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let code = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        match code {
            Some(code) => (
                Escape::Char(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)),
                length + 1,
            ),
            None => (Escape::Kept, 1),
        }
    };
    let simple = |character| (Escape::Char(character), 1);
    match letter {
        '\n' => (Escape::Nothing, 1),
        '\\' | '\'' | '"' => simple(letter),
        'a' => simple('\x07'),
        'b' => simple('\x08'),
        'f' => simple('\x0c'),
        'n' => simple('\n'),
        'r' => simple('\r'),
        't' => simple('\t'),
        'v' => simple('\x0b'),
        '0'..='7' => {
            let (code, length) = octal(rest.as_bytes());
            (
                Escape::Char(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)),
                length,
            )
        }
        'x' => hex(2),
        'u' => hex(4),
        'U' => hex(8),
        'N' => match (rest.as_bytes().get(1), rest.find('}')) {
            (Some(b'{'), Some(end)) => (Escape::Char(char::REPLACEMENT_CHARACTER), end + 1),
            _ => (Escape::Kept, 1),
        },
        other => (Escape::Kept, other.len_utf8()),
    }
}

fn octal(digits: &[u8]) -> (u32, usize) {
    let found = digits
        .iter()
        .take(3)
        .take_while(|byte| (b'0'..=b'7').contains(byte));
    found.fold((0, 0), |(code, length), byte| {
        (code * 8 + u32::from(byte - b'0'), length + 1)
    })
}

fn bytes(text: &str, raw: bool) -> Vec<u8> {
    let text = universal(text);
    let text = text.as_bytes();
    if raw || !text.contains(&b'\\') {
        return text.to_vec();
    }
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let (Some(&byte), next) = (text.get(at), text.get(at + 1)) else {
            break;
        };
        let Some(&letter) = next.filter(|_| byte == b'\\') else {
            out.push(byte);
            at += 1;
            continue;
        };
        let rest = &text[at + 1..];
        let hex = rest.get(1..3).and_then(|digits| std::str::from_utf8(digits).ok());
        let hex = hex.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        let (value, length) = match (letter, hex) {
            (b'x', Some(value)) => (Some(value), 3),
            (b'0'..=b'7', _) => {
                let (code, length) = octal(rest);
                (Some(code as u8), length)
            }
            (b'N' | b'u' | b'U' | b'x', _) => (None, 0),
            _ => match escape(char::from(letter), "") {
                (Escape::Char(character), _) => (Some(character as u8), 1),
                (Escape::Nothing, _) => {
                    at += 2;
                    continue;
                }
                (Escape::Kept, _) => (None, 0),
            },
        };
        out.push(value.unwrap_or(b'\\'));
        at += 1 + length;
    }
    out
}
