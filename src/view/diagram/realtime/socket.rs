//! The messages of one channel as a picture.

use crate::{
    architecture::model::{
        ChannelMessage, FrontendCall, Interaction, MessageDirection, MessagePlace, Transport, TriggerKind,
        Update, UpdateKind,
    },
    markdown::mermaid::{Arrow, Diagram, Participant, Role, Sequence, TooLarge},
    view::{Context, interaction as words, show},
};

use super::{
    super::lines::{LINE, cut, wrapped},
    origin::{self, Origins},
};

/// Changes that are drawn of one message; the list has all.
const CHANGES: usize = 3;

pub(super) fn title(path: &str, transport: Transport) -> String {
    let name = match transport {
        Transport::ServerSentEvents => "Server-sent events",
        other => other.name(),
    };
    match path {
        _ if !has_path(transport) => name.to_owned(),
        "" => format!("{name}, path not known"),
        path => format!("{name} {path}"),
    }
}

/// Whether channels of a kind are told apart by a path.
fn has_path(transport: Transport) -> bool {
    matches!(transport, Transport::WebSocket | Transport::ServerSentEvents)
}

/// What a message is called: its type, or what it is without one.
pub(super) fn name(message: &ChannelMessage) -> &str {
    message.name.as_deref().unwrap_or(&message.format)
}

/// The participants from left to right.
struct Cast {
    origin: Option<Participant>,
    server: Participant,
    channel: Participant,
    client: Participant,
    page: Option<Participant>,
    scene: Option<Participant>,
}

pub(super) fn draw(
    (path, transport): (&str, Transport),
    messages: &[&ChannelMessage],
    origins: &Origins,
    context: &Context<'_>,
    limit: usize,
) -> Result<Diagram, TooLarge> {
    let mut sequence = Sequence::new(
        &format!("Messages of {}", title(path, transport)),
        "Who sends each message, who handles it and what that changes; the list below says the same",
    );
    let shown = &messages[..messages.len().min(limit)];
    let cast = cast(&channel(path, transport), shown, origins, &mut sequence);
    for message in shown {
        match message.direction {
            MessageDirection::ServerToClient => to_client(message, &cast, origins, context, &mut sequence),
            MessageDirection::ClientToServer => to_server(message, &cast, &mut sequence),
            // Without a server there is nothing to draw.
            MessageDirection::BetweenPeers => {}
        }
    }
    let rest = messages.len() - shown.len();
    if rest > 0 {
        let text = format!("{} in the list below", show::counted(rest, "more message"));
        sequence.note(&cast.server, &cast.client, &text);
    }
    sequence.finish()
}

fn cast(channel: &str, messages: &[&ChannelMessage], origins: &Origins, sequence: &mut Sequence) -> Cast {
    let from_server = || {
        let own = messages
            .iter()
            .filter(|message| message.direction == MessageDirection::ServerToClient);
        own.flat_map(|message| &message.sent)
    };
    let server: Vec<&MessagePlace> = messages
        .iter()
        .flat_map(|message| match message.direction {
            MessageDirection::ServerToClient => message.sent.as_slice(),
            MessageDirection::ClientToServer => message.handled.as_slice(),
            MessageDirection::BetweenPeers => &[],
        })
        .collect();
    let client: Vec<&MessagePlace> = messages
        .iter()
        .flat_map(|message| match message.direction {
            MessageDirection::ServerToClient | MessageDirection::BetweenPeers => &message.handled,
            MessageDirection::ClientToServer => &message.sent,
        })
        .collect();
    // What a handler of the channel sends by itself needs nobody else.
    let has_origin = from_server().any(|place| {
        origins
            .leading_to(&place.function)
            .iter()
            .any(|origin| !origin.name.starts_with("WS "))
    });
    let updates: Vec<&Update> = messages.iter().flat_map(|message| &message.updates).collect();
    let has_scene = updates.iter().any(|update| update.kind == UpdateKind::Scene);
    let has_page = updates.iter().any(|update| update.kind != UpdateKind::Scene);
    Cast {
        origin: has_origin
            .then(|| sequence.participant("origin", "What changes\nendpoints, tasks", Role::Part)),
        server: sequence.participant("server", &label(&server, "Backend", show::module), Role::Part),
        channel: sequence.participant("channel", channel, Role::Part),
        client: sequence.participant("client", &label(&client, "Frontend", words::file), Role::Part),
        page: has_page.then(|| sequence.participant("page", "Page\nstate, stores", Role::Part)),
        scene: has_scene.then(|| sequence.participant("scene", &scene(&updates), Role::Part)),
    }
}

