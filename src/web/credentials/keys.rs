//! Which of what is kept are credentials.

use std::collections::BTreeSet;

use super::{Place, answer::asked, attachment::Found, kept::Keeper, variable::variables};
use crate::web::{
    project::ModuleId,
    syntax::tree::ExpressionId,
    values::{Evaluator, Site},
};

/// A request for a new credential is given the old one and perhaps one thing more that is kept.
const MAX_SENT: usize = 2;

/// What is kept under the same key of the same store as one; without what nothing writes to.
pub(super) fn merged(keepers: Vec<Keeper>) -> Vec<Keeper> {
    let mut merged: Vec<Keeper> = vec![];
    for keeper in keepers {
        let is_same = |known: &&mut Keeper| (&known.store, &known.key) == (&keeper.store, &keeper.key);
        match merged.iter_mut().find(is_same) {
            Some(known) => {
                known.written.extend(keeper.written);
                known.read.extend(keeper.read);
                known.removed.extend(keeper.removed);
            }
            None => merged.push(keeper),
        }
    }
    let is_memory = |keeper: &Keeper| keeper.store == "memory";
    merged.retain(|keeper| !is_memory(keeper) || !keeper.written.is_empty());
    merged
}

/// The credentials among what is kept.
pub(super) struct Keys {
    pub(super) kept: Vec<Keeper>,
}

impl Keys {
    /// What requests are given is a credential, and so is what is asked with for a new one.
    pub(super) fn of(
        evaluator: &Evaluator<'_>,
        mut keepers: Vec<Keeper>,
        attachments: &[Found],
        requests: &BTreeSet<Place>,
    ) -> Self {
        keepers.extend(variables(evaluator, attachments, requests));
        let mut is_credential = given_to_requests(&keepers, attachments);
        // A refresh token: sent with a call whose answer is kept as a credential.
        let mut renewals: BTreeSet<Place> = BTreeSet::new();
        for (keeper, _) in keepers.iter().zip(&is_credential).filter(|(_, is)| **is) {
            for (place, value) in &keeper.written {
                renewals.extend(asked(evaluator, place.0, *value, requests));
            }
        }
        for request in renewals {
            let read = read_of(&keepers, &sent(evaluator, request, requests));
            // What is made from much that is kept is no credential.
            for index in read.iter().filter(|_| read.len() <= MAX_SENT) {
                is_credential[*index] |= !keepers[*index].written.is_empty();
            }
        }
        let kept = keepers
            .into_iter()
            .zip(is_credential)
            .filter_map(|(keeper, is)| is.then_some(keeper));
        Self {
            kept: as_one(kept.collect()),
        }
    }

    /// Fields of stores that remember an answer. Without cookies of a browser, what proves who asks is a credential itself.
    pub(super) fn of_answers(
        evaluator: &Evaluator<'_>,
        keepers: &[Keeper],
        requests: &BTreeSet<Place>,
        has_cookies: bool,
    ) -> Self {
        let is_answer = |keeper: &&Keeper| {
            let mut written = keeper.written.iter();
            has_cookies
                && keeper.store == "memory"
                && written.any(|(place, value)| !asked(evaluator, place.0, *value, requests).is_empty())
        };
        Self {
            kept: keepers.iter().filter(is_answer).cloned().collect(),
        }
    }

    /// The calls over the network whose answers are kept, of some of what is.
    pub(super) fn calls(
        &self,
        evaluator: &Evaluator<'_>,
        kept: &[usize],
        requests: &BTreeSet<Place>,
    ) -> BTreeSet<Place> {
        let written = kept.iter().flat_map(|index| &self.kept[*index].written);
        written
            .flat_map(|(place, value)| asked(evaluator, place.0, *value, requests))
            .collect()
    }

    /// Indexes of the credentials that are read on the way to a value.
    pub(super) fn of_sources(&self, sources: &BTreeSet<Place>) -> Vec<usize> {
        read_of(&self.kept, sources)
    }

    /// Whether a value comes out of what is kept already, or of more answers than can be told apart.
    pub(super) fn is_copy(
        &self,
        evaluator: &Evaluator<'_>,
        module: ModuleId,
        value: ExpressionId,
        requests: &BTreeSet<Place>,
    ) -> bool {
        let sources: BTreeSet<Place> = evaluator.sources(module, value, requests).into_iter().collect();
        !self.of_sources(&sources).is_empty() || sources.iter().any(|source| requests.contains(source))
    }

    /// Whether a call over the network is given one of the credentials by its caller.
    pub(super) fn is_sent_with(
        &self,
        evaluator: &Evaluator<'_>,
        request: Place,
        requests: &BTreeSet<Place>,
    ) -> bool {
        !self.of_sources(&sent(evaluator, request, requests)).is_empty()
    }
}

/// What a store persists is read under the store's key too: that is the field that is known, if it is one alone.
fn as_one(mut kept: Vec<Keeper>) -> Vec<Keeper> {
    let mut index = 0;
    while index < kept.len() {
        let whole = &kept[index];
        let is_field = |field: &Keeper| {
            let rest = field.key.strip_prefix(&whole.key);
            field.store == whole.store && rest.is_some_and(|rest| rest.starts_with('.'))
        };
        let fields: Vec<usize> = (0..kept.len()).filter(|other| is_field(&kept[*other])).collect();
        let [field] = fields.as_slice() else {
            index += 1;
            continue;
        };
        let whole = whole.clone();
        kept[*field].read.extend(whole.read);
        kept[*field].removed.extend(whole.removed);
        kept[*field].written.extend(whole.written);
        kept.remove(index);
    }
    kept
}

/// Which of what is kept is given to requests. Where a value may come out of several, those are meant that are certain
/// elsewhere.
fn given_to_requests(keepers: &[Keeper], attachments: &[Found]) -> Vec<bool> {
    let read: Vec<Vec<usize>> = attachments
        .iter()
        .map(|found| read_of(keepers, &found.sources))
        .collect();
    let certain: BTreeSet<usize> = read
        .iter()
        .filter_map(|read| match read.as_slice() {
            [only] => Some(*only),
            _ => None,
        })
        .collect();
    let mut is_given = vec![false; keepers.len()];
    for read in &read {
        let is_decided = read.iter().any(|index| certain.contains(index));
        if !is_decided && read.len() > MAX_SENT + 1 {
            continue;
        }
        for index in read {
            is_given[*index] |= !is_decided || certain.contains(index);
        }
    }
    is_given
}

/// Indexes of what is read on the way to a value.
fn read_of(keepers: &[Keeper], sources: &BTreeSet<Place>) -> Vec<usize> {
    (0..keepers.len())
        .filter(|index| reads(&keepers[*index], sources))
        .collect()
}

/// What a call over the network is given.
fn sent(
    evaluator: &Evaluator<'_>,
    (module, expression): Place,
    requests: &BTreeSet<Place>,
) -> BTreeSet<Place> {
    let site = Site::alone(module, expression);
    evaluator
        .arguments_of(&site)
        .iter()
        .flat_map(|argument| evaluator.sources(module, argument.value, requests))
        .collect()
}

fn reads(keeper: &Keeper, sources: &BTreeSet<Place>) -> bool {
    keeper.read.iter().any(|place| sources.contains(place))
}
