//! `mdbook-arch`: an mdBook preprocessor that derives architecture tables and diagrams from source code.
//!
//! The folders are stages and data goes one way through them; `ARCHITECTURE.md` has the map.

pub mod source;

pub mod python;

pub mod web;

pub mod deploy;

pub mod architecture;

pub mod openapi;

pub mod audit;

pub mod markdown;

pub mod view;

pub mod book;

pub mod cli;
