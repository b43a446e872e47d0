//! Which version of a package a folder uses, and where addresses load another one.

use std::collections::BTreeMap;

use ecow::EcoString;
use semver::{Version, VersionReq};
use serde::Serialize;

use super::{
    ModuleId, Project, Target,
    lock::{LOCK_FILES, Wanted, below, find},
    pages::requests,
    path::{ancestors, join, parent},
    resolve::Library,
};
use crate::source::location::Location;

/// What the manifests say about a package's version.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PackageVersion {
    /// The range of `package.json`, as written; empty where only the lock file has the package.
    pub requirement: String,
    /// The version that the lock file says is installed.
    pub exact: Option<String>,
    /// Path of the file that says the most exact of these, relative to the root.
    pub file: String,
    /// Its line there, from 1; 0 if it is not known.
    pub line: u32,
}

impl PackageVersion {
    /// The version that counts: the installed one, else the lowest of the range.
    #[must_use]
    pub fn likely(&self) -> Option<Version> {
        let text = self.exact.as_deref().unwrap_or(&self.requirement);
        lowest(text)
    }

    /// Whether a version, full or `major.minor`, is one that the manifests mean; none where that cannot be said.
    #[must_use]
    pub fn allows(&self, version: &str) -> Option<bool> {
        let loaded = lowest(version)?;
        if let Some(exact) = self.exact.as_deref().and_then(lowest) {
            let is_full = version.split('.').count() > 2;
            let same_minor = (exact.major, exact.minor) == (loaded.major, loaded.minor);
            return Some(same_minor && (!is_full || exact.patch == loaded.patch));
        }
        let requirement = VersionReq::parse(&self.requirement).ok()?;
        Some(requirement.matches(&loaded))
    }
}

/// A package that an address loads in another version than the manifests say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct VersionMismatch {
    /// Name of the package.
    pub package: String,
    /// The version of the address.
    pub loaded: String,
    /// What the manifests say.
    pub declared: PackageVersion,
    /// Where the address stands; of an import map, the page.
    pub location: Location,
}

/// The first version of a range of npm's: `^0.150.1`, `0.150`, `>=0.150 <1`.
fn lowest(range: &str) -> Option<Version> {
    let start = range.find(|letter: char| letter.is_ascii_digit())?;
    let is_version = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '+');
    let text: String = range[start..]
        .chars()
        .take_while(|letter| is_version(*letter))
        .collect();
    let missing = 2usize.saturating_sub(text.split('-').next()?.matches('.').count());
    let full = if text.contains('-') {
        text
    } else {
        format!("{text}{}", ".0".repeat(missing))
    };
    Version::parse(&full.replace(".x", ".0")).ok()
}

