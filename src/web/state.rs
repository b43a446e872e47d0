//! Stores that hold a frontend's state, and who reads and writes them.
//!
//! [`made`] finds what makes a store; each family of libraries has a room that tells who uses it.

mod action;
mod atom;
mod context;
mod field;
mod made;
mod mapped;
mod object;
mod provided;
mod redux;
mod reference;
mod selected;
mod shared;
mod subscribed;
mod uses;
mod vuex;

#[cfg(test)]
mod tests;

use serde::Serialize;

pub(super) use self::made::{held_by, is_initialiser, maker};
use self::uses::Uses;
use super::values::Evaluator;
use crate::source::location::Location;

/// One store.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Store {
    /// The variable that holds it; of a module of a larger store its name there, of shared state its key.
    pub name: String,
    /// The library's function that makes it, e.g. `zustand:create`, `svelte/store:writable`.
    pub kind: String,
    /// Where it is made.
    pub location: Location,
    /// Functions that write to it or call its own functions that do, `file:name`, in alphabetical order.
    pub writers: Vec<String>,
    /// Functions that read or subscribe to it, `file:name`, in alphabetical order.
    pub readers: Vec<String>,
}

/// Every store, by place.
#[must_use]
pub fn stores(evaluator: &Evaluator<'_>) -> Vec<Store> {
    let mut uses = Uses::new(evaluator);
    subscribed::find(&mut uses);
    field::find(&mut uses);
    context::find(&mut uses);
    provided::find(&mut uses);
    selected::find(&mut uses);
    object::find(&mut uses);
    shared::find(&mut uses);
    reference::find(&mut uses);
    atom::find(&mut uses);
    redux::find(&mut uses);
    let modules = vuex::find(&mut uses);
    mapped::find(&mut uses, &modules);
    uses.stores()
}

/// Whether a member of a store writes to it.
pub(super) fn is_write(member: Option<&str>) -> bool {
    member.is_some_and(|member| {
        matches!(
            member,
            "set" | "update" | "setState" | "dispatch" | "send" | "setKey" | "$patch" | "$reset" | "value"
        )
    })
}
