//! Links from a place in the analysed tree to the forge that holds it.

/// How to make a URL of a place. Without a forge there are no links.
#[derive(Clone, Debug, Default)]
pub struct Permalinks {
    /// Everything before the path, e.g. `https://github.com/owner/name/blob/<sha>`; absent without a forge.
    pub base: Option<String>,
}

impl Permalinks {
    /// URL of the lines `line..=end_line` (one-based) of `file` (relative to the analysed root).
    #[must_use]
    pub fn url(&self, file: &str, line: u32, end_line: u32) -> Option<String> {
        let base = self.base.as_ref()?;
        Some(if end_line > line {
            format!("{base}/{file}#L{line}-L{end_line}")
        } else {
            format!("{base}/{file}#L{line}")
        })
    }
}
