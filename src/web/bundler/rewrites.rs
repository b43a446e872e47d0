//! [`rewrites`](https://nextjs.org/docs/app/api-reference/config/next-config-js/rewrites) of Next.js.

use super::{
    configuration::Layers,
    proxy::{Proxy, Replacement, Rewrite},
};
use crate::{
    source::location::Location,
    web::{three::objects::location, values::Evaluator},
};

/// The rewrites that lead to other servers, in the order that they are looked at.
pub(super) fn proxies(evaluator: &Evaluator<'_>, layers: &Layers<'_, '_>) -> Vec<Proxy> {
    let base = layers.at("basePath").text().unwrap_or_default();
    let given = layers.at("rewrites").called(&[]);
    let mut items = given.items();
    for moment in ["beforeFiles", "afterFiles", "fallback"] {
        items.extend(given.at(moment).items());
    }
    let mut found = vec![];
    for item in items {
        let Some(site) = item.site() else { continue };
        let rule = Layers::of(evaluator, vec![item.clone()]);
        let (Some(source), Some(destination)) = (rule.at("source").text(), rule.at("destination").text())
        else {
            continue;
        };
        // Others lead to pages of the application itself.
        if destination.starts_with('/') {
            continue;
        }
        found.push(proxy(
            &format!("{base}{source}"),
            &destination,
            location(evaluator, site.module, site.expression),
        ));
    }
    found
}

/// `routeRules` of Nuxt whose `proxy` leads to another server (<https://nitro.build/guide/routing#route-rules>).
pub(super) fn route_rules(evaluator: &Evaluator<'_>, layers: &Layers<'_, '_>) -> Vec<Proxy> {
    let mut found = vec![];
    for setting in ["routeRules", "nitro.routeRules"] {
        for (source, site) in layers.at(setting).properties() {
            let rule = Layers::of(evaluator, evaluator.values_at(&site)).at("proxy");
            let Some(destination) = rule.text().or_else(|| rule.at("to").text()) else {
                continue;
            };
            if destination.starts_with('/') {
                continue;
            }
            let named = |path: &str| path.replace("/**", "/:path*");
            let place = location(evaluator, site.module, site.expression);
            if source.matches("**").count() > 1 {
                continue;
            }
            found.push(Proxy {
                written: source.to_string(),
                ..proxy(&named(&source), &named(&destination), place)
            });
        }
    }
    found
}

/// A rule that passes on what matches its source.
fn proxy(source: &str, destination: &str, location: Location) -> Proxy {
    let pattern = pattern(source);
    let begin = destination.find("://").map_or(0, |at| at + 3);
    let end = destination[begin..]
        .find('/')
        .map_or(destination.len(), |slash| begin + slash);
    Proxy {
        context: pattern.clone(),
        written: source.to_owned(),
        target: destination[..end].to_owned(),
        rewrite: Rewrite::Replace(vec![Replacement {
            pattern,
            replacement: replacement(&destination[end..]),
        }]),
        changes_origin: true,
        location,
        ..Proxy::default()
    }
}

/// A source such as `/api/:path*` as a regular expression.
fn pattern(source: &str) -> String {
    let mut out = String::from("^");
    let mut rest = source;
    while let Some(colon) = rest.find("/:") {
        out.push_str(&regex::escape(&rest[..colon]));
        let (name, after) = name_of(&rest[colon + 2..]);
        let (parts, after) = match after.strip_prefix('(').and_then(|group| group.split_once(')')) {
            Some((group, after)) => (group, after),
            None => ("[^/]+", after),
        };
        match after.chars().next() {
            Some('*') => out.push_str(&format!("(?P<rooted_{name}>/(?P<{name}>.*))?")),
            Some('+') => out.push_str(&format!("/(?P<{name}>.+)")),
            Some('?') => out.push_str(&format!("(?:/(?P<{name}>{parts}))?")),
            _ => out.push_str(&format!("/(?P<{name}>{parts})")),
        }
        rest = after.strip_prefix(['*', '+', '?']).unwrap_or(after);
    }
    out.push_str(&regex::escape(rest));
    // `trailingSlash` is not set most times: both are the same page.
    out.push_str("/?$");
    out
}

/// The path of a destination with its parameters as groups.
fn replacement(path: &str) -> String {
    let mut out = String::new();
    let path = path.replace('$', "$$");
    let mut rest = path.as_str();
    while let Some(colon) = rest.find(':') {
        let (before, (name, after)) = (&rest[..colon], name_of(&rest[colon + 1..]));
        // The slash in front of parts that may be none is one of them.
        match before.strip_suffix('/') {
            Some(before) if after.starts_with('*') => {
                out.push_str(&format!("{before}${{rooted_{name}}}"));
            }
            _ if name.is_empty() => out.push_str(&format!("{before}:")),
            _ => out.push_str(&format!("{before}${{{name}}}")),
        }
        rest = after.strip_prefix(['*', '+']).unwrap_or(after);
    }
    out.push_str(rest);
    out
}

/// A name and what stands behind it.
fn name_of(text: &str) -> (&str, &str) {
    let end = text
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .unwrap_or(text.len());
    text.split_at(end)
}
