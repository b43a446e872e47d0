//! Recording what a function does while it is evaluated with unknown input.

use std::rc::Rc;

use super::{
    arguments::Arguments,
    interpreter::Interpreter,
    unknown::Unknown,
    value::{FunctionObject, Value},
};
use crate::{
    python::syntax::ast::{ExceptHandler, Span},
    source::location::Location,
};

/// The steps recorded so far, by nesting.
#[derive(Default)]
pub struct Tracer {
    /// The suites under way: the last one receives the next step.
    pub open: Vec<Vec<()>>,
}

impl Interpreter {
    pub(super) fn trace_branch_start(&mut self) {}
    pub(super) fn trace_branch_arm(&mut self, _condition: &str) {}
    pub(super) fn trace_branch_end(&mut self, _span: Span) {}
    pub(super) fn trace_loop_start(&mut self) {}
    pub(super) fn trace_loop_end(&mut self, _header: &str, _span: Span) {}
    pub(super) fn trace_raise(&mut self, _exception: &Value, _location: &Location) {}
    pub(super) fn trace_handlers(&mut self, _handlers: &[ExceptHandler]) {}
    pub(super) fn trace_yield(&mut self) {}
    pub(super) fn trace_await(&mut self) {}
    pub(super) fn trace_call_start(&mut self, _function: &Rc<FunctionObject>) -> bool {
        false
    }
    pub(super) fn trace_call_end(&mut self, _traced: bool, _function: &Rc<FunctionObject>) {}
    pub(super) fn trace_external(&mut self, _unknown: &Unknown, _arguments: &Arguments) {}
}
