//! The files of the analysed tree, each with its content id, and where its roots are.

pub mod location;
pub mod permalink;
