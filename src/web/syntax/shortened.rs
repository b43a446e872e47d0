//! Code in tables and messages.

/// Code as it is shown, cut after so many letters.
#[must_use]
pub fn shortened(written: &str, letters: usize) -> String {
    match written.char_indices().nth(letters) {
        Some((end, _)) => format!("{}…", written[..end].trim_end()),
        None => written.to_owned(),
    }
}
