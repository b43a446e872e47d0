//! Route handlers of frameworks: files of the frontend that its own server answers with, and that may ask the backend in
//! turn (<https://nextjs.org/docs/app/api-reference/file-conventions/route>, <https://svelte.dev/docs/kit/routing#server>,
//! <https://nuxt.com/docs/guide/directory-structure/server>).

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::address::{Address, HOLE};
use crate::{source::location::Location, web::network::NetworkCall};

/// A file that answers requests of some paths.
#[derive(Clone, Debug)]
pub struct RouteHandler {
    /// Its first line.
    pub location: Location,
    /// Only files below this folder are of the same frontend; empty: all.
    scope: String,
    segments: Vec<Segment>,
    asked: Vec<Asked>,
}

/// A request that a route handler makes itself.
#[derive(Clone, Debug)]
struct Asked {
    /// The function that makes it.
    function: String,
    /// `?` where it is not known, as of one that passes on what it is asked.
    method: String,
    url: String,
}

/// Where a request is passed on to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassedOn {
    /// The method; none where it is that of the request.
    pub method: Option<String>,
    /// The address.
    pub address: Address,
}

/// A part of a path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Segment {
    /// This text.
    Literal(String),
    /// `[id]`: any text without a slash.
    Any,
    /// `[...path]`: what is left; whether that may be nothing.
    Rest { may_be_empty: bool },
}

/// A framework whose own server has route handlers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Framework {
    Next,
    SvelteKit,
    Nuxt,
}

impl Framework {
    /// The framework that a file of this name configures.
    fn of_configuration(name: &str) -> Option<Self> {
        match name.split('.').next()? {
            "next" if name.starts_with("next.config.") => Some(Self::Next),
            "svelte" if name.starts_with("svelte.config.") => Some(Self::SvelteKit),
            "nuxt" if name.starts_with("nuxt.config.") => Some(Self::Nuxt),
            _ => None,
        }
    }
}

/// Extensions of scripts.
const EXTENSIONS: [&str; 6] = ["ts", "js", "mts", "mjs", "tsx", "jsx"];

/// The route handlers among files, with what they ask for.
#[must_use]
pub fn route_handlers<'f>(files: impl Iterator<Item = &'f str>, calls: &[NetworkCall]) -> Vec<RouteHandler> {
    let files: Vec<&str> = files.collect();
    let configured: BTreeSet<(&str, Framework)> = files
        .iter()
        .filter_map(|file| {
            let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
            Some((folder, Framework::of_configuration(name)?))
        })
        .collect();
    files
        .into_iter()
        .filter_map(|file| {
            // The innermost folder that is configured is the frontend's.
            let routes = routes(file).into_iter();
            let (_, scope, route) = routes
                .filter(|(framework, scope, _)| configured.contains(&(*scope, *framework)))
                .max_by_key(|(_, scope, _)| scope.len())?;
            let is_own =
                |place: &&Location| place.file == file || place.file.starts_with(&format!("{file}:"));
            let asks = |call: &&NetworkCall| {
                [&call.location]
                    .into_iter()
                    .chain(&call.through)
                    .any(|place| is_own(&place))
            };
            let asked = calls.iter().filter(asks).map(|call| Asked {
                function: call
                    .function
                    .rsplit([':', '.'])
                    .next()
                    .unwrap_or_default()
                    .to_owned(),
                method: call.method.clone(),
                url: call.url.clone(),
            });
            Some(RouteHandler {
                location: Location {
                    file: file.to_owned(),
                    line: 1,
                    end_line: 1,
                    column: 1,
                },
                scope: scope.to_owned(),
                segments: segments(&route),
                asked: asked.collect(),
            })
        })
        .collect()
}

/// Methods that stand in the name of a file: <https://nuxt.com/docs/guide/directory-structure/server#matching-http-method>.
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// The framework, the folder of the frontend and the path that a file answers.
type Route<'a> = (Framework, &'a str, String);

