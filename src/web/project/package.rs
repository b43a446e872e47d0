//! `package.json`: what a package of the tree exports, imports and depends on
//! (<https://nodejs.org/api/packages.html>).

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{
    Files, Project,
    path::{ancestors, file_name, find, join, parent},
    tsconfig::star,
};

/// The packages of a tree.
#[derive(Debug, Default)]
pub(super) struct Packages {
    by_folder: BTreeMap<String, Package>,
    /// Name → folder; of several with one name the first.
    by_name: BTreeMap<String, String>,
}

/// One `package.json`.
#[derive(Debug)]
pub(super) struct Package {
    /// The folder that it stands in.
    pub(super) folder: String,
    manifest: Map<String, Value>,
}

/// The sections of `package.json` that name other packages, the most binding first.
const SECTIONS: [&str; 4] = [
    "dependencies",
    "devDependencies",
    "peerDependencies",
    "optionalDependencies",
];

impl Packages {
    pub(super) fn new(files: &dyn Files) -> Self {
        let mut packages = Self::default();
        for path in files
            .paths()
            .iter()
            .filter(|path| file_name(path) == "package.json")
        {
            let manifest = files.text(path).and_then(|text| serde_json::from_str(&text).ok());
            let Some(Value::Object(manifest)) = manifest else {
                continue;
            };
            let folder = parent(path).to_owned();
            if let Some(name) = manifest.get("name").and_then(Value::as_str) {
                packages
                    .by_name
                    .entry(name.to_owned())
                    .or_insert_with(|| folder.clone());
            }
            packages
                .by_folder
                .insert(folder.clone(), Package { folder, manifest });
        }
        packages
    }

    /// The package whose manifest stands in a folder.
    pub(super) fn in_folder(&self, folder: &str) -> Option<&Package> {
        self.by_folder.get(folder)
    }

    /// The packages that a folder belongs to, the innermost first.
    pub(super) fn around<'p>(&'p self, folder: &'p str) -> impl Iterator<Item = &'p Package> {
        ancestors(folder).filter_map(|folder| self.by_folder.get(folder))
    }

    /// The package of the tree that a bare specifier begins with, and the path behind its name.
    pub(super) fn by_specifier<'s>(&self, specifier: &'s str) -> Option<(&Package, &'s str)> {
        let mut end = specifier.len();
        loop {
            if let Some(folder) = self.by_name.get(&specifier[..end]) {
                let path = specifier[end..].trim_start_matches('/');
                return Some((self.by_folder.get(folder)?, path));
            }
            end = specifier[..end].rfind('/')?;
        }
    }

    /// What `#name` leads to in the innermost package around a folder.
    pub(super) fn imported(&self, project: &Project<'_>, folder: &str, specifier: &str) -> Option<Imported> {
        self.around(folder).find_map(|package| {
            let imports = package.manifest.get("imports")?.as_object()?;
            let (target, star) = matched(imports, specifier)?;
            for target in leaves(target) {
                let target = target.replace('*', star);
                if !target.starts_with("./") {
                    return Some(Imported::Specifier(target));
                }
                let found = join(&package.folder, &target).and_then(|path| find(project, &path));
                if let Some(file) = found {
                    return Some(Imported::File(file));
                }
            }
            None
        })
    }

    /// Where a package's version range stands for the files of a folder, and the range.
    pub(super) fn requirement<'p>(&'p self, folder: &'p str, name: &str) -> Option<(&'p Package, &'p str)> {
        self.around(folder)
            .find_map(|package| Some((package, package.dependency(name)?)))
    }
}

/// What an entry of `imports` leads to.
pub(super) enum Imported {
    /// A file of the tree.
    File(String),
    /// Another specifier.
    Specifier(String),
}

impl Package {
    /// The version range of another package, as written.
    pub(super) fn dependency(&self, name: &str) -> Option<&str> {
        SECTIONS
            .iter()
            .find_map(|section| self.manifest.get(*section)?.get(name)?.as_str())
    }

