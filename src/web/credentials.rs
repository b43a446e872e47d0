//! How a frontend proves who asks: what it keeps, how it is sent along, who is sent to sign in, how it is given up.

mod answer;
mod attachment;
mod given_up;
mod identity;
mod kept;
mod keys;
mod redirect;
mod reference;
mod sense;
mod server_cookie;
mod slice;
mod store;
mod strategy;
mod variable;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use serde::Serialize;

pub use self::identity::{IdentityRequest, IdentityRequestKind};
use self::{kept::Keeper, keys::Keys};
use super::{
    project::ModuleId,
    syntax::tree::{ExpressionId, ExpressionKind as Kind},
    three::objects::{function_name, location},
    values::Evaluator,
};
use crate::source::location::Location;

/// An expression of the project.
type Place = (ModuleId, ExpressionId);

/// Credentials of a frontend, and what is done with them. Every list is by file and line.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Credentials {
    /// What is kept between two requests.
    pub kept: Vec<KeptCredential>,
    /// Where requests are given a credential.
    pub attachments: Vec<Attachment>,
    /// Where a user without a credential, or with one that was refused, is sent elsewhere.
    pub redirects: Vec<Redirect>,
    /// What clients of identity providers are asked for.
    pub identity: Vec<IdentityRequest>,
}

/// A credential that is kept between two requests.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct KeptCredential {
    /// Where: `localStorage`, `sessionStorage`, `cookie`, `memory`.
    pub store: String,
    /// Its key there; of a field `Class.field`, of a variable `file:name`.
    pub key: String,
    /// Where it is put there.
    pub written: Vec<WrittenCredential>,
    /// Where it is read.
    pub read: Vec<Location>,
    /// Where it is taken away.
    pub removed: Vec<RemovedCredential>,
}

/// A place that keeps a credential.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct WrittenCredential {
    /// Where.
    pub location: Location,
    /// The function that it stands in, `file:name`.
    pub function: String,
    /// The field of an answer that is kept, if it is one.
    pub field: Option<String>,
    /// Calls over the network whose answer it comes out of, by the place of the call.
    pub calls: Vec<AskedCredential>,
    /// Whether it comes out of a credential that is kept already, or of answers that are too many to be told apart.
    pub is_copy: bool,
    /// Whether it is a text of the script itself.
    pub is_literal: bool,
}

/// A call over the network whose answer holds a credential.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct AskedCredential {
    /// The place of the call.
    pub location: Location,
    /// Whether it is asked for with another credential.
    pub is_renewal: bool,
}

/// A place that takes a credential away.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct RemovedCredential {
    /// Where; of a function that does nothing else, where that is called.
    pub location: Location,
    /// The function that it stands in, `file:name`.
    pub function: String,
    /// Whether it happens because a request was refused or failed.
    pub is_refusal: bool,
    /// Whether it happens under a condition.
    pub is_conditional: bool,
}

/// A place where requests are given a credential.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Attachment {
    /// Where.
    pub location: Location,
    /// The function that it stands in, `file:name`.
    pub function: String,
    /// The header in lower case, `address` for a part of the address, `cookie` where the browser adds it.
    pub carrier: String,
    /// What stands in front of it, e.g. `Bearer`.
    pub scheme: Option<String>,
    /// Indexes into [`Credentials::kept`].
    pub kept: Vec<usize>,
}

/// A place that sends the user elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Redirect {
    /// Where.
    pub location: Location,
    /// The function that it stands in, `file:name`.
    pub function: String,
    /// Where to, as far as it is known.
    pub to: String,
    /// Indexes into [`Credentials::kept`] of what is asked for.
    pub kept: Vec<usize>,
    /// Calls over the network whose answer is asked for, where no credential is: who signed in with a cookie is known by it.
    pub answers: Vec<Location>,
    /// Whether it happens because a request was refused.
    pub is_refusal: bool,
}

/// Reads how a frontend proves who asks; `calls` are the places of its calls over the network.
#[must_use]
pub fn read(evaluator: &Evaluator<'_>, calls: &BTreeSet<Location>) -> Credentials {
    let mut credentials = of_scripts(evaluator, calls);
    strategy::add(evaluator, &mut credentials);
    credentials
}

