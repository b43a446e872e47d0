//! How evaluation leaves a statement or an expression.

use super::value::Value;
use crate::source::location::Location;

/// The result of evaluating: a value, or why there is none.
pub type Eval<T> = Result<T, Flow>;

/// Why an expression or statement has no result.
#[derive(Debug)]
pub enum Flow {
    /// A Python exception is on its way.
    Raise(Box<Raised>),
    /// The budget of steps is used up: evaluation stops everywhere.
    Exhausted,
}

/// A Python exception and where it was raised.
#[derive(Clone, Debug)]
pub struct Raised {
    /// The exception object, or its class.
    pub exception: Value,
    /// Where it was raised.
    pub location: Location,
}

/// How a statement ends.
#[derive(Debug)]
pub enum Completion {
    /// The next statement follows.
    Next,
    /// `return`.
    Return(Value),
    /// `break`.
    Break,
    /// `continue`.
    Continue,
}
