//! Understanding a frontend without running it.

pub mod syntax;

pub mod project;

pub mod three;
