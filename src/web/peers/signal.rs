//! What is done with a connection: descriptions and candidates that are sent and taken in, tracks, data channels.

use super::{
    DataChannel, Media, Signal, SignalKind,
    rooted::{Handlers, is_of, root},
};
use crate::{
    source::location::Location,
    web::{
        messages::SocketMessage,
        network::NetworkCall,
        project::ModuleId,
        syntax::tree::{ExpressionId, ExpressionKind as Kind},
        three::objects::location,
        values::{Evaluator, Origin, Site, Value},
    },
};

/// Objects within objects that are looked at.
const MAX_DEPTH: u32 = 3;

/// One thing that is done.
#[derive(Clone, Debug)]
pub(super) enum Step {
    Signal(Signal),
    Media(Media),
    Channel(DataChannel),
}

/// Whether a script may do something with a connection.
pub(super) fn may_signal(text: &str) -> bool {
    let words = [
        "localDescription",
        "createOffer",
        "createAnswer",
        "RemoteDescription",
        "IceCandidate",
        "icecandidate",
        "addTrack",
        "addStream",
        "addTransceiver",
        "createDataChannel",
        "simple-peer",
        "peerjs",
        "RTCPeerConnection",
    ];
    words.iter().any(|word| text.contains(word))
}

/// What the calls of a module do, each with the place of its connection.
pub(super) fn steps(
    evaluator: &Evaluator<'_>,
    module: ModuleId,
    handlers: &Handlers,
    calls: &[NetworkCall],
    messages: &[SocketMessage],
) -> Vec<(Site, Step)> {
    let script = evaluator.project.script(module);
    let mut found = vec![];
    for id in script.expression_ids() {
        let (Kind::Call { arguments, .. } | Kind::New { arguments, .. }) = script.kind(id) else {
            continue;
        };
        found.extend(called(evaluator, &Site::alone(module, id)));
        let here = location(evaluator, module, id);
        let is_here = |place: &Location| {
            (place.line, place.column) == (here.line, here.column) && place.file == here.file
        };
        let carries = calls.iter().any(|call| is_here(&call.location))
            || messages
                .iter()
                .any(|message| message.is_sent && is_here(&message.location));
        // What answers to a request is written behind it and begins where it does.
        let is_answer = matches!(script.kind(id), Kind::Call { callee, .. }
            if matches!(script.kind(*callee), Kind::Member { property, .. }
                if matches!(property.as_str(), "then" | "catch" | "finally")));
        if !carries || is_answer {
            continue;
        }
        for argument in arguments {
            for (site, kind) in told_within(evaluator, module, argument.value, handlers) {
                let signal = Signal {
                    location: here.clone(),
                    kind,
                    is_sent: true,
                };
                found.push((site, Step::Signal(signal)));
            }
        }
    }
    found
}

/// What the parts of an expression tell of connections.
fn told_within(
    evaluator: &Evaluator<'_>,
    module: ModuleId,
    whole: ExpressionId,
    handlers: &Handlers,
) -> Vec<(Site, SignalKind)> {
    let script = evaluator.project.script(module);
    let span = script.expression(whole);
    let is_within = |id: &ExpressionId| {
        let part = script.expression(*id);
        span.start <= part.start && part.end <= span.end
    };
    let parts = script.expression_ids().filter(is_within);
    let mut found = vec![];
    for part in parts.filter(|id| matches!(script.kind(*id), Kind::Member { .. } | Kind::Local(_))) {
        for value in evaluator.values(module, part) {
            told(evaluator, &value, handlers, 0, &mut found);
        }
    }
    found
}

fn told(
    evaluator: &Evaluator<'_>,
    value: &Value,
    handlers: &Handlers,
    depth: u32,
    found: &mut Vec<(Site, SignalKind)>,
) {
    match value {
        Value::Object(object) if depth < MAX_DEPTH => {
            for (_, property) in evaluator.properties(object) {
                for value in evaluator.values_at(&property) {
                    told(evaluator, &value, handlers, depth + 1, found);
                }
            }
        }
        value => found.extend(handlers.told_by(value)),
    }
}

