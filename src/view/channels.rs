//! `channels`: WebSocket routes, and the messages that both ends know.

use crate::{
    architecture::model::{ChannelMessage, MessageDirection, MessagePlace},
    markdown::{Block, Inline, Table},
};

use super::{
    Context, Directive, Output, Placement, View, ViewError,
    arguments::Arguments,
    keys,
    select::{Filter, application},
    show,
};

pub(super) const VIEW: View = View {
    directive: Directive {
        name: "channels",
        summary: "a table of WebSocket routes: path, parameters, auth, source; and of the messages that each end sends and handles",
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

fn render(arguments: &Arguments<'_>, context: &Context<'_>) -> Result<Output, ViewError> {
    let application = application(arguments, context)?;
    let filter = Filter::parse(arguments)?;
    let mut channels: Vec<_> = application
        .channels
        .iter()
        .filter(|channel| filter.keeps_path(&channel.path, &channel.handler.name))
        .collect();
    if channels.is_empty() {
        return Ok(Output::Block(Block::paragraph(&filter.nothing("channels"))));
    }
    let paths: Vec<&str> = channels.iter().map(|channel| channel.path.as_str()).collect();
    let summary = show::counted(channels.len(), "channel");
    let rest = show::limited(&mut channels, arguments.number("limit", 1)?, "channel");
    let mut table = Table::new(["Path", "Handler", "Parameters", "Auth"]);
    for channel in channels {
        let parameters = channel.parameters.iter().map(|parameter| {
            let name = Inline::code(format!("{}: {}", parameter.name, parameter.annotation));
            Inline::concat([name, Inline::text(format!(" ({})", parameter.place))])
        });
        table.row([
            Inline::lines([Inline::code(&channel.path), show::conditions(&channel.conditions)]),
            Inline::lines([
                Inline::code(show::short(&channel.handler.name)),
                show::source(&channel.handler.location, context),
            ]),
            Inline::lines(parameters),
            show::auth(&channel.security),
        ]);
    }
    let messages = messages(&paths, context);
    show::collapsible(
        Block::sequence([Block::table(&table), rest, messages]),
        &summary,
        arguments,
    )
}

/// The messages of these channels, and those of which the channel is not known.
fn messages(paths: &[&str], context: &Context<'_>) -> Block {
    let known = context.architecture.integration.messages.iter();
    let wanted: Vec<&ChannelMessage> = known
        .filter(|message| {
            message.channel.is_empty() || paths.iter().any(|path| message.channel.ends_with(path))
        })
        .collect();
    if wanted.is_empty() {
        return Block::default();
    }
    // One channel is said above already.
    let says_channel = paths.len() != 1 || wanted.iter().any(|message| message.channel.is_empty());
    let mut table = Table::new(["Message", "Sent by", "Handled by"]);
    for message in wanted {
        table.row([
            described(message, says_channel),
            places(&message.sent, context),
            places(&message.handled, context),
        ]);
    }
    Block::sequence([
        Block::paragraph(&Inline::strong("Messages")),
        Block::table(&table),
    ])
}

/// A message with its direction and fields.
fn described(message: &ChannelMessage, says_channel: bool) -> Inline {
    let direction = match message.direction {
        MessageDirection::ClientToServer => "client to server",
        MessageDirection::ServerToClient => "server to client",
    };
    let name = match &message.name {
        Some(name) => Inline::code(name),
        None => Inline::text(&message.format),
    };
    let channel = match message.channel.as_str() {
        "" => Inline::text("channel not known"),
        channel => Inline::code(channel),
    };
    let fields = Inline::join(", ", message.fields.iter().map(Inline::code));
    let fields = (!fields.is_empty()).then(|| Inline::concat([Inline::text("with "), fields]));
    Inline::lines(
        [name, Inline::text(direction)]
            .into_iter()
            .chain(says_channel.then_some(channel))
            .chain(fields),
    )
}

/// Where an end stands; a message that only one end knows is worth saying.
fn places(places: &[MessagePlace], context: &Context<'_>) -> Inline {
    if places.is_empty() {
        return Inline::strong("nobody");
    }
    Inline::lines(places.iter().map(|place| show::source(&place.location, context)))
}
