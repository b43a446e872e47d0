//! Source of libraries beside the analysed tree: a virtual environment, a folder of vendored packages, a checkout.

use std::fmt;
use std::path::{Path, PathBuf};

use super::tree::{Tree, join};

/// What the paths of libraries begin with. No folder of a project is called so.
const PREFIX: &str = "<libraries>";

/// Folders that hold source of libraries. Nothing is read before it is asked for, and nothing outside of them, links included.
#[derive(Debug, Default)]
pub struct Libraries {
    folders: Vec<Tree>,
}

impl Libraries {
    /// The libraries in these folders, the first of equal names first.
    ///
    /// # Errors
    /// When one does not exist.
    pub fn open(folders: &[PathBuf]) -> anyhow::Result<Self> {
        let trees = folders.iter().map(|folder| Ok(Tree::new(folder)?));
        Ok(Self {
            folders: trees.collect::<anyhow::Result<_>>()?,
        })
    }

    /// The import roots that hold a top-level module, in order.
    #[must_use]
    pub fn import_roots(&self, top_level: &str) -> Vec<String> {
        let folders = self.folders.iter().enumerate();
        let roots = folders.flat_map(|(index, tree)| {
            // A checkout often keeps its packages in `src`.
            let holding = ["", "src"].into_iter().find(|root| holds(tree, root, top_level));
            holding.map(|root| {
                join(&format!("{PREFIX}/{index}"), root)
                    .trim_end_matches('/')
                    .to_owned()
            })
        });
        roots.collect()
    }

    /// Why a package that is there is not read: it is a link that leads out of the folder.
    #[must_use]
    pub fn refused(&self, top_level: &str) -> Option<String> {
        let names = [top_level.to_owned(), format!("{top_level}.py")];
        let leads_out = |tree: &Tree| names.iter().any(|name| tree.leads_outside(name));
        self.folders.iter().any(leads_out).then(|| {
            format!(
                "`{top_level}` is a link that leads out of the folder of libraries, so it was not read; \
                 copy it there, or add the folder that it leads to to `libraries`"
            )
        })
    }

    /// The folder that a path of a library leads to, and the path in it.
    #[must_use]
    pub fn place<'a>(&'a self, path: &'a str) -> Option<(&'a Tree, &'a str)> {
        let inner = path.strip_prefix(PREFIX)?.strip_prefix('/')?;
        let (index, inner) = inner.split_once('/').unwrap_or((inner, ""));
        let tree = self.folders.get(index.parse::<usize>().ok()?)?;
        Some((tree, inner))
    }
}

fn holds(tree: &Tree, root: &str, module: &str) -> bool {
    let base = join(root, module);
    tree.is_file(&format!("{base}.py")) || tree.is_file(&format!("{base}.pyi")) || tree.is_dir(&base)
}

/// Why a folder is not one of libraries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LibraryError {
    /// There is nothing of this path.
    Missing {
        /// The path as written.
        written: String,
    },
    /// It is a file.
    File {
        /// The path as written.
        written: String,
    },
    /// It is a virtual environment without packages.
    Empty {
        /// The path as written.
        written: String,
    },
}

impl LibraryError {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match self {
            Self::Missing { .. } => {
                "create it, e.g. with `python -m venv` and `pip install`, or name another"
            }
            Self::File { .. } => "name the directory that holds the packages, such as `site-packages`",
            Self::Empty { .. } => "install the project's requirements there",
        }
    }
}

impl fmt::Display for LibraryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { written } => write!(f, "there is no directory `{written}` for `libraries`"),
            Self::File { written } => write!(f, "`{written}`, named for `libraries`, is a file"),
            Self::Empty { written } => {
                write!(f, "the virtual environment `{written}` has no `site-packages`")
            }
        }
    }
}

impl std::error::Error for LibraryError {}

