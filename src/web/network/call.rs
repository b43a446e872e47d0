//! From requests to what is known of them.

use super::{
    NetworkCall, address,
    generated::{self, Generated},
    page, payload,
    reads::Reads,
    request::{described, request},
    served,
    timer::Timers,
    unused::Unused,
    wrapper::{Lifted, lift, lift_handed},
};
use rustc_hash::FxHashSet;

use crate::{
    source::location::Location,
    web::{
        environment,
        interaction::Interactions,
        nuxt_auth,
        project::ModuleId,
        syntax::tree::{ExpressionId, ExpressionKind as Kind},
        three::objects::{function_name, location},
        values::{Evaluator, External, Origin, Site, TextPart, Value},
    },
};

/// Every call over the network, by place.
#[must_use]
pub fn calls(evaluator: &Evaluator<'_>, interactions: &Interactions<'_, '_>) -> Vec<NetworkCall> {
    let mut calls = page::calls(evaluator);
    calls.extend(of_strategies(evaluator));
    let generated = Generated::new(evaluator);
    let found = lifted(evaluator, &generated);
    if found.is_empty() {
        return calls;
    }
    let reads = Reads::new(evaluator);
    let timers = Timers::new(evaluator);
    let unused = Unused::new(evaluator, &generated, &found);
    for lifted in &found {
        for mut call in describe(evaluator, &reads, &timers, lifted) {
            let key = |call: &NetworkCall| {
                let Location {
                    file, line, column, ..
                } = &call.location;
                (
                    file.clone(),
                    *line,
                    *column,
                    call.method.clone(),
                    address::path(&call.url).to_owned(),
                )
            };
            if !calls.iter().any(|known| key(known) == key(&call)) {
                if !call.is_link || call.is_navigation {
                    call.unused = unused.reason(evaluator, &lifted.location);
                    call.interactions = interactions.of_call(&lifted.location, &lifted.through);
                }
                calls.push(call);
            }
        }
    }
    calls.sort_by(|one, two| {
        let key = |call: &NetworkCall| {
            let place = &call.location;
            (
                place.file.clone(),
                place.line,
                place.column,
                call.url.clone(),
                call.method.clone(),
            )
        };
        key(one).cmp(&key(two))
    });
    calls
}

fn lifted(evaluator: &Evaluator<'_>, generated: &Generated) -> Vec<Lifted> {
    let mut found = vec![];
    // Places in generated code that the request behind them already stands for.
    let mut taken: FxHashSet<(ModuleId, ExpressionId)> = FxHashSet::default();
    // What a test asks for is not what the product does.
    for module in evaluator
        .project
        .product_modules()
        .filter(|module| !generated.has(*module))
    {
        for site in requests_of(evaluator, module) {
            let lifted = match request(evaluator, &site) {
                Some(request) if request.is_link && !request.is_navigation => vec![Lifted {
                    request,
                    location: site.clone(),
                    site,
                    through: vec![],
                    reason: None,
                }],
                Some(_) => lift(evaluator, &site),
                None => lift_handed(evaluator, &site),
            };
            let in_product = |lifted: &Lifted| !evaluator.project.is_test(lifted.location.module);
            for lifted in lifted.into_iter().filter(in_product) {
                if !generated.has(lifted.location.module) {
                    found.push(lifted);
                } else if lifted.reason.is_none() && !generated::is_inside_of_client(&lifted.request) {
                    taken.insert((lifted.location.module, lifted.location.expression));
                    found.extend(outside(evaluator, generated, &lifted));
                }
            }
        }
    }
    for module in evaluator
        .project
        .module_ids()
        .filter(|module| generated.has(*module))
    {
        let called = requests_of(evaluator, module)
            .filter(|site| !taken.contains(&(site.module, site.expression)))
            .filter_map(|site| Some((site.clone(), generated.request(evaluator, &site)?)));
        let described = generated.described(evaluator, module);
        for (site, request) in called.chain(described) {
            let inside = Lifted {
                request,
                location: site.clone(),
                site,
                through: vec![],
                reason: None,
            };
            found.extend(outside(evaluator, generated, &inside));
        }
    }
    for endpoint in described(evaluator) {
        found.extend(
            endpoint
                .uses(evaluator)
                .into_iter()
                .map(|(location, through)| Lifted {
                    request: endpoint.request.clone(),
                    site: endpoint.place.clone(),
                    location,
                    through,
                    reason: None,
                }),
        );
    }
    found
}

/// The expressions of a module that may be requests.
fn requests_of<'e>(evaluator: &'e Evaluator<'_>, module: ModuleId) -> impl Iterator<Item = Site> + 'e {
    let script = evaluator.project.script(module);
    script
        .expression_ids()
        .filter(|expression| {
            matches!(
                script.kind(*expression),
                Kind::Call { .. } | Kind::New { .. } | Kind::Element(_) | Kind::Assign { .. }
            )
        })
        .map(move |expression| Site::alone(module, expression))
}

