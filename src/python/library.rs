//! Models of libraries: Python modules, written for this project, that say what a library does to values.
//!
//! They are interpreted like analysed code, so that subclasses, overrides and `super()` work on them as on the
//! real thing. What Python cannot say is in `natives` and imported from `__arch__`.

/// The folder under which analysed files stand in `__file__`.
pub const ROOT: &str = "/repository";

/// A module of a library model.
#[derive(Clone, Copy, Debug)]
pub struct LibraryModule {
    /// Dotted name.
    pub name: &'static str,
    /// Place in the model library.
    pub path: &'static str,
    /// The text.
    pub text: &'static str,
    /// Whether it is a package.
    pub is_package: bool,
}

macro_rules! modules {
    ($($name:literal $path:literal,)*) => {
        &[$(LibraryModule {
            name: $name,
            path: $path,
            text: include_str!(concat!("library/", $path)),
            is_package: is_package($path),
        }),*]
    };
}

const fn is_package(path: &str) -> bool {
    let (path, end) = (path.as_bytes(), b"__init__.py");
    if path.len() < end.len() {
        return false;
    }
    let mut index = 0;
    while index < end.len() {
        if path[path.len() - end.len() + index] != end[index] {
            return false;
        }
        index += 1;
    }
    true
}

/// All modelled modules.
const MODULES: &[LibraryModule] = modules! {
    "typing" "stdlib/typing.py",
};

/// The model of a module.
#[must_use]
pub fn find(name: &str) -> Option<LibraryModule> {
    MODULES.iter().find(|module| module.name == name).copied()
}

/// Whether a module belongs to a library that is modelled, whether or not this part of it is.
#[must_use]
pub fn is_modelled(name: &str) -> bool {
    let top = name.split('.').next().unwrap_or(name);
    MODULES.iter().any(|module| module.name.split('.').next() == Some(top))
}
