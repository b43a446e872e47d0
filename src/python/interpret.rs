//! Values out of syntax: modules are evaluated the way Python would import them.

pub mod annotations;
pub mod arguments;
pub mod arithmetic;
pub mod attributes;
pub mod branches;
pub mod budget;
pub mod builtins;
pub mod calls;
mod circles;
pub mod class;
pub mod class_attributes;
pub mod classes;
pub mod collection;
pub mod comparison;
pub mod comprehensions;
pub mod containers;
pub mod context_managers;
pub mod data_classes;
pub mod enumeration;
pub mod exceptions;
pub mod expressions;
pub mod flow;
pub mod format;
pub mod fstrings;
pub mod function_attributes;
pub mod imports;
pub mod interpreter;
pub mod key;
mod memory;
pub mod modules;
pub mod operators;
pub mod patterns;
pub mod repr;
pub mod scope;
pub mod statements;
pub mod subscripts;
pub mod third_party;
pub mod tracer;
pub mod type_variables;
pub mod typing;
pub mod unknown;
pub mod value;

#[cfg(test)]
mod tests;
