//! The same steps as a numbered list with their sources, for everyone the picture does not reach.

use crate::{
    markdown::{Block, Inline, Item},
    view::{Context, show},
};

use super::{
    cast::part_name,
    event::{Event, Message, Title, messages},
};

/// More are left out, with a sentence.
const MOST: usize = 200;

pub(super) fn list(events: &[Event], context: &Context<'_>) -> Block {
    let mut items = Vec::new();
    messages(events, &mut |message, under| {
        items.push(Item::new(line(message, under, context)))
    });
    let rest = show::limited(&mut items, Some(MOST), "step");
    Block::sequence([Block::numbered(&items), rest])
}

fn line(message: &Message, under: &[&Title], context: &Context<'_>) -> Inline {
    let (from, to) = (part_name(&message.from), part_name(&message.to));
    let who = if message.from == message.to {
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
    let conditions = Inline::join(", ", under.iter().map(|title| condition(title)));
    let conditions = if conditions.is_empty() {
        conditions
    } else {
        Inline::concat([conditions, Inline::text(" – ")])
    };
    Inline::concat([conditions, Inline::text(who), Inline::text(&message.text), source])
}

fn condition(title: &Title) -> Inline {
    match title {
        Title::If(condition) if condition.starts_with("except") => {
            Inline::join(" ", [Inline::text("on"), Inline::code(condition)])
        }
        Title::Unless(condition) if condition.starts_with("except") => {
            Inline::join(" ", [Inline::text("without"), Inline::code(condition)])
        }
        Title::If(condition) => Inline::join(" ", [Inline::text("if"), Inline::code(condition)]),
        Title::Unless(condition) => Inline::join(" ", [Inline::text("unless"), Inline::code(condition)]),
        Title::Each(header) => Inline::join(" ", [Inline::text("in the loop"), Inline::code(header)]),
        Title::Words(words) if words == "else" || words == "otherwise" => Inline::text("otherwise"),
        Title::Words(words) => Inline::text(format!("if {words}")),
    }
}
