//! The model as an OpenAPI document.