fn of_scripts(evaluator: &Evaluator<'_>, calls: &BTreeSet<Location>) -> Credentials {
    let requests = requests(evaluator, calls);
    let mut keepers = kept::keepers(evaluator);
    keepers.extend(store::keepers(evaluator));
    keepers.extend(slice::keepers(evaluator));
    let keepers = keys::merged(keepers);
    let found = attachment::attachments(evaluator, &requests);
    let has_cookies = found.iter().any(|attachment| attachment.carrier == "cookie");
    let in_stores = [keepers.as_slice(), &variable::of_getters(evaluator)].concat();
    let remembered = Keys::of_answers(evaluator, &in_stores, &requests, has_cookies);
    let keys = Keys::of(evaluator, keepers, &found, &requests);
    if keys.kept.is_empty() && !has_cookies {
        return Credentials {
            identity: identity::requests(evaluator),
            ..Credentials::default()
        };
    }
    let mut attachments: Vec<Attachment> = found
        .iter()
        .map(|attachment| Attachment {
            location: location(evaluator, attachment.place.0, attachment.place.1),
            function: function_name(evaluator, attachment.place.0, attachment.place.1),
            carrier: attachment.carrier.clone(),
            scheme: attachment.scheme.clone(),
            kept: keys.of_sources(&attachment.sources),
        })
        .filter(|attachment| attachment.carrier == "cookie" || !attachment.kept.is_empty())
        .collect();
    attachments.sort();
    attachments.dedup();
    Credentials {
        redirects: redirect::redirects(evaluator, &keys, &remembered, &requests),
        kept: keys
            .kept
            .iter()
            .map(|keeper| described(evaluator, keeper, &keys, &requests))
            .collect(),
        attachments,
        identity: identity::requests(evaluator),
    }
}

/// The expressions that are calls over the network.
fn requests(evaluator: &Evaluator<'_>, calls: &BTreeSet<Location>) -> BTreeSet<Place> {
    let mut requests = BTreeSet::new();
    let files: BTreeSet<&str> = calls.iter().map(|call| call.file.as_str()).collect();
    for module in evaluator.project.module_ids() {
        if !files.contains(evaluator.project.module(module).file.as_str()) {
            continue;
        }
        let script = evaluator.project.script(module);
        for id in script.expression_ids() {
            if matches!(script.kind(id), Kind::Call { .. } | Kind::New { .. })
                && calls.contains(&location(evaluator, module, id))
            {
                requests.insert((module, id));
            }
        }
    }
    requests
}

fn described(
    evaluator: &Evaluator<'_>,
    keeper: &Keeper,
    keys: &Keys,
    requests: &BTreeSet<Place>,
) -> KeptCredential {
    let at = |place: &Place| location(evaluator, place.0, place.1);
    let mut written: Vec<WrittenCredential> = keeper
        .written
        .iter()
        .map(|(place, value)| {
            let asked = answer::asked(evaluator, place.0, *value, requests).into_iter();
            let mut calls: Vec<AskedCredential> = asked
                .map(|request| AskedCredential {
                    location: at(&request),
                    is_renewal: keys.is_sent_with(evaluator, request, requests),
                })
                .collect();
            calls.sort();
            WrittenCredential {
                location: at(place),
                function: function_name(evaluator, place.0, place.1),
                field: answer::field_of(evaluator, place.0, *value, requests),
                calls,
                is_literal: matches!(
                    evaluator.project.script(place.0).kind(*value),
                    Kind::Text(_) | Kind::Boolean(_) | Kind::Number(_)
                ),
                is_copy: keys.is_copy(evaluator, place.0, *value, requests),
            }
        })
        .collect();
    written.sort();
    let mut read: Vec<Location> = keeper.read.iter().map(at).collect();
    read.sort();
    KeptCredential {
        store: keeper.store.clone(),
        key: keeper.key.clone(),
        written,
        read,
        removed: given_up::removed(evaluator, keeper, requests),
    }
}
