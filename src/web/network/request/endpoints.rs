//! RTK Query: the requests that the endpoints of an API describe
//! (<https://redux-toolkit.js.org/rtk-query/api/createApi>).

use ecow::EcoString;

use super::{Reader, Request, joined};
use crate::web::{
    syntax::tree::ExpressionKind as Kind,
    values::{Evaluator, External, Origin, Site, Text, UseKind, Value, Values},
};

/// Functions around a base query, one around the other.
const MAX_NESTING: u32 = 4;

/// An endpoint of an API.
pub(in crate::web::network) struct Endpoint {
    /// What the API calls it.
    name: EcoString,
    /// The call of `createApi` or `injectEndpoints`.
    api: Site,
    /// Where it is described.
    pub(in crate::web::network) place: Site,
    pub(in crate::web::network) request: Request,
}

impl Endpoint {
    /// Where the hooks that are made of it are called, or it is asked without one
    /// (<https://redux-toolkit.js.org/rtk-query/api/created-api/hooks>), and what lies between; itself where nobody asks.
    pub(in crate::web::network) fn uses(&self, evaluator: &Evaluator<'_>) -> Vec<(Site, Vec<Site>)> {
        let uses = evaluator.uses(self.api.module, self.api.expression).iter();
        let places: Vec<(Site, Vec<Site>)> = uses
            .filter(|used| used.kind == UseKind::Call && self.is_asked_by(&used.members))
            .map(|used| (used.site.clone(), vec![self.place.clone()]))
            .collect();
        if places.is_empty() {
            return vec![(self.place.clone(), vec![])];
        }
        places
    }

    fn is_asked_by(&self, members: &[EcoString]) -> bool {
        match members {
            [hook] => of_hook(hook).is_some_and(|name| name.eq_ignore_ascii_case(&self.name)),
            [endpoints, name, asks] => {
                endpoints == "endpoints"
                    && *name == self.name
                    && (asks == "initiate" || asks.starts_with("use"))
            }
            _ => false,
        }
    }
}

/// `GetUsers` of `useGetUsersQuery`, `useLazyGetUsersQuery`.
fn of_hook(hook: &str) -> Option<&str> {
    let name = hook.strip_prefix("use")?;
    let ends = [
        "InfiniteQuery",
        "SuspenseQuery",
        "QuerySubscription",
        "QueryState",
        "Query",
        "Mutation",
    ];
    let name = ends.iter().find_map(|end| name.strip_suffix(end))?;
    Some(name.strip_prefix("Lazy").unwrap_or(name))
}

/// Every endpoint, by place.
pub(in crate::web::network) fn described(evaluator: &Evaluator<'_>) -> Vec<Endpoint> {
    let mut found = vec![];
    for module in evaluator.project.module_ids() {
        let script = evaluator.project.script(module);
        for expression in script.expression_ids() {
            let Kind::Call { callee, .. } = script.kind(expression) else {
                continue;
            };
            if !may_describe(script.kind(*callee)) {
                continue;
            }
            let site = Site::alone(module, expression);
            for callee in evaluator.callees(&site) {
                if let Value::External(callee) = callee
                    && let Some(made) = api(&callee, &site)
                {
                    let bases = bases(evaluator, &made);
                    found.extend(endpoints(evaluator, &site, &bases));
                }
            }
        }
    }
    found
}

/// Whether a callee may be `createApi` by whatever name, or `injectEndpoints`.
fn may_describe(callee: &Kind) -> bool {
    match callee {
        Kind::Local(_) => true,
        Kind::Member { property, .. } => matches!(property.as_str(), "createApi" | "injectEndpoints"),
        _ => false,
    }
}

/// The call of `createApi` behind a call that describes endpoints.
fn api(callee: &External, site: &Site) -> Option<Site> {
    let (package, _) = callee.package()?;
    if package != "@reduxjs/toolkit" {
        return None;
    }
    match (&callee.origin, callee.members.last()?.as_str()) {
        (Origin::Library { .. }, "createApi") => Some(site.clone()),
        (Origin::Result { .. }, "injectEndpoints") => {
            let mut next = callee;
            while let Origin::Result { callee, site } = &next.origin {
                if matches!(callee.origin, Origin::Library { .. }) {
                    return Some((**site).clone());
                }
                next = callee;
            }
            None
        }
        _ => None,
    }
}

