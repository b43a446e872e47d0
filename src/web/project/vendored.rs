//! Scripts that others wrote: recognised, named, and left out.
//!
//! A script is left out for what is in it, or for its name where that can mean nothing else. In this order:
//!
//! 1. `*.min.js`, and what stands in `bower_components`, `third_party`, `site-packages` and the like.
//! 2. Builds of three.js (`three.module.js` that speaks of its `REVISION`) and copies of its addons: a file with the name
//!    of an addon that defines what the addon defines, imports nothing else but three.js and its neighbours, and either
//!    stands in a folder for addons (`jsm/loaders/`, `examples/js/`), or one for libraries, or is in three.js's own
//!    manner of spacing (`new Vector3( 0, 1, 0 )`).
//! 3. Code that a minifier, a bundler or a compiler wrote: most of it in long lines dense with keywords, or the loader
//!    of Webpack, or a name with a hash over code without spaces, or the preamble of Emscripten.
//! 4. In a folder `vendor`: plain JavaScript that imports nothing from outside of it. A shop's `pages/vendor/` does.
//! 5. A file with the name of a well-known library and that library's licence banner or universal wrapper; any file
//!    with such a wrapper behind a banner with a licence and a version.
//!
//! A file of the project that merely has a long table of numbers, a banner, or the name of an addon is read.

use std::sync::LazyLock;

use regex::Regex;

use super::{
    library::{Library, is_build_of_three, of_revision},
    path::{file_name, join, parent},
};
use crate::web::{
    syntax::{Language, document::FileKind},
    three::addons,
};

/// Why a script is left out, and of which library it is a copy, if that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) reason: &'static str,
    pub(super) library: Option<Library>,
}

impl Verdict {
    fn new(reason: &'static str, library: Option<Library>) -> Self {
        Self { reason, library }
    }
}

/// Whether others wrote a script; none if the project did.
pub(super) fn judge(path: &str, kind: FileKind, text: &str) -> Option<Verdict> {
    if kind != FileKind::Script(Language::JavaScript) {
        return None;
    }
    copy_of_three(path, text)
        .or_else(|| by_name(path).map(|reason| Verdict::new(reason, known_library(path, text))))
        .or_else(|| by_content(path, text).map(|reason| Verdict::new(reason, known_library(path, text))))
        .or_else(|| by_banner(path, text))
}

fn by_name(path: &str) -> Option<&'static str> {
    const FOLDERS: [&str; 8] = [
        "bower_components",
        "node_modules",
        "third_party",
        "third-party",
        "thirdparty",
        "3rdparty",
        "jspm_packages",
        "site-packages",
    ];
    static MINIFIED: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?i)[.-]min\.[mc]?js$").expect("a valid expression"));
    if parent(path).split('/').any(|folder| FOLDERS.contains(&folder)) {
        return Some("third-party folder");
    }
    MINIFIED.is_match(path).then_some("minified")
}

fn by_content(path: &str, text: &str) -> Option<&'static str> {
    // Rollup numbers a name that two of its modules have: https://rollupjs.org/configuration-options/#output-format
    static RENAMED: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r#"(?m)^import \* as \w+\$\d+ from ['"]"#).expect("a valid expression"));
    if is_minified(text) {
        return Some("minified");
    }
    let head = head(text, 4096);
    if head.starts_with("/******/")
        || head.contains("webpackBootstrap")
        || head.contains("__webpack_modules__")
        || head.contains("var __webpack_require__")
        || RENAMED.is_match(head)
    {
        return Some("bundle");
    }
    if is_chunk(path, text) {
        return Some("bundle");
    }
    if text.contains("emscripten") && text.contains("var Module") && text.contains("HEAPU8") {
        return Some("compiled");
    }
    let is_vendor = |folder: &str| matches!(folder, "vendor" | "vendors" | "vendored");
    let depth = parent(path).split('/').position(is_vendor)?;
    let folder: Vec<&str> = path.split('/').take(depth + 1).collect();
    let stays_within = imports(text).all(|import| {
        !import.starts_with('.')
            || join(parent(path), import).is_some_and(|target| target.starts_with(&folder.join("/")))
    });
    (stays_within && !text.contains("</")).then_some("vendor folder")
}

/// Whether a script is a part that a bundler wrote: it has a hash in its name, and no space where people put one.
fn is_chunk(path: &str, text: &str) -> bool {
    static HASHED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:[-.][\w-]{8}|\.[0-9a-f]{7,20}(?:\.chunk)?)\.[mc]?js$").expect("a valid expression")
    });
    static DENSE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"\b(?:import|export)\{|\}from["']|\bimport["']|\(self\.\w+=self"#)
            .expect("a valid expression")
    });
    let name = file_name(path);
    HASHED.is_match(name)
        && name.contains(|letter: char| letter.is_ascii_digit() || letter.is_ascii_uppercase())
        && DENSE.is_match(text)
}

