//! The files of a worktree below a root.

mod walk;

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rustc_hash::FxHashMap;

/// Files beyond this many bytes are data, not source, and are not read.
pub const MAX_BYTES: u64 = 5 << 20;

/// The files below a root. Nothing outside of it is seen, links included.
///
/// Paths are relative to the root, with `/` between their parts; the root itself is the empty path. What is asked for
/// by path is looked up in folder listings, each read once; the whole tree is walked only for [`Tree::files`].
#[derive(Debug)]
pub struct Tree {
    root: PathBuf,
    canonical: PathBuf,
    max_bytes: u64,
    folders: Mutex<FxHashMap<String, Option<Arc<Folder>>>>,
    walked: OnceLock<Vec<String>>,
    walked_with_hidden: OnceLock<Vec<String>>,
}

/// The entries of a folder by name.
type Folder = BTreeMap<String, Kind>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    File,
    Folder,
}

/// Why a file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// There is no file of this path inside the root.
    Missing {
        /// The path asked for.
        path: String,
    },
    /// The file is larger than the limit.
    TooLarge {
        /// The path asked for.
        path: String,
        /// Its size.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
    /// The system refuses.
    Refused {
        /// The path asked for.
        path: String,
        /// Its reason.
        reason: String,
    },
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { path } => write!(f, "there is no file `{path}` inside the root"),
            Self::TooLarge { path, bytes, limit } => {
                write!(
                    f,
                    "`{path}` has {bytes} bytes, more than the {limit} that are read"
                )
            }
            Self::Refused { path, reason } => write!(f, "`{path}` cannot be read: {reason}"),
        }
    }
}

impl std::error::Error for ReadError {}

impl Tree {
    /// The tree below a folder.
    ///
    /// # Errors
    /// When the folder does not exist.
    pub fn new(root: &Path) -> Result<Self, ReadError> {
        let path = root.display().to_string();
        let canonical = match root.canonicalize() {
            Ok(canonical) if canonical.is_dir() => canonical,
            Ok(_) => return Err(ReadError::Missing { path }),
            Err(error) => {
                return Err(ReadError::Refused {
                    path,
                    reason: error.to_string(),
                });
            }
        };
        Ok(Self {
            root: root.to_owned(),
            canonical,
            max_bytes: MAX_BYTES,
            folders: Mutex::default(),
            walked: OnceLock::new(),
            walked_with_hidden: OnceLock::new(),
        })
    }

    /// The same tree with another limit for the size of a file.
    #[must_use]
    pub fn with_max_bytes(mut self, max_bytes: u64) -> Self {
        self.max_bytes = max_bytes;
        self
    }

