//! Understanding Python without running it.

pub mod syntax;
