//! What expressions stand in, and where it is left.

use super::{BlockId, ExpressionId, FunctionId};

/// What an expression stands in.
#[derive(Clone, Debug)]
pub struct Block {
    /// The block around it; none for the top level and where a function begins.
    pub parent: Option<BlockId>,
    /// The function that it belongs to.
    pub function: FunctionId,
    /// What it is.
    pub kind: BlockKind,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A function's body.
    Body,
    /// Run when the test is truthy.
    Then(ExpressionId),
    /// Run when the test is not.
    Otherwise(ExpressionId),
    /// Run again and again.
    Loop,
    /// `case test:` of a `switch (subject)`; no test for `default`.
    Case {
        /// What is compared.
        subject: ExpressionId,
        /// With what.
        test: Option<ExpressionId>,
    },
    /// Guarded by a handler.
    Try,
    /// A handler.
    Catch,
    /// Run in any case.
    Finally,
}

/// A statement that leaves a function or a loop: what follows it does not run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exit {
    /// What it leaves.
    pub kind: ExitKind,
    /// The innermost block that it stands in.
    pub block: BlockId,
    /// Byte offset of its first byte.
    pub start: u32,
}

/// What an exit leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExitKind {
    /// `return`: the function.
    Return,
    /// `throw`: the function, as far as is known.
    Throw,
    /// `continue`: this round of the loop.
    Continue,
    /// `break`: the loop or the `switch`.
    Break,
}
