//! The file of an address.

use crate::web::values::Evaluator;

/// What stands in front of an address for the path that the pages are served under
/// (<https://vite.dev/guide/build#public-base-path>, <https://create-react-app.dev/docs/using-the-public-folder>).
const BASES: [&str; 2] = ["${import.meta.env.BASE_URL}", "${process.env.PUBLIC_URL}"];

/// A path that pages are served under.
#[derive(Clone, Debug)]
pub struct Base {
    /// The folder whose files are built so, empty for the root of the tree.
    pub folder: String,
    /// The path.
    pub path: String,
}

impl Base {
    fn is_of(&self, from: &str) -> bool {
        self.folder.is_empty()
            || from
                .strip_prefix(&self.folder)
                .is_some_and(|rest| rest.starts_with('/'))
    }
}

/// An address without the path that the pages are served under, where that is known: what is left is the path in the folder of
/// files that are served as they are.
pub(super) fn without_base(bases: &[Base], from: &str, url: &str) -> String {
    let named = BASES.iter().find_map(|base| url.strip_prefix(base));
    if let Some(rest) = named {
        return format!("/{}", rest.trim_start_matches('/'));
    }
    let around = bases
        .iter()
        .filter(|base| base.is_of(from))
        .max_by_key(|base| base.folder.len());
    let rest = around.and_then(|base| {
        let path = base.path.trim_end_matches('/');
        url.strip_prefix(path)
            .filter(|rest| path.len() > 1 && rest.starts_with('/'))
    });
    rest.unwrap_or(url).to_owned()
}

/// The file of an address: beside the file that names it, or in the folder that is served.
pub(super) fn find_file(evaluator: &Evaluator<'_>, from: &str, url: &str) -> Option<String> {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    if path.is_empty() || path.contains("${") || path.contains("://") {
        return None;
    }
    let files = evaluator.project.files;
    if files.is_file(path) {
        return Some(path.to_owned());
    }
    let relative = path.trim_start_matches("./").trim_start_matches('/');
    let mut folder = from;
    while let Some((parent, _)) = folder.rsplit_once('/') {
        folder = parent;
        for served in ["", "public/", "static/", "assets/", "src/"] {
            let candidate = format!("{folder}/{served}{relative}");
            if files.is_file(&candidate) {
                return Some(candidate);
            }
        }
    }
    ["", "public/", "static/"]
        .iter()
        .map(|served| format!("{served}{relative}"))
        .find(|candidate| files.is_file(candidate))
        .or_else(|| match served(evaluator, relative).as_slice() {
            [only] => Some((*only).clone()),
            _ => None,
        })
}

/// The files of a path in the served folders of any package: a library loads what its applications serve, and a page
/// what stands beside it there.
pub(super) fn served<'e>(evaluator: &'e Evaluator<'_>, path: &str) -> Vec<&'e String> {
    let end = format!("/{path}");
    let is_served = |folder: &str| folder.split('/').any(|part| matches!(part, "public" | "static"));
    let paths = evaluator.project.files.paths().iter();
    paths
        .filter(|file| file.strip_suffix(end.as_str()).is_some_and(is_served))
        .collect()
}
