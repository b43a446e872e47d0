//! `channels`: what a client can keep open, who opens it, and the messages that both ends know.

mod messages;
mod peers;

use crate::{
    architecture::model::{Application, Channel, Endpoint, FrontendCall, Location, Parameter, Transport},
    markdown::{Block, Inline, Table},
};

use super::{
    Context, Directive, Output, Placement, View, ViewError,
    arguments::Arguments,
    interaction::duration,
    keys,
    select::{Filter, application},
    show,
};

pub(super) const VIEW: View = View {
    directive: Directive {
        name: "channels",
        summary: "tables of WebSocket routes and streams of server-sent events, of the messages that each end sends and handles, of peer connections, and of what is polled",
        subject: None,
        placement: Placement::Block,
        keys: &[
            keys::PREFIX,
            keys::MODULE,
            keys::INCLUDE,
            keys::EXCLUDE,
            keys::LIMIT,
            keys::COLLAPSE,
            keys::APP,
        ],
    },
    render,
};

/// What a client can keep open.
struct Row<'a> {
    /// Upper-case; `WS` for a WebSocket.
    method: &'a str,
    path: &'a str,
    transport: Transport,
    handler: &'a str,
    location: &'a Location,
    parameters: &'a [Parameter],
    security: &'a [(String, Vec<String>)],
    conditions: &'a [String],
}

impl<'a> Row<'a> {
    fn of_socket(channel: &'a Channel) -> Self {
        Self {
            method: "WS",
            path: &channel.path,
            transport: Transport::WebSocket,
            handler: &channel.handler.name,
            location: &channel.handler.location,
            parameters: &channel.parameters,
            security: &channel.security,
            conditions: &channel.conditions,
        }
    }

    fn of_stream(endpoint: &'a Endpoint) -> Self {
        Self {
            method: endpoint.methods.first().map_or("", String::as_str),
            path: &endpoint.path,
            transport: Transport::ServerSentEvents,
            handler: &endpoint.handler.name,
            location: &endpoint.handler.location,
            parameters: &endpoint.parameters,
            security: &endpoint.security,
            conditions: &endpoint.conditions,
        }
    }
}

fn rows<'a>(application: &'a Application, filter: &Filter<'_>) -> Vec<Row<'a>> {
    let sockets = application.channels.iter().map(Row::of_socket);
    let streams = application
        .endpoints
        .iter()
        .filter(|endpoint| endpoint.streams_events);
    sockets
        .chain(streams.map(Row::of_stream))
        .filter(|row| filter.keeps_path(row.path, row.handler))
        .collect()
}

fn render(arguments: &Arguments<'_>, context: &Context<'_>) -> Result<Output, ViewError> {
    let application = application(arguments, context)?;
    let filter = Filter::parse(arguments)?;
    let mut rows = rows(application, &filter);
    let is_filtered = ["prefix", "module", "include", "exclude"]
        .iter()
        .any(|key| arguments.text(key).is_some());
    let paths: Vec<&str> = rows.iter().map(|row| row.path).collect();
    let messages = messages::section(&paths, is_filtered, context);
    let peers = peers::section(context);
    let polled = polled(&filter, context);
    if rows.is_empty() && messages.is_none() && (is_filtered || peers.is_none() && polled.is_none()) {
        return Ok(Output::Block(Block::paragraph(&filter.nothing("channels"))));
    }
    let summary = show::counted(rows.len(), "channel");
    let rest = show::limited(&mut rows, arguments.number("limit", 1)?, "channel");
    let mut blocks = vec![];
    if !rows.is_empty() {
        blocks.extend([table(&rows, context), rest]);
    }
    blocks.extend(messages);
    if !is_filtered {
        blocks.extend(peers);
        blocks.extend(polled);
    }
    show::collapsible(Block::sequence(blocks), &summary, arguments)
}

fn table(rows: &[Row<'_>], context: &Context<'_>) -> Block {
    let calls = &context.architecture.integration.calls;
    let has_frontend = !calls.is_empty();
    let mut heads = vec!["Channel", "Handler", "Auth"];
    if has_frontend {
        heads.push("Opened by");
    }
    let mut table = Table::new(heads);
    for row in rows {
        let parameters = row.parameters.iter().map(|parameter| {
            let name = Inline::code(format!("{}: {}", parameter.name, parameter.annotation));
            Inline::concat([name, Inline::text(format!(" ({})", parameter.place))])
        });
        let path = match row.transport {
            Transport::WebSocket => Inline::path(row.path),
            _ => Inline::path(format!("{} {}", row.method, row.path)),
        };
        let mut cells = vec![
            Inline::lines(
                [path, Inline::text(row.transport.name())]
                    .into_iter()
                    .chain(parameters)
                    .chain([show::conditions(row.conditions)]),
            ),
            Inline::lines([
                Inline::code(show::short(row.handler)),
                show::source(row.location, context),
            ]),
            show::auth(row.security),
        ];
        if has_frontend {
            let openers = calls.iter().filter(|call| opens(call, row));
            let mut openers: Vec<Inline> = openers
                .map(|call| show::source(&call.location, context))
                .collect();
            openers.dedup();
            cells.push(match openers.is_empty() {
                true if calls.iter().any(|call| may_open(call, row)) => {
                    Inline::text("not known: the address is made at run time")
                }
                true => Inline::strong("nobody"),
                false => Inline::lines(openers),
            });
        }
        table.row(cells);
    }
    Block::table(&table)
}

fn opens(call: &FrontendCall, row: &Row<'_>) -> bool {
    call.unused.is_none()
        && call.endpoint.as_ref().is_some_and(|endpoint| {
            endpoint.handler == row.handler
                && endpoint.path.ends_with(row.path)
                && endpoint.method == row.method
        })
}

/// Whether a call opens something of this kind of which it is not known where it arrives.
fn may_open(call: &FrontendCall, row: &Row<'_>) -> bool {
    let is_of_kind = match row.transport {
        Transport::ServerSentEvents => call.method == "SSE",
        _ => call.method == "WS" && call.kind != "socket.io",
    };
    is_of_kind && call.endpoint.is_none() && call.unused.is_none() && call.url.starts_with("${")
}

/// Calls that a timer makes again and again.
fn polled(filter: &Filter<'_>, context: &Context<'_>) -> Option<Block> {
    let calls = context.architecture.integration.calls.iter();
    let mut table = Table::new(["Polled", "Every", "By"]);
    let mut is_empty = true;
    for call in calls.filter(|call| call.unused.is_none()) {
        let (Some(endpoint), Some(interval)) = (&call.endpoint, call.interval) else {
            continue;
        };
        if !filter.keeps_path(&endpoint.path, &endpoint.handler) {
            continue;
        }
        is_empty = false;
        table.row([
            Inline::path(format!("{} {}", endpoint.method, endpoint.path)),
            Inline::text(duration(interval)),
            show::source(&call.location, context),
        ]);
    }
    let heading = || Block::paragraph(&Inline::strong("Polling"));
    (!is_empty).then(|| Block::sequence([heading(), Block::table(&table)]))
}
