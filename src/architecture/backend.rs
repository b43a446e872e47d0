//! The backend's part of the model: FastAPI applications as values of the interpreter, made into plain data.

pub mod application;
pub mod dependant;
pub mod endpoint;
pub mod limits;
pub mod parameter;
pub mod scalar;
pub mod security;
pub mod symbols;
pub mod version;

#[cfg(test)]
mod tests;
