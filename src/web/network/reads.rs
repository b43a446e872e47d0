//! Which fields of a response are read.

use std::collections::BTreeSet;

use ecow::EcoString;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::web::{
    project::ModuleId,
    syntax::tree::{ExpressionId, ExpressionKind as Kind, PathStep},
    values::{Arguments, Environment, Evaluator, External, Origin, Site, Value},
};

/// A request and the calls that lead to it: the first argument of each.
type Key = (ModuleId, ExpressionId, Vec<ExpressionId>);

/// Calls that a value goes through, one after the other.
const MAX_NESTING: u32 = 8;

/// Libraries whose hooks give what the function that they are handed does as `data`.
const QUERIES: [&str; 7] = [
    "@tanstack/react-query",
    "@tanstack/vue-query",
    "@tanstack/svelte-query",
    "@tanstack/solid-query",
    "react-query",
    "vue-query",
    "swr",
];

/// Stands for the list of answers that an infinite query keeps, `data.pages`
/// (<https://tanstack.com/query/latest/docs/framework/react/guides/infinite-queries>).
const PAGES: &str = "\u{E003}pages";

/// Fields that are read, by request.
#[derive(Debug, Default)]
pub(super) struct Reads(FxHashMap<Key, BTreeSet<String>>);

impl Reads {
    /// Looks at every member that is read.
    pub(super) fn new(evaluator: &Evaluator<'_>) -> Self {
        let mut this = Self::default();
        for module in evaluator.project.module_ids() {
            let script = evaluator.project.script(module);
            // What is called is a method of the value (`then`, `replace`), not a field of the body.
            let called: FxHashSet<ExpressionId> = script
                .expressions
                .iter()
                .filter_map(|expression| match &expression.kind {
                    Kind::Call { callee, .. } => Some(*callee),
                    _ => None,
                })
                .collect();
            for id in script.expression_ids() {
                if matches!(script.kind(id), Kind::Member { .. } | Kind::Index { .. })
                    && !called.contains(&id)
                {
                    for value in evaluator.values(module, id) {
                        this.add(evaluator, &value);
                    }
                }
                if let Kind::Local(name) = script.kind(id)
                    && script.name(*name).definitions.iter().any(|definition| {
                        definition
                            .path
                            .iter()
                            .any(|step| matches!(step, PathStep::Property(_)))
                    })
                {
                    for value in evaluator.values(module, id) {
                        this.add(evaluator, &value);
                    }
                }
            }
        }
        this
    }

    /// The fields that are read of what a request gives, in alphabetical order; of a longer path only the whole.
    pub(super) fn of(&self, site: &Site) -> Vec<String> {
        let key = (site.module, site.expression, signature(&site.environment));
        let Some(fields) = self.0.get(&key) else {
            return vec![];
        };
        let is_whole = |field: &&String| {
            let longer = format!("{field}.");
            !fields.iter().any(|other| other.starts_with(&longer))
        };
        fields.iter().filter(is_whole).cloned().collect()
    }

    fn add(&mut self, evaluator: &Evaluator<'_>, value: &Value) {
        let Value::External(external) = value else {
            return;
        };
        for (site, path) in responses(evaluator, external, 0) {
            let path = of_page(path);
            if !path.is_empty() {
                let key = (site.module, site.expression, signature(&site.environment));
                self.0.entry(key).or_default().insert(path.join("."));
            }
        }
    }
}

/// The way without the list of answers that an infinite query keeps; none where it ends there.
fn of_page(mut path: Vec<String>) -> Vec<String> {
    if let Some(place) = path.iter().position(|step| step == PAGES) {
        match path.get(place + 1) {
            Some(item) if item == "[]" => {
                path.drain(place..=place + 1);
            }
            _ => path.clear(),
        }
    }
    path
}

/// A request and the way from its response's body.
type Part = (Site, Vec<String>);

