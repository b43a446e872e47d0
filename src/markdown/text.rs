//! The escaping rules for plain text, one function a rule.

/// Text with its white space in order and without characters that hide or reorder what stands around them.
///
/// Line ends of every kind become `\n`, runs of other white space one space; control, zero-width and
/// direction-changing characters become U+FFFD. The joiners U+200C and U+200D stay: emoji and several scripts need them.
pub(crate) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = None;
    for c in text.chars() {
        if matches!(c, '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}') {
            gap = Some('\n');
        } else if c.is_whitespace() && !is_invisible(c) {
            gap = gap.or(Some(' '));
        } else {
            if let Some(gap) = gap.take()
                && !out.is_empty()
            {
                out.push(gap);
            }
            out.push(if is_invisible(c) { '\u{fffd}' } else { c });
        }
    }
    out
}

fn is_invisible(c: char) -> bool {
    matches!(c,
        '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{61c}'
        | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// One line of clean text as Markdown that shows exactly this text.
///
/// An apostrophe between letters stays bare: a book with smart punctuation may curl it, as it does in the author's prose.
/// `at_start` says whether the text may open a line, where some marks start a list, a quote or a definition.
pub(super) fn escape(line: &str, at_start: bool) -> String {
    let chars: Vec<char> = line.chars().collect();
    let marker = if at_start { start_marker(&chars) } else { None };
    let mut out = String::with_capacity(line.len() + 8);
    for (i, &c) in chars.iter().enumerate() {
        let before = i.checked_sub(1).map(|i| chars[i]);
        if marker == Some(i) || is_syntax(c, before, &chars[i + 1..]) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// The index of the mark that would make a block of a line: `- `, `> `, `: `, `1. `.
fn start_marker(chars: &[char]) -> Option<usize> {
    let digits = chars.iter().take_while(|c| c.is_ascii_digit()).count();
    match chars.get(digits) {
        Some('-' | '+' | '>' | ':' | '=') if digits == 0 => Some(0),
        Some('.' | ')') if digits > 0 => Some(digits),
        _ => None,
    }
}

fn is_syntax(c: char, before: Option<char>, after: &[char]) -> bool {
    let next = after.first().copied();
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match c {
        '\\' | '`' | '*' | '[' | ']' | '<' | '{' | '|' | '~' | '#' | '$' | '"' => true,
        '_' => !(word(before) && word(next)),
        '\'' => !(word(before) && word(next)),
        '&' => next.is_some_and(|c| c == '#' || c.is_ascii_alphabetic()),
        '-' | '.' => before == Some(c),
        // GitHub makes links of bare addresses.
        ':' => after.starts_with(&['/', '/']),
        // A link may follow, and together they would be an image.
        '!' => next.is_none(),
        _ => false,
    }
}

/// Text for an HTML element of our own (`<summary>`), where Markdown is not read.
pub(super) fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in clean(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '{' => out.push_str("&#123;"),
            '\n' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Whether a preprocessor of the host, or this one, would expand something in the text if it stood in code.
pub(super) fn would_expand(text: &str) -> bool {
    text.contains("<<#")
        || text.match_indices("{{").any(|(at, found)| {
            text[at + found.len()..]
                .trim_start_matches(['{', ' ', '\t', '\n'])
                .starts_with('#')
        })
}
