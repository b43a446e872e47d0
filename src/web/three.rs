//! What is known of three.js itself.

pub mod catalogue;
