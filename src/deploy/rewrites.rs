//! Rewrites of hosting platforms: [Vercel](https://vercel.com/docs/rewrites) and
//! [Netlify](https://docs.netlify.com/routing/redirects/).

use super::Source;
use super::proxy::{Action, Matching, Route, Server, split_url};
use super::yaml;
use crate::source::location::Finding;

fn server(software: &'static str, routes: Vec<Route>, source: Source<'_>) -> Option<Server> {
    (!routes.is_empty()).then(|| Server {
        software,
        routes,
        location: source.at(0),
        ..Server::default()
    })
}

fn route(from: &str, to: &str, is_redirect: bool, line: u32, source: Source<'_>) -> Route {
    let action = if is_redirect {
        Action::Redirect(to.to_owned())
    } else if to.contains("://") {
        let (origin, path) = split_url(to);
        Action::Proxy {
            origin,
            path: Some(path.unwrap_or_default()),
        }
    } else {
        Action::Rewrite(to.to_owned())
    };
    Route {
        matching: Matching::Pattern,
        path: from.to_owned(),
        action,
        location: source.at(line),
        ..Route::default()
    }
}

pub(super) fn vercel(source: Source<'_>, findings: &mut Vec<Finding>) -> Option<Server> {
    // YAML holds JSON; its parser knows the lines.
    let documents = yaml::parse(source.text);
    if let Some((line, message)) = documents.error {
        let message = format!("The file is not valid JSON: {message}.");
        findings.push(source.finding(line, "invalid-json", message, None));
    }
    let root = documents.documents.into_iter().next()?;
    let mut routes = Vec::new();
    for (key, is_redirect) in [("redirects", true), ("rewrites", false)] {
        let items = root.get(key).map(|node| node.items()).unwrap_or_default();
        for item in items {
            if let (Some(from), Some(to)) = (item.text_of("source"), item.text_of("destination")) {
                routes.push(route(from, to, is_redirect, item.line, source));
            }
        }
    }
    server("Vercel", routes, source)
}

pub(super) fn netlify(source: Source<'_>, findings: &mut Vec<Finding>) -> Option<Server> {
    #[derive(serde::Deserialize)]
    struct File {
        #[serde(default)]
        redirects: Vec<toml::Spanned<Redirect>>,
    }
    #[derive(serde::Deserialize)]
    struct Redirect {
        from: String,
        to: String,
        status: Option<u16>,
    }
    let file: File = match toml::from_str(source.text) {
        Ok(file) => file,
        Err(error) => {
            let start = error.span().map_or(0, |span| span.start);
            let message = format!("The file is not valid: {}.", error.message());
            findings.push(source.finding(line_of(source.text, start), "invalid-toml", message, None));
            return None;
        }
    };
    let routes = file.redirects.into_iter().map(|redirect| {
        let line = line_of(source.text, redirect.span().start);
        let redirect = redirect.into_inner();
        route(
            &redirect.from,
            &redirect.to,
            redirect.status.unwrap_or(301) != 200,
            line,
            source,
        )
    });
    server("Netlify", routes.collect(), source)
}

fn line_of(text: &str, offset: usize) -> u32 {
    1 + text.bytes().take(offset).filter(|byte| *byte == b'\n').count() as u32
}

/// `_redirects`: `/api/* https://example.com/:splat 200`.
pub(super) fn redirects(source: Source<'_>) -> Option<Server> {
    let lines = source.text.lines().enumerate();
    let routes = lines.filter_map(|(index, line)| {
        let words: Vec<&str> = line.split('#').next()?.split_whitespace().collect();
        let [from, to, rest @ ..] = words.as_slice() else {
            return None;
        };
        let is_redirect = !rest.iter().any(|word| word.trim_end_matches('!') == "200");
        from.starts_with('/')
            .then(|| route(from, to, is_redirect, index as u32 + 1, source))
    });
    server("Netlify", routes.collect(), source)
}
