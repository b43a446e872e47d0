//! How a text is written where Mermaid reads a label, one function a rule.
//!
//! Mermaid swaps `#NN;` for placeholders before it parses and makes characters of them at the very end. A character
//! written so can neither end a token nor start Markdown, HTML or a directive. Rules Q and S use that; where it harms the
//! layout (rule B) look-alikes stand in. Backslashes escape nothing in Mermaid.

use crate::markdown::text::clean;

/// What stands for an empty text, which several grammars refuse: a zero-width space.
const EMPTY: &str = "#8203;";

/// Longer labels are cut.
const MAX_CHARACTERS: usize = 300;

/// Rule Q: inside `"…"` of a flowchart. Lines end as they are: with `<br/>` Mermaid 11.6 sanitises a node's label as HTML,
/// which turns the codes into the marks that they stand for, and then reads it as Markdown.
pub(super) fn quoted(text: &str) -> String {
    lines(text, "\n", code_marks)
}

/// Rule Q on one line: `accTitle`, `accDescr`, titles of groups.
pub(super) fn quoted_line(text: &str) -> String {
    lines(text, " ", code_marks)
}

/// Rule Q for a member of a class, which has no quotes: parentheses would make a method of it.
pub(super) fn member(text: &str) -> String {
    quoted_line(text).replace('(', "#40;").replace(')', "#41;")
}

/// Rule S: aliases, messages and notes of a sequence diagram, which have no quotes. Every code widens the measured box,
/// so only what would be misread is coded.
pub(super) fn spoken(text: &str) -> String {
    lines(text, "<br/>", |line| {
        let chars: Vec<char> = line.chars().collect();
        let mut out = String::with_capacity(line.len());
        for (i, &c) in chars.iter().enumerate() {
            if is_spoken_syntax(c, chars.get(i + 1).copied()) {
                push_code(c, &mut out)
            } else {
                out.push(c)
            }
        }
        code_keyword(&out)
    })
}

/// Rule B: titles of `alt`, `else`, `opt` and `loop`, whose wrapping measures codes as they are written.
pub(super) fn title(text: &str) -> String {
    let line = prepare(text).replace('\n', " ");
    if line.is_empty() {
        return EMPTY.to_owned();
    }
    let chars: Vec<char> = line.chars().collect();
    let wrap = wrap_colon(&line);
    let mut out = String::with_capacity(line.len());
    for (i, &c) in chars.iter().enumerate() {
        let before = i.checked_sub(1).map(|i| chars[i]);
        let next = chars.get(i + 1).copied();
        out.push(if wrap == Some(i) {
            '∶'
        } else {
            look_alike(c, before, next).unwrap_or(c)
        });
    }
    out
}

/// Rule W: type and name of a column, which take neither quotes nor codes. Marks that the grammar refuses become look-alikes.
pub(super) fn word(text: &str) -> String {
    let text = prepare(text).replace('\n', " ");
    let chars: Vec<char> = text.chars().collect();
    let mut out: String = chars
        .iter()
        .enumerate()
        .map(|(i, &c)| word_mark(c, i.checked_sub(1).map(|i| chars[i]), chars.get(i + 1).copied()))
        .collect();
    let head: String = out
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
        .collect();
    if ["pk", "fk", "uk"]
        .iter()
        .any(|key| key.eq_ignore_ascii_case(&head))
    {
        // Alone it would be a key.
        out.insert(0, '\u{ff3f}');
    } else if !out.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_' || c >= '\u{c0}') {
        out.insert(0, '\u{ff3f}');
    }
    out
}