/// Whether most of a script stands in long lines that are code: a table of numbers or an image as text is none.
fn is_minified(text: &str) -> bool {
    const LONG: usize = 500;
    static KEYWORD: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\b(?:function|return|var|const|let|typeof|void 0|this)\b|=>")
            .expect("a valid expression")
    });
    let long: Vec<&str> = text.lines().filter(|line| line.len() > LONG).collect();
    let bytes: usize = long.iter().map(|line| line.len()).sum();
    if bytes < 1000 || bytes * 2 < text.len() {
        return false;
    }
    let keywords: usize = long
        .iter()
        .map(|line| KEYWORD.find_iter(line).take(1 + line.len() / 200).count())
        .sum();
    keywords * 400 >= bytes.min(1 << 20)
}

/// The specifiers of a script's `import` and `require`, by their text.
fn imports(text: &str) -> impl Iterator<Item = &str> {
    static IMPORT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?:\bfrom\s*|\bimport\s*|\brequire\s*\(\s*|\bimport\s*\(\s*)["']([^"'\n]+)["']"#)
            .expect("a valid expression")
    });
    IMPORT
        .captures_iter(text)
        .filter_map(|found| found.get(1).map(|specifier| specifier.as_str()))
}

fn head(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn copy_of_three(path: &str, text: &str) -> Option<Verdict> {
    if is_build_of_three(path) && (text.contains("REVISION") || text.contains("__THREE__")) {
        let version = revision(text);
        let library = Library::new("three", file_name(path), version.as_deref());
        return Some(Verdict::new("copy of three", Some(library)));
    }
    let library = |addon: &str| Library::new("three", &format!("addons/{addon}"), None);
    let name = file_name(path).split('.').next().unwrap_or_default();
    if let Some(addon) = addon_by_path(path)
        && (addon.contains("libs/") || of_addons_alone(text) || defines(text, name))
    {
        return Some(Verdict::new(
            "copy of three",
            Some(Library::new("three", &addon, None)),
        ));
    }
    let addon = addons::addon(file_name(path))?;
    let is_proven = is_for_libraries(parent(path)) || has_their_spacing(text);
    (is_proven && of_addons_alone(text) && defines(text, name))
        .then(|| Verdict::new("copy of three", Some(library(addon))))
}

/// The path of an addon as a library's, if the folders of a file say that it is one: `…/jsm/loaders/X.js`,
/// `…/examples/js/loaders/X.js`.
pub(super) fn addon_by_path(path: &str) -> Option<String> {
    let parts: Vec<&str> = path.split('/').collect();
    let begins = |at: usize| {
        let name = parts[at];
        let before = at.checked_sub(1).map(|before| parts[before]);
        let is_folder = name == "jsm"
            || name == "addons" && before == Some("three")
            || name == "js" && before == Some("examples");
        is_folder
            && parts
                .get(at + 1)
                .is_some_and(|inner| addons::is_addon_folder(inner) || addons::addon(inner) == Some(inner))
    };
    let at = (0..parts.len()).rev().find(|at| begins(*at))?;
    Some(format!("addons/{}", parts[at + 1..].join("/")))
}

/// Whether a folder is for scripts of others by one of its names. What stands there still has to look like it.
fn is_for_libraries(folder: &str) -> bool {
    folder.split('/').any(|name| {
        matches!(
            name,
            "lib"
                | "libs"
                | "vendor"
                | "vendors"
                | "three"
                | "threejs"
                | "three.js"
                | "external"
                | "addons"
                | "jsm"
        )
    })
}

/// Whether a script imports nothing but three.js and files beside it, as its addons do.
fn of_addons_alone(text: &str) -> bool {
    imports(text).all(|import| {
        let is_three = import == "three"
            || import.starts_with("three/")
            || is_build_of_three(import)
            || import.contains("//") && import.contains("three");
        let stem = file_name(import);
        is_three
            || import.starts_with('.') && (addons::addon(stem).is_some() || import.contains("libs/"))
            || !import.starts_with('.') && import.starts_with("https://")
    })
}

/// Whether a script defines an addon as three.js does: by an export, or as a property of `THREE`.
fn defines(text: &str, name: &str) -> bool {
    let exported = Regex::new(&format!(
        r"export\s*\{{[^}}]*\b{0}\b|export\s+(?:default\s+)?(?:class|function|const|let|var)\s+{0}\b|THREE\.{0}\s*=",
        regex::escape(name)
    ));
    exported.is_ok_and(|exported| exported.is_match(text))
}

/// Whether calls have spaces inside of their parentheses, as three.js's style has and formatters remove
/// (<https://github.com/mrdoob/eslint-config-mdcs>).
fn has_their_spacing(text: &str) -> bool {
    let count = |part: &str| text.matches(part).count();
    let (spaced, all) = (count("( "), count("("));
    let empty = count("()");
    all > empty && spaced * 10 >= (all - empty) * 7
}

/// The release that a build of three.js says it is. Minified, the number is that of a short name.
fn revision(text: &str) -> Option<String> {
    static PLAIN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"REVISION\s*[:=]\s*["'](\d{2,3})(?:dev)?["']"#).expect("a valid expression")
    });
    static SHORT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?:const|var|let|,)\s*\w{1,3}\s*=\s*["'](\d{2,3})(?:dev)?["']"#)
            .expect("a valid expression")
    });
    let found = PLAIN
        .captures(text)
        .or_else(|| SHORT.captures(head(text, 8192)))?;
    Some(of_revision(&found[1]))
}

