//! Models of libraries against fixtures. What is expected is what the real library does in a running application.

mod class_views;
mod crud;
mod errors;
mod geojson;
mod injection;
mod limits;
mod mounts;
mod pages;
mod settings;
mod third_party;
mod tokens;
mod users;
