//! JavaScript's regular expressions as those of the `regex` crate.

use regex::Regex;

/// A regular expression as written, `/a/i`, and whether it is for all places (`g`); none where it uses what the crate
/// has not, e.g. a look-ahead.
#[must_use]
pub fn compiled(written: &str) -> Option<(Regex, bool)> {
    let (body, flags) = written.strip_prefix('/')?.rsplit_once('/')?;
    let begin = if flags.contains('i') { "(?i)" } else { "" };
    let pattern = Regex::new(&format!("{begin}{}", body.replace("\\/", "/"))).ok()?;
    Some((pattern, flags.contains('g')))
}

/// A replacement of JavaScript as one of the regular expressions here: `$1` as `${1}`, and other `$` as themselves.
#[must_use]
pub fn with_braced_groups(replacement: &str) -> String {
    let mut out = String::new();
    let mut characters = replacement.chars().peekable();
    while let Some(character) = characters.next() {
        match characters.peek() {
            Some(digit) if character == '$' && digit.is_ascii_digit() => {
                out.push_str(&format!("${{{digit}}}"));
                characters.next();
            }
            _ if character == '$' => out.push_str("$$"),
            _ => out.push(character),
        }
    }
    out
}
