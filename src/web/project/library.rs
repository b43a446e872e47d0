//! Libraries by the names and addresses that they are imported with.

use std::sync::LazyLock;

use ecow::EcoString;
use regex::Regex;

use super::path::file_name;

/// A library, or a file of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Library {
    /// Name of the package, e.g. `three`, `@react-three/fiber`; `node:fs` for a part of Node; the address itself of a
    /// script from elsewhere that no package registry's mirror serves.
    pub package: EcoString,
    /// The path within it, e.g. `addons/loaders/GLTFLoader.js`; empty for the package itself. The addons of three.js
    /// stand below `addons/` whichever way they are reached.
    pub path: EcoString,
    /// The version, where the address or the copy says it.
    pub version: Option<EcoString>,
}

impl Library {
    /// A package's file.
    #[must_use]
    pub fn new(package: &str, path: &str, version: Option<&str>) -> Self {
        let mut library = Self {
            package: package.into(),
            path: path.trim_matches('/').into(),
            version: version.filter(|version| !version.is_empty()).map(EcoString::from),
        };
        if package == "three" {
            library.path = three_path(&library.path);
        }
        library
    }

    /// By a bare specifier, e.g. `@react-three/drei/core`, `npm:three@0.170/addons/x.js`.
    #[must_use]
    pub fn of_specifier(specifier: &str) -> Self {
        if let Some(rest) = specifier
            .strip_prefix("npm:")
            .or_else(|| specifier.strip_prefix("jsr:"))
        {
            return Self::of_versioned(rest.trim_start_matches('/'));
        }
        if let Some(name) = specifier.strip_prefix("node:") {
            return Self::new(&format!("node:{name}"), "", None);
        }
        let (package, path) = split(specifier);
        Self::new(package, path, None)
    }

    /// By `package@version/path`.
    fn of_versioned(text: &str) -> Self {
        let (package, path) = split(text);
        let at = package.char_indices().skip(1).find(|(_, letter)| *letter == '@');
        let (package, version) = match at {
            Some((at, _)) => (&package[..at], Some(&package[at + 1..])),
            None => (package, None),
        };
        Self::new(package, path, version)
    }

    /// By the address of a script from elsewhere.
    #[must_use]
    pub fn of_address(address: &str) -> Self {
        let address = address.split(['?', '#']).next().unwrap_or(address);
        let rest = address.split_once("//").map_or(address, |(_, rest)| rest);
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        mirrored(host, path)
            .or_else(|| build_of_three(path))
            .unwrap_or_else(|| Self {
                package: address.into(),
                path: EcoString::new(),
                version: None,
            })
    }
}

/// `@scope/name/path` → `@scope/name`, `path`.
fn split(specifier: &str) -> (&str, &str) {
    let names = if specifier.starts_with('@') { 2 } else { 1 };
    let end = specifier
        .match_indices('/')
        .nth(names - 1)
        .map_or(specifier.len(), |(at, _)| at);
    (&specifier[..end], specifier[end..].trim_start_matches('/'))
}

/// The mirrors of the npm registry and their paths: <https://www.jsdelivr.com/documentation>, <https://unpkg.com>,
/// <https://esm.sh>, <https://docs.skypack.dev>, <https://cdnjs.com>.
fn mirrored(host: &str, path: &str) -> Option<Library> {
    match host {
        "unpkg.com" | "www.unpkg.com" | "cdn.skypack.dev" | "jspm.dev" => {
            let path = path.strip_prefix("new/").unwrap_or(path);
            Some(Library::of_versioned(path.strip_prefix("pin/").unwrap_or(path)))
        }
        "esm.sh" | "esm.run" | "esm.unpkg.com" => {
            let path = path.trim_start_matches('*');
            static BUILD: LazyLock<Regex> =
                LazyLock::new(|| Regex::new(r"^(?:stable|v\d+)/").expect("a valid expression"));
            Some(Library::of_versioned(&BUILD.replace(path, "")))
        }
        "ga.jspm.io" | "fastly.jsdelivr.net" | "cdn.jsdelivr.net" | "gcore.jsdelivr.net" => of_jsdelivr(path),
        "cdnjs.cloudflare.com" => of_cdnjs(path.strip_prefix("ajax/libs/")?),
        "ajax.googleapis.com" => of_cdnjs(path.strip_prefix("ajax/libs/")?),
        _ => None,
    }
}

fn of_jsdelivr(path: &str) -> Option<Library> {
    let path = path.trim_end_matches("/+esm");
    if let Some(package) = path.strip_prefix("npm/").or_else(|| path.strip_prefix("npm:")) {
        return Some(Library::of_versioned(package));
    }
    let repository = path.strip_prefix("gh/")?;
    let mut parts = repository.splitn(3, '/');
    let (owner, name, path) = (parts.next()?, parts.next()?, parts.next().unwrap_or_default());
    let (name, version) = name
        .split_once('@')
        .map_or((name, None), |(name, version)| (name, Some(version)));
    if name == "three.js" {
        return Some(Library::new("three", path, version.map(of_revision).as_deref()));
    }
    Some(Library::new(&format!("{owner}/{name}"), path, version))
}