    /// The folder that the tree stands in, as it was given.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// When it is missing, outside of the root, too large, or refused by the system.
    pub fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        if !self.is_file(path) {
            return Err(ReadError::Missing {
                path: path.to_owned(),
            });
        }
        let refused = |error: std::io::Error| ReadError::Refused {
            path: path.to_owned(),
            reason: error.to_string(),
        };
        let file = fs::File::open(self.canonical.join(path)).map_err(refused)?;
        let bytes = file.metadata().map_err(refused)?.len();
        if bytes > self.max_bytes {
            return Err(ReadError::TooLarge {
                path: path.to_owned(),
                bytes,
                limit: self.max_bytes,
            });
        }
        let mut content = Vec::with_capacity(bytes as usize);
        // The file may grow while it is read.
        file.take(self.max_bytes)
            .read_to_end(&mut content)
            .map_err(refused)?;
        Ok(content)
    }

    /// The text of a file; bytes that are not UTF-8 are replaced.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<String> {
        self.read(path)
            .ok()
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    }

    /// The size of a file in bytes.
    #[must_use]
    pub fn size(&self, path: &str) -> Option<u64> {
        self.is_file(path)
            .then(|| fs::metadata(self.canonical.join(path)).ok())
            .flatten()
            .map(|metadata| metadata.len())
    }

    /// Whether a file or folder of this path exists, upper and lower case told apart on every system.
    #[must_use]
    pub fn exists(&self, path: &str) -> bool {
        self.kind(path).is_some()
    }

    /// Whether a file of this path exists.
    #[must_use]
    pub fn is_file(&self, path: &str) -> bool {
        self.kind(path) == Some(Kind::File)
    }

    /// Whether a folder of this path exists.
    #[must_use]
    pub fn is_dir(&self, path: &str) -> bool {
        self.kind(path) == Some(Kind::Folder)
    }

    /// The names in a folder, sorted; none if there is no such folder.
    #[must_use]
    pub fn list(&self, path: &str) -> Vec<String> {
        self.folder(path)
            .map(|folder| folder.keys().cloned().collect())
            .unwrap_or_default()
    }

    /// The paths of the folders directly in a folder, sorted.
    #[must_use]
    pub fn folders(&self, path: &str) -> Vec<String> {
        let Some(folder) = self.folder(path) else {
            return Vec::new();
        };
        let folders = folder.iter().filter(|(_, kind)| **kind == Kind::Folder);
        folders.map(|(name, _)| join(path, name)).collect()
    }

    /// Every file that belongs to the project, sorted: the tree is walked once, without what git ignores, hidden
    /// files, links, and folders of dependencies and build results.
    #[must_use]
    pub fn files(&self) -> &[String] {
        self.walked.get_or_init(|| walk::files(&self.canonical))
    }

    /// As [`Tree::files`], with hidden files such as `.env.example` and the hidden folders that say how a project is
    /// built and run, such as `.github`.
    #[must_use]
    pub fn files_with_hidden(&self) -> &[String] {
        self.walked_with_hidden
            .get_or_init(|| walk::files_with_hidden(&self.canonical))
    }

    /// Whether there is a link of this path that leads out of the root, so that it counts as missing.
    #[must_use]
    pub fn leads_outside(&self, path: &str) -> bool {
        let link = fs::symlink_metadata(self.canonical.join(path));
        link.is_ok_and(|link| link.is_symlink()) && self.is_dir(parent(path)) && !self.exists(path)
    }

    fn kind(&self, path: &str) -> Option<Kind> {
        if path.is_empty() {
            return Some(Kind::Folder);
        }
        let (parent, name) = path.rsplit_once('/').unwrap_or(("", path));
        self.folder(parent)?.get(name).copied()
    }

    /// A folder's entries, from the listing of its parent downwards: a path with `..` has no entry there.
    fn folder(&self, path: &str) -> Option<Arc<Folder>> {
        if let Some(known) = self.lock().get(path) {
            return known.clone();
        }
        let folder = (self.kind(path) == Some(Kind::Folder)).then(|| Arc::new(self.entries(path)));
        self.lock().insert(path.to_owned(), folder.clone());
        folder
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, FxHashMap<String, Option<Arc<Folder>>>> {
        self.folders.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn entries(&self, path: &str) -> Folder {
        let Ok(entries) = fs::read_dir(self.canonical.join(path)) else {
            return Folder::new();
        };
        entries
            .flatten()
            .filter_map(|entry| Some((entry.file_name().into_string().ok()?, self.entry(&entry)?)))
            .collect()
    }

    /// What an entry is; a link is what it leads to, if that is inside the root.
    fn entry(&self, entry: &fs::DirEntry) -> Option<Kind> {
        let mut kind = entry.file_type().ok()?;
        if kind.is_symlink() {
            let target = entry.path().canonicalize().ok()?;
            if !target.starts_with(&self.canonical) {
                return None;
            }
            kind = fs::metadata(target).ok()?.file_type();
        }
        if kind.is_dir() {
            return Some(Kind::Folder);
        }
        kind.is_file().then_some(Kind::File)
    }
}

/// A path inside a folder, which may be the root.
#[must_use]
pub fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() {
        name.to_owned()
    } else {
        format!("{folder}/{name}")
    }
}

/// The folder of a path; that of a name alone is the root.
#[must_use]
pub fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}

/// The last part of a path.
#[must_use]
pub fn file_name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

/// Whether a folder may hold what was written for the project, by its name: not hidden, not installed packages.
#[must_use]
pub fn may_hold_source(path: &str) -> bool {
    let name = file_name(path);
    !name.starts_with('.') && !walk::is_dependencies(name)
}

/// The id that git gives this content as a blob, in hexadecimal. It does not depend on the file's name.
#[must_use]
pub fn content_id(content: &[u8]) -> String {
    git2::Oid::hash_object(git2::ObjectType::Blob, content)
        .map(|id| id.to_string())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests;