impl Project<'_> {
    /// The version of a package for the files of a folder: by the nearest `package.json` that names it and the lock file
    /// there or above.
    #[must_use]
    pub fn version_of(&self, folder: &str, package: &str) -> Option<PackageVersion> {
        let declared = self.configuration.packages.requirement(folder, package);
        let home = declared.map_or(folder, |(home, _)| home.folder.as_str());
        let key = (EcoString::from(home), EcoString::from(package));
        if let Some(known) = self.versions.borrow().get(&key) {
            return known.clone();
        }
        let version = self.find_version(folder, package);
        self.versions.borrow_mut().insert(key, version.clone());
        version
    }

    fn find_version(&self, folder: &str, package: &str) -> Option<PackageVersion> {
        let declared = self.configuration.packages.requirement(folder, package);
        let (home, requirement) =
            declared.map_or((folder, ""), |(home, range)| (home.folder.as_str(), range));
        let locked = ancestors(home).find_map(|outer| {
            let path = LOCK_FILES
                .iter()
                .filter_map(|name| join(outer, name))
                .find(|path| self.files.is_file(path))?;
            let wanted = Wanted {
                name: package,
                requirement,
                folder: below(home, outer),
            };
            Some((find(&path, &self.files.text(&path)?, wanted)?, path))
        });
        if let Some((locked, file)) = locked {
            return Some(PackageVersion {
                requirement: requirement.to_owned(),
                exact: Some(locked.version),
                file,
                line: locked.line,
            });
        }
        let (home, requirement) = declared?;
        let file = join(&home.folder, "package.json")?;
        let text = self.files.text(&file)?;
        let key = format!("\"{package}\"");
        let line = text.lines().position(|line| line.trim_start().starts_with(&key));
        Some(PackageVersion {
            requirement: requirement.to_owned(),
            exact: None,
            file,
            line: line.map_or(0, |index| index as u32 + 1),
        })
    }

    /// The version of a package in the addresses that a module loads it from, itself or by its pages' import maps and scripts.
    #[must_use]
    pub fn loaded_version(&self, module: ModuleId, package: &str) -> Option<EcoString> {
        let of_package = |target: Target| match target {
            Target::Library(library) if library.package == package => library.version,
            _ => None,
        };
        let imports = self.script(module).imports.iter();
        let mut imported = imports.filter_map(|import| of_package(self.resolve(module, &import.module)));
        imported.next().or_else(|| {
            let pages = self.pages_of(module).iter().map(|page| &self.pages[*page]);
            let mut addresses = pages.flat_map(|page| {
                let external = page.external.iter().map(|external| &external.source);
                external.map(|address| self.resolve_address(&page.file, address))
            });
            addresses.find_map(of_package)
        })
    }

    /// Packages that an address loads in another version than the manifests of the folder say, by file and line.
    #[must_use]
    pub fn version_mismatches(&self) -> Vec<VersionMismatch> {
        let mut found = vec![];
        let mut known: BTreeMap<(String, EcoString), Option<PackageVersion>> = BTreeMap::new();
        for (library, location) in self.loaded_by_address() {
            let Some(loaded) = library.version.clone() else {
                continue;
            };
            let key = (parent(&location.file).to_owned(), library.package.clone());
            let declared = known
                .entry(key)
                .or_insert_with_key(|(folder, package)| self.version_of(folder, package));
            if let Some(declared) = declared
                .as_ref()
                .filter(|declared| declared.allows(&loaded) == Some(false))
            {
                found.push(VersionMismatch {
                    package: library.package.to_string(),
                    loaded: loaded.to_string(),
                    declared: declared.clone(),
                    location,
                });
            }
        }
        found.sort_by(|left, right| (&left.location, &left.package).cmp(&(&right.location, &right.package)));
        found.dedup();
        found
    }

    /// The libraries of import maps, of pages' scripts and of imports by address.
    fn loaded_by_address(&self) -> Vec<(Library, Location)> {
        let mut found = vec![];
        for page in &self.pages {
            let addresses = page.import_map.values();
            let addresses = addresses.chain(page.external.iter().map(|external| &external.source));
            for address in addresses {
                if let Target::Library(library) = self.resolve_address(&page.file, address) {
                    found.push((library, at(&page.file, 0)));
                }
            }
        }
        for module in self.module_ids() {
            found.extend(self.imported_libraries(module));
        }
        found
    }

    fn imported_libraries(&self, module: ModuleId) -> Vec<(Library, Location)> {
        let script = self.script(module);
        let libraries = requests(script).into_iter().filter_map(|request| {
            match self.resolve(module, &request.specifier) {
                Target::Library(library) => {
                    let line = script.line(request.start);
                    Some((library, at(&self.module(module).file, line)))
                }
                _ => None,
            }
        });
        // What an import map leads to is told of the page.
        let mapped = self.configuration.reach.maps_of(module).next().is_some();
        libraries
            .filter(|(library, _)| library.version.is_some() && !mapped)
            .collect()
    }
}

fn at(file: &str, line: u32) -> Location {
    Location {
        file: file.to_owned(),
        line,
        end_line: line,
        column: 0,
    }
}
