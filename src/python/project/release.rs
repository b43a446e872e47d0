//! Releases of packages, to be compared.

use super::Project;

/// Major, minor and patch.
pub type Release = (u32, u32, u32);

impl Project {
    /// The release of a package by lock file or requirement; a very new one when nothing is said.
    #[must_use]
    pub fn release(&self, package: &str) -> Release {
        let version = self.files.package_version(package);
        version.map_or((u32::MAX, 0, 0), |text| parse(&text))
    }
}

fn parse(text: &str) -> Release {
    let mut parts = text.split('.').map(|part| {
        let digits: String = part.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().unwrap_or(0)
    });
    let mut next = || parts.next().unwrap_or(0);
    (next(), next(), next())
}

#[cfg(test)]
mod tests {
    #[test]
    fn versions_are_read_part_by_part() {
        assert_eq!(super::parse("0.115.4"), (0, 115, 4));
        assert_eq!(super::parse("1.0rc1"), (1, 0, 0));
    }
}
