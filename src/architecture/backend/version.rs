//! What differs between releases of FastAPI and pydantic.

use crate::python::{interpret::interpreter::Interpreter, library::schema::build::Options};

/// Major, minor and patch.
pub type Version = (u32, u32, u32);

/// FastAPI's version by lock file or requirement; a very new one when nothing is said.
#[must_use]
pub fn fastapi(it: &Interpreter) -> Version {
    release(it, "fastapi")
}

/// The version of a package by lock file or requirement; a very new one when nothing is said.
#[must_use]
pub fn release(it: &Interpreter, package: &str) -> Version {
    it.project
        .files
        .package_version(package)
        .map_or((u32::MAX, 0, 0), |text| parse(&text))
}

/// The rules of schemas in these releases.
#[must_use]
pub fn options(it: &Interpreter) -> Options {
    let (fastapi, pydantic) = (fastapi(it), release(it, "pydantic"));
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
    ((0, 119, 0)..(0, 128, 4)).contains(&fastapi(it)) || release(it, "pydantic").0 == 1
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

fn parse(text: &str) -> Version {
    let mut parts = text.split('.').map(|part| {
        let digits: String = part.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().unwrap_or(0)
    });
    (
        parts.next().unwrap_or(0),
        parts.next().unwrap_or(0),
        parts.next().unwrap_or(0),
    )
}

#[cfg(test)]
mod tests {
    #[test]
    fn versions_are_read_part_by_part() {
        assert_eq!(super::parse("0.115.4"), (0, 115, 4));
        assert_eq!(super::parse("1.0rc1"), (1, 0, 0));
    }
}
