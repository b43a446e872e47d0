//! Handlers in the markup of components and pages: `onclick={save}`, `@click="save"`.

use std::sync::LazyLock;

use regex::Regex;

use crate::source::location::Location;

/// An attribute that runs code when something happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct MarkupHandler {
    /// `click`.
    pub event: String,
    /// `button`.
    pub tag: String,
    /// Names that its code holds.
    pub names: Vec<String>,
    pub location: Location,
}

/// The handlers of a file, in order. Scripts and styles are no markup.
///
/// <https://svelte.dev/docs/svelte/basic-markup#Events>, <https://vuejs.org/guide/essentials/event-handling.html>,
/// <https://html.spec.whatwg.org/#event-handler-content-attributes>
pub(super) fn handlers(file: &str, text: &str) -> Vec<MarkupHandler> {
    static ELSEWHERE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?is)<script\b.*?</script\s*>|<style\b.*?</style\s*>|<!--.*?-->")
            .expect("a valid expression")
    });
    static HANDLER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r#"[\s](?:on:|v-on:|@|on)([A-Za-z][\w:-]*)(?:[.|][\w.|]+)?\s*=\s*(?:\{((?:[^{}]|\{[^{}]*\})*)\}|"([^"]*)"|'([^']*)')"#,
        )
        .expect("a valid expression")
    });
    static NAME: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"[A-Za-z_$][\w$]*").expect("a valid expression"));
    static TAG: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"<([A-Za-z][\w.:-]*)").expect("a valid expression"));
    let markup = ELSEWHERE.replace_all(text, |found: &regex::Captures<'_>| {
        let kept = |c: char| if c == '\n' { '\n' } else { ' ' };
        // Byte for byte, so that places stay what they are.
        found[0]
            .bytes()
            .map(|byte| kept(char::from(byte)))
            .collect::<String>()
    });
    let mut found = vec![];
    for handler in HANDLER.captures_iter(&markup) {
        let Some(event) = handler.get(1) else { continue };
        let Some(tag) = TAG.captures_iter(&markup[..event.start()]).last() else {
            continue;
        };
        let code = (2..=4).find_map(|group| handler.get(group));
        let names = NAME.find_iter(code.map_or("", |code| code.as_str()));
        let before = &markup[..event.start()];
        let line = before.matches('\n').count() as u32 + 1;
        let column = before
            .rfind('\n')
            .map_or(before.len(), |at| before.len() - at - 1) as u32
            + 1;
        found.push(MarkupHandler {
            event: event.as_str().to_ascii_lowercase(),
            tag: tag[1].to_owned(),
            names: names.map(|name| name.as_str().to_owned()).collect(),
            location: Location {
                file: file.to_owned(),
                line,
                end_line: line,
                column,
            },
        });
    }
    found
}
