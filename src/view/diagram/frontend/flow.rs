//! Which functions lead to which.

use std::collections::{BTreeMap, BTreeSet};

use crate::architecture::model::{Frontend, Location};

use super::stage::{Part, Stage};

/// One arrow between two parts, by their places in the list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Edge {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) label: &'static str,
}

/// The arrows between parts, by their ends. Adds the top levels of files, which nothing calls: there it starts.
pub(super) fn flow(frontend: &Frontend, parts: &mut Vec<Part>) -> Vec<Edge> {
    let mut calls: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for call in &frontend.function_calls {
        calls.entry(&call.caller).or_default().push(&call.callee);
    }
    let known: BTreeSet<String> = parts.iter().map(|part| part.function.clone()).collect();
    let called: BTreeSet<&str> = calls.values().flatten().copied().collect();
    let is_top_level = |function: &&str| !function.contains(':') && !called.contains(function);
    let callers = calls.keys().copied().filter(is_top_level);
    let mut starts: BTreeSet<&str> = callers
        .filter(|caller| !reached(&calls, &known, caller).is_empty())
        .collect();
    // What one file does alone starts there too.
    starts.extend(known.iter().map(String::as_str).filter(is_top_level));
    parts.extend(starts.into_iter().map(|file| {
        let location = Location {
            file: file.to_owned(),
            line: 1,
            end_line: 1,
            ..Location::default()
        };
        Part::new(Stage::Start, file, &location)
    }));
    parts.sort_by(|one, other| (one.stage, &one.function).cmp(&(other.stage, &other.function)));

    let mut by_function: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, part) in parts.iter().enumerate() {
        by_function.entry(&part.function).or_default().push(index);
    }
    let mut edges = BTreeSet::new();
    for (function, own) in &by_function {
        // What one function does in several stages follows from stage to stage.
        edges.extend(own.windows(2).map(|pair| Edge {
            from: pair[0],
            to: pair[1],
            label: "",
        }));
        for callee in reached(&calls, &known, function) {
            let Some(to) = by_function.get(callee).and_then(|parts| parts.first()) else {
                continue;
            };
            let before = own
                .iter()
                .rev()
                .find(|from| parts[**from].stage <= parts[*to].stage);
            let from = before.or(own.first());
            edges.extend(from.map(|from| Edge {
                from: *from,
                to: *to,
                label: "",
            }));
        }
    }
    for store in &frontend.stores {
        let name = format!("{}:{}", store.location.file, store.name);
        let Some(at) = by_function.get(name.as_str()).and_then(|parts| parts.first()) else {
            continue;
        };
        let ends = |functions: &[String]| -> Vec<usize> {
            let known = functions
                .iter()
                .filter_map(|function| by_function.get(function.as_str()));
            known.filter_map(|parts| parts.last().copied()).collect()
        };
        let writes = ends(&store.writers).into_iter().map(|from| Edge {
            from,
            to: *at,
            label: "writes",
        });
        let reads = ends(&store.readers).into_iter().map(|to| Edge {
            from: *at,
            to,
            label: "is read",
        });
        edges.extend(writes.chain(reads).filter(|edge| edge.from != edge.to));
    }
    edges.into_iter().collect()
}

/// The functions with a part that a function leads to, through others without one.
fn reached<'a>(
    calls: &BTreeMap<&'a str, Vec<&'a str>>,
    known: &BTreeSet<String>,
    function: &str,
) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut next: Vec<&'a str> = calls.get(function).cloned().unwrap_or_default();
    while let Some(callee) = next.pop() {
        if !seen.insert(callee) || callee == function {
            continue;
        }
        if known.contains(callee) {
            found.insert(callee);
        } else {
            next.extend(calls.get(callee).into_iter().flatten());
        }
    }
    found
}
