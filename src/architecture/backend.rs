//! The backend's part of the model: FastAPI applications as values of the interpreter, made into plain data.

pub mod application;
pub mod body;
pub mod class_names;
pub mod contract;
pub mod custom_document;
pub mod declared;
pub mod dependant;
mod dependency_tree;
pub mod document;
mod document_writer;
pub mod endpoint;
pub mod lifecycle;
pub mod lifespan;
pub mod limits;
mod middleware;
pub mod models;
pub mod parameter;
mod parameters;
pub mod reader;
pub mod response;
mod routers;
pub mod scalar;
pub mod security;
pub mod startup;
pub mod status;
pub mod symbols;
pub mod version;

#[cfg(test)]
mod tests;
