//! Which values belong to which peer connection.

use std::collections::BTreeMap;

use super::{DataChannel, Media, SignalKind, signal::Step};
use crate::web::{
    project::ModuleId,
    syntax::tree::FunctionId,
    three::objects::location,
    values::{Evaluator, External, Origin, Site, Value},
};

/// The class of a peer connection, if a value is one.
pub(super) fn peer_class(external: &External) -> Option<&'static str> {
    match &external.origin {
        Origin::Made { class, .. } if external.members.is_empty() => class_name(class),
        _ => None,
    }
}

/// The name of a class of peer connections: that of the platform, or the package.
fn class_name(class: &External) -> Option<&'static str> {
    let is_own = ["RTCPeerConnection", "webkitRTCPeerConnection"]
        .iter()
        .any(|name| class.is_global(name));
    let mut packages = ["simple-peer", "peerjs"].into_iter();
    match is_own {
        true => Some("RTCPeerConnection"),
        false => packages.find(|package| class.of_package(package).is_some()),
    }
}

/// The connection that something comes from.
pub(super) fn root(external: &External) -> Option<&Site> {
    match &external.origin {
        Origin::Made { class, site } => class_name(class).map(|_| &**site),
        Origin::Result { callee, .. } | Origin::Given { callee, .. } => root(callee),
        _ => None,
    }
}

/// Whether something is a data channel that this end opens, or what a library gives in its place.
pub(in crate::web) fn is_channel(external: &External) -> bool {
    match &external.origin {
        Origin::Result { callee, .. } => {
            let method = callee.members.last().map(|name| name.as_str());
            matches!(method, Some("createDataChannel" | "connect")) && root(callee).is_some()
        }
        Origin::Made { class, .. } => class.of_package("simple-peer").is_some(),
        _ => false,
    }
}

/// The place that a data channel of the other end is given at: `addEventListener('datachannel', …)` and PeerJS's
/// `on('connection', …)`.
pub(in crate::web) fn given_channel(external: &External) -> Option<Site> {
    let Origin::Given {
        callee,
        site,
        parameter: 0,
        ..
    } = &external.origin
    else {
        return None;
    };
    root(callee)?;
    let is_event = external.members.first().is_some_and(|first| first == "channel");
    let is_connection = is_of(callee, "peerjs");
    (is_event || is_connection).then(|| (**site).clone())
}

/// Whether something comes from a package, through what was made and called of it.
pub(super) fn is_of(external: &External, package: &str) -> bool {
    external.package().is_some_and(|(own, _)| own == package)
}

/// Functions that answer to events of connections: `connection.onicecandidate = …`.
pub(super) struct Handlers {
    by_function: BTreeMap<(ModuleId, FunctionId), (Site, &'static str)>,
    steps: Vec<(Site, Step)>,
}

impl Handlers {
    pub(super) fn new(evaluator: &Evaluator<'_>) -> Self {
        let mut this = Self {
            by_function: BTreeMap::new(),
            steps: vec![],
        };
        for event in ["onicecandidate", "ondatachannel", "ontrack", "onaddstream"] {
            for (module, object, value) in evaluator.assignments_to(event) {
                for owner in evaluator.values(module, object) {
                    let Value::External(owner) = owner else { continue };
                    let Some(site) = root(&owner) else { continue };
                    let step = match event {
                        "onicecandidate" => None,
                        "ondatachannel" => Some(Step::Channel(DataChannel {
                            location: location(evaluator, module, object),
                            is_awaited: true,
                            ..DataChannel::default()
                        })),
                        _ => Some(Step::Media(Media {
                            location: location(evaluator, module, object),
                            is_sent: false,
                        })),
                    };
                    this.steps.extend(step.map(|step| (site.clone(), step)));
                    for handler in evaluator.values(module, value) {
                        if let Value::Function(closure) = handler {
                            let key = (closure.module, closure.function);
                            this.by_function.insert(key, (site.clone(), event));
                        }
                    }
                }
            }
        }
        this
    }

    /// What the events say of their connections.
    pub(super) fn steps(&self) -> Vec<(Site, Step)> {
        self.steps.clone()
    }

    /// The connection that a value tells of, and what it tells: a session description or a candidate.
    pub(super) fn told_by(&self, value: &Value) -> Option<(Site, SignalKind)> {
        match value {
            Value::External(external) => {
                let site = root(external)?;
                Some((site.clone(), kind(external)?))
            }
            Value::Parameter(parameter) if parameter.index == 0 => {
                let (site, event) = self.by_function.get(&(parameter.module, parameter.function))?;
                let is_candidate = *event == "onicecandidate"
                    && parameter
                        .members
                        .first()
                        .is_some_and(|first| first == "candidate");
                is_candidate.then(|| (site.clone(), SignalKind::Candidate))
            }
            _ => None,
        }
    }
}

/// What something of a connection tells.
fn kind(external: &External) -> Option<SignalKind> {
    let has = |name: &str| external.members.iter().any(|member| member == name);
    match &external.origin {
        Origin::Result { callee, .. } => match callee.members.last()?.as_str() {
            "createOffer" => Some(SignalKind::Offer),
            "createAnswer" => Some(SignalKind::Answer),
            _ => None,
        },
        Origin::Given { callee, .. } => match callee.members.last()?.as_str() {
            "addEventListener" if has("candidate") => Some(SignalKind::Candidate),
            // `createOffer().then((offer) => …)`.
            "then" => match &callee.origin {
                Origin::Result { .. } => kind(callee),
                _ => None,
            },
            "on" if external.members.is_empty() => is_of(callee, "simple-peer").then_some(SignalKind::Signal),
            _ => None,
        },
        Origin::Made { .. } if has("localDescription") => Some(SignalKind::Description),
        _ => None,
    }
}
