//! Addresses in templates of Jinja: what is put in is a hole, unless it is written there
//! (<https://jinja.palletsprojects.com/en/stable/templates/>).

use std::sync::LazyLock;

use regex::Regex;

/// What a template says as an address.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Address {
    /// The addresses that it may be, holes as `${expression}`.
    pub(super) alternatives: Vec<String>,
    /// The route whose address `url_for` puts in.
    pub(super) route: Option<String>,
}

/// Addresses that one value may stand for.
const MAX_ALTERNATIVES: usize = 8;

static TAG: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?s)\{\{(.*?)\}\}|\{%.*%\}").expect("a valid expression"));

/// Whether a text holds tags of a template.
pub(super) fn is_template(text: &str) -> bool {
    static STATEMENT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\{%-?\s*(?:extends|block|include|if|for|set|macro|import|from|with)\b")
            .expect("a valid expression")
    });
    STATEMENT.is_match(text) || text.contains("url_for(") || text.contains("{{ request.")
}

/// The value of an attribute as an address.
pub(super) fn address(value: &str) -> Address {
    static URL_FOR: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?s)^-?\s*(?:request\.|app\.)?url_(?:for|path_for)\(\s*["']([^"']+)["']"#)
            .expect("a valid expression")
    });
    let mut address = Address {
        alternatives: vec![String::new()],
        route: None,
    };
    let mut at = 0;
    for tag in TAG.captures_iter(value) {
        let Some(whole) = tag.get(0) else { continue };
        push(&mut address.alternatives, &[value[at..whole.start()].to_owned()]);
        at = whole.end();
        let Some(expression) = tag.get(1) else {
            push(&mut address.alternatives, &["${…}".to_owned()]);
            continue;
        };
        let expression = expression.as_str().trim();
        if let Some(route) = URL_FOR.captures(expression)
            && address.alternatives.iter().all(String::is_empty)
        {
            address.route = Some(route[1].to_owned());
        }
        push(&mut address.alternatives, &alternatives(expression));
    }
    push(&mut address.alternatives, &[value[at..].to_owned()]);
    address
}

fn push(all: &mut Vec<String>, endings: &[String]) {
    let mut longer = vec![];
    for begin in all.iter() {
        for ending in endings {
            if longer.len() < MAX_ALTERNATIVES {
                longer.push(format!("{begin}{ending}"));
            }
        }
    }
    *all = longer;
}

/// `'/edit/' ~ id if id else '/new'`: both, what is not written there as a hole.
fn alternatives(expression: &str) -> Vec<String> {
    let expression = expression.trim();
    if let Some((then, rest)) = split(expression, " if ") {
        let mut found = alternatives(then);
        if let Some((_, otherwise)) = split(rest, " else ") {
            found.extend(alternatives(otherwise));
        }
        return found;
    }
    // Between two values `+` may add numbers.
    if !expression.contains(['\'', '"', '~']) {
        return vec![format!("${{{expression}}}")];
    }
    let mut text = String::new();
    let mut rest = expression;
    loop {
        let next = [" ~ ", "~", " + ", "+"]
            .iter()
            .filter_map(|operator| split(rest, operator))
            .min_by_key(|(before, _)| before.len());
        let (part, after) = next.map_or((rest, None), |(part, after)| (part, Some(after)));
        text.push_str(&literal(part.trim()).unwrap_or_else(|| format!("${{{}}}", part.trim())));
        match after {
            Some(after) => rest = after,
            None => return vec![text],
        }
    }
}

/// The text of `'…'`.
fn literal(part: &str) -> Option<String> {
    let quote = part.chars().next().filter(|first| matches!(first, '\'' | '"'))?;
    let inner = part.strip_prefix(quote)?.strip_suffix(quote)?;
    (!inner.contains(quote)).then(|| inner.to_owned())
}

/// What stands around the first of some words that is not within quotes or brackets.
fn split<'t>(text: &'t str, words: &str) -> Option<(&'t str, &'t str)> {
    let (mut depth, mut quote) = (0, None);
    for (at, letter) in text.char_indices() {
        match (quote, letter) {
            (Some(open), letter) if open == letter => quote = None,
            (Some(_), _) => continue,
            (None, '\'' | '"') => quote = Some(letter),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') => depth -= 1,
            _ => {}
        }
        if depth == 0 && quote.is_none() && text[at..].starts_with(words) {
            return Some((&text[..at], &text[at + words.len()..]));
        }
    }
    None
}
