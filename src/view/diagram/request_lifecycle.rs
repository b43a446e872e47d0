//! `diagram request-lifecycle`: one request from what begins it in the frontend, or from a client, to the last effect
//! and back to what its answer changes.
//!
//! [`scenario`] says what happens as numbered messages, [`cast`] says who takes part, [`picture`] draws as much as a page
//! can hold, and [`list`] has all of it with sources. Numbers in the picture are numbers of the list.

mod cast;
mod event;
mod follow;
mod frontend;
mod list;
mod picture;
mod response;
mod scenario;

use crate::{
    architecture::model::FrontendCall,
    markdown::{Block, Inline, Item},
};

use frontend::Caller;

use super::super::{
    Context, Directive, Key, Output, Placement, View, ViewError,
    arguments::{Arguments, error},
    interaction as words, keys, operation,
    select::application,
    show,
};

pub(in crate::view) const VIEW: View = View {
    directive: Directive {
        name: "diagram request-lifecycle",
        summary: "a sequence diagram of one request: what begins it in the frontend, middleware, dependencies, handler, what it calls, response, what that changes",
        subject: None,
        placement: Placement::Block,
        keys: &[
            Key {
                name: "endpoint",
                summary: "the path operation, as `METHOD /path`",
            },
            Key {
                name: "call",
                summary: "the frontend's call that it begins with, as `file:line`; the first of which it is known what begins it",
            },
            Key {
                name: "trigger",
                summary: "which of the ways that lead to the call, counted from 1 (1)",
            },
            Key {
                name: "depth",
                summary: "how many calls below the handler are drawn (3); the list has all",
            },
            Key {
                name: "limit",
                summary: "how many steps are drawn (40); the list has all",
            },
            keys::APP,
        ],
    },
    render,
};

const DEPTH: usize = 3;
const LIMIT: usize = 40;
/// Ways to an endpoint besides the one that is drawn.
const MOST_OTHERS: usize = 8;

fn render(arguments: &Arguments<'_>, context: &Context<'_>) -> Result<Output, ViewError> {
    let application = application(arguments, context)?;
    let Some(subject) = arguments.text("endpoint") else {
        let example = operation::operations(application)
            .first()
            .map_or_else(|| "GET /".to_owned(), operation::Operation::title);
        let help = format!("write `<<#arch diagram request-lifecycle endpoint=\"{example}\">>`");
        return Err(error(
            "`diagram request-lifecycle` needs `endpoint`".to_owned(),
            Some(help),
        ));
    };
    let depth = arguments.number("depth", 1)?.unwrap_or(DEPTH);
    let limit = arguments.number("limit", 1)?.unwrap_or(LIMIT);
    let operation = operation::find(application, subject)?;

    let calls = frontend::calls(&operation, context);
    let caller = frontend::chosen(&calls, arguments)?;
    let scenario = scenario::scenario(&operation, caller);
    let cast = cast::Cast::of(&scenario, &operation, caller);
    let diagram = super::finished(picture::draw(
        &scenario,
        &cast,
        &operation,
        picture::Bounds { depth, limit },
    ))?;
    let assumptions = show::assumptions(&operation.endpoint.assumptions);
    Ok(Output::Block(Block::sequence([
        Block::mermaid(&diagram),
        conditional(&operation),
        others(&calls, caller, context),
        Block::bullets(&assumptions),
        Block::details(
            &format!("Steps of {}", operation.title()),
            &list::list(&scenario, context),
        ),
    ])))
}

fn conditional(operation: &operation::Operation<'_>) -> Block {
    let conditions = show::conditions(&operation.conditions);
    if conditions.is_empty() {
        return Block::default();
    }
    Block::paragraph(&Inline::concat([
        Inline::text("This endpoint is registered "),
        conditions,
        Inline::text("."),
    ]))
}

/// The calls and triggers that are not drawn.
fn others(calls: &[&FrontendCall], drawn: Option<Caller<'_>>, context: &Context<'_>) -> Block {
    let Some(drawn) = drawn else {
        return Block::default();
    };
    let ways = &drawn.call.interactions;
    let mut items: Vec<Item> = ways
        .iter()
        .enumerate()
        .filter(|(_, way)| !std::ptr::eq(*way, drawn.interaction))
        .map(|(index, way)| {
            Item::new(Inline::concat([
                Inline::text(format!("{} – ", words::trigger(&way.trigger))),
                show::source(&way.trigger.location, context),
                Inline::text(" – "),
                Inline::code(format!("trigger={}", index + 1)),
            ]))
        })
        .collect();
    let further = calls.iter().filter(|call| !std::ptr::eq(**call, drawn.call));
    items.extend(further.map(|call| {
        let begins = call.interactions.first().map(|way| words::trigger(&way.trigger));
        Item::new(Inline::concat([
            words::call(call, context),
            Inline::text(format!(": {}", begins.unwrap_or_default())),
        ]))
    }));
    if items.is_empty() {
        return Block::default();
    }
    let count = items.len();
    let rest = show::limited(&mut items, Some(MOST_OTHERS), "way");
    Block::sequence([
        Block::paragraph(&Inline::concat([
            Inline::text(format!(
                "The picture shows one of {} ways to this endpoint. The others, which ",
                count + 1
            )),
            Inline::code("call"),
            Inline::text(" and "),
            Inline::code("trigger"),
            Inline::text(" choose:"),
        ])),
        Block::bullets(&items),
        rest,
    ])
}
