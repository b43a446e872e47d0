//! Servers that pass requests on, and what becomes of a path on the way.

use regex::Regex;

use super::setting::Reference;
use crate::source::location::Location;

/// A virtual server, or a hosting platform's table of rewrites.
#[derive(Clone, Debug, Default)]
pub struct Server {
    /// `nginx`, `Caddy`, `Vercel`, `Netlify`.
    pub software: &'static str,
    /// Addresses it listens on, as written.
    pub listen: Vec<String>,
    /// Host names.
    pub names: Vec<String>,
    /// What it does with paths, in the order written, nested ones behind their parents.
    pub routes: Vec<Route>,
    /// Variables that stand in for text when the container starts (`${BACKEND_URL}` of a template).
    pub references: Vec<Reference>,
    /// Where it is declared.
    pub location: Location,
}

/// What a server does with some paths.
#[derive(Clone, Debug, Default)]
pub struct Route {
    /// How `path` is compared.
    pub matching: Matching,
    /// The prefix, path, expression or pattern.
    pub path: String,
    /// Where the request goes.
    pub action: Action,
    /// Rewrites of the path before, in order: expression, replacement.
    pub rewrites: Vec<(String, String)>,
    /// Whether WebSocket upgrades are passed on.
    pub is_websocket: bool,
    /// Where it stands.
    pub location: Location,
}

/// How a route's path is compared with that of a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Matching {
    /// `location /api/`: the longest wins, regular expressions go first.
    #[default]
    Prefix,
    /// `location ^~ /api/`: no regular expression is tried if it is the longest.
    PreferredPrefix,
    /// `location = /api`.
    Exact,
    /// `location ~ ^/api`.
    Regex,
    /// `location ~* ^/api`.
    RegexIgnoringCase,
    /// `/api/:path*` and `/api/*`: the first that matches wins.
    Pattern,
}

/// What happens with a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Action {
    /// Files are served.
    #[default]
    Files,
    /// It is passed on.
    Proxy {
        /// `http://backend:8000`: scheme, host and port of the other side, upstream names replaced by their server.
        origin: String,
        /// What replaces the part of the path that matched; absent: the path is passed on as it is.
        path: Option<String>,
    },
    /// The client is sent elsewhere.
    Redirect(String),
    /// Another path or file is served in its place.
    Rewrite(String),
}

impl Server {
    /// The route that handles a path, by
    /// [nginx's rules](https://nginx.org/en/docs/http/ngx_http_core_module.html#location) for locations and in order for patterns.
    #[must_use]
    pub fn route(&self, path: &str) -> Option<&Route> {
        let exact = |route: &&Route| route.matching == Matching::Exact && route.path == path;
        if let Some(route) = self.routes.iter().find(exact) {
            return Some(route);
        }
        let is_prefix = |route: &&Route| {
            matches!(route.matching, Matching::Prefix | Matching::PreferredPrefix)
                && path.starts_with(&route.path)
        };
        let longest = self
            .routes
            .iter()
            .filter(is_prefix)
            .max_by_key(|route| route.path.len());
        if let Some(route) = longest.filter(|route| route.matching == Matching::PreferredPrefix) {
            return Some(route);
        }
        let first = self.routes.iter().find(|route| match route.matching {
            Matching::Regex | Matching::RegexIgnoringCase => {
                expression(route).is_some_and(|expression| expression.is_match(path))
            }
            Matching::Pattern => pattern(&route.path, path).is_some(),
            _ => false,
        });
        first.or(longest)
    }