/// `name/version/path`.
fn of_cdnjs(path: &str) -> Option<Library> {
    let mut parts = path.splitn(3, '/');
    let (name, version, path) = (parts.next()?, parts.next()?, parts.next()?);
    if matches!(name, "three.js" | "threejs") {
        return Some(Library::new("three", path, Some(&of_revision(version))));
    }
    Some(Library::new(name, path, Some(version)))
}

/// A script that is a build or an addon of three.js by its path, wherever it comes from.
fn build_of_three(path: &str) -> Option<Library> {
    if is_build_of_three(path) {
        return Some(Library::new("three", "", revision_in(path).as_deref()));
    }
    let addon = addon_path(path)?;
    Some(Library::new("three", addon, revision_in(path).as_deref()))
}

/// Whether a file is a build of three.js by its name
/// (<https://github.com/mrdoob/three.js/tree/dev/build>).
pub(super) fn is_build_of_three(path: &str) -> bool {
    static BUILD: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?i)^three(?:js)?(?:[.-]r?\d[\d.]*)?(?:[.-](?:module|core|webgpu|tsl|nodes|cjs|global|legacy))*(?:[.-]r?\d[\d.]*)?(?:[.-]min)?\.[mc]?js$",
        )
        .expect("a valid expression")
    });
    BUILD.is_match(file_name(path))
}

/// The path of an addon, if the folders say that the file is one: `…/examples/jsm/loaders/X.js` → `addons/loaders/X.js`.
fn addon_path(path: &str) -> Option<&str> {
    ["examples/jsm/", "examples/js/", "three/addons/"]
        .iter()
        .find_map(|folder| path.match_indices(folder).next().map(|(at, _)| &path[at..]))
}

/// A path within the package, with the addons below `addons/` and the builds of the library being the library
/// (<https://github.com/mrdoob/three.js/blob/dev/package.json>, `exports`).
fn three_path(path: &str) -> EcoString {
    for folder in [
        "three/addons/",
        "examples/jsm/",
        "examples/js/",
        "examples/fonts/",
        "addons/",
    ] {
        if let Some(rest) = path.strip_prefix(folder) {
            let kept = if folder == "examples/fonts/" { "fonts/" } else { "" };
            return EcoString::from(format!("addons/{kept}{rest}"));
        }
    }
    let is_whole = is_build_of_three(path) || matches!(path, "src/Three.js" | "src/Three" | "build");
    match path {
        "build/three.webgpu.js" | "build/three.webgpu.min.js" => "webgpu".into(),
        "build/three.tsl.js" | "build/three.tsl.min.js" => "tsl".into(),
        _ if is_whole => EcoString::new(),
        path => path.into(),
    }
}

/// A release of three.js as a version: `r128` and `128` are `0.128`
/// (<https://github.com/mrdoob/three.js/releases>).
pub(super) fn of_revision(revision: &str) -> String {
    let number = revision.trim_start_matches('r');
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    if is_number {
        format!("0.{number}")
    } else {
        revision.to_owned()
    }
}

/// A release that is a part of a path: `/r128/`, `three.r128.min.js`.
fn revision_in(path: &str) -> Option<String> {
    static REVISION: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:^|[/.@-])(r\d{2,3}|0\.\d{2,3}(?:\.\d+)?)(?:[/.-]|$)").expect("a valid expression")
    });
    REVISION.captures(path).map(|found| of_revision(&found[1]))
}

/// Modules that Node brings itself (<https://nodejs.org/api/>), as they are imported without `node:`.
pub(super) fn is_builtin(package: &str, path: &str) -> bool {
    const PARTS: [&str; 8] = [
        "",
        "promises",
        "posix",
        "win32",
        "web",
        "strict",
        "types",
        "consumers",
    ];
    const BUILTIN: [&str; 37] = [
        "assert",
        "async_hooks",
        "buffer",
        "child_process",
        "cluster",
        "console",
        "constants",
        "crypto",
        "dgram",
        "diagnostics_channel",
        "dns",
        "domain",
        "events",
        "fs",
        "http",
        "http2",
        "https",
        "inspector",
        "module",
        "net",
        "os",
        "path",
        "perf_hooks",
        "process",
        "punycode",
        "querystring",
        "readline",
        "stream",
        "string_decoder",
        "timers",
        "tls",
        "tty",
        "url",
        "util",
        "vm",
        "worker_threads",
        "zlib",
    ];
    BUILTIN.contains(&package) && PARTS.contains(&path)
}
