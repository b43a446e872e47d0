//! What differs between releases of FastAPI and pydantic.

use crate::python::{interpret::interpreter::Interpreter, library::schema::build::Options, project::Release};

/// FastAPI's version by lock file or requirement; a very new one when nothing is said.
#[must_use]
pub fn fastapi(it: &Interpreter) -> Release {
    it.project.release("fastapi")
}

/// The rules of schemas in these releases.
#[must_use]
pub fn options(it: &Interpreter) -> Options {
    let (fastapi, pydantic) = (fastapi(it), it.project.release("pydantic"));
    Options {
        pydantic: (pydantic.0.max(1), pydantic.1),
        bytes_as_media_type: fastapi >= (0, 129, 1),
        decimal_pattern: ((2, 12, 0)..(2, 14, 0)).contains(&pydantic),
        temporal_by_mode: pydantic >= (2, 14, 0),
        open_dictionaries: pydantic >= (2, 11, 0),
        renames_once: pydantic < (2, 13, 0),
    }
}

/// Whether validation errors are documented with `input` and `ctx`.
#[must_use]
pub fn shows_error_input(it: &Interpreter) -> bool {
    fastapi(it) >= (0, 128, 5)
}

/// Whether a header's alias that equals the parameter's name is written with hyphens.
#[must_use]
pub fn converts_equal_aliases(it: &Interpreter) -> bool {
    fastapi(it) >= (0, 115, 12)
}

/// Whether components are called after their classes rather than as pydantic calls them.
#[must_use]
pub fn names_by_class(it: &Interpreter) -> bool {
    ((0, 119, 0)..(0, 128, 4)).contains(&fastapi(it)) || it.project.release("pydantic").0 == 1
}

/// Whether components of one name, called after their classes, are told apart by their modules.
#[must_use]
pub fn names_by_module(it: &Interpreter) -> bool {
    fastapi(it) < (0, 128, 0)
}

/// Whether functions that yield are documented as streams.
#[must_use]
pub fn has_streams(it: &Interpreter) -> bool {
    fastapi(it) >= (0, 134, 0)
}
