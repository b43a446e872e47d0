//! What the forges make of a repository, a commit and a file.

use super::Lines;

/// A repository at a host, without what only concerns the connection: no user, no password, no port of ssh.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Remote {
    /// `https`, or `http` where the remote says so.
    pub(super) scheme: &'static str,
    /// Host, with its port for http.
    pub(super) host: String,
    /// Owner and name, groups included, without slashes around.
    pub(super) path: String,
}

impl Remote {
    /// Reads a remote in any of [git's forms](https://git-scm.com/docs/git-clone#_git_urls) that name a host.
    pub(super) fn parse(url: &str) -> Option<Self> {
        let url = url.trim();
        let (scheme, rest) = match url.split_once("://") {
            Some((scheme, rest)) => (scheme.trim_start_matches("git+").to_lowercase(), rest.to_owned()),
            None => {
                // `user@host:path`; a colon behind a slash, or behind one letter, belongs to a local path.
                let (host, path) = url.split_once(':')?;
                if host.contains('/') || host.len() < 2 {
                    return None;
                }
                ("ssh".to_owned(), format!("{host}/{path}"))
            }
        };
        let scheme = match scheme.as_str() {
            "http" => "http",
            "https" | "ssh" | "git" => "https",
            _ => return None,
        };
        let is_web = url.starts_with("http");
        let (authority, path) = rest.split_once('/')?;
        let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
        let host = if is_web {
            host
        } else {
            host.split(':').next().unwrap_or(host)
        };
        let path = path
            .split(['?', '#'])
            .next()
            .unwrap_or_default()
            .trim_matches('/');
        let path = path.strip_suffix(".git").unwrap_or(path).trim_matches('/');
        if host.is_empty()
            || path.is_empty()
            || !host
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || ".-:[]".contains(c))
        {
            return None;
        }
        // GitHub takes ssh through another host where port 22 is closed.
        let host = host
            .strip_prefix("ssh.")
            .filter(|host| *host == "github.com")
            .unwrap_or(host);
        Some(Self {
            scheme,
            host: host.to_lowercase(),
            path: path.to_owned(),
        })
    }
}

/// Software that forges run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Forge {
    GitHub,
    GitLab,
    Bitbucket,
    /// Gitea and Forgejo.
    Gitea,
}

impl Forge {
    /// By host name; what is not known is taken for GitHub, whose form most forges understand.
    pub(super) fn of(remote: &Remote) -> Self {
        let host = remote.host.as_str();
        if host.contains("gitlab") || ["salsa.debian.org", "framagit.org", "invent.kde.org"].contains(&host) {
            Self::GitLab
        } else if host == "bitbucket.org" {
            Self::Bitbucket
        } else if host.contains("gitea") || host.contains("forgejo") || host == "codeberg.org" {
            Self::Gitea
        } else {
            Self::GitHub
        }
    }

    /// What stands before the path of a file at a commit, a `/` at its end.
    pub(super) fn base(self, remote: &Remote, commit: &str) -> String {
        let Remote { scheme, host, path } = remote;
        let path = encoded(path);
        match self {
            Self::GitHub => format!("{scheme}://{host}/{path}/blob/{commit}/"),
            Self::GitLab => format!("{scheme}://{host}/{path}/-/blob/{commit}/"),
            Self::Bitbucket => format!("{scheme}://{host}/{path}/src/{commit}/"),
            Self::Gitea => format!("{scheme}://{host}/{path}/src/commit/{commit}/"),
        }
    }

    pub(super) fn lines(self) -> Lines {
        match self {
            Self::GitHub | Self::Gitea => Lines::GitHub,
            Self::GitLab => Lines::GitLab,
            Self::Bitbucket => Lines::Bitbucket,
        }
    }
}

/// Whether a URL is already the beginning of links to files, not only the page of a repository.
pub(super) fn is_base(url: &str) -> bool {
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    is_web
        && ["/blob/", "/src/", "/tree/", "/raw/"]
            .iter()
            .any(|part| url.contains(part))
}

/// A path with everything but [unreserved characters](https://www.rfc-editor.org/rfc/rfc3986#section-2.3) and `/`
/// percent-encoded.
pub(super) fn encoded(path: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
