//! What a development server passes on to another server.

use regex::Regex;
use serde::Serialize;

use super::Pipeline;
use crate::source::location::Location;

/// One rule.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Proxy {
    /// Which paths are passed on: those that begin with it; a regular expression if it begins with `^`.
    pub context: String,
    /// The same as it is written, e.g. `/api/:path*`.
    pub written: String,
    /// Where they are passed on to, e.g. `http://localhost:8000`; a path in it stands in front of the path passed on.
    pub target: String,
    /// Whether WebSockets are passed on too.
    pub is_websocket: bool,
    /// Whether the header `Host` becomes that of the target.
    pub changes_origin: bool,
    /// What becomes of the path.
    pub rewrite: Rewrite,
    /// Where the rule stands.
    pub location: Location,
}

/// What becomes of a path that is passed on.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub enum Rewrite {
    /// It stays.
    #[default]
    Nothing,
    /// The first that matches is replaced, in order.
    Replace(Vec<Replacement>),
    /// A function, as what it makes of paths that begin with some texts: the longest counts.
    Begin(Vec<Begin>),
    /// A function that is not understood.
    Unknown,
}

/// A regular expression and what its first match is replaced by (`${1}` for what a group of it matched).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Replacement {
    /// The expression.
    pub pattern: String,
    /// What stands there instead.
    pub replacement: String,
}

/// What a function makes of `from` and anything behind it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Begin {
    /// How the path begins.
    pub from: String,
    /// What stands in front of the rest.
    pub before: String,
    /// What stands behind the rest.
    pub after: String,
}

/// Where a path arrives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passed {
    /// The server, e.g. `http://localhost:8000`.
    pub origin: String,
    /// The path there; nothing where it is not known what becomes of it.
    pub path: Option<String>,
}

impl Rewrite {
    /// What becomes of a path; nothing where that is not known.
    #[must_use]
    pub fn apply(&self, path: &str) -> Option<String> {
        match self {
            Self::Nothing => Some(path.to_owned()),
            Self::Replace(replacements) => Some(
                replacements
                    .iter()
                    .find_map(|replacement| {
                        let pattern = Regex::new(&replacement.pattern).ok()?;
                        pattern.is_match(path).then(|| {
                            pattern
                                .replace(path, replacement.replacement.as_str())
                                .into_owned()
                        })
                    })
                    .unwrap_or_else(|| path.to_owned()),
            ),
            Self::Begin(cases) => {
                let longest = cases
                    .iter()
                    .filter(|case| path.starts_with(&case.from))
                    .max_by_key(|case| case.from.len())?;
                let rest = &path[longest.from.len()..];
                Some(format!("{}{rest}{}", longest.before, longest.after))
            }
            Self::Unknown => None,
        }
    }
}

impl Proxy {
    /// Whether a path is passed on by it.
    #[must_use]
    pub fn matches(&self, path: &str) -> bool {
        if self.context.starts_with('^') {
            return Regex::new(&self.context).is_ok_and(|pattern| pattern.is_match(path));
        }
        path.starts_with(&self.context)
    }

    /// Where a path arrives.
    fn arrival(&self, path: &str) -> Passed {
        let begin = self.target.find("://").map_or(0, |at| at + 3);
        let end = self.target[begin..]
            .find('/')
            .map_or(self.target.len(), |slash| begin + slash);
        let (origin, base) = self.target.split_at(end);
        let path = self.rewrite.apply(path).map(|path| {
            let (base, path) = (base.trim_end_matches('/'), path.trim_start_matches('/'));
            format!("{base}/{path}")
        });
        Passed {
            origin: origin.to_owned(),
            path,
        }
    }
}

impl Pipeline {
    /// Where a path is passed on to; nothing where it is not.
    #[must_use]
    pub fn passed_on(&self, path: &str) -> Option<Passed> {
        let proxy = self.proxies.iter().find(|proxy| proxy.matches(path))?;
        Some(proxy.arrival(path))
    }
}