/// What a call of a method of a connection does.
fn called(evaluator: &Evaluator<'_>, call: &Site) -> Vec<(Site, Step)> {
    let script = evaluator.project.script(call.module);
    let Kind::Call { callee, .. } = script.kind(call.expression) else {
        return vec![];
    };
    let Kind::Member { property, .. } = script.kind(*callee) else {
        return vec![];
    };
    if !METHODS.contains(&property.as_str()) {
        return vec![];
    }
    let mut found = vec![];
    for callee in evaluator.callees(call) {
        let Value::External(callee) = callee else { continue };
        // A method of the connection itself, not of a channel of it.
        let Origin::Made { .. } = &callee.origin else {
            continue;
        };
        if let Some(site) = root(&callee) {
            let step = step(evaluator, call, property, is_of(&callee, "simple-peer"));
            found.extend(step.map(|step| (site.clone(), step)));
        }
    }
    found
}

const METHODS: [&str; 10] = [
    "setRemoteDescription",
    "addIceCandidate",
    "signal",
    "addTrack",
    "addStream",
    "addTransceiver",
    "createDataChannel",
    "addEventListener",
    "on",
    "call",
];

fn step(evaluator: &Evaluator<'_>, call: &Site, method: &str, is_simple_peer: bool) -> Option<Step> {
    let here = location(evaluator, call.module, call.expression);
    let argument = |index: usize| {
        let argument = evaluator
            .arguments_of(call)
            .get(index)
            .map(|argument| argument.value);
        argument.map_or(vec![], |value| evaluator.values(call.module, value))
    };
    let word = |index: usize| {
        argument(index)
            .iter()
            .find_map(Value::as_literal)
            .unwrap_or_default()
    };
    let media = |is_sent| {
        Some(Step::Media(Media {
            location: here.clone(),
            is_sent,
        }))
    };
    let taken = |kind| {
        Some(Step::Signal(Signal {
            location: here.clone(),
            kind,
            is_sent: false,
        }))
    };
    match method {
        "setRemoteDescription" => taken(description(evaluator, &argument(0))),
        "addIceCandidate" => taken(SignalKind::Candidate),
        "signal" if is_simple_peer => taken(SignalKind::Signal),
        "addTrack" | "addStream" | "call" => media(true),
        "addTransceiver" => {
            let options = argument(1);
            let mut directions = options
                .iter()
                .flat_map(|options| evaluator.member(options, "direction"));
            let is_received = directions.any(|way| way.as_literal().is_some_and(|way| way == "recvonly"));
            media(!is_received)
        }
        "createDataChannel" => Some(Step::Channel(DataChannel {
            location: here,
            label: word(0).to_string(),
            is_awaited: false,
        })),
        "addEventListener" | "on" => match word(0).as_str() {
            "track" | "stream" | "addstream" => media(false),
            "datachannel" | "connection" => Some(Step::Channel(DataChannel {
                location: here,
                label: String::new(),
                is_awaited: true,
            })),
            _ => None,
        },
        _ => None,
    }
}

/// Which description it is, where the object says so: `{ type: 'answer', sdp }`.
fn description(evaluator: &Evaluator<'_>, values: &[Value]) -> SignalKind {
    for value in values {
        let described = match value {
            // `new RTCSessionDescription({ … })`.
            Value::External(external) => match &external.origin {
                Origin::Made { class, site } if class.is_global("RTCSessionDescription") => evaluator
                    .arguments_of(site)
                    .first()
                    .map(|argument| evaluator.values(site.module, argument.value))
                    .unwrap_or_default(),
                _ => vec![],
            },
            value => vec![value.clone()],
        };
        for described in described {
            let kinds = evaluator.member(&described, "type");
            for kind in kinds.iter().filter_map(Value::as_literal) {
                match kind.as_str() {
                    "offer" => return SignalKind::Offer,
                    "answer" => return SignalKind::Answer,
                    _ => {}
                }
            }
        }
    }
    SignalKind::Description
}
