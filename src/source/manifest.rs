//! Which Python packages a project asks for, and which versions it gets.

mod declared;
mod lock;
mod requirement;

use std::collections::BTreeMap;

use super::tree::{Tree, join};

pub(crate) use declared::lookup;

/// What the manifests and lock files of a tree say about packages.
#[derive(Clone, Debug, Default)]
pub struct Manifest {
    packages: BTreeMap<String, PackageVersion>,
}

/// A package by requirement, lock file or both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PackageVersion {
    /// The name in its [normal form](https://packaging.python.org/en/latest/specifications/name-normalization/).
    pub name: String,
    /// The version specifier as written, such as `>=0.115,<1` or `^0.115`; empty when any version will do.
    pub requirement: String,
    /// The version that is installed: by lock file, by `==`, or by the metadata of an installed package.
    pub exact: Option<String>,
    /// Where the most exact of these stands, relative to the root.
    pub file: String,
    /// One-based line in `file`.
    pub line: u32,
    /// Whether the project itself asks for it; else it is there for another package.
    pub is_declared: bool,
}

impl PackageVersion {
    /// The version that counts: the exact one, or the first of a range that allows only its patches, such as
    /// `~=0.110.0` or Poetry's `^0.110`. Of a wider range the newest version is as likely as any.
    #[must_use]
    pub fn likely(&self) -> Option<&str> {
        if let Some(exact) = &self.exact {
            return Some(exact);
        }
        let requirement = self.requirement.trim();
        if requirement.contains(',') {
            return newest_of_range(requirement);
        }
        let version = match requirement.strip_prefix('^') {
            Some(version) => Some(version).filter(|version| version.starts_with("0.")),
            None => match requirement.strip_prefix("~=") {
                // `~=2.0` allows 2.14, `~=2.0.1` only 2.0.x.
                Some(version) => Some(version).filter(|version| version.matches('.').count() >= 2),
                None => requirement
                    .strip_prefix('~')
                    .or_else(|| requirement.strip_prefix("<=")),
            },
        };
        version
            .map(str::trim)
            .filter(|version| !version.contains(['*']) && version.contains('.'))
    }
}

/// The newest version of a range that names it (`>=2.0,<=2.12.5`), or the first of one that spans a minor version
/// (`>=2.13,<2.14`).
fn newest_of_range(requirement: &str) -> Option<&str> {
    let bound = |sign: &str| {
        requirement
            .split(',')
            .find_map(|part| part.trim().strip_prefix(sign))
            .map(str::trim)
    };
    if let Some(version) = bound("<=") {
        return Some(version);
    }
    let minor = |version: &str| -> Option<(u32, u32)> {
        let mut parts = version.split('.').map(|part| part.parse::<u32>().ok());
        Some((parts.next()??, parts.next()??))
    };
    let below = requirement
        .split(',')
        .find_map(|part| part.trim().strip_prefix('<'))
        .map(str::trim)?;
    let from = bound(">=")?;
    let ((low_major, low), (high_major, high)) = (minor(from)?, minor(below)?);
    (low_major == high_major && high == low + 1).then_some(from)
}

/// One place that names a package.
struct Mention {
    name: String,
    requirement: String,
    exact: Option<String>,
    line: u32,
    is_declared: bool,
}

/// Folders that are looked into for manifests; those of a large tree do not all matter.
const MAX_FOLDERS: usize = 300;

impl Manifest {
    /// Reads the manifests in the root and two levels below. Where several name a package, the outermost counts;
    /// an exact version counts more than a range, and a lock file more than a requirement.
    #[must_use]
    pub fn read(tree: &Tree) -> Self {
        let mut manifest = Self::default();
        for folder in project_folders(tree) {
            for (file, read) in readers(tree, &folder) {
                if let Some(text) = tree.text(&file) {
                    for mention in read(&text) {
                        manifest.add(&file, mention);
                    }
                }
            }
        }
        manifest
    }

    /// A package by its name in any spelling.
    #[must_use]
    pub fn python_package(&self, name: &str) -> Option<&PackageVersion> {
        self.packages.get(&requirement::normal(name))
    }

    /// The packages that the project asks for, by name.
    pub fn python_packages(&self) -> impl Iterator<Item = &PackageVersion> {
        self.packages.values().filter(|package| package.is_declared)
    }

    fn add(&mut self, file: &str, mention: Mention) {
        let package = self.packages.entry(mention.name.clone()).or_default();
        let is_new = package.name.is_empty();
        let is_first = mention.is_declared && !package.is_declared;
        if is_first {
            package.requirement = mention.requirement;
            package.is_declared = true;
        }
        let is_more_exact = package.exact.is_none() && mention.exact.is_some();
        if is_new || is_more_exact || is_first && package.exact.is_none() {
            file.clone_into(&mut package.file);
            package.line = mention.line;
        }
        if package.exact.is_none() {
            package.exact = mention.exact;
        }
        package.name = mention.name;
    }
}

/// The root and the folders up to two levels below that may hold a project of their own, outermost first.
pub(super) fn project_folders(tree: &Tree) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut from = 0;
    for _ in 0..2 {
        let level: Vec<String> = found[from..].to_vec();
        from = found.len();
        for folder in level {
            let inner = tree
                .folders(&folder)
                .into_iter()
                .filter(|path| super::tree::may_hold_source(path));
            found.extend(inner);
        }
    }
    found.truncate(MAX_FOLDERS);
    found
}

type Reader = fn(&str) -> Vec<Mention>;

/// The manifests in a folder, lock files first.
fn readers(tree: &Tree, folder: &str) -> Vec<(String, Reader)> {
    let mut readers: Vec<(u8, String, Reader)> = Vec::new();
    for name in tree.list(folder) {
        let reader: Option<(u8, Reader)> = match name.as_str() {
            "uv.lock" | "poetry.lock" | "pdm.lock" => Some((0, lock::toml)),
            "Pipfile.lock" => Some((0, lock::pipfile)),
            "pyproject.toml" => Some((1, declared::pyproject)),
            "Pipfile" => Some((2, declared::pipfile)),
            "setup.cfg" => Some((4, declared::setup_cfg)),
            "setup.py" => Some((4, declared::setup_py)),
            _ if name.starts_with("requirements") && name.ends_with(".txt") => Some((3, requirement::file)),
            _ if folder.ends_with("requirements") && name.ends_with(".txt") => Some((3, requirement::file)),
            _ => None,
        };
        if let Some((rank, reader)) = reader {
            readers.push((rank, join(folder, &name), reader));
        }
        if name.ends_with(".dist-info") {
            readers.push((5, join(&join(folder, &name), "METADATA"), declared::metadata));
        }
    }
    readers.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    readers
        .into_iter()
        .map(|(_, file, reader)| (file, reader))
        .collect()
}

#[cfg(test)]
mod tests;