/// What something was read of.
fn responses(evaluator: &Evaluator<'_>, external: &External, depth: u32) -> Vec<Part> {
    if depth > MAX_NESTING {
        return vec![];
    }
    let inner = |members: &[EcoString], origin: &Origin| {
        let object = External {
            origin: origin.clone(),
            members: members.to_vec(),
        };
        responses(evaluator, &object, depth + 1)
    };
    match &external.origin {
        Origin::Result { callee, site } => match callee.members.split_last() {
            // The body of a response: <https://developer.mozilla.org/docs/Web/API/Response/json>.
            Some((last, [])) if last == "json" => {
                let asked =
                    matches!(&callee.origin, Origin::Result { callee, .. } if callee.is_global("fetch"));
                let origin = callee.site().filter(|_| asked);
                origin
                    .map(|origin| (origin.clone(), own(&external.members)))
                    .into_iter()
                    .collect()
            }
            Some((last, object)) if matches!(last.as_str(), "filter" | "slice" | "sort") => {
                behind(inner(object, &callee.origin), &external.members)
            }
            Some((last, object)) if matches!(last.as_str(), "find" | "at") => {
                item(inner(object, &callee.origin), &external.members)
            }
            _ => {
                let [first, rest @ ..] = external.members.as_slice() else {
                    return vec![];
                };
                if first != "data" {
                    return vec![];
                }
                let package = callee.package().map_or("", |(package, _)| package.as_str());
                match package {
                    "axios" | "openapi-fetch" | "xior" | "redaxios" => vec![(Site::clone(site), own(rest))],
                    // A hook of RTK Query stands for the request itself.
                    "@reduxjs/toolkit" if matches!(callee.origin, Origin::Result { .. }) => {
                        vec![(Site::clone(site), own(rest))]
                    }
                    _ if QUERIES.contains(&package) => {
                        let rest = match rest {
                            [value, rest @ ..] if value == "value" => rest,
                            rest => rest,
                        };
                        let is_paged = callee
                            .members
                            .last()
                            .is_some_and(|hook| hook.contains("Infinite"));
                        let mut rest = rest.to_vec();
                        match rest.first_mut() {
                            Some(pages) if is_paged && pages == "pages" => *pages = PAGES.into(),
                            // What the hook keeps beside the answers: `data.pageParams`.
                            _ if is_paged => return vec![],
                            _ => {}
                        }
                        behind(asked(evaluator, site, depth), &rest)
                    }
                    _ => vec![],
                }
            }
        },
        Origin::Given {
            callee,
            argument: 0,
            parameter: 0,
            ..
        } => {
            let Some((last, object)) = callee.members.split_last() else {
                return vec![];
            };
            match last.as_str() {
                "then" => {
                    let members = [object, external.members.as_slice()].concat();
                    inner(&members, &callee.origin)
                }
                "forEach" | "map" | "filter" | "find" | "some" | "every" | "flatMap" => {
                    item(inner(object, &callee.origin), &external.members)
                }
                _ => vec![],
            }
        }
        _ => vec![],
    }
}

/// What the function of a query gives: `useQuery({ queryFn })`, `useSWR(key, fetcher)`. What an option makes something
/// else of is not followed (<https://tanstack.com/query/latest/docs/framework/react/guides/render-optimizations#select>).
fn asked(evaluator: &Evaluator<'_>, site: &Site, depth: u32) -> Vec<Part> {
    let mut functions = vec![];
    for argument in evaluator.arguments_of(site) {
        let place = Site {
            expression: argument.value,
            ..site.clone()
        };
        for value in evaluator.values_at(&place) {
            match &value {
                Value::Function(_) => functions.push(value),
                Value::Object(object) => {
                    let properties = evaluator.properties(object);
                    if properties.iter().any(|(key, _)| key == "select") {
                        return vec![];
                    }
                    let asks = properties
                        .iter()
                        .filter(|(key, _)| key == "queryFn" || key == "mutationFn");
                    functions.extend(asks.flat_map(|(_, place)| evaluator.values_at(place)));
                }
                _ => {}
            }
        }
    }
    let mut found = vec![];
    for function in functions {
        let Value::Function(closure) = function else {
            continue;
        };
        for value in evaluator.returned_by(&closure) {
            if let Value::External(external) = value {
                found.extend(responses(evaluator, &external, depth + 1));
            }
        }
    }
    found
}

fn behind(mut parts: Vec<Part>, members: &[EcoString]) -> Vec<Part> {
    for (_, path) in &mut parts {
        path.extend(own(members));
    }
    parts
}

/// Members, `[]` for one by its place.
fn own(members: &[EcoString]) -> Vec<String> {
    let name = |member: &EcoString| match member.parse::<u32>() {
        Ok(_) => "[]".to_owned(),
        Err(_) => member.to_string(),
    };
    members.iter().map(name).collect()
}

/// An item of what was read, and what of it.
fn item(parts: Vec<Part>, members: &[EcoString]) -> Vec<Part> {
    let path = [&["[]".into()], members].concat();
    behind(parts, &path)
}

fn signature(environment: &Environment) -> Vec<ExpressionId> {
    let mut signature = vec![];
    let mut next = environment.clone();
    while let Some(frame) = next.0.clone() {
        match &frame.arguments {
            Arguments::Call {
                arguments,
                environment,
                ..
            } => {
                signature.extend(arguments.first().map(|argument| argument.value));
                next = environment.clone();
            }
            _ => break,
        }
    }
    signature
}