/// A request in generated code, at each place outside of it that leads there.
fn outside(evaluator: &Evaluator<'_>, generated: &Generated, inside: &Lifted) -> Vec<Lifted> {
    let places = generated.places(evaluator, &inside.location).into_iter();
    places
        .map(|(location, mut through)| {
            through.extend(inside.through.iter().cloned());
            Lifted {
                location,
                through,
                ..inside.clone()
            }
        })
        .collect()
}

/// The addresses of a request that have one path.
struct Path {
    /// The one that is found first.
    url: String,
    /// The environment variable that it begins with.
    base_variable: Option<String>,
    others: Vec<String>,
}

/// What Nuxt's auth module asks for as it is configured.
fn of_strategies(evaluator: &Evaluator<'_>) -> Vec<NetworkCall> {
    let strategies = nuxt_auth::strategies(evaluator);
    let asked = strategies.iter().flat_map(nuxt_auth::Strategy::asked);
    asked
        .map(|asked| {
            let location = location(evaluator, asked.site.module, asked.site.expression);
            NetworkCall {
                kind: "@nuxtjs/auth-next".to_owned(),
                method: asked.method.clone(),
                written: asked.path.clone(),
                url: asked.path.clone(),
                function: format!("{}:{}", location.file, asked.name),
                location,
                ..NetworkCall::default()
            }
        })
        .collect()
}

/// Whether a module is a script within a page that no development server serves.
fn is_in_page(evaluator: &Evaluator<'_>, module: ModuleId) -> bool {
    evaluator
        .project
        .pages
        .iter()
        .any(|page| page.inline.contains(&module) && !page.external.iter().any(|script| script.is_module))
}

/// A name that no script declares: a build may put something in its place.
fn constant(value: &Value) -> Option<String> {
    match value {
        Value::External(External {
            origin: Origin::Global,
            members,
        }) => match members.as_slice() {
            [only] => Some(only.to_string()),
            _ => None,
        },
        _ => None,
    }
}

fn describe(evaluator: &Evaluator<'_>, reads: &Reads, timers: &Timers, lifted: &Lifted) -> Vec<NetworkCall> {
    let request = &lifted.request;
    // By path: the address that is found first, then the others.
    let mut paths: Vec<Path> = vec![];
    for text in address::best_whole(request.addresses.clone()) {
        let url = address::readable(&text);
        let is_address = !["blob:", "data:", "file:"]
            .iter()
            .any(|scheme| url.starts_with(scheme));
        // Nothing is asked for before it is given.
        if !is_address || url.is_empty() {
            continue;
        }
        let base_variable = match text.parts.first() {
            Some(TextPart::Hole { value, .. }) => environment::variable(value).or_else(|| constant(value)),
            _ => None,
        };
        let same = |known: &&mut Path| address::path(&known.url) == address::path(&url);
        match paths.iter_mut().find(same) {
            Some(known) if known.url != url && !known.others.contains(&url) => known.others.push(url),
            Some(_) => {}
            None => paths.push(Path {
                url,
                base_variable,
                others: vec![],
            }),
        }
    }
    let interval = request
        .interval
        .or_else(|| timers.interval(evaluator, &lifted.location));
    let mut calls = vec![];
    for path in &paths {
        for method in &request.methods {
            let asking = &evaluator.project.module(lifted.location.module).file;
            calls.push(NetworkCall {
                file: served::file(evaluator.project.files, asking, &path.url).filter(|_| method == "GET"),
                location: location(evaluator, lifted.location.module, lifted.location.expression),
                kind: request.kind.to_string(),
                method: method.to_string(),
                written: request.written.to_string(),
                url: path.url.clone(),
                base_variable: path.base_variable.clone(),
                other_urls: path.others.clone(),
                is_link: request.is_link,
                is_navigation: request.is_navigation,
                is_in_page: request.is_navigation && is_in_page(evaluator, lifted.location.module),
                function: function_name(evaluator, lifted.location.module, lifted.location.expression),
                through: lifted
                    .through
                    .iter()
                    .map(|site| location(evaluator, site.module, site.expression))
                    .collect(),
                body_fields: payload::fields(evaluator, &request.body),
                reads: if request.is_transformed {
                    vec![]
                } else if request.kind == "rtk-query" {
                    reads.of(&lifted.location)
                } else {
                    reads.of(&lifted.site)
                },
                headers: payload::headers(evaluator, &request.headers, &request.header_names),
                interval,
                reason: lifted.reason.clone(),
                ..NetworkCall::default()
            });
        }
    }
    calls
}