    /// Whether the package lists another one.
    pub(super) fn depends_on(&self, name: &str) -> bool {
        self.dependency(name).is_some()
    }

    /// The file that stands for the package as a whole.
    pub(super) fn main(&self, project: &Project<'_>) -> Option<String> {
        let fields = [
            "source", "svelte", "module", "main", "browser", "types", "typings",
        ];
        fields
            .iter()
            .filter_map(|field| self.manifest.get(*field)?.as_str())
            .find_map(|path| self.file(project, path))
    }

    /// The file of an export: `.` for the package as a whole.
    pub(super) fn exported(&self, project: &Project<'_>, path: &str) -> Option<String> {
        let subpath = if path.is_empty() {
            ".".to_owned()
        } else {
            format!("./{path}")
        };
        let exports = self.manifest.get("exports");
        let by_exports = exports.and_then(|exports| {
            let (target, star) = match exports {
                Value::Object(map) if map.keys().any(|key| key.starts_with('.')) => matched(map, &subpath)?,
                // `"exports": "./x.js"` and conditions alone are for the package as a whole.
                whole if subpath == "." => (whole, ""),
                _ => return None,
            };
            leaves(target)
                .into_iter()
                .find_map(|target| self.file(project, &target.replace('*', star)))
        });
        let by_path = || {
            if path.is_empty() {
                return self
                    .main(project)
                    .or_else(|| find(project, &join(&self.folder, "src/index")?))
                    .or_else(|| find(project, &join(&self.folder, "index")?));
            }
            find(project, &join(&self.folder, path)?)
                .or_else(|| find(project, &join(&self.folder, &format!("src/{path}"))?))
        };
        by_exports.or_else(by_path)
    }

    /// A file that the manifest names. What is built stems from a source: `dist/esm/x.js` from `src/x.ts`.
    fn file(&self, project: &Project<'_>, path: &str) -> Option<String> {
        let path = path.trim_start_matches("./");
        self.source_of(project, path)
            .or_else(|| find(project, &join(&self.folder, path)?))
    }

    fn source_of(&self, project: &Project<'_>, path: &str) -> Option<String> {
        const BUILT: [&str; 7] = ["dist", "lib", "build", "out", "es", "esm", "cjs"];
        let mut rest = path;
        while let Some((_, behind)) = rest.split_once('/').filter(|(first, _)| BUILT.contains(first)) {
            rest = behind;
        }
        if rest == path {
            return None;
        }
        let source = rest.replace(".d.ts", ".ts");
        let stem = source.rsplit_once('.').map_or(source.as_str(), |(stem, _)| stem);
        find(project, &join(&self.folder, &format!("src/{stem}"))?)
    }
}

/// The entry for a subpath: itself, else the pattern with the longest text before its `*`.
fn matched<'m, 't>(entries: &'m Map<String, Value>, subpath: &'t str) -> Option<(&'m Value, &'t str)> {
    if let Some(exact) = entries.get(subpath) {
        return Some((exact, ""));
    }
    let matching = entries.iter().filter_map(|(pattern, target)| {
        let before = pattern.find('*')?;
        Some((before, target, star(pattern, subpath)?))
    });
    let (_, target, star) = matching.max_by_key(|(before, ..)| *before)?;
    Some((target, star))
}

/// The paths of a target in the order of its conditions. Which of them holds depends on who asks, so each is tried.
fn leaves(target: &Value) -> Vec<&str> {
    match target {
        Value::String(path) => vec![path],
        Value::Array(several) => several.iter().flat_map(leaves).collect(),
        Value::Object(conditions) => {
            let types = |key: &&String| key.as_str() == "types";
            let (types, others): (Vec<_>, Vec<_>) = conditions.iter().partition(|(key, _)| types(key));
            others
                .into_iter()
                .chain(types)
                .flat_map(|(_, target)| leaves(target))
                .collect()
        }
        _ => vec![],
    }
}
