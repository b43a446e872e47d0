//! Recovery from syntax errors.
//!
//! tree-sitter recovers too, but a bracket that is not closed may cost it the function around and the one behind.
//! So a file with errors is read once more as logical lines: each is parsed alone, those that fail are replaced
//! by the nearest thing that is valid and has the same effect on the lines around, and all of it is parsed again.

use super::ast::SyntaxError;
use super::encoding::Decoded;
use super::line::{Line, lines};
use super::syntax_tree;

/// Larger files with errors are left to tree-sitter's own recovery: here each line is parsed alone.
const MAX_BYTES: usize = 1 << 20;

/// A name that stands for an expression that could not be parsed. It is lowered to `Invalid`.
pub(super) const PLACEHOLDER: &str = "ꙮ";

/// A logical line as it is parsed again.
pub(super) struct Piece {
    /// Columns before it, one for each level.
    pub(super) indent: usize,
    /// What is parsed; as long as the range if only bytes were exchanged.
    pub(super) text: String,
    /// Where it stands in the text that was recovered from.
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The text with what is broken replaced, and what was wrong; `None` for a file that is too large.
pub(super) fn recovered<'s>(decoded: &Decoded<'s>) -> Option<(Decoded<'s>, Vec<SyntaxError>)> {
    if decoded.text.len() > MAX_BYTES {
        return None;
    }
    let mut recovery = Recovery {
        decoded,
        errors: Vec::new(),
    };
    let mut lines = lines(&decoded.text);
    let mut pieces = Vec::new();
    for i in 0..lines.len() {
        let below = lines.get(i + 1).map_or(0, |next| next.indent);
        if let Some(line) = lines.get_mut(i) {
            pieces.push(recovery.piece(line, below));
        }
    }
    recovery.indent(&lines, &mut pieces);
    Some((decoded.rebuilt(&pieces), recovery.errors))
}

struct Recovery<'a, 's> {
    decoded: &'a Decoded<'s>,
    errors: Vec<SyntaxError>,
}

impl Recovery<'_, '_> {
    /// What stands for a line: itself if it is valid. `below` is the indentation of the next line.
    fn piece(&mut self, line: &mut Line, below: usize) -> Piece {
        let (start, end) = (line.start, line.end);
        let written = &self.decoded.text[start..end];
        let text = flat(written, line);
        let text = match line.fault {
            None if parses(&text, line.opens) => Some(text),
            None => with_type_defaults(&text).filter(|marked| parses(marked, line.opens)),
            Some(_) => None,
        };
        if let Some(text) = text {
            return Piece {
                indent: 0,
                text,
                start,
                end,
            };
        }
        let message = match line.fault {
            Some(fault) => format!("not valid Python, {fault}: `{}`", excerpt(written)),
            None => format!("not valid Python: `{}`", excerpt(written)),
        };
        self.error(line, message);
        line.opens |= below > line.indent && matches!(first_word(written), "def" | "class" | "async");
        if !line.opens && below > line.indent {
            // What broke the line may have moved it, too.
            line.indent = below;
        }
        Piece {
            indent: 0,
            text: replacement(written, line.opens),
            start,
            end,
        }
    }

    /// Gives each line the indentation of its block, a `pass` to suites that are missing, and a head of its own
    /// to an `else` or `except` that has lost its `if` or `try`.
    fn indent(&mut self, lines: &[Line], pieces: &mut [Piece]) {
        let mut blocks = vec![Block::default()];
        let mut opened: Option<usize> = None;
        for (i, line) in lines.iter().enumerate() {
            let block = blocks.last().copied().unwrap_or_default();
            if line.indent > block.columns {
                if opened.is_none() {
                    self.error(line, "unexpected indent".to_owned());
                    blocks.push(Block {
                        columns: line.indent,
                        ..block
                    });
                } else {
                    blocks.push(Block {
                        columns: line.indent,
                        level: block.level + 1,
                        last: None,
                    });
                }
            } else if let Some(head) = opened {
                self.empty_suite(&lines[head], &mut pieces[head]);
            }
            let mut left = None;
            while blocks.len() > 1 && blocks.last().is_some_and(|block| block.columns > line.indent) {
                left = blocks.pop();
            }
            if let Some(left) = left
                && blocks.last().is_some_and(|block| block.columns < line.indent)
            {
                self.error(line, "the indentation fits no block around".to_owned());
                blocks.push(Block {
                    columns: line.indent,
                    ..left
                });
            }
            let Some(block) = blocks.last_mut() else { continue };
            pieces[i].indent = block.level;
            let before = block.last.replace(i);
            self.attach(before, i, line, pieces);
            opened = Some(i).filter(|_| line.opens);
        }
        if let Some(head) = opened {
            self.empty_suite(&lines[head], &mut pieces[head]);
        }
    }

    /// Checks a line against the one before it in its block.
    fn attach(&mut self, before: Option<usize>, i: usize, line: &Line, pieces: &mut [Piece]) {
        let text = |i: usize| pieces.get(i).map_or("", |piece| piece.text.as_str());
        let (previous, word) = (before.map_or("", text), first_word(text(i)));
        let fits = match word {
            "elif" => ["if", "elif"].contains(&first_word(previous)),
            "else" => ["if", "elif", "for", "while", "async", "except"].contains(&first_word(previous)),
            "except" => ["try", "except"].contains(&first_word(previous)),
            "finally" => ["try", "except", "else"].contains(&first_word(previous)),
            _ => true,
        };
        let decorates = previous.starts_with('@');
        let decorated = text(i).starts_with('@') || ["def", "class", "async"].contains(&word);
        if !fits {
            self.error(line, format!("nothing before this `{word}` that it belongs to"));
            pieces[i].text = replacement("", line.opens);
        }
        if let Some(before) = before.filter(|_| decorates && !decorated) {
            pieces[before].text = "pass".to_owned();
        }
    }