/// The paths that a file answers, as they are written in the names of folders, for each folder that may be the one that
/// the framework looks into.
fn routes(file: &str) -> Vec<Route<'_>> {
    let Some((stem, extension)) = file.rsplit_once('.') else {
        return vec![];
    };
    if !EXTENSIONS.contains(&extension) {
        return vec![];
    }
    let root = |before: &'_ str| -> usize {
        let before = before.trim_end_matches('/');
        before
            .strip_suffix("/src")
            .or_else(|| before.strip_suffix("src").filter(|rest| rest.is_empty()))
            .unwrap_or(before)
            .len()
    };
    let marked = format!("/{stem}");
    let within = |folder: &str| -> Vec<(&str, &str)> {
        let marker = format!("/{folder}/");
        let places = marked.match_indices(&marker);
        places
            .map(|(at, _)| {
                let scope = &file[..root(&stem[..at.saturating_sub(1)])];
                (scope, stem.get(at + folder.len() + 1..).unwrap_or_default())
            })
            .collect()
    };
    let named = |framework: Framework, folder: &str, name: &str| -> Vec<Route<'_>> {
        let places = within(folder).into_iter();
        places
            .filter_map(|(scope, path)| {
                let path = if path == name {
                    ""
                } else {
                    path.strip_suffix(&format!("/{name}"))?
                };
                Some((framework, scope, path.to_owned()))
            })
            .collect()
    };
    let below_api = |framework: Framework, folder: &str| -> Vec<Route<'_>> {
        let places = within(folder).into_iter();
        places
            .map(|(scope, path)| {
                let path = match path.rsplit_once('.') {
                    Some((path, method)) if framework == Framework::Nuxt && METHODS.contains(&method) => path,
                    _ => path,
                };
                let path = path.strip_suffix("/index").unwrap_or(path);
                (framework, scope, format!("api/{path}"))
            })
            .collect()
    };
    [
        named(Framework::Next, "app", "route"),
        below_api(Framework::Next, "pages/api"),
        named(Framework::SvelteKit, "routes", "+server"),
        below_api(Framework::Nuxt, "server/api"),
    ]
    .concat()
}

fn segments(route: &str) -> Vec<Segment> {
    let parts = route.split('/').filter(|part| {
        // Groups and slots are no part of the address.
        let is_group = part.starts_with('(') && part.ends_with(')');
        !part.is_empty() && !is_group && !part.starts_with('@')
    });
    parts
        .map(|part| {
            let inner = part.strip_prefix('[').and_then(|part| part.strip_suffix(']'));
            match inner {
                None => Segment::Literal(part.to_owned()),
                Some(inner) if inner.starts_with("[...") => Segment::Rest { may_be_empty: true },
                Some(inner) if inner.starts_with("...") => Segment::Rest { may_be_empty: false },
                Some(_) => Segment::Any,
            }
        })
        .collect()
}

impl RouteHandler {
    /// Whether a file is of the same frontend.
    #[must_use]
    pub fn serves(&self, file: &str) -> bool {
        self.scope.is_empty()
            || file
                .strip_prefix(&self.scope)
                .is_some_and(|rest| rest.starts_with('/'))
    }

    /// Whether it takes whatever stands behind its folder.
    #[must_use]
    pub fn takes_any_path(&self) -> bool {
        self.segments
            .iter()
            .any(|segment| matches!(segment, Segment::Rest { .. }))
    }

    /// The order in which the handlers that take a path are asked: those that say more of it first.
    #[must_use]
    pub fn by_exactness(&self, other: &Self) -> Ordering {
        self.segments.cmp(&other.segments)
    }

    /// What its parameters are for a path; none if the path is not its own.
    #[must_use]
    pub fn parameters(&self, path: &str) -> Option<Vec<String>> {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let mut given = vec![];
        for (index, segment) in self.segments.iter().enumerate() {
            match segment {
                Segment::Literal(text) => {
                    parts.get(index).filter(|part| *part == text)?;
                }
                Segment::Any => given.push((*parts.get(index)?).to_owned()),
                Segment::Rest { may_be_empty } => {
                    let rest = parts.get(index..).unwrap_or_default();
                    if rest.is_empty() && !may_be_empty {
                        return None;
                    }
                    given.push(rest.join("/"));
                    return Some(given);
                }
            }
        }
        (parts.len() == self.segments.len()).then_some(given)
    }

