//! Understanding a frontend without running it.

pub mod syntax;

pub mod project;

pub mod values;

#[cfg(test)]
pub(crate) mod fixture;

pub mod messages;
pub mod peers;

pub mod network;
mod nuxt_auth;

pub mod bundler;
pub mod credentials;

pub mod frontend;
pub mod function_calls;

pub mod three;

pub mod environment;

pub mod interaction;

pub mod state;
