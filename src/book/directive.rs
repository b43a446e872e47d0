//! What stands between `<<#arch` and `>>`: a name, a subject and keys, as one [`Request`].
//!
//! ```text
//! <<#arch NAME [SUBJECT] [key=value …]>>
//! ```
//! Names of diagrams and of counts have two words (`diagram layers`, `count endpoints`). Subject and values may be quoted with `"`, where `\"` is a
//! quote and `\\` a backslash; any other backslash stays one, so that patterns can be written as they are.

use crate::view::{self, Request, ViewError};

/// How a directive begins.
pub const OPEN: &str = "<<#arch";
/// How a directive ends.
pub const CLOSE: &str = ">>";

/// A directive at the start of some text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// How many bytes of the text it takes, both ends included.
    pub length: usize,
    /// What it asks for, or why that cannot be known.
    pub request: Result<Request, ViewError>,
}

/// Reads the directive at the start of `text`, which holds nothing behind the line (or table cell) it stands on.
///
/// `None` when the text does not begin with `<<#arch`, or goes on with a letter (`<<#archive>>`).
#[must_use]
pub fn parse(text: &str) -> Option<Directive> {
    let rest = text.strip_prefix(OPEN)?;
    if !(rest.is_empty() || rest.starts_with(char::is_whitespace) || rest.starts_with(CLOSE)) {
        return None;
    }
    let mut lexer = Lexer { text: rest, at: 0 };
    let words = lexer.words();
    let length = match &words {
        Ok(_) => OPEN.len() + lexer.at,
        // Where the words go wrong the end is a guess: the first `>>`, else the whole line.
        Err(_) => match rest.find(CLOSE) {
            Some(end) => OPEN.len() + end + CLOSE.len(),
            None => text.trim_end().len(),
        },
    };
    Some(Directive {
        length,
        request: words.and_then(request),
    })
}

/// One word of a directive, e.g. `prefix="/api v1"`.
#[derive(Debug)]
struct Word {
    key: Option<String>,
    value: String,
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    /// All words up to and with the closing `>>`.
    fn words(&mut self) -> Result<Vec<Word>, ViewError> {
        let mut words = Vec::new();
        loop {
            self.at += self.rest().len() - self.rest().trim_start().len();
            if self.rest().starts_with(CLOSE) {
                self.at += CLOSE.len();
                return Ok(words);
            }
            if self.rest().is_empty() {
                return Err(problem(
                    "`<<#arch` is not closed",
                    "write the whole directive on one line and end it with `>>`",
                ));
            }
            words.push(self.word()?);
        }
    }

    fn word(&mut self) -> Result<Word, ViewError> {
        let key = self.key();
        let value = if self.rest().starts_with('"') {
            self.quoted()?
        } else {
            self.bare(key.as_deref())?
        };
        Ok(Word { key, value })
    }

    /// `key=`, if the next word has one. A key is a letter followed by letters, digits, `-` and `_`; so
    /// `/x?a=b` is a value that holds an equals sign.
    fn key(&mut self) -> Option<String> {
        let rest = self.rest();
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_')))?;
        let key = &rest[..end];
        if !rest[end..].starts_with('=') || !key.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let key = key.to_owned();
        self.at += end + 1;
        Some(key)
    }

    fn bare(&mut self, key: Option<&str>) -> Result<String, ViewError> {
        let rest = self.rest();
        let space = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let end = rest.find(CLOSE).map_or(space, |close| close.min(space));
        let value = rest[..end].to_owned();
        if value.starts_with(['“', '”', '„', '«']) {
            return Err(problem(
                &format!("`{value}` begins with a typographic quote"),
                "use the straight quote `\"` around a value",
            ));
        }
        if let (Some(key), true) = (key, value.is_empty()) {
            return Err(problem(
                &format!("the key `{key}` has no value"),
                &format!("write `{key}=…` without a space, or `{key}=\"\"` for an empty value"),
            ));
        }
        self.at += end;
        Ok(value)
    }

    fn quoted(&mut self) -> Result<String, ViewError> {
        let mut value = String::new();
        let mut characters = self.rest().char_indices().skip(1).peekable();
        while let Some((index, character)) = characters.next() {
            match character {
                '"' => {
                    self.at += index + 1;
                    return self.after_quote(value);
                }
                '\\' => match characters.next_if(|(_, next)| matches!(next, '"' | '\\')) {
                    Some((_, escaped)) => value.push(escaped),
                    None => value.push('\\'),
                },
                _ => value.push(character),
            }
        }
        Err(problem(
            "a quote `\"` is not closed",
            "end the value with `\"`, on the same line",
        ))
    }

    fn after_quote(&self, value: String) -> Result<String, ViewError> {
        let rest = self.rest();
        if rest.is_empty() || rest.starts_with(char::is_whitespace) || rest.starts_with(CLOSE) {
            return Ok(value);
        }
        Err(problem(
            &format!("there is no space behind the quoted value `{value}`"),
            "put a space between the words; within quotes a quote is written `\\\"`",
        ))
    }
}

/// Puts the words in their places.
fn request(words: Vec<Word>) -> Result<Request, ViewError> {
    let mut request = Request::default();
    let mut words = words.into_iter().peekable();
    request.name = match words.next_if(|word| word.key.is_none()) {
        Some(word) => word.value,
        None => {
            return Err(problem(
                "the directive has no name",
                "write `<<#arch NAME …>>`; `mdbook-arch list` shows the names",
            ));
        }
    };
    if begins_longer_name(&request.name)
        && let Some(second) = words.next_if(|word| word.key.is_none())
    {
        request.name = format!("{} {}", request.name, second.value);
    }
    for word in words {
        match word.key {
            Some(key) if request.arguments.iter().any(|(name, _)| *name == key) => {
                return Err(problem(
                    &format!("the key `{key}` is given twice"),
                    "write it once; several values are separated by commas",
                ));
            }
            Some(key) => request.arguments.push((key, word.value)),
            None => place_bare(&mut request, word.value)?,
        }
    }
    Ok(request)
}

/// Whether the word is the first of names that have two.
fn begins_longer_name(word: &str) -> bool {
    view::directives().iter().any(|directive| {
        directive
            .name
            .split_once(' ')
            .is_some_and(|(first, _)| first == word)
    })
}

/// A word without a key is the subject; there is only one, and it stands in front of the keys.
fn place_bare(request: &mut Request, value: String) -> Result<(), ViewError> {
    if let Some((key, before)) = request.arguments.last() {
        return Err(problem(
            &format!("`{value}` stands behind `{key}={before}` and belongs to nothing"),
            &format!("put a value with spaces in quotes: `{key}=\"{before} {value}\"`"),
        ));
    }
    if let Some(subject) = &request.subject {
        return Err(problem(
            &format!("`{value}` stands behind the subject `{subject}`, and there is only one subject"),
            &format!(
                "put a subject with spaces in quotes: `{} \"{subject} {value}\"`",
                request.name
            ),
        ));
    }
    request.subject = Some(value);
    Ok(())
}

fn problem(message: &str, help: &str) -> ViewError {
    ViewError {
        message: message.to_owned(),
        help: Some(help.to_owned()),
    }
}

#[cfg(test)]
mod tests;
