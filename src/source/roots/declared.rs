//! Import roots that a project's own configuration names.

use toml::{Table, Value};

use crate::source::manifest::lookup;
use crate::source::tree::{Tree, join, parent};

/// The roots that the configuration in a project's folder names, as paths from the tree's root.
///
/// Asked are [setuptools](https://setuptools.pypa.io/en/latest/userguide/package_discovery.html),
/// [Poetry](https://python-poetry.org/docs/pyproject/#packages), [Hatch](https://hatch.pypa.io/latest/config/build/),
/// [uv](https://docs.astral.sh/uv/reference/settings/), PDM, pytest and mypy. A folder with a `pyproject.toml` or
/// `setup.py` is a root itself.
pub(super) fn roots(tree: &Tree, project: &str) -> Vec<String> {
    let mut written = Vec::new();
    let pyproject = tree.text(&join(project, "pyproject.toml"));
    // A `setup.py` inside a package is a module like any other.
    let is_package = tree.is_file(&join(project, "__init__.py"));
    let is_project = !is_package && (pyproject.is_some() || tree.is_file(&join(project, "setup.py")));
    if let Some(document) = pyproject.and_then(|text| text.parse::<Table>().ok()) {
        from_pyproject(&document, &mut written);
        for pattern in strings(lookup(&document, &["tool", "uv", "workspace", "members"])) {
            for member in members(tree, project, &pattern) {
                written.push(format!("{member}/src"));
                written.push(member);
            }
        }
    }
    if let Some(text) = tree.text(&join(project, "setup.cfg")) {
        from_setup_cfg(&text, &mut written);
    }
    let mut roots: Vec<String> = written.iter().filter_map(|path| inside(project, path)).collect();
    if is_project {
        roots.push(join(project, "src"));
        roots.push(project.to_owned());
    }
    roots
}

fn from_pyproject(document: &Table, roots: &mut Vec<String>) {
    let at = |path: &[&str]| lookup(document, path);
    if let Some(folders) = at(&["tool", "setuptools", "package-dir"]).and_then(Value::as_table) {
        for (package, folder) in folders {
            // `{"a.b" = "lib/a/b"}` means the root `lib`.
            let levels = if package.is_empty() {
                0
            } else {
                package.split('.').count()
            };
            let folder = folder.as_str().unwrap_or_default();
            roots.push((0..levels).fold(folder, |folder, _| parent(folder)).to_owned());
        }
    }
    roots.extend(strings(at(&["tool", "setuptools", "packages", "find", "where"])));
    for package in at(&["tool", "poetry", "packages"])
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        roots.extend(package.get("from").and_then(Value::as_str).map(str::to_owned));
    }
    let hatch = ["tool", "hatch", "build", "targets", "wheel"];
    for package in strings(at(&[&hatch[..], &["packages"]].concat())) {
        roots.push(parent(package.trim_end_matches('/')).to_owned());
    }
    for sources in [&hatch[..], &hatch[..3]] {
        let sources = at(&[sources, &["sources"]].concat());
        roots.extend(strings(sources));
        for (folder, _) in sources.and_then(Value::as_table).into_iter().flatten() {
            roots.push(folder.clone());
        }
    }
    for path in [
        &["tool", "uv", "build-backend", "module-root"][..],
        &["tool", "pdm", "build", "package-dir"],
        &["tool", "pytest", "ini_options", "pythonpath"],
        &["tool", "mypy", "mypy_path"],
        &["tool", "pyright", "extraPaths"],
        &["tool", "ruff", "src"],
    ] {
        roots.extend(strings(at(path)));
    }
}

/// `package_dir` and `where` of a `setup.cfg`: `= src` on a line of its own or behind the key.
fn from_setup_cfg(text: &str, roots: &mut Vec<String>) {
    let mut inside = false;
    for line in text.lines() {
        if let Some((key, value)) = line.split_once('=') {
            let key = key.trim();
            let is_wanted = key == "package_dir" || key == "where";
            if (is_wanted || inside && key.is_empty()) && !value.trim().is_empty() {
                roots.push(value.trim().trim_start_matches('=').trim().to_owned());
            }
            inside = is_wanted || inside && key.is_empty();
        } else if !line.starts_with([' ', '\t']) {
            inside = false;
        }
    }
}

/// A string, words of it, or a list of strings.
fn strings(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) => text
            .split([' ', ':', ','])
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect(),
        Some(Value::Array(items)) => items
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        _ => Vec::new(),
    }
}

/// A path as written in a project, from the tree's root; nothing if it leads outside.
fn inside(project: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = project.split('/').filter(|part| !part.is_empty()).collect();
    if path.starts_with(['/', '$', '~']) {
        return None;
    }
    for part in path.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The folders that a pattern of workspace members such as `packages/*` means, from the project's folder.
fn members(tree: &Tree, project: &str, pattern: &str) -> Vec<String> {
    let Ok(glob) = globset::GlobBuilder::new(pattern).literal_separator(true).build() else {
        return Vec::new();
    };
    let matcher = glob.compile_matcher();
    let depth = pattern.split('/').count();
    let mut level = vec![String::new()];
    for _ in 0..depth.min(4) {
        level = level
            .iter()
            .flat_map(|folder| tree.folders(&join(project, folder)).into_iter())
            .filter_map(|path| {
                path.strip_prefix(project)
                    .map(|path| path.trim_start_matches('/').to_owned())
            })
            .collect();
    }
    level.retain(|path| matcher.is_match(path));
    level
}
