//! Links from a place in the analysed tree to the forge that holds it.

mod forge;

use std::path::Path;

use git2::{ErrorCode, Repository, StatusOptions};

use forge::{Forge, Remote};

/// How to make a URL of a place. Without a forge there are no links.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Permalinks {
    /// Everything before the path, e.g. `https://github.com/owner/name/blob/<sha>`; absent without a forge.
    pub base: Option<String>,
    /// How the forge writes a range of lines.
    pub lines: Lines,
    /// Whether the work tree differs from the commit that the links are about, so that a line may have moved.
    pub is_dirty: bool,
    /// Why there are no links.
    pub reason: Option<String>,
}

/// How a forge writes a range of lines behind the URL of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lines {
    /// `#L3-L5`: GitHub, Gitea and Forgejo.
    #[default]
    GitHub,
    /// `#L3-5`: GitLab.
    GitLab,
    /// `#lines-3:5`: Bitbucket.
    Bitbucket,
}

impl Permalinks {
    /// The links of a root inside a git work tree, to the commit that is checked out.
    ///
    /// `source_url` replaces the remote: the page of the repository at a forge, or, with a path behind it as in
    /// `https://github.com/owner/name/blob/main`, the very beginning of each link.
    #[must_use]
    pub fn of(root: &Path, source_url: Option<&str>) -> Self {
        let given = source_url.and_then(Remote::parse);
        if let Some(url) = source_url {
            let Some(remote) = &given else {
                let reason = format!(
                    "`{url}` is not the page of a repository such as `https://github.com/owner/name`"
                );
                return Self {
                    reason: Some(reason),
                    ..Self::default()
                };
            };
            if forge::is_base(url) {
                let base = Some(url.trim_end_matches('/').to_owned());
                return Self {
                    base,
                    lines: Forge::of(remote).lines(),
                    ..Self::default()
                };
            }
        }
        match Checkout::of(root) {
            Ok(checkout) => checkout.links(given),
            Err(reason) => Self {
                reason: Some(reason),
                ..Self::default()
            },
        }
    }

    /// URL of the lines `line..=end_line` (one-based) of `file` (relative to the analysed root).
    #[must_use]
    pub fn url(&self, file: &str, line: u32, end_line: u32) -> Option<String> {
        let base = self.base.as_ref()?;
        let file = forge::encoded(file);
        let lines = match (self.lines, end_line > line) {
            (Lines::Bitbucket, true) => format!("lines-{line}:{end_line}"),
            (Lines::Bitbucket, false) => format!("lines-{line}"),
            (_, false) => format!("L{line}"),
            (Lines::GitHub, true) => format!("L{line}-L{end_line}"),
            (Lines::GitLab, true) => format!("L{line}-{end_line}"),
        };
        Some(format!("{base}/{file}#{lines}"))
    }
}

/// What git knows of a root.
struct Checkout {
    commit: String,
    remote: Option<Remote>,
    /// Path of the root inside the work tree, empty or ending with `/`.
    prefix: String,
    is_dirty: bool,
}

impl Checkout {
    fn of(root: &Path) -> Result<Self, String> {
        let repository = Repository::discover(root).map_err(|error| match error.code() {
            ErrorCode::NotFound => "the root is not inside a git work tree".to_owned(),
            ErrorCode::Owner => "the git work tree belongs to another user; \
                 allow it with `git config --global --add safe.directory <path>`"
                .to_owned(),
            _ => format!("git cannot read the work tree: {}", error.message()),
        })?;
        let prefix = prefix(&repository, root).ok_or("the root is not inside the git work tree")?;
        let head = repository.head().and_then(|head| head.peel_to_commit());
        let commit = head
            .map_err(|_| "the git work tree has no commit yet".to_owned())?
            .id()
            .to_string();
        let is_dirty = is_dirty(&repository, &prefix);
        Ok(Self {
            commit,
            remote: remote(&repository),
            prefix,
            is_dirty,
        })
    }

    fn links(self, given: Option<Remote>) -> Permalinks {
        let is_dirty = self.is_dirty;
        let Some(remote) = given.or(self.remote) else {
            let reason = "git has no remote whose page is known; set `source-url` to the repository's page";
            return Permalinks {
                reason: Some(reason.to_owned()),
                is_dirty,
                ..Permalinks::default()
            };
        };
        let forge = Forge::of(&remote);
        let base = format!(
            "{}{}",
            forge.base(&remote, &self.commit),
            forge::encoded(&self.prefix)
        );
        Permalinks {
            base: Some(base.trim_end_matches('/').to_owned()),
            lines: forge.lines(),
            is_dirty,
            reason: None,
        }
    }
}

/// The path of `root` inside the work tree, each part with a `/` behind it.
fn prefix(repository: &Repository, root: &Path) -> Option<String> {
    let top = repository.workdir()?.canonicalize().ok()?;
    let root = root.canonicalize().ok()?;
    let mut prefix = String::new();
    for part in root.strip_prefix(top).ok()? {
        prefix.push_str(part.to_str()?);
        prefix.push('/');
    }
    Some(prefix)
}

/// The remote that the branch follows, else `origin`, else the first by name, if its page is known.
fn remote(repository: &Repository) -> Option<Remote> {
    let followed = repository.head().ok().and_then(|head| {
        let name = repository.branch_upstream_remote(head.name().ok()?).ok()?;
        name.as_str().ok().map(str::to_owned)
    });
    let mut names: Vec<String> = followed.into_iter().chain([String::from("origin")]).collect();
    if let Ok(remotes) = repository.remotes() {
        let mut others: Vec<String> = remotes.iter().flatten().flatten().map(str::to_owned).collect();
        others.sort();
        names.extend(others);
    }
    names.iter().find_map(|name| {
        let remote = repository.find_remote(name).ok()?;
        Remote::parse(remote.url().ok()?)
    })
}

/// Whether files that git knows differ from the commit below the prefix. New files are in no commit anyway.
fn is_dirty(repository: &Repository, prefix: &str) -> bool {
    let mut options = StatusOptions::new();
    options
        .include_untracked(false)
        .include_ignored(false)
        .exclude_submodules(true)
        .disable_pathspec_match(true);
    if !prefix.is_empty() {
        options.pathspec(prefix.trim_end_matches('/'));
    }
    repository
        .statuses(Some(&mut options))
        .is_ok_and(|statuses| !statuses.is_empty())
}

#[cfg(test)]
mod tests;
