//! Versions of packages, as lock files and requirements say them.

use std::path::Path;

/// The version of a package: locked, else the highest that a requirement admits; absent when none is named.
#[must_use]
pub(super) fn version(root: &Path, package: &str) -> Option<String> {
    let locks = ["uv.lock", "poetry.lock", "pdm.lock", "backend/uv.lock", "backend/poetry.lock"];
    for lock in locks {
        if let Some(version) = std::fs::read_to_string(root.join(lock)).ok().and_then(|text| locked(&text, package)) {
            return Some(version);
        }
    }
    let mut files: Vec<_> = ["requirements.txt", "backend/requirements.txt", "pyproject.toml", "backend/pyproject.toml"]
        .iter()
        .map(|name| root.join(name))
        .collect();
    files.extend(metadata_files(root));
    files.iter().find_map(|path| std::fs::read_to_string(path).ok().and_then(|text| required(&text, package)))
}

/// `METADATA` of distributions that lie in the tree.
fn metadata_files(root: &Path) -> Vec<std::path::PathBuf> {
    let mut found: Vec<_> = std::fs::read_dir(root)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "dist-info"))
        .map(|path| path.join("METADATA"))
        .collect();
    found.sort();
    found
}

/// `name = "…"` followed by `version = "…"`, as the lock files of uv, Poetry and PDM have it.
fn locked(text: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = text.lines().skip_while(|line| line.trim() != name);
    lines.next()?;
    let version = lines.take(3).find_map(|line| line.trim().strip_prefix("version = "))?;
    Some(version.trim_matches('"').to_owned())
}

/// The highest version that a requirement of the package admits, when it has an upper bound.
fn required(text: &str, package: &str) -> Option<String> {
    text.lines().find_map(|line| {
        let line = line.trim().trim_start_matches("Requires-Dist:").trim().trim_start_matches(['"', '\'']);
        let rest = line.strip_prefix(package)?;
        let rest = rest.split(['"', '\'', ';']).next()?.trim();
        let rest = match rest.strip_prefix('[') {
            Some(extras) => extras.split_once(']')?.1.trim(),
            None => rest,
        };
        let rest = rest.trim_start_matches('(').trim_end_matches(')');
        if !rest.starts_with(['=', '<', '>', '~', '!']) {
            return None;
        }
        rest.split(',').find_map(|part| bound(part.trim()))
    })
}

fn bound(part: &str) -> Option<String> {
    if let Some(version) = part.strip_prefix("==").or_else(|| part.strip_prefix("<=")) {
        return Some(version.trim().to_owned());
    }
    let below = part.strip_prefix('<')?;
    let mut numbers: Vec<u32> = below.trim().split('.').map_while(|number| number.parse().ok()).collect();
    // Below 0.139.0 the last is some 0.138.x; below 1.0 nothing is said that would tell rules apart.
    while numbers.last() == Some(&0) {
        numbers.pop();
    }
    let last = numbers.last_mut()?;
    *last -= 1;
    if numbers.len() < 2 {
        return None;
    }
    let words: Vec<String> = numbers.iter().map(u32::to_string).collect();
    Some(format!("{}.999", words.join(".")))
}

#[cfg(test)]
mod tests {
    use super::{locked, required};

    #[test]
    fn locks_name_one_version() {
        let text = "[[package]]\nname = \"fastapi\"\nversion = \"0.115.3\"\n";
        assert_eq!(locked(text, "fastapi").as_deref(), Some("0.115.3"));
        assert_eq!(locked(text, "pydantic"), None);
    }

    #[test]
    fn requirements_bound_from_above() {
        let version = |text: &str| required(text, "fastapi");
        assert_eq!(version("Requires-Dist: fastapi>=0.138.0,<0.139.0 ; extra == 'server'").as_deref(), Some("0.138.999"));
        assert_eq!(version("fastapi[standard]==0.110.1").as_deref(), Some("0.110.1"));
        assert_eq!(version("fastapi<1.0.0,>=0.139.0"), None);
        assert_eq!(version("fastapi-pagination==0.13"), None);
        assert_eq!(version("    \"fastapi>=0.100,<=0.120.1\",").as_deref(), Some("0.120.1"));
    }
}
