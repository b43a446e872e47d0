//! Takes the scripts that draw Mermaid diagrams in a page from the package `mdbook-mermaid`, so that
//! `mdbook-arch build` has them with it and the repository does not.
//!
//! Cargo does not tell a build script where a dependency's package is. It is looked for where Cargo puts packages of
//! a registry, in the version of the lock file, and else asked of `cargo metadata`, which knows vendored and
//! overridden packages too. The registry comes first because `cargo metadata` wants every package of the lock file,
//! and during `cargo install` only those that are built have been downloaded.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const PACKAGE: &str = "mdbook-mermaid";
const ASSETS: &[&str] = &["mermaid.min.js", "mermaid-init.js"];
/// Names the package's directory where none of the ways here finds it.
const OVERRIDE: &str = "MDBOOK_ARCH_MERMAID_PACKAGE";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=Cargo.lock");
    println!("cargo::rerun-if-env-changed={OVERRIDE}");
    if env::var_os("CARGO_FEATURE_BUILD").is_none() {
        return;
    }
    let manifest = directory("CARGO_MANIFEST_DIR");
    let found = env::var_os(OVERRIDE)
        .map(PathBuf::from)
        .into_iter()
        .chain(in_registry(&manifest))
        .find(|package| has_assets(package))
        .or_else(|| from_metadata(&manifest).filter(|package| has_assets(package)));
    let Some(package) = found else {
        panic!(
            "the package `{PACKAGE}` was not found: set `{OVERRIDE}` to its directory, or build with \
             `--no-default-features`, which leaves the command `build` out"
        );
    };
    let out = directory("OUT_DIR");
    for name in ASSETS {
        let source = asset(&package, name);
        println!("cargo::rerun-if-changed={}", source.display());
        fs::copy(&source, out.join(name))
            .unwrap_or_else(|error| panic!("copying {}: {error}", source.display()));
    }
}

/// A directory that Cargo gives to every build script.
fn directory(variable: &str) -> PathBuf {
    PathBuf::from(env::var_os(variable).unwrap_or_else(|| panic!("Cargo sets `{variable}`")))
}

fn asset(package: &Path, name: &str) -> PathBuf {
    package.join("src/bin/assets").join(name)
}

fn has_assets(package: &Path) -> bool {
    ASSETS.iter().all(|name| asset(package, name).is_file())
}

/// Packages of the right name in Cargo's registry, the locked version first, then from new to old.
fn in_registry(manifest: &Path) -> Vec<PathBuf> {
    let locked = locked_version(manifest);
    // With `cargo install` this package lies in the registry itself, and the other one beside it.
    let mut indices: Vec<PathBuf> = manifest.parent().map(Path::to_owned).into_iter().collect();
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| {
        Some(PathBuf::from(env::var_os("HOME").or_else(|| env::var_os("USERPROFILE"))?).join(".cargo"))
    });
    if let Some(home) = home {
        indices.extend(entries(&home.join("registry/src")));
    }
    let mut packages: Vec<(bool, Vec<u64>, PathBuf)> = Vec::new();
    for package in indices.iter().flat_map(|index| entries(index)) {
        let Some(version) = package
            .file_name()
            .and_then(|name| name.to_str())
            .and_then(|name| name.strip_prefix(PACKAGE)?.strip_prefix('-'))
            .map(str::to_owned)
        else {
            continue;
        };
        let numbers = version.split('.').map(|part| part.parse().unwrap_or(0)).collect();
        packages.push((locked.as_ref() == Some(&version), numbers, package));
    }
    packages.sort();
    packages
        .into_iter()
        .rev()
        .map(|(_, _, package)| package)
        .collect()
}

fn entries(directory: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(directory) else {
        return Vec::new();
    };
    entries.filter_map(|entry| Some(entry.ok()?.path())).collect()
}

fn locked_version(manifest: &Path) -> Option<String> {
    let lock = fs::read_to_string(manifest.join("Cargo.lock")).ok()?;
    let mut lines = lock
        .lines()
        .skip_while(|line| *line != format!("name = {PACKAGE:?}"));
    let version = lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"')?;
    Some(version.to_owned())
}

/// What `cargo metadata` says, read without a JSON parser: a manifest path is one string, and nothing else of the
/// document looks like it.
fn from_metadata(manifest: &Path) -> Option<PathBuf> {
    let cargo = env::var_os("CARGO")?;
    let output = Command::new(cargo)
        .args([
            "metadata",
            "--offline",
            "--format-version",
            "1",
            "--manifest-path",
        ])
        .arg(manifest.join("Cargo.toml"))
        .arg("--filter-platform")
        .arg(env::var_os("TARGET")?)
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    text.split("\"manifest_path\":\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(|path| PathBuf::from(path.replace("\\\\", "\\")))
        .filter_map(|path| path.parent().map(Path::to_owned))
        .find(|package| {
            package
                .file_name()
                .and_then(|name| name.to_str())
                .is_some_and(|name| name.starts_with(PACKAGE))
        })
}