/// One function by its name, several by their file or module.
fn label<'a>(places: &[&'a MessagePlace], tier: &str, file: impl Fn(&'a str) -> &'a str) -> String {
    let mut functions: Vec<&str> = places.iter().map(|place| place.function.as_str()).collect();
    functions.sort_unstable();
    functions.dedup();
    let mut files: Vec<&str> = functions
        .iter()
        .map(|function| file(function))
        .filter(|file| !file.is_empty())
        .collect();
    files.dedup();
    let lines = match (functions.as_slice(), files.as_slice()) {
        ([function], [file]) if !function.ends_with(':') && function.contains(':') => {
            vec![format!("{}()", show::short(function)), (*file).to_owned()]
        }
        (_, [file]) => vec![tier.to_owned(), (*file).to_owned()],
        (_, []) => vec![tier.to_owned()],
        (_, [first, rest @ ..]) => vec![
            tier.to_owned(),
            (*first).to_owned(),
            format!("and {}", show::counted(rest.len(), "more file")),
        ],
    };
    let lines: Vec<String> = lines.iter().map(|line| cut(line, LINE)).collect();
    lines.join("\n")
}

fn channel(path: &str, transport: Transport) -> String {
    let name = match transport {
        Transport::ServerSentEvents => "Event stream",
        Transport::DataChannel => "Data channel",
        other => other.name(),
    };
    match path {
        _ if !has_path(transport) => name.to_owned(),
        "" => format!("{name}\npath not known"),
        path => format!("{name}\n{}", wrapped(path, LINE)),
    }
}

fn scene(updates: &[&Update]) -> String {
    let mut classes: Vec<&str> = updates
        .iter()
        .filter_map(|update| update.class.as_deref())
        .collect();
    classes.sort_unstable();
    classes.dedup();
    let more = if classes.len() > 2 { ", …" } else { "" };
    classes.truncate(2);
    format!("Scene\n{}{more}", classes.join(", "))
}

fn to_client(
    message: &ChannelMessage,
    cast: &Cast,
    origins: &Origins,
    context: &Context<'_>,
    sequence: &mut Sequence,
) {
    let mut functions: Vec<&str> = message.sent.iter().map(|place| place.function.as_str()).collect();
    functions.dedup();
    for function in &functions {
        let leading: Vec<&origin::Origin> = origins
            .leading_to(function)
            .into_iter()
            .filter(|origin| !origin.name.starts_with("WS "))
            .collect();
        if let (Some(from), Some(named)) = (&cast.origin, origin::named(&leading)) {
            let text = format!("{named}\n{}()", show::short(function));
            sequence.message(from, &cast.server, &wrapped(&text, LINE), Arrow::Call);
        }
    }
    let fields = if message.fields.is_empty() {
        String::new()
    } else {
        format!("\n{}", message.fields.join(", "))
    };
    if message.sent.is_empty() {
        let text = format!("{}: nobody is seen to send it", name(message));
        sequence.note(&cast.server, &cast.channel, &wrapped(&text, LINE));
    } else {
        let text = format!("{}{fields}", name(message));
        sequence.message(&cast.server, &cast.channel, &wrapped(&text, LINE), Arrow::Call);
    }
    if message.handled.is_empty() {
        let text = format!("{}: nobody is seen to handle it", name(message));
        sequence.note(&cast.channel, &cast.client, &wrapped(&text, LINE));
        return;
    }
    sequence.message(
        &cast.channel,
        &cast.client,
        &wrapped(name(message), LINE),
        Arrow::Call,
    );
    changes(&message.updates, cast, sequence);
    for call in requests(message, context) {
        let endpoint = call.endpoint.as_ref();
        let asked = endpoint.map_or_else(|| call.url.clone(), |endpoint| endpoint.path.clone());
        let text = format!("asks {} {asked}", call.method);
        sequence.message(&cast.client, &cast.client, &wrapped(&text, LINE), Arrow::Call);
        if let Some(way) = way(call) {
            changes(&way.updates, cast, sequence);
        }
    }
}

