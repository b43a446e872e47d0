//! JSON Schema as pydantic 2 publishes it
//! (<https://docs.pydantic.dev/latest/concepts/json_schema/>), from types as the interpreter has them.
//!
//! It goes in two steps, as in pydantic: [`build`] makes a [`shape::Shape`] of a type, which says what is accepted and
//! what is sent; [`emit`] writes a shape as JSON Schema for one [`Mode`] and collects the definitions it refers to.

pub mod annotation;
pub mod asker;
pub mod build;
pub mod collection;
pub mod computed;
pub mod config;
pub mod constraint;
pub mod container;
pub mod custom;
pub mod decimal;
pub mod definitions;
pub mod emit;
pub mod emit_class;
pub mod emit_container;
pub mod emit_scalar;
pub mod encode;
pub mod enumeration;
pub mod fields;
pub mod hooks;
pub mod marked;
pub mod model;
pub mod record;
pub mod reference;
pub mod scalar;
pub mod shape;
pub mod standalone;
pub mod tagged;
#[cfg(test)]
mod tests;

/// What a schema describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// What is accepted.
    Validation,
    /// What is sent.
    Serialization,
}

impl Mode {
    /// The word that tells apart definitions of one type in both modes.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Validation => "Input",
            Self::Serialization => "Output",
        }
    }
}
