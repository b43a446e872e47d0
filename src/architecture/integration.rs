//! What joins the tiers: calls and the operations that answer them, messages over WebSockets, the session of a user.

pub mod address;
pub mod backend_address;
pub mod channels;
pub mod contract;
pub mod forwarding;
pub mod matching;
pub mod route;
pub mod router;

#[cfg(test)]
mod tests;

use matching::{Matcher, Network};

use super::model::{Application, FrontendCall, Integration, OperationReference};
use crate::web::network::NetworkCall;

/// Joins the calls of a frontend to the applications of the same tree.
#[must_use]
pub fn calls(applications: &[Application], calls: &[NetworkCall], network: &Network<'_>) -> Integration {
    let matcher = Matcher::new(applications, network, calls);
    let mut found: Vec<FrontendCall> = calls
        .iter()
        .map(|call| {
            let mut found = matcher.call(call);
            if let Some(reference) = &found.endpoint {
                let operation = matcher
                    .routers()
                    .iter()
                    .flat_map(|router| &router.operations)
                    .find(|operation| operation.reference == *reference);
                found.mismatches =
                    operation.map_or_else(Vec::new, |operation| contract::mismatches(call, operation));
            }
            found
        })
        .collect();
    found.sort_by(|a, b| (&a.location, &a.method).cmp(&(&b.location, &b.method)));
    Integration {
        uncalled: uncalled(&matcher, &found),
        calls: found,
        ..Integration::default()
    }
}

/// HTTP operations that no call arrives at, in registration order.
fn uncalled(matcher: &Matcher<'_>, calls: &[FrontendCall]) -> Vec<OperationReference> {
    let is_called = |reference: &OperationReference| {
        calls.iter().any(|call| {
            call.endpoint
                .as_ref()
                .is_some_and(|endpoint| endpoint == reference)
                || call.alternatives.contains(reference)
        })
    };
    let operations = matcher.routers().iter().flat_map(|router| &router.operations);
    operations
        .map(|operation| &operation.reference)
        .filter(|reference| reference.method != "WS" && !is_called(reference))
        .cloned()
        .collect()
}
