//! The addons of three.js and the modules that they stand in.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// The modules of `examples/jsm`, of the last releases with `examples/js` (r139) and without (r185).
static ADDONS: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    include_str!("addons.txt")
        .lines()
        .filter_map(|path| Some((path.rsplit('/').next()?, path)))
        .collect()
});

/// The path of an addon below `addons/` by its file's name: `OrbitControls.js` → `controls/OrbitControls.js`.
#[must_use]
pub fn addon(file_name: &str) -> Option<&'static str> {
    ADDONS.get(file_name).copied()
}

/// Whether three.js has a folder of this name for addons.
#[must_use]
pub fn is_addon_folder(name: &str) -> bool {
    static FOLDERS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
        let mut folders: Vec<&str> = include_str!("addons.txt")
            .lines()
            .filter_map(|path| Some(path.split_once('/')?.0))
            .chain(["libs", "fonts"])
            .collect();
        folders.dedup();
        folders
    });
    FOLDERS.contains(&name)
}
