//! FastAPI's version, where the rules differ between versions.

use crate::python::interpret::interpreter::Interpreter;

/// Major, minor and patch.
pub type Version = (u32, u32, u32);

/// FastAPI's version by lock file or requirement; a very new one when nothing is said.
#[must_use]
pub fn fastapi(it: &Interpreter) -> Version {
    it.project
        .files
        .package_version("fastapi")
        .map_or((u32::MAX, 0, 0), |text| parse(&text))
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
