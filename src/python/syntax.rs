//! Text to syntax tree, for one file.

pub mod ast;
