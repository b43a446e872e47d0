//! Files that a frontend serves as they are, beside its pages.

use crate::web::project::Files;

/// Folders whose files stand at the top of the site: <https://vite.dev/guide/assets#the-public-directory>,
/// <https://svelte.dev/docs/kit/project-structure#Project-files-static>.
const FOLDERS: [&str; 2] = ["public", "static"];

/// The file of the package that asks for it that an address of the page's own host names.
pub(super) fn file(files: &dyn Files, asking: &str, url: &str) -> Option<String> {
    let path = url.split(['?', '#']).next().unwrap_or(url).strip_prefix('/')?;
    if path.is_empty() || path.contains('{') {
        return None;
    }
    let mut folder = asking;
    loop {
        folder = folder.rsplit_once('/').map_or("", |(parent, _)| parent);
        let within = |name: String| match folder {
            "" => name,
            folder => format!("{folder}/{name}"),
        };
        if files.is_file(&within("package.json".to_owned())) {
            let mut candidates = FOLDERS.iter().map(|served| within(format!("{served}/{path}")));
            return candidates.find(|candidate| files.is_file(candidate));
        }
        if folder.is_empty() {
            return None;
        }
    }
}