/// The calls that handling a message leads to; what is asked on the way of another call, such as a new token, is left out.
pub(super) fn requests<'a>(message: &ChannelMessage, context: &Context<'a>) -> Vec<&'a FrontendCall> {
    let calls = context.architecture.integration.calls.iter();
    let calls: Vec<&FrontendCall> = calls
        .filter(|call| message.requests.contains(&call.location))
        .collect();
    let is_within = |call: &FrontendCall, other: &FrontendCall| {
        let mut places = call.interactions.iter().flat_map(|way| &way.calls);
        call.location != other.location && places.any(|place| place.location == other.location)
    };
    let own = calls
        .iter()
        .filter(|call| !calls.iter().any(|other| is_within(call, other)));
    own.copied().collect()
}

/// The way of a call that begins with a message.
pub(super) fn way(call: &FrontendCall) -> Option<&Interaction> {
    let mut ways = call.interactions.iter();
    ways.find(|way| way.trigger.kind == TriggerKind::Message)
}

fn changes(updates: &[Update], cast: &Cast, sequence: &mut Sequence) {
    let mut order: Vec<usize> = (0..updates.len()).collect();
    order.sort_by_key(|index| (words::weight(&updates[*index]), *index));
    order.truncate(CHANGES);
    for (index, update) in updates.iter().enumerate() {
        if !order.contains(&index) {
            continue;
        }
        let to = if update.kind == UpdateKind::Scene {
            &cast.scene
        } else {
            &cast.page
        };
        let to = to.as_ref().or(cast.page.as_ref()).unwrap_or(&cast.client);
        sequence.message(
            &cast.client,
            to,
            &wrapped(&words::update(update), LINE),
            Arrow::Call,
        );
    }
    let rest = updates.len().saturating_sub(CHANGES);
    if rest > 0 {
        let text = format!("{} in the list", show::counted(rest, "more change"));
        sequence.note(&cast.client, &cast.client, &text);
    }
}

fn to_server(message: &ChannelMessage, cast: &Cast, sequence: &mut Sequence) {
    if let (Some(page), Some(trigger)) = (&cast.page, message.triggers.first()) {
        sequence.message(
            page,
            &cast.client,
            &wrapped(&words::trigger(trigger), LINE),
            Arrow::Call,
        );
    } else if let Some(trigger) = message.triggers.first() {
        let text = words::trigger(trigger);
        sequence.message(&cast.client, &cast.client, &wrapped(&text, LINE), Arrow::Call);
    }
    if message.sent.is_empty() {
        let text = format!("{}: nobody is seen to send it", name(message));
        sequence.note(&cast.channel, &cast.client, &wrapped(&text, LINE));
    } else {
        sequence.message(
            &cast.client,
            &cast.channel,
            &wrapped(name(message), LINE),
            Arrow::Call,
        );
    }
    if message.handled.is_empty() {
        let text = format!("{}: nobody is seen to handle it", name(message));
        sequence.note(&cast.server, &cast.channel, &wrapped(&text, LINE));
    } else {
        sequence.message(
            &cast.channel,
            &cast.server,
            &wrapped(name(message), LINE),
            Arrow::Call,
        );
    }
}
