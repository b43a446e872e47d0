//! The model: what the analysed tree's architecture is, as plain data.

pub mod model;
