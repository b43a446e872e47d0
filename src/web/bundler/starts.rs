//! What a tool starts from where no setting says so: the page or script that it takes by itself, and the routes that
//! frameworks make of files ([Next.js](https://nextjs.org/docs/app/getting-started/project-structure),
//! [SvelteKit](https://svelte.dev/docs/kit/routing), [Nuxt](https://nuxt.com/docs/getting-started/routing)).

use super::Pipeline;
use crate::web::project::Files;

/// Adds them to the pipelines that have no entries.
pub(super) fn add(files: &dyn Files, pipelines: &mut [Pipeline]) {
    for pipeline in pipelines
        .iter_mut()
        .filter(|pipeline| pipeline.entries.is_empty())
    {
        pipeline.entries = entries(files, &pipeline.software, &pipeline.folder);
    }
}

fn entries(files: &dyn Files, software: &str, folder: &str) -> Vec<String> {
    match software {
        "Vite" | "Parcel" => first(files, folder, &["index.html", "src/index.html"]),
        "electron-vite" => first(files, folder, &["src/renderer/index.html"]),
        "Create React App" => {
            let names = ["src/index.tsx", "src/index.jsx", "src/index.ts", "src/index.js"];
            first(files, folder, &names)
        }
        "Vue CLI" => first(files, folder, &["src/main.ts", "src/main.js"]),
        "webpack" | "Rspack" => first(files, folder, &["src/index.ts", "src/index.js"]),
        "Next.js" => routes(files, folder, is_next_page),
        "Vite (SvelteKit)" | "SvelteKit" => routes(files, folder, |path| {
            path.starts_with("src/routes/") && path.ends_with("/+page.svelte")
                || path == "src/routes/+page.svelte"
        }),
        "Nuxt" => routes(files, folder, |path| {
            let path = path.strip_prefix("app/").unwrap_or(path);
            path == "app.vue" || path.starts_with("pages/") && path.ends_with(".vue")
        }),
        _ => vec![],
    }
}

fn first(files: &dyn Files, folder: &str, names: &[&str]) -> Vec<String> {
    let paths = names.iter().map(|name| below(folder, name));
    paths.filter(|path| files.is_file(path)).take(1).collect()
}

fn routes(files: &dyn Files, folder: &str, is_route: impl Fn(&str) -> bool) -> Vec<String> {
    let start = below(folder, "");
    let is_wanted = |path: &&String| path.strip_prefix(&start).is_some_and(&is_route);
    files.paths().iter().filter(is_wanted).cloned().collect()
}

fn is_next_page(path: &str) -> bool {
    let path = path.strip_prefix("src/").unwrap_or(path);
    let Some((stem, suffix)) = path.rsplit_once('.') else {
        return false;
    };
    if !matches!(suffix, "tsx" | "jsx" | "ts" | "js") {
        return false;
    }
    let name = stem.rsplit('/').next().unwrap_or(stem);
    let of_app = path.starts_with("app/") && name == "page";
    of_app || path.starts_with("pages/") && !path.starts_with("pages/api/") && !name.starts_with('_')
}

/// A path below a folder, which is empty for the root.
fn below(folder: &str, path: &str) -> String {
    if folder.is_empty() {
        path.to_owned()
    } else {
        format!("{folder}/{path}")
    }
}
