//! Pieces that several views show alike: places, names, conditions, counts.

use crate::{
    architecture::model::{Location, Symbol},
    markdown::{Block, Inline, Item},
};

use super::{Context, Output, ViewError, arguments::Arguments};

/// `file:line`, a link where there is a forge; nothing for what no file holds.
pub(super) fn source(location: &Location, context: &Context<'_>) -> Inline {
    let place = place(location);
    linked(Inline::path(place), location, context)
}

/// `file:line` as plain text.
pub(super) fn place(location: &Location) -> String {
    match (location.file.as_str(), location.line) {
        ("", _) => String::new(),
        (file, 0) => file.to_owned(),
        (file, line) => format!("{file}:{line}"),
    }
}

/// A symbol by its name within the module, linked to its definition.
pub(super) fn symbol(symbol: &Symbol, context: &Context<'_>) -> Inline {
    linked(Inline::code(short(&symbol.name)), &symbol.location, context)
}

/// The text as a link to a place.
pub(super) fn linked(text: Inline, location: &Location, context: &Context<'_>) -> Inline {
    if location.file.is_empty() {
        return text;
    }
    match context
        .links
        .url(&location.file, location.line, location.end_line)
    {
        // Without a line the file as a whole is meant.
        Some(url) => Inline::link(text, url.strip_suffix("#L0").unwrap_or(&url)),
        None => text,
    }
}

/// The qualified name without its module: `UserService.create` of `app.users:UserService.create`. Of a function that another
/// one makes it is the name alone.
pub(super) fn short(symbol: &str) -> &str {
    let name = symbol.split_once(':').map_or(symbol, |(_, name)| name);
    name.rsplit_once("<locals>.").map_or(name, |(_, own)| own)
}

/// The module of a symbol.
pub(super) fn module(symbol: &str) -> &str {
    symbol.split_once(':').map_or(symbol, |(module, _)| module)
}

/// What a path operation asks of its caller: scheme names with scopes, or `public`.
pub(super) fn auth(security: &[(String, Vec<String>)]) -> Inline {
    if security.is_empty() {
        return Inline::text("public");
    }
    Inline::lines(security.iter().map(|(scheme, scopes)| {
        let scopes = Inline::join(", ", scopes.iter().map(Inline::code));
        if scopes.is_empty() {
            return Inline::code(scheme);
        }
        Inline::concat([
            Inline::code(scheme),
            Inline::text(" ("),
            scopes,
            Inline::text(")"),
        ])
    }))
}

/// `only if … and …`; nothing without conditions.
pub(super) fn conditions<T: AsRef<str>>(conditions: &[T]) -> Inline {
    if conditions.is_empty() {
        return Inline::default();
    }
    Inline::concat([
        Inline::text("only if "),
        Inline::join(" and ", conditions.iter().map(Inline::code)),
    ])
}

/// `1 endpoint`, `3 endpoints`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    format!("{count} {}", plural(count, noun))
}

fn plural(count: usize, noun: &str) -> String {
    match noun.strip_suffix('y') {
        _ if count == 1 => noun.to_owned(),
        _ if noun.ends_with('s') => format!("{noun}es"),
        // `dependency`, but not `array`.
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ => format!("{noun}s"),
    }
}

/// Keeps the first `limit`; the rest becomes a sentence.
pub(super) fn limited<T>(items: &mut Vec<T>, limit: Option<usize>, noun: &str) -> Block {
    let Some(limit) = limit.filter(|limit| items.len() > *limit) else {
        return Block::default();
    };
    let rest = items.len() - limit;
    items.truncate(limit);
    let verb = if rest == 1 { "is" } else { "are" };
    sentence(format!("{rest} more {} {verb} not shown.", plural(rest, noun)))
}

/// The first few of many, a line each, and how many more there are.
pub(super) fn first_lines(lines: impl IntoIterator<Item = Inline>, most: usize) -> Inline {
    let mut lines: Vec<Inline> = lines.into_iter().collect();
    let rest = lines.len().saturating_sub(most);
    lines.truncate(most);
    if rest > 0 {
        lines.push(Inline::text(format!("and {rest} more")));
    }
    Inline::lines(lines)
}

/// One sentence as a block.
pub(super) fn sentence(text: impl AsRef<str>) -> Block {
    Block::paragraph(&Inline::text(text))
}

/// Assumptions, each behind its label.
pub(super) fn assumptions<T: AsRef<str>>(assumptions: &[T]) -> Vec<Item> {
    let label = || Inline::strong("Assumption:");
    assumptions
        .iter()
        .map(|text| Item::new(Inline::join(" ", [label(), Inline::prose(text)])))
        .collect()
}

/// A block, behind a line that opens it if `collapse=true`.
pub(super) fn collapsible(
    block: Block,
    summary: &str,
    arguments: &Arguments<'_>,
) -> Result<Output, ViewError> {
    let collapse = arguments.flag("collapse")?.unwrap_or(false);
    Ok(Output::Block(if collapse {
        Block::details(summary, &block)
    } else {
        block
    }))
}
