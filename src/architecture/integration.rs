//! What joins the tiers: calls and the operations that answer them, messages over WebSockets.

pub mod address;
mod arrival;
pub mod auth;
pub mod backend_address;
mod base_setting;
pub mod channels;
pub mod contract;
mod deployed_host;
pub mod forwarding;
pub mod matching;
pub mod route;
pub mod route_handler;
pub mod router;
pub mod served_asset;
pub mod server_command;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use matching::{Matcher, Network};

use serde_json::{Value as Json, json};

use super::model::{
    Application, ChannelMessage, FieldMismatch, FrontendCall, Integration, Module, OperationReference,
    UncalledOperation,
};
use crate::python::source_file::SourceFile;
use crate::web::{frontend::Frontend, messages::Transport, network::NetworkCall};

/// Joins a frontend to the applications of the same tree.
///
/// `source` gives a Python file of the tree, by its path relative to the root.
#[must_use]
pub fn join(
    applications: &[Application],
    modules: &[Module],
    frontend: &Frontend,
    network: &Network<'_>,
    source: &dyn Fn(&str) -> Option<Arc<SourceFile>>,
) -> Integration {
    let mut asked = frontend.calls.clone();
    asked.extend(served_asset::requests(&frontend.assets));
    let mut integration = calls(applications, &asked, network);
    let found = channels::read(
        applications,
        modules,
        source,
        &frontend.messages,
        &integration.calls,
    );
    integration.messages = found.messages;
    integration.peers = frontend.peers.iter().cloned().chain(found.peers).collect();
    integration.auth = auth::flow(applications, &frontend.credentials, &integration.calls);
    integration
}

/// `calls`, messages by what they go over, `peers` and `endpoints_without_caller` of `export frontend`.
#[must_use]
pub fn document(integration: &Integration) -> Vec<(&'static str, Json)> {
    let operation = |reference: &OperationReference| format!("{} {}", reference.method, reference.path);
    let calls = integration.calls.iter().map(|call| {
        json!({
            "file": call.location.file,
            "line": call.location.line,
            "kind": call.kind,
            "method": call.method,
            "path": if call.path.is_empty() { &call.url } else { &call.path },
            "url": call.url,
            "endpoint": call.endpoint.as_ref().map(operation),
            "alternatives": call.alternatives.iter().map(operation).collect::<Vec<_>>(),
            "via_redirect": call.via_redirect,
            "reason": call.reason,
            "assumption": call.assumption,
            "unused": call.unused,
            "nearest": call.nearest.as_ref().map(operation),
            "mismatches": call.mismatches,
        })
    });
    let message = |message: &ChannelMessage| {
        json!({
            "channel": message.channel,
            "type": message.name,
            "format": message.format,
            "direction": message.direction,
            "fields": message.fields,
            "sent": message.sent,
            "handled": message.handled,
        })
    };
    let of_sockets =
        |message: &&ChannelMessage| matches!(message.transport, Transport::WebSocket | Transport::SocketIo);
    let over = |transport: Transport| -> Json {
        let messages = integration.messages.iter();
        messages
            .filter(|message| message.transport == transport)
            .map(message)
            .collect()
    };
    let (typed, untyped): (Vec<&ChannelMessage>, Vec<&ChannelMessage>) = integration
        .messages
        .iter()
        .filter(of_sockets)
        .partition(|message| message.name.is_some());
    vec![
        ("calls", calls.collect()),
        ("ws_messages", typed.into_iter().map(message).collect()),
        ("ws_untyped_messages", untyped.into_iter().map(message).collect()),
        ("sse_messages", over(Transport::ServerSentEvents)),
        ("webrtc_messages", over(Transport::DataChannel)),
        ("peers", json!(integration.peers)),
        (
            "endpoints_without_caller",
            integration
                .uncalled
                .iter()
                .map(|uncalled| operation(&uncalled.operation))
                .collect(),
        ),
    ]
}

/// Joins the calls of a frontend to the applications of the same tree.
#[must_use]
pub fn calls(applications: &[Application], calls: &[NetworkCall], network: &Network<'_>) -> Integration {
    let matcher = Matcher::new(applications, network, calls);
    let mut found: Vec<FrontendCall> = vec![];
    for call in calls {
        let arrived = matcher.call(call).into_iter();
        let may_be_file = call.is_link || call.is_asset;
        let is_own = |found: &FrontendCall| !may_be_file || found.endpoint.as_ref().is_some_and(is_no_page);
        found.extend(arrived.filter(is_own).map(|found| FrontendCall {
            mismatches: mismatches(&matcher, call, &found),
            ..found
        }));
    }
    found.sort_by(|a, b| (&a.location, &a.method).cmp(&(&b.location, &b.method)));
    Integration {
        uncalled: uncalled(&matcher, &found),
        calls: found,
        ..Integration::default()
    }
}

/// Fields that a call and the operation that it arrives at do not agree on. A route handler of the frontend in between makes a
/// request of its own, and gives an answer of its own: only one that takes any path passes on what it is given.
fn mismatches(matcher: &Matcher<'_>, call: &NetworkCall, found: &FrontendCall) -> Vec<FieldMismatch> {
    let is_handled = matcher
        .network
        .handlers
        .iter()
        .any(|handler| found.proxy.as_ref() == Some(&handler.location) && !handler.takes_any_path());
    let operations = matcher.routers().iter().flat_map(|router| &router.operations);
    let mut answering = operations.filter(|operation| found.endpoint.as_ref() == Some(&operation.reference));
    match answering.next() {
        Some(operation) if !is_handled => contract::mismatches(call, operation),
        _ => vec![],
    }
}

/// Whether an operation is more than the one that gives the application's page for any path.
fn is_no_page(reference: &OperationReference) -> bool {
    !reference.path.starts_with("/{") && reference.path != "/"
}

/// HTTP operations that no call arrives at but those that are never made, in registration order.
fn uncalled(matcher: &Matcher<'_>, calls: &[FrontendCall]) -> Vec<UncalledOperation> {
    let arrives = |call: &FrontendCall, reference: &OperationReference| {
        call.endpoint.as_ref() == Some(reference) || call.alternatives.contains(reference)
    };
    let operations = matcher.routers().iter().flat_map(|router| &router.operations);
    operations
        .map(|operation| &operation.reference)
        .filter(|reference| reference.method != "WS")
        .filter_map(|reference| {
            let mut arriving = calls.iter().filter(|call| arrives(call, reference)).peekable();
            let reason = arriving.peek().and_then(|call| call.unused.clone());
            arriving
                .all(|call| call.unused.is_some())
                .then(|| UncalledOperation {
                    operation: reference.clone(),
                    reason,
                })
        })
        .collect()
}