    fn empty_suite(&mut self, head: &Line, piece: &mut Piece) {
        self.error(head, "an indented block is missing".to_owned());
        let suite = format!("\n{} pass", " ".repeat(piece.indent));
        piece.text.push_str(&suite);
    }

    fn error(&mut self, line: &Line, message: String) {
        self.errors.push(SyntaxError {
            span: self.decoded.span(line.start..line.end),
            message,
        });
    }
}

/// A level of indentation that is open.
#[derive(Clone, Copy, Default)]
struct Block {
    /// Columns as written.
    columns: usize,
    /// How deep it really is.
    level: usize,
    /// The last line that stands directly in it.
    last: Option<usize>,
}

/// A logical line on one physical line: the grammar's scanner takes a line end inside brackets for the end of a
/// block where only a name may follow, as behind a dot.
fn flat(written: &str, line: &Line) -> String {
    let mut bytes = written.as_bytes().to_vec();
    for blank in &line.blanks {
        if let Some(range) = bytes.get_mut(blank.start - line.start..blank.end - line.start) {
            range.fill(b' ');
        }
    }
    String::from_utf8(bytes).unwrap_or_default()
}

/// The beginning of a broken line, short enough for a message.
pub(super) fn excerpt(text: &str) -> String {
    let line = text.trim().lines().next().unwrap_or_default();
    let shown: String = line.chars().take(40).collect();
    let more = if shown.len() < text.trim().len() {
        "…"
    } else {
        ""
    };
    format!("{shown}{more}")
}

/// Whether a logical line is valid where a line of its kind may stand.
fn parses(text: &str, opens: bool) -> bool {
    let suite = match (opens, first_word(text)) {
        (false, _) => "",
        (true, "match") => "\n case _: pass",
        (true, _) => "\n pass",
    };
    let whole = match first_word(text) {
        "elif" | "else" => format!("if a: pass\n{text}{suite}\n"),
        "except" | "finally" => format!("try: pass\n{text}{suite}\n"),
        "case" if opens => format!("match a:\n {text}\n  pass\n"),
        _ if text.starts_with('@') => format!("{text}\ndef a(): pass\n"),
        _ => format!("{text}{suite}\n"),
    };
    syntax_tree(&whole).is_some_and(|tree| !tree.root_node().has_error())
}

fn first_word(text: &str) -> &str {
    let end = text
        .find(|c: char| !(c.is_alphanumeric() || c == '_'))
        .unwrap_or(text.len());
    &text[..end]
}

/// What a broken line is replaced by: the same kind of statement around a [`PLACEHOLDER`].
fn replacement(text: &str, opens: bool) -> String {
    let (is_async, rest) = match text.strip_prefix("async") {
        Some(rest) if rest.starts_with([' ', '\t']) => ("async ", rest.trim_start()),
        _ => ("", text),
    };
    let word = first_word(rest);
    let behind = rest[word.len()..].trim_start();
    let name = first_word(behind.trim_start_matches(|c: char| !(c.is_alphabetic() || c == '_')));
    let name = if name.is_empty() { "_" } else { name };
    let it = PLACEHOLDER;
    let head = match word {
        "def" => format!("{is_async}def {name}():"),
        "class" => format!("class {name}({it}):"),
        "elif" | "while" | "match" if opens => format!("{word} {it}:"),
        "with" if opens => format!("{is_async}with {it}:"),
        "for" if opens => format!("{is_async}for {it} in {it}:"),
        "else" | "try" | "finally" if opens => format!("{word}:"),
        "except" if opens => format!("except {it}:"),
        "case" if opens => "case _:".to_owned(),
        _ if opens => format!("if {it}:"),
        "return" => return format!("return {it}"),
        _ if rest.starts_with('@') => return format!("@{it}"),
        _ if word.is_empty() || !behind.starts_with('=') || behind.starts_with("==") => {
            return "pass".to_owned();
        }
        _ => return format!("{word} = {it}"),
    };
    if opens { head } else { format!("{head} pass") }
}

/// A definition whose type parameters have defaults, as `class Box[T = int]:`
/// ([PEP 696](https://peps.python.org/pep-0696/)). The grammar does not know them, so each `=` is made a colon.
fn with_type_defaults(text: &str) -> Option<String> {
    let rest = text.strip_prefix("async").map_or(text, str::trim_start);
    if !matches!(first_word(rest), "class" | "def" | "type") {
        return None;
    }
    let open = text
        .find('[')
        .filter(|&open| !text[..open].contains(['(', '=', ':']))?;
    let mut depth = 0;
    let mut marked = text.as_bytes().to_vec();
    for byte in marked.iter_mut().skip(open) {
        match byte {
            b'[' | b'(' | b'{' => depth += 1,
            b']' | b')' | b'}' => depth -= 1,
            b'=' if depth == 1 => *byte = b':',
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    String::from_utf8(marked).ok()
}
