//! The files of the analysed tree, each with its content id, and where its roots are.
//!
//! Only this room touches the disk and git.

pub mod libraries;
pub mod location;
pub mod manifest;
pub mod permalink;
pub mod roots;
pub mod tree;
pub mod yaml;

#[cfg(test)]
pub(crate) mod testing;