/// The folder with the packages, absolute: of a [virtual environment](https://docs.python.org/3/library/venv.html) its
/// `site-packages`, else the folder itself. `written` is from `base`.
///
/// # Errors
/// When it is not there.
pub fn library_folder(base: &Path, written: &str) -> Result<PathBuf, LibraryError> {
    let written_path = written.to_owned();
    let Ok(folder) = base.join(written).canonicalize() else {
        return Err(LibraryError::Missing {
            written: written_path,
        });
    };
    if !folder.is_dir() {
        return Err(LibraryError::File {
            written: written_path,
        });
    }
    if !folder.join("pyvenv.cfg").is_file() {
        return Ok(folder);
    }
    site_packages(&folder).ok_or(LibraryError::Empty {
        written: written_path,
    })
}

/// `lib/python3.12/site-packages`, on Windows `Lib/site-packages`.
fn site_packages(environment: &Path) -> Option<PathBuf> {
    let windows = environment.join("Lib/site-packages");
    if windows.is_dir() {
        return Some(windows);
    }
    let mut found: Vec<PathBuf> = std::fs::read_dir(environment.join("lib"))
        .ok()?
        .flatten()
        .map(|entry| entry.path().join("site-packages"))
        .filter(|path| path.is_dir())
        .collect();
    found.sort();
    found.pop()
}

#[cfg(test)]
mod tests {
    use super::{Libraries, library_folder};

    fn written(folder: &std::path::Path, path: &str, text: &str) {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("created");
        std::fs::write(path, text).expect("written");
    }

    #[test]
    fn a_virtual_environment_means_its_packages() {
        let directory = tempfile::tempdir().expect("a directory");
        let top = directory.path();
        written(top, "venv/pyvenv.cfg", "");
        let error = library_folder(top, "venv").expect_err("empty");
        assert_eq!(
            error.to_string(),
            "the virtual environment `venv` has no `site-packages`"
        );
        written(top, "venv/lib/python3.12/site-packages/shapes/__init__.py", "");
        let folder = library_folder(top, "venv").expect("found");
        assert!(folder.ends_with("venv/lib/python3.12/site-packages"));
        let error = library_folder(top, "vendor").expect_err("missing");
        assert_eq!(
            error.to_string(),
            "there is no directory `vendor` for `libraries`"
        );
        let error = library_folder(top, "venv/pyvenv.cfg").expect_err("a file");
        assert_eq!(
            error.to_string(),
            "`venv/pyvenv.cfg`, named for `libraries`, is a file"
        );
    }

    #[test]
    fn the_first_folder_that_holds_a_package_is_tried_first() {
        let directory = tempfile::tempdir().expect("a directory");
        let top = directory.path();
        written(top, "one/shapes/__init__.py", "1");
        written(top, "two/src/shapes/__init__.py", "2");
        let libraries = Libraries::open(&[top.join("one"), top.join("two")]).expect("open");
        assert_eq!(
            libraries.import_roots("shapes"),
            ["<libraries>/0", "<libraries>/1/src"]
        );
        assert_eq!(libraries.import_roots("colours"), <[&str; 0]>::default());
        let (tree, path) = libraries
            .place("<libraries>/1/src/shapes/__init__.py")
            .expect("a place");
        assert_eq!(tree.text(path).as_deref(), Some("2"));
        assert!(libraries.place("shapes/__init__.py").is_none());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_out_is_not_followed() {
        let directory = tempfile::tempdir().expect("a directory");
        let top = directory.path();
        written(top, "elsewhere/shapes/__init__.py", "secret");
        written(top, "libs/colours.py", "");
        std::os::unix::fs::symlink(top.join("elsewhere/shapes"), top.join("libs/shapes")).expect("linked");
        let libraries = Libraries::open(&[top.join("libs")]).expect("open");
        assert_eq!(libraries.import_roots("shapes"), <[&str; 0]>::default());
        assert_eq!(libraries.import_roots("colours"), ["<libraries>/0"]);
        assert!(libraries.refused("shapes").is_some() && libraries.refused("colours").is_none());
    }
}