fn argument(evaluator: &Evaluator<'_>, site: &Site) -> Values {
    let Some(first) = evaluator.arguments_of(site).first().copied() else {
        return vec![];
    };
    evaluator.values_at(&Site {
        expression: first.value,
        ..site.clone()
    })
}

fn members(evaluator: &Evaluator<'_>, values: &[Value], name: &str) -> Values {
    values
        .iter()
        .flat_map(|value| evaluator.member(value, name))
        .collect()
}

fn bases(evaluator: &Evaluator<'_>, made: &Site) -> Vec<Text> {
    let queries = members(evaluator, &argument(evaluator, made), "baseQuery");
    queries
        .iter()
        .flat_map(|query| bases_of(evaluator, query, 0))
        .collect()
}

/// `fetchBaseQuery({ baseUrl })`, through the functions around it.
fn bases_of(evaluator: &Evaluator<'_>, query: &Value, depth: u32) -> Vec<Text> {
    if depth > MAX_NESTING {
        return vec![];
    }
    match query {
        Value::External(External {
            origin: Origin::Result { callee, site },
            members,
        }) if members.is_empty() => {
            let options = argument(evaluator, site);
            if callee.members.last().is_some_and(|last| last == "fetchBaseQuery") {
                let reader = Reader {
                    evaluator,
                    site,
                    arguments: vec![],
                };
                return reader.option_texts(&options, "baseUrl");
            }
            options
                .iter()
                .flat_map(|inner| bases_of(evaluator, inner, depth + 1))
                .collect()
        }
        Value::Function(closure) => {
            let script = evaluator.project.script(closure.module);
            let calls = script
                .expressions
                .iter()
                .filter(|expression| expression.function == closure.function);
            let mut bases: Vec<Text> = vec![];
            for call in calls {
                let Kind::Call { callee, .. } = &call.kind else {
                    continue;
                };
                for value in evaluator.values(closure.module, *callee) {
                    if matches!(&value, Value::External(_)) {
                        for base in bases_of(evaluator, &value, depth + 1) {
                            if !bases.contains(&base) {
                                bases.push(base);
                            }
                        }
                    }
                }
            }
            bases
        }
        _ => vec![],
    }
}

fn endpoints(evaluator: &Evaluator<'_>, site: &Site, bases: &[Text]) -> Vec<Endpoint> {
    let mut found = vec![];
    for function in members(evaluator, &argument(evaluator, site), "endpoints") {
        let Value::Function(closure) = function else {
            continue;
        };
        for value in evaluator.returned_by(&closure) {
            let Value::Object(object) = value else { continue };
            for (name, place) in evaluator.properties(&object) {
                if !is_built(evaluator, &place) {
                    continue;
                }
                let requests = endpoint(evaluator, &place, bases).into_iter();
                found.extend(requests.map(|request| Endpoint {
                    name: name.clone(),
                    api: site.clone(),
                    place: place.clone(),
                    request,
                }));
            }
        }
    }
    found
}

/// `builder.query(…)`
fn is_built(evaluator: &Evaluator<'_>, place: &Site) -> bool {
    let script = evaluator.project.script(place.module);
    let Kind::Call { callee, .. } = script.kind(place.expression) else {
        return false;
    };
    matches!(script.kind(*callee), Kind::Member { property, .. }
        if matches!(property.as_str(), "query" | "mutation" | "infiniteQuery"))
}

fn endpoint(evaluator: &Evaluator<'_>, place: &Site, bases: &[Text]) -> Vec<Request> {
    let reader = Reader {
        evaluator,
        site: place,
        arguments: vec![],
    };
    let mut requests = vec![];
    let is_transformed = !members(evaluator, &argument(evaluator, place), "transformResponse").is_empty();
    for query in members(evaluator, &argument(evaluator, place), "query") {
        let Value::Function(closure) = query else { continue };
        for value in evaluator.returned_by(&closure) {
            let options = [value];
            let (addresses, methods) = match &options[0] {
                Value::Text(text) => (vec![text.clone()], vec!["GET".into()]),
                Value::Object(_) => (
                    reader.option_texts(&options, "url"),
                    reader.methods(&options, "GET"),
                ),
                _ => continue,
            };
            requests.push(Request {
                kind: "rtk-query".into(),
                methods,
                written: addresses
                    .first()
                    .map(|address| address.display().into())
                    .unwrap_or_default(),
                addresses: joined(bases, &addresses),
                body: reader.body(&options),
                headers: reader.options(&options, "headers"),
                is_transformed,
                ..Request::default()
            });
        }
    }
    requests
}