fn word_mark(c: char, before: Option<char>, next: Option<char>) -> char {
    match c {
        // At an end or doubled it would be Markdown.
        '_' if before.is_none() || next.is_none() || before == Some('_') || next == Some('_') => '＿',
        '-' | '[' | ']' | '(' | ')' | '_' => c,
        c if c.is_ascii_alphanumeric() || c >= '\u{c0}' => c,
        ' ' => '\u{2005}',
        ',' => '‚',
        '.' => '․',
        '<' => '‹',
        '>' => '›',
        '"' => '”',
        '\'' => '’',
        '`' => 'ˋ',
        '=' => '═',
        '|' => '│',
        '/' => '∕',
        ':' => '∶',
        '*' => '∗',
        '~' => '∼',
        // The full-width forms, which fewer fonts have, stand in the order of ASCII's marks.
        '!'..='~' => char::from_u32(u32::from(c) + 0xfee0).unwrap_or('＿'),
        _ => '＿',
    }
}

/// Clean text, cut to a readable length, with Mermaid's own placeholder pairs split: it would decode them twice.
fn prepare(text: &str) -> String {
    let text = clean(text);
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    for count in 0.. {
        let Some(c) = chars.next() else { break };
        if count == MAX_CHARACTERS {
            out.push('…');
            break;
        }
        out.push(c);
        if matches!((c, chars.peek()), ('ﬂ', Some('°')) | ('¶', Some('ß'))) {
            out.push('\u{200c}');
        }
    }
    out
}

fn lines(text: &str, separator: &str, rule: impl Fn(&str) -> String) -> String {
    let text = prepare(text);
    if text.is_empty() {
        return EMPTY.to_owned();
    }
    text.split('\n').map(rule).collect::<Vec<_>>().join(separator)
}

/// Codes every mark but those that mean nothing anywhere; also the one that makes a list of a line's leading number.
fn code_marks(line: &str) -> String {
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    let mut out = String::with_capacity(line.len());
    for (i, c) in line.chars().enumerate() {
        let keep = !c.is_ascii() || c.is_ascii_alphanumeric() || " .,/()=?!'".contains(c);
        let starts_list = digits > 0 && i == digits && matches!(c, '.' | ')');
        if keep && !starts_list {
            out.push(c)
        } else {
            push_code(c, &mut out)
        }
    }
    out
}

fn is_spoken_syntax(c: char, next: Option<char>) -> bool {
    match c {
        '#' | ';' | ':' => true,
        '<' => next.is_some_and(|n| n.is_ascii_alphabetic() || "/!?".contains(n)),
        '&' => next.is_some_and(|n| n == '#' || n.is_ascii_alphabetic()),
        '$' | '%' | '{' => next == Some(c),
        '\\' => next == Some('n'),
        _ => false,
    }
}

/// A line that begins with a word of the grammar gets its first letter coded.
fn code_keyword(line: &str) -> String {
    let word: String = line
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
        .collect();
    let is_keyword = ["end", "wrap", "nowrap", "as", "else", "and", "option"]
        .iter()
        .any(|k| k.eq_ignore_ascii_case(&word));
    let mut chars = line.chars();
    match chars.next() {
        Some(first) if is_keyword => {
            let mut out = String::new();
            push_code(first, &mut out);
            out.push_str(chars.as_str());
            out
        }
        _ => line.to_owned(),
    }
}

fn look_alike(c: char, before: Option<char>, next: Option<char>) -> Option<char> {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    match c {
        '#' => Some('＃'),
        ';' => Some('；'),
        '<' if letter(next) || next.is_some_and(|n| "/!?".contains(n)) => Some('‹'),
        '>' if letter(before) || before.is_some_and(|b| "\"'/".contains(b)) => Some('›'),
        '$' if next == Some('$') => Some('＄'),
        '&' if letter(next) || next == Some('#') => Some('＆'),
        '%' if next == Some('%') => Some('％'),
        '{' if next == Some('{') => Some('｛'),
        _ => None,
    }
}

/// Where the colon of a leading `wrap:` or `nowrap:` stands.
fn wrap_colon(line: &str) -> Option<usize> {
    ["wrap:", "nowrap:"].iter().find_map(|word| {
        let start = line.get(..word.len())?;
        start.eq_ignore_ascii_case(word).then_some(word.len() - 1)
    })
}

fn push_code(c: char, out: &mut String) {
    out.push_str(&format!("#{};", u32::from(c)));
}
