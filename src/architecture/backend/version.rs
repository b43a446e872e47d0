//! What differs between releases of FastAPI and pydantic.

use crate::python::{
    interpret::interpreter::Interpreter,
    library::schema::{build::Options, decimal::Style},
};

/// The release of a package by lock file or requirement: major, minor, patch. What is not known is the latest.
#[must_use]
pub fn release(it: &Interpreter, package: &str) -> (u64, u64, u64) {
    let Some(text) = it.project.files.package_version(package) else { return (u64::MAX, 0, 0) };
    let mut parts = text.split('.').map(|part| part.chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap_or(0));
    (parts.next().unwrap_or(0), parts.next().unwrap_or(0), parts.next().unwrap_or(0))
}

/// The rules of schemas in these releases.
#[must_use]
pub fn options(it: &Interpreter) -> Options {
    let fastapi = release(it, "fastapi");
    let pydantic = release(it, "pydantic");
    Options {
        bytes_as_media_type: fastapi >= (0, 129, 1),
        decimal: match pydantic {
            known if known >= (2, 14, 0) => Style::ByMode,
            known if known >= (2, 12, 0) => Style::Lookahead,
            _ => Style::None,
        },
        temporal_by_mode: pydantic >= (2, 14, 0),
    }
}

/// Whether validation errors are documented with `input` and `ctx`.
#[must_use]
pub fn shows_error_input(it: &Interpreter) -> bool {
    release(it, "fastapi") >= (0, 128, 5)
}

/// Whether functions that yield are documented as streams.
#[must_use]
pub fn has_streams(it: &Interpreter) -> bool {
    release(it, "fastapi") >= (0, 134, 0)
}
