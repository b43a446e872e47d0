//! Which fields of a response are read.

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::web::{
    project::ModuleId,
    syntax::tree::{ExpressionId, ExpressionKind as Kind, PathStep},
    values::{Arguments, Environment, Evaluator, External, Origin, Site, Value},
};

/// A request and the calls that lead to it: the first argument of each.
type Key = (ModuleId, ExpressionId, Vec<ExpressionId>);

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
                        this.add(&value);
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
                        this.add(&value);
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

    fn add(&mut self, value: &Value) {
        let Value::External(external) = value else {
            return;
        };
        let Some((site, path)) = response(external) else {
            return;
        };
        if !path.is_empty() {
            let key = (site.module, site.expression, signature(&site.environment));
            self.0.entry(key).or_default().insert(path.join("."));
        }
    }
}

/// The call that something was read of, and the way from its response's body.
fn response(external: &External) -> Option<(&Site, Vec<String>)> {
    let own = || {
        external
            .members
            .iter()
            .filter(|member| member.parse::<u32>().is_err())
            .map(ToString::to_string)
    };
    match &external.origin {
        Origin::Result { callee, site } => {
            match callee.members.last().map(ecow::EcoString::as_str) {
                // The body of a response: <https://developer.mozilla.org/docs/Web/API/Response/json>.
                Some("json") => {
                    let origin = callee.site().filter(|_| callee.members.len() == 1);
                    if let (Some(origin), Origin::Result { callee: asked, .. }) = (origin, &callee.origin)
                        && asked.is_global("fetch")
                    {
                        return Some((origin, own().collect()));
                    }
                    None
                }
                Some("filter" | "slice" | "sort" | "find" | "at") => {
                    let mut path = inner(callee)?;
                    path.1.extend(own());
                    Some(path)
                }
                _ => {
                    let is_client = callee.package().is_some_and(|(package, _)| {
                        matches!(package.as_str(), "axios" | "openapi-fetch" | "xior" | "redaxios")
                    });
                    let mut members = own();
                    if is_client && members.next().as_deref() == Some("data") {
                        return Some((site, members.collect()));
                    }
                    None
                }
            }
        }
        Origin::Given {
            callee, parameter: 0, ..
        } => {
            let last = callee.members.last()?;
            if matches!(
                last.as_str(),
                "forEach" | "map" | "filter" | "find" | "some" | "every" | "flatMap"
            ) {
                let mut path = inner(callee)?;
                path.1.extend(own());
                return Some(path);
            }
            None
        }
        _ => None,
    }
}

/// What a method is called on.
fn inner(method: &External) -> Option<(&Site, Vec<String>)> {
    let (_, members) = method.members.split_last()?;
    let object = External {
        origin: method.origin.clone(),
        members: members.to_vec(),
    };
    let (_, path) = response(&object)?;
    // The same call, by the borrowed value.
    let site = match &method.origin {
        Origin::Result { callee, site } if callee.members.last().is_some_and(|last| last == "json") => {
            callee.site().unwrap_or(site)
        }
        _ => method.site()?,
    };
    Some((site, path))
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