    /// Where a path arrives: the other side's origin and the path there. Nothing if it is not passed on.
    #[must_use]
    pub fn passed_on(&self, path: &str) -> Option<(String, String)> {
        let route = self.route(path)?;
        let Action::Proxy {
            origin,
            path: replacement,
        } = &route.action
        else {
            return None;
        };
        let mut changed = path.to_owned();
        for (from, to) in &route.rewrites {
            let Ok(expression) = Regex::new(from) else {
                continue;
            };
            if expression.is_match(&changed) {
                let to = to.replace("$&", "$0");
                changed = expression.replace(&changed, braced(&to).as_str()).into_owned();
                return Some((origin.clone(), changed));
            }
        }
        let target = match (replacement, route.matching) {
            (None, _) => changed,
            (Some(replacement), Matching::Pattern) => fill(replacement, &pattern(&route.path, path)?),
            (Some(replacement), Matching::Regex | Matching::RegexIgnoringCase) => {
                let expression = expression(route)?;
                expression
                    .replace(path, braced(replacement).as_str())
                    .into_owned()
            }
            (Some(replacement), _) => format!(
                "{replacement}{}",
                path.strip_prefix(&route.path).unwrap_or_default()
            ),
        };
        Some((origin.clone(), target))
    }
}

fn expression(route: &Route) -> Option<Regex> {
    let flags = if route.matching == Matching::RegexIgnoringCase {
        "(?i)"
    } else {
        ""
    };
    Regex::new(&format!("{flags}{}", route.path)).ok()
}

/// `$1x` as `${1}x`, which is what nginx means by it.
fn braced(replacement: &str) -> String {
    let mut out = String::new();
    let mut characters = replacement.chars().peekable();
    while let Some(character) = characters.next() {
        match (character, characters.peek()) {
            ('$', Some(digit)) if digit.is_ascii_digit() => {
                out.push_str("${");
                out.extend(characters.next());
                out.push('}');
            }
            (other, _) => out.push(other),
        }
    }
    out
}

/// What the placeholders of a pattern stand for in a path: `:name`, `:name*`, `*`, `(.*)`.
fn pattern(pattern: &str, path: &str) -> Option<Vec<(String, String)>> {
    let mut names = Vec::new();
    let mut source = String::from("^");
    let mut rest = pattern;
    while let Some(first) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("(.*)").or_else(|| rest.strip_prefix('*')) {
            names.push("splat".to_owned());
            // `/api/*` is `/api` too.
            if source.ends_with('/') && after.is_empty() {
                source.pop();
                source.push_str("(?:/(.*))?");
            } else {
                source.push_str("(.*)");
            }
            rest = after;
        } else if first == ':' {
            let name: String = rest[1..]
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            rest = &rest[1 + name.len()..];
            match rest.strip_prefix('*').or_else(|| rest.strip_prefix('+')) {
                Some(after) => {
                    rest = after;
                    if source.ends_with('/') {
                        source.pop();
                        source.push_str("(?:/(.*))?");
                    } else {
                        source.push_str("(.*)");
                    }
                }
                None => source.push_str("([^/]+)"),
            }
            names.push(name);
        } else {
            source.push_str(&regex::escape(&first.to_string()));
            rest = &rest[first.len_utf8()..];
        }
    }
    source.push('$');
    let found = Regex::new(&source).ok()?.captures(path)?;
    let values = found
        .iter()
        .skip(1)
        .map(|value| value.map_or_else(String::new, |value| value.as_str().to_owned()));
    Some(names.into_iter().zip(values).collect())
}

/// A destination with the placeholders filled in.
fn fill(destination: &str, values: &[(String, String)]) -> String {
    let mut out = destination.to_owned();
    for (index, (name, value)) in values.iter().enumerate() {
        for placeholder in [
            format!(":{name}*"),
            format!(":{name}+"),
            format!(":{name}"),
            format!("${}", index + 1),
        ] {
            out = out.replace(&placeholder, value);
        }
    }
    out
}

/// `http://host:1/path` as origin and path.
pub(super) fn split_url(url: &str) -> (String, Option<String>) {
    let start = url.find("://").map_or(0, |index| index + 3);
    match url[start..].find('/') {
        Some(index) => (
            url[..start + index].to_owned(),
            Some(url[start + index..].to_owned()),
        ),
        None => (url.to_owned(), None),
    }
}
