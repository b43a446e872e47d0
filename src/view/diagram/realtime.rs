//! `diagram realtime`: from what changes on the server, over the wire, to what changes in the scene.
//!
//! [`origin`] says what leads to a function of the backend that sends. [`socket`] draws the messages of one channel,
//! [`asked`] what the frontend asks again and again, and [`list`] has all with sources.

mod asked;
mod list;
mod origin;
mod socket;

use crate::{
    architecture::model::{ChannelMessage, FrontendCall, MessageDirection, Transport},
    markdown::Block,
};

use super::super::{
    Context, Directive, Key, Output, Placement, View, ViewError,
    arguments::{Arguments, error},
    keys,
    nearest::nearest,
    select::application,
    show,
};

pub(in crate::view) const VIEW: View = View {
    directive: Directive {
        name: "diagram realtime",
        summary: "sequence diagrams of what the server tells the frontend: who sends, over which channel, who handles it, what that changes",
        subject: None,
        placement: Placement::Block,
        keys: &[
            Key {
                name: "channel",
                summary: "only this path of a WebSocket, of server-sent events or of what is asked by a timer",
            },
            Key {
                name: "message",
                summary: "only messages of this type",
            },
            Key {
                name: "limit",
                summary: "how many messages or calls a picture has (6); the list has all",
            },
            keys::APP,
        ],
    },
    render,
};

const LIMIT: usize = 6;

/// What a frontend learns without asking for it: one picture each.
enum Channel<'a> {
    /// A channel by its path, empty where it is not known, and what it goes over.
    Socket((&'a str, Transport), Vec<&'a ChannelMessage>),
    /// What timers ask for, and server-sent events of which no message is known.
    Asked(Vec<&'a FrontendCall>),
}

fn render(arguments: &Arguments<'_>, context: &Context<'_>) -> Result<Output, ViewError> {
    let application = application(arguments, context)?;
    let limit = arguments.number("limit", 1)?.unwrap_or(LIMIT);
    let channels = channels(arguments, context)?;
    if channels.is_empty() {
        return Ok(Output::Block(show::sentence(
            "Nothing is sent to the frontend without being asked for, and nothing is asked for by a timer.",
        )));
    }
    let origins = origin::Origins::of(application);
    let is_alone = channels.len() == 1;
    let mut blocks = vec![];
    for channel in &channels {
        let (title, diagram, items) = match channel {
            Channel::Socket(channel, messages) => (
                socket::title(channel.0, channel.1),
                socket::draw(*channel, messages, &origins, context, limit),
                list::messages(messages, &origins, context),
            ),
            Channel::Asked(calls) => (
                "Asked again and again".to_owned(),
                asked::draw(calls, limit),
                list::calls(calls, context),
            ),
        };
        if !is_alone {
            blocks.push(show::sentence(format!("{title}:")));
        }
        let diagram = super::finished(diagram)?;
        blocks.push(Block::mermaid(&diagram));
        blocks.push(Block::details(&title, &Block::bullets(&items)));
    }
    Ok(Output::Block(Block::sequence(blocks)))
}

/// The channels that the author wants: those with messages by path, then what is asked for.
fn channels<'a>(arguments: &Arguments<'_>, context: &Context<'a>) -> Result<Vec<Channel<'a>>, ViewError> {
    let integration = &context.architecture.integration;
    let (path, name) = (arguments.text("channel"), arguments.text("message"));
    let is_path = |own: &str| path.is_none_or(|wanted| own == wanted || own.ends_with(wanted));
    let is_name = |own: Option<&str>| name.is_none_or(|wanted| own == Some(wanted));
    let mut sockets: Vec<((&str, Transport), Vec<&ChannelMessage>)> = vec![];
    for message in &integration.messages {
        // Between browsers there is no server to draw.
        let is_drawn = message.direction != MessageDirection::BetweenPeers;
        if !is_drawn || !is_path(&message.channel) || !is_name(message.name.as_deref()) {
            continue;
        }
        let channel = (message.channel.as_str(), message.transport);
        match sockets.iter_mut().find(|(known, _)| *known == channel) {
            Some((_, messages)) => messages.push(message),
            None => sockets.push((channel, vec![message])),
        }
    }
    let asked: Vec<&FrontendCall> = integration
        .calls
        .iter()
        .filter(|call| asked::is_asked(call) && name.is_none())
        .filter(|call| {
            let has_messages = |channel: &(&str, Transport)| {
                channel.1 == Transport::ServerSentEvents
                    && call.interval.is_none()
                    && call
                        .endpoint
                        .as_ref()
                        .is_some_and(|endpoint| endpoint.path == channel.0)
            };
            !sockets.iter().any(|(channel, _)| has_messages(channel))
        })
        .filter(|call| is_path(asked::path(call)))
        .collect();
    let mut found: Vec<Channel<'_>> = sockets
        .into_iter()
        .map(|(path, messages)| Channel::Socket(path, messages))
        .collect();
    if !asked.is_empty() {
        found.push(Channel::Asked(asked));
    }
    if found.is_empty() && (path.is_some() || name.is_some()) {
        return Err(missing(path, name, context));
    }
    Ok(found)
}

fn missing(path: Option<&str>, name: Option<&str>, context: &Context<'_>) -> ViewError {
    let integration = &context.architecture.integration;
    let sockets = integration.messages.iter().map(|message| message.channel.clone());
    let calls = integration.calls.iter().filter(|call| asked::is_asked(call));
    let paths = sockets.chain(calls.map(|call| asked::path(call).to_owned()));
    let names = integration
        .messages
        .iter()
        .filter_map(|message| message.name.clone());
    let help = Some("`<<#arch channels>>` shows all there are".to_owned());
    match (path, name) {
        (Some(path), None) => error(
            format!("there is no channel `{path}`"),
            nearest(path, paths).or(help),
        ),
        (None, Some(name)) => error(
            format!("there is no message `{name}`"),
            nearest(name, names).or(help),
        ),
        _ => error(
            format!(
                "there is no message `{}` on the channel `{}`",
                name.unwrap_or_default(),
                path.unwrap_or_default()
            ),
            help,
        ),
    }
}
