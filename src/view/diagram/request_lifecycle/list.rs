//! The same steps as a numbered list with their sources, for everyone the picture does not reach.

use crate::{
    markdown::{Block, Inline, Item},
    view::{Context, show},
};

use super::{
    cast::{Cast, part_name},
    event::{Event, Message, Part, Title, messages},
};

/// More are left out, with a sentence.
const MOST: usize = 200;

pub(super) fn list(events: &[Event], cast: &Cast, context: &Context<'_>) -> Block {
    let handler = cast.members[cast.index(&Part::Handler)]
        .label
        .lines()
        .next()
        .unwrap_or("Handler")
        .to_owned();
    let mut items = Vec::new();
    messages(events, &mut Vec::new(), &mut |message, under| {
        items.push(Item::new(line(message, under, &handler, context)));
    });
    let rest = show::limited(&mut items, Some(MOST), "step");
    Block::sequence([Block::numbered(&items), rest])
}

fn line(message: &Message, under: &[Title<'_>], handler: &str, context: &Context<'_>) -> Inline {
    let from = part_name(&message.from, handler);
    let to = part_name(&message.to, handler);
    let who = if from == to {
        format!("{from}: ")
    } else {
        format!("{from} → {to}: ")
    };
    let source = show::source(&message.location, context);
    let source = if source.is_empty() {
        source
    } else {
        Inline::concat([Inline::text(" ("), source, Inline::text(")")])
    };
    let conditions = Inline::join(", ", under.iter().map(condition));
    let conditions = if conditions.is_empty() {
        conditions
    } else {
        Inline::concat([conditions, Inline::text(" – ")])
    };
    Inline::concat([conditions, Inline::text(who), Inline::text(&message.full), source])
}

fn condition(title: &Title<'_>) -> Inline {
    match title {
        Title::If("else" | "otherwise") => Inline::text("otherwise"),
        Title::If("invalid") => Inline::text("if invalid"),
        Title::If(condition) => match condition.strip_prefix("unless ") {
            Some(condition) => Inline::concat([Inline::text("unless "), Inline::code(condition)]),
            None => Inline::concat([Inline::text("if "), Inline::code(condition)]),
        },
        Title::Each(header) => Inline::concat([Inline::text("in "), Inline::code(header)]),
    }
}
