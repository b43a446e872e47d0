//! Paths as imports write them, and the files that they mean.

use super::{Project, Target};

/// An import's text without what is for the bundler alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request<'t> {
    /// The path, address or package.
    pub path: &'t str,
    /// Behind the `?`: `raw`, `url`, `worker`; empty if there is none.
    pub query: &'t str,
}

impl<'t> Request<'t> {
    /// Splits an import's text: `glsl-loader!./a.glsl` and `./a.glsl?raw#x` are both for `./a.glsl`
    /// (<https://vite.dev/guide/assets>, <https://webpack.js.org/concepts/loaders/#inline>).
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let text = text.rsplit('!').next().unwrap_or(text);
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        // A leading `#` begins an entry of `imports` in package.json.
        let path = match path.char_indices().skip(1).find(|(_, letter)| *letter == '#') {
            Some((fragment, _)) => &path[..fragment],
            None => path,
        };
        Self { path, query }
    }

    /// Whether the file itself is asked for, its text or its address, and not what it exports.
    #[must_use]
    pub fn is_for_file(self) -> bool {
        self.query
            .split('&')
            .any(|part| matches!(part, "raw" | "url" | "inline"))
            && !self.query.split('&').any(|part| part.ends_with("worker"))
    }
}

/// The folder of a path; that of a name alone is the root, which is empty.
pub(super) fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The last part of a path.
pub(super) fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// A path from a folder, `.` and `..` followed; none if it leaves the root.
pub(super) fn join(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Whether a path is a folder or in it; everything is in the root.
pub(super) fn is_within(path: &str, folder: &str) -> bool {
    folder.is_empty()
        || path
            .strip_prefix(folder)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// A folder and those around it, the innermost first, the root last.
pub(super) fn ancestors(folder: &str) -> impl Iterator<Item = &str> {
    let mut next = Some(folder);
    std::iter::from_fn(move || {
        let folder = next?;
        next = (!folder.is_empty()).then(|| parent(folder));
        Some(folder)
    })
}

/// Endings that imports leave out. Where a script stands beside what it was compiled to, the source is meant.
const ENDINGS: [&str; 14] = [
    ".ts",
    ".tsx",
    ".mts",
    ".cts",
    ".js",
    ".jsx",
    ".mjs",
    ".cjs",
    ".vue",
    ".svelte",
    ".json",
    ".svelte.ts",
    ".svelte.js",
    ".d.ts",
];

/// TypeScript's files are imported by the name of what they are compiled to
/// (<https://www.typescriptlang.org/docs/handbook/modules/reference.html#file-extension-substitution>).
const COMPILED: [(&str, &[&str]); 4] = [
    (".js", &[".ts", ".tsx", ".d.ts"]),
    (".jsx", &[".tsx"]),
    (".mjs", &[".mts"]),
    (".cjs", &[".cts"]),
];

/// The file that a path means: itself, with an ending, or what stands for a folder.
pub(super) fn find(project: &Project<'_>, path: &str) -> Option<String> {
    let is_file = |path: &String| project.files.is_file(path);
    let exact = path.to_owned();
    if is_file(&exact) {
        return Some(exact);
    }
    let with_endings = || {
        ENDINGS
            .iter()
            .map(|ending| format!("{path}{ending}"))
            .find(is_file)
    };
    let source = || {
        let (stem, endings) = COMPILED
            .iter()
            .find_map(|(ending, sources)| Some((path.strip_suffix(ending)?, sources)))?;
        endings
            .iter()
            .map(|ending| format!("{stem}{ending}"))
            .find(is_file)
    };
    let of_folder = || {
        let index = join(path, "index")?;
        ENDINGS
            .iter()
            .map(|ending| format!("{index}{ending}"))
            .find(is_file)
    };
    let of_manifest = || {
        let main = project.configuration.packages.in_folder(path)?.main(project)?;
        (main != path).then_some(main)
    };
    with_endings()
        .or_else(source)
        .or_else(of_manifest)
        .or_else(of_folder)
}

/// The file of the tree whose path ends like the path of an address, the nearest to a folder. Where a server puts its
/// files is not known here: `/static/js/app.js` may be `backend/web/js/app.js`, so the first part may be that of a mount.
pub(super) fn find_by_end(project: &Project<'_>, folder: &str, path: &str) -> Option<String> {
    let path = path.trim_start_matches('/');
    let ending_with = |end: &str| -> Vec<&String> {
        let of_end = |file: &&String| {
            file.strip_suffix(end)
                .is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
        };
        project.files.paths().iter().filter(of_end).collect()
    };
    let mut found = ending_with(path);
    if let Some((_, behind_mount)) = path.split_once('/').filter(|_| found.is_empty()) {
        found = ending_with(behind_mount);
        // A name alone proves nothing where several have it.
        if !behind_mount.contains('/') && found.len() > 1 {
            return None;
        }
    }
    let shared = |file: &String| {
        let parts = file.split('/').zip(folder.split('/'));
        parts.take_while(|(left, right)| left == right).count()
    };
    let nearest = found.iter().map(|file| shared(file)).max()?;
    found.into_iter().find(|file| shared(file) == nearest).cloned()
}

/// What a file of the tree is to the one that imports it.
pub(super) fn target(project: &Project<'_>, path: &str) -> Target {
    if let Some(library) = project.configuration.copies.get(path) {
        return Target::Library(library.clone());
    }
    match project.modules_of(path).first() {
        Some(module) => Target::Module(*module),
        None => Target::File(path.into()),
    }
}
