//! What a frontend does with three.js.

pub mod addons;
pub mod assets;
pub mod catalogue;
pub mod category;
pub mod context;
pub mod declared;
pub mod deprecations;
mod emitters;
pub mod ending;
mod formats;
pub mod graph;
pub mod handlers;
pub mod hazards;
pub mod lifetime;
pub mod loops;
pub mod markup;
pub mod objects;
pub mod optimizations;
pub mod page;
pub mod part;
mod physics;
mod question;
pub mod reach;
pub mod settings;
pub mod shaders;
pub mod throttle;
mod xr;
