//! From text to a small owned tree: which scripts a file holds, and what stands in them.

pub mod condition;
pub mod document;
mod lower;
mod markup;
pub mod parse;
pub mod regular_expression;
mod shortened;
pub mod tag;
pub mod tree;

pub use shortened::shortened;

pub use parse::{Language, Parsed, SyntaxProblem, parse};

#[cfg(test)]
mod tests;