    /// Where a request with these parameters is passed on to, one for each request that the handler makes.
    #[must_use]
    pub fn passed_on(&self, method: &str, parameters: &[String]) -> Vec<PassedOn> {
        let is_of_method = |function: &str| function.eq_ignore_ascii_case(method);
        let has_method = self.asked.iter().any(|asked| is_of_method(&asked.function));
        let asked = self
            .asked
            .iter()
            .filter(|asked| !has_method || is_of_method(&asked.function));
        let mut found: Vec<PassedOn> = vec![];
        for Asked { method, url, .. } in asked {
            let Some(mut address) = Address::parse(url) else {
                continue;
            };
            address.path = filled(&address.path, parameters);
            let passed = PassedOn {
                method: Some(method.clone()).filter(|method| method != "?"),
                address,
            };
            if !found.contains(&passed) {
                found.push(passed);
            }
        }
        found
    }
}

/// A path with its holes filled by parameters, in order; what is behind the last is the query.
fn filled(path: &str, parameters: &[String]) -> String {
    let twice = [HOLE, HOLE].iter().collect::<String>();
    let path = match path.strip_suffix(&twice) {
        Some(before) => format!("{before}{HOLE}"),
        None => path.to_owned(),
    };
    let mut parameters = parameters.iter();
    let mut filled = String::new();
    for letter in path.chars() {
        match (letter == HOLE).then(|| parameters.next()).flatten() {
            Some(parameter) => filled.push_str(parameter),
            None => filled.push(letter),
        }
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_files() {
        let handler = |file: &str, url: &str| {
            let call = NetworkCall {
                url: url.to_owned(),
                function: format!("{file}:GET"),
                location: Location {
                    file: file.to_owned(),
                    ..Location::default()
                },
                ..NetworkCall::default()
            };
            let configurations = ["", "web/", "app/web/"]
                .map(|folder| ["next", "svelte", "nuxt"].map(|name| format!("{folder}{name}.config.js")));
            let files = configurations.iter().flatten().map(String::as_str);
            route_handlers(files.chain([file]), &[call]).into_iter().next()
        };
        let passed = |file: &str, url: &str, path: &str| {
            let handler = handler(file, url)?;
            let parameters = handler.parameters(path)?;
            let PassedOn { address, .. } = handler.passed_on("GET", &parameters).into_iter().next()?;
            Some(format!(
                "{} {}",
                handler.scope,
                super::super::address::readable(&address.path)
            ))
        };
        let rows = [
            (
                "web/src/app/api/proxy/[...path]/route.ts",
                "${base}/v1/${rest}${query}",
                "/api/proxy/a/b",
            ),
            (
                "app/api/items/[id]/route.ts",
                "http://b:8000/items/${id}",
                "/api/items/3",
            ),
            ("web/app/(shop)/config/route.js", "http://b:8000/x", "/config"),
            (
                "web/pages/api/users/index.ts",
                "http://b:8000/users",
                "/api/users",
            ),
            ("web/src/routes/api/me/+server.ts", "http://b:8000/me", "/api/me"),
            (
                "web/server/api/login.post.ts",
                "http://b:8000/login",
                "/api/login",
            ),
            (
                "web/server/api/login.post.ts",
                "http://b:8000/login",
                "/api/logout",
            ),
            ("web/src/app/page.tsx", "http://b:8000/login", "/"),
            // The folder `app` stands above the frontend, too.
            ("app/web/app/api/x/route.ts", "http://b:8000/x", "/api/x"),
        ];
        let found: Vec<String> = rows
            .iter()
            .map(|(file, url, path)| format!("{:?}", passed(file, url, path)))
            .collect();
        expect_test::expect![[r#"
            Some("web /v1/a/b")
            Some(" /items/3")
            Some("web /x")
            Some("web /users")
            Some("web /me")
            Some("web /login")
            None
            None
            Some("app/web /x")"#]]
        .assert_eq(&found.join("\n"));
    }

    #[test]
    fn what_says_more_of_a_path_is_asked_first() {
        let mut files = [
            "app/api/[...path]/route.ts",
            "app/api/[kind]/3/route.ts",
            "app/api/items/[id]/route.ts",
        ];
        for _ in 0..files.len() {
            files.rotate_left(1);
            let handlers = route_handlers(files.into_iter().chain(["next.config.js"]), &[]);
            let taking = handlers
                .iter()
                .filter(|handler| handler.parameters("/api/items/3").is_some());
            let first = taking.min_by(|one, other| one.by_exactness(other));
            assert_eq!(
                first.map(|handler| handler.location.file.as_str()),
                Some("app/api/items/[id]/route.ts")
            );
        }
    }
}
