//! `diagram request-lifecycle`: one request from the client to the last effect and back.
//!
//! [`scenario`] says what happens as numbered messages, [`cast`] says who takes part, [`picture`] draws as much as a page
//! can hold, and [`list`] has all of it with sources. Numbers in the picture are numbers of the list.

mod cast;
mod event;
mod follow;
mod list;
mod picture;
mod scenario;

use crate::markdown::{Block, Inline};

use super::super::{
    Context, Directive, Key, Output, Placement, View, ViewError,
    arguments::{Arguments, error},
    keys, operation,
    select::application,
    show,
};

pub(in crate::view) const VIEW: View = View {
    directive: Directive {
        name: "diagram request-lifecycle",
        summary: "a sequence diagram of one request: middleware, dependencies, handler, what it calls, response",
        subject: None,
        placement: Placement::Block,
        keys: &[
            Key {
                name: "endpoint",
                summary: "the path operation, as `METHOD /path`",
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

    let scenario = scenario::scenario(&operation);
    let cast = cast::Cast::of(&scenario, &operation);
    let diagram = super::finished(picture::draw(
        &scenario,
        &cast,
        &operation,
        picture::Bounds { depth, limit },
    ))?;
    let assumptions: Vec<&String> = operation.endpoint.assumptions.iter().collect();
    Ok(Output::Block(Block::sequence([
        Block::mermaid(&diagram),
        conditional(&operation),
        show::assumptions(&assumptions),
        Block::details(
            &format!("Steps of {}", operation.title()),
            &list::list(&scenario, &cast, context),
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
