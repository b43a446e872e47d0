//! The messages of channels, and who sends and handles each.

use crate::{
    architecture::model::{ChannelMessage, MessageDirection, MessagePlace, Transport},
    markdown::{Block, Inline, Table},
};

use super::super::{Context, show};

/// The messages of these channels, of those that have no path, and those of which the channel is not known.
pub(super) fn section(paths: &[&str], is_filtered: bool, context: &Context<'_>) -> Option<Block> {
    let known = context.architecture.integration.messages.iter();
    let wanted: Vec<&ChannelMessage> = known
        .filter(|message| match message.transport {
            Transport::WebSocket | Transport::ServerSentEvents => {
                message.channel.is_empty() && !paths.is_empty()
                    || paths.iter().any(|path| message.channel.ends_with(path))
            }
            Transport::SocketIo | Transport::DataChannel => !is_filtered,
        })
        .collect();
    if wanted.is_empty() {
        return None;
    }
    // One channel is said above already.
    let is_known = |message: &&ChannelMessage| paths.iter().any(|path| message.channel.ends_with(path));
    let says_channel = paths.len() != 1 || !wanted.iter().all(is_known);
    let mut table = Table::new(["Message", "Sent by", "Handled by"]);
    for message in &wanted {
        let sent = if message.sent.is_empty() && wanted.iter().any(|other| may_be(other, message)) {
            Inline::text("not known: the types of some messages are made at run time")
        } else {
            places(&message.sent, context)
        };
        table.row([
            described(message, says_channel),
            sent,
            places(&message.handled, context),
        ]);
    }
    Some(Block::sequence([
        Block::paragraph(&Inline::strong("Messages")),
        Block::table(&table),
    ]))
}

/// Whether a message of which nothing is known may be of a type.
fn may_be(unknown: &ChannelMessage, typed: &ChannelMessage) -> bool {
    let is_unknown = unknown.name.is_none() && unknown.fields.is_empty() && !unknown.sent.is_empty();
    is_unknown
        && typed.name.is_some()
        && unknown.channel == typed.channel
        && unknown.transport == typed.transport
        && unknown.direction == typed.direction
}

/// A message with its direction and fields.
fn described(message: &ChannelMessage, says_channel: bool) -> Inline {
    let direction = match message.direction {
        MessageDirection::ClientToServer => "client to server",
        MessageDirection::ServerToClient => "server to client",
        MessageDirection::BetweenPeers => "between peers",
    };
    let name = match &message.name {
        Some(name) => Inline::code(name),
        None => Inline::text(&message.format),
    };
    let channel = match (message.transport, message.channel.as_str()) {
        (Transport::SocketIo | Transport::DataChannel, _) => Inline::text(message.transport.name()),
        (_, "") => Inline::text("channel not known"),
        (_, channel) => Inline::path(channel),
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
