//! What expressions stand for, found on demand and without running anything.
//!
//! A value is asked for where it is needed, and followed backwards: through variables and what is assigned to them,
//! fields, modules, and the project's own functions, whose parameters are those of the call that led there. An
//! expression may stand for several values (two assignments, both arms of a condition); what cannot be known is a
//! value too, which says where it comes from. Every question is under a budget of steps and depth.

mod annotation;
mod answers;
mod call;
mod collection;
mod condition;
mod construction;
mod element;
mod evaluator;
mod form_field;
mod globbed;
mod index;
mod instance;
mod library;
mod lift;
mod member;
mod name;
mod operator;
mod pinia;
mod predicate;
mod react_state;
mod receiver;
mod slice;
mod sources;
mod store;
mod store_option;
mod text;
mod text_method;
mod url;
mod value;
mod vuex;
mod writes;

pub use evaluator::Evaluator;
pub use index::{Caller, Passed, Use, UseKind};
pub use slice::Slice;
pub use text::{Text, TextPart};
pub use value::{
    Arguments, ClassValue, Closure, Environment, External, Frame, Instance, Origin, ParameterValue, Site,
    Value, Values,
};

#[cfg(test)]
mod tests;
