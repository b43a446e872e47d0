//! Understanding Python without running it.

pub mod source_file;

pub mod syntax;

pub mod project;

pub mod interpret;

pub mod library;

pub mod environment;
