//! Text in lines that fit between the participants of a sequence diagram.

/// Characters that fit between two neighbours; a longer line would push them apart.
pub(super) const LINE: usize = 24;

/// Longer texts are cut; the list has all of them.
const MOST: usize = 140;

/// Text in lines of at most `width` characters that end where a reader would end them.
pub(super) fn wrapped(text: &str, width: usize) -> String {
    let mut lines = Vec::new();
    for line in text.lines() {
        let mut rest: Vec<char> = cut(line, MOST).chars().collect();
        while let Some(full) = overflow(&rest, width) {
            // Not so early that the next line would be the longer one.
            // Nor so late that a bracket stands alone.
            let ends = |fits: &dyn Fn(usize) -> bool| {
                let mut candidates = (full / 2 + 1..=full).rev();
                candidates.find(|end| fits(*end) && rest.len() - end > 2)
            };
            let after = |marks: &str| ends(&|end| marks.contains(rest[end - 1]));
            let word = || {
                ends(&|end| rest[end - 1].is_lowercase() && rest.get(end).is_some_and(|c| c.is_uppercase()))
            };
            let end = after(" ")
                .or_else(|| after("/,.:;(=?&_"))
                .or_else(word)
                .unwrap_or(full);
            lines.push(rest.drain(..end).collect::<String>());
        }
        lines.push(rest.into_iter().collect());
    }
    lines.join("\n")
}

/// How many characters fill a line, if there are more. Mermaid measures codes as they are written: `#58;`.
fn overflow(line: &[char], width: usize) -> Option<usize> {
    let mut measured = 0;
    line.iter()
        .position(|c| {
            measured += if ":;#".contains(*c) { 4 } else { 1 };
            measured > width
        })
        .map(|fits| fits.max(1))
}

pub(super) fn cut(line: &str, most: usize) -> String {
    match line.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}
