//! What stands on a line in front of a directive: the marks of the containers it is in.

/// The marks of list items, quotes, footnotes and definitions in front of a directive.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Markers {
    /// What keeps the next line inside of them.
    pub(super) prefix: String,
    /// Whether one of them begins on this line, so that nothing can stand above in it.
    pub(super) open_item: bool,
}

impl Markers {
    /// `None` if there is anything else in `text`.
    pub(super) fn of(text: &str) -> Option<Markers> {
        let mut markers = Markers::default();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let length = match first {
                '>' | ' ' | '\t' => {
                    markers.prefix.push(first);
                    1
                }
                '-' | '*' | '+' | ':' => markers.indent(1),
                '0'..='9' => {
                    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
                    rest[digits..]
                        .starts_with(['.', ')'])
                        .then(|| markers.indent(digits + 1))?
                }
                '[' => {
                    let label = rest.strip_prefix("[^")?.find("]:")? + "[^]:".len();
                    let spaces = rest[label..].len() - rest[label..].trim_start().len();
                    // A footnote goes on in lines indented by four, however long its label is.
                    markers.indent(4);
                    label + spaces
                }
                _ => return None,
            };
            rest = &rest[length..];
        }
        Some(markers)
    }

    /// Whether a neighbouring line holds nothing; in a block quote it may hold the marks of quotes.
    pub(super) fn is_blank(&self, line: &str) -> bool {
        line.chars()
            .all(|c| c.is_whitespace() || (c == '>' && self.prefix.contains('>')))
    }

    fn indent(&mut self, width: usize) -> usize {
        self.prefix.extend(std::iter::repeat_n(' ', width));
        self.open_item = true;
        width
    }
}