/// Well-known libraries that are copied into trees: the stem of their files and their package.
const KNOWN: [(&str, &str); 46] = [
    ("ammo", "ammo.js"),
    ("angular", "angular"),
    ("axios", "axios"),
    ("backbone", "backbone"),
    ("bootstrap", "bootstrap"),
    ("cannon", "cannon"),
    ("cannon-es", "cannon-es"),
    ("chart", "chart.js"),
    ("d3", "d3"),
    ("dat.gui", "dat.gui"),
    ("dat-gui", "dat.gui"),
    ("es-module-shims", "es-module-shims"),
    ("fflate", "fflate"),
    ("gsap", "gsap"),
    ("hammer", "hammerjs"),
    ("highlight", "highlight.js"),
    ("howler", "howler"),
    ("htmx", "htmx.org"),
    ("jquery", "jquery"),
    ("jquery-ui", "jquery-ui"),
    ("katex", "katex"),
    ("leaflet", "leaflet"),
    ("lil-gui", "lil-gui"),
    ("lodash", "lodash"),
    ("marked", "marked"),
    ("mermaid", "mermaid"),
    ("modernizr", "modernizr"),
    ("moment", "moment"),
    ("oimo", "oimo"),
    ("p5", "p5"),
    ("plotly", "plotly.js"),
    ("popper", "popper.js"),
    ("prism", "prismjs"),
    ("react", "react"),
    ("react-dom", "react-dom"),
    ("redoc.standalone", "redoc"),
    ("require", "requirejs"),
    ("socket.io", "socket.io-client"),
    ("stats", "stats.js"),
    ("swagger-ui-bundle", "swagger-ui-dist"),
    ("tween", "@tweenjs/tween.js"),
    ("tweenmax", "gsap"),
    ("underscore", "underscore"),
    ("vue", "vue"),
    ("vuex", "vuex"),
    ("zepto", "zepto"),
];

/// The library that a file which is known to be of others is, by its name.
fn known_library(path: &str, text: &str) -> Option<Library> {
    let stem = stem(path);
    let (_, package) = KNOWN.iter().find(|(name, _)| *name == stem)?;
    Some(Library::new(package, "", banner_version(text)))
}

/// A file's name without endings and version: `jquery-3.6.0.slim.min.js` → `jquery`.
fn stem(path: &str) -> String {
    static ENDING: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?i)(?:[.-](?:min|module|esm|es|umd|iife|global|prod|production|development|bundle|slim|full|all|pkgd|common|runtime|browser|wasm|cjs|mjs|js)|[.-]v?\d+(?:\.\d+)*)+$",
        )
        .expect("a valid expression")
    });
    ENDING.replace(file_name(path), "").to_ascii_lowercase()
}

fn banner_version(text: &str) -> Option<&str> {
    static VERSION: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\bv?(\d+\.\d+\.\d+(?:-[\w.]+)?)\b").expect("a valid expression"));
    Some(VERSION.captures(head(banner(text)?, 500))?.get(1)?.as_str())
}

/// The comment that a script begins with.
fn banner(text: &str) -> Option<&str> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let text = text
        .trim_start_matches("\"use strict\";")
        .trim_start_matches("'use strict';")
        .trim_start();
    if let Some(comment) = text.strip_prefix("/*") {
        return comment.split("*/").next();
    }
    text.starts_with("//").then(|| text.lines().next()).flatten()
}

/// <https://github.com/umdjs/umd>
fn has_universal_wrapper(text: &str) -> bool {
    let head: String = head(text, 6000).split_whitespace().collect();
    let amd = head.contains("define.amd");
    let common =
        head.contains("typeofexports") || head.contains("typeofmodule") || head.contains("module.exports");
    amd && common
}

fn by_banner(path: &str, text: &str) -> Option<Verdict> {
    static LICENCE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)@licen[sc]e|@preserve|\blicen[sc]ed?\b|copyright|\(c\)|spdx")
            .expect("a valid expression")
    });
    let banner = banner(text).unwrap_or_default();
    let has_licence = LICENCE.is_match(head(banner, 2000));
    let wrapped = has_universal_wrapper(text);
    let stem = stem(path);
    if let Some((_, package)) = KNOWN.iter().find(|(name, _)| *name == stem) {
        let word = package
            .trim_end_matches(".js")
            .rsplit('/')
            .next()
            .unwrap_or(package);
        let is_named = banner.to_lowercase().contains(&word.to_lowercase());
        if wrapped || is_named && (has_licence || banner_version(text).is_some()) {
            let library = Library::new(package, "", banner_version(text));
            return Some(Verdict::new("copy of a library", Some(library)));
        }
    }
    (wrapped && has_licence && banner_version(text).is_some())
        .then(|| Verdict::new("copy of a library", None))
}
