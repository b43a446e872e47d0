//! Types that comments say: `/** @param {THREE.Group} group */`
//! (<https://www.typescriptlang.org/docs/handbook/jsdoc-supported-types.html>).

use ecow::EcoString;
use oxc_ast::ast::Program;
use oxc_span::Span;
use rustc_hash::FxHashMap;

use super::Lowering;

/// The documentation comments of a script by the offset of what they stand in front of.
pub(super) fn comments(program: &Program<'_>) -> FxHashMap<u32, Span> {
    let documented = program.comments.iter().filter(|comment| comment.is_jsdoc());
    documented
        .map(|comment| (comment.attached_to, comment.span))
        .collect()
}

/// What one comment says of types, as they are written.
#[derive(Default)]
pub(super) struct Documentation {
    /// `@type {T}`
    pub(super) value: Option<EcoString>,
    /// `@returns {T}`
    pub(super) returned: Option<EcoString>,
    parameters: Vec<(EcoString, EcoString)>,
}

impl Documentation {
    fn read(comment: &str) -> Self {
        let mut this = Self::default();
        for (at, _) in comment.match_indices('@') {
            let tag = &comment[at + 1..];
            let Some((word, rest)) = tag.split_once(char::is_whitespace) else {
                continue;
            };
            let Some((written, behind)) = braced(rest.trim_start_matches([' ', '\t'])) else {
                continue;
            };
            match word {
                "type" => this.value = Some(written),
                "returns" | "return" => this.returned = Some(written),
                "param" | "arg" | "argument" => {
                    let name = behind.trim_start().trim_start_matches('[');
                    let end = name
                        .find(|letter: char| !(letter.is_alphanumeric() || letter == '_' || letter == '$'));
                    let name = &name[..end.unwrap_or(name.len())];
                    this.parameters.push((name.into(), written));
                }
                _ => {}
            }
        }
        this
    }

    pub(super) fn parameter(&self, name: &str) -> Option<EcoString> {
        let mut parameters = self.parameters.iter();
        let found = parameters.find(|(parameter, _)| parameter == name);
        found.map(|(_, written)| written.clone())
    }
}

/// A type in braces without the marks of optional and nullable ones, and what stands behind it.
fn braced(text: &str) -> Option<(EcoString, &str)> {
    let inner = text.strip_prefix('{')?;
    let mut depth = 1;
    for (at, letter) in inner.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let written = inner[..at].trim();
            let written = written
                .trim_start_matches(['?', '!'])
                .trim_end_matches(['=', '?']);
            return Some((written.into(), &inner[at + 1..]));
        }
    }
    None
}

impl Lowering<'_> {
    /// Remembers the comment in front of what is lowered next.
    pub(super) fn at_documented(&mut self, start: u32) {
        self.documented = self.comments.get(&start).copied();
    }

    /// What the comment in front of a declaration says, once.
    pub(super) fn documentation(&mut self) -> Documentation {
        match self.documented.take() {
            Some(span) => Documentation::read(&self.written(span)),
            None => Documentation::default(),
        }
    }
}
