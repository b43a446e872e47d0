//! Sessions that the backend keeps in the browser: an answer sets a cookie, and scripts never see it
//! (<https://developer.mozilla.org/docs/Web/HTTP/Guides/Cookies#block_access_to_your_cookies>).

use crate::{
    architecture::{
        integration::router::Router,
        model::{
            Application, AuthStep, AuthStepKind, Dependency, Endpoint, FrontendCall, OperationReference,
            Parameter, ResponseCookie, Step,
        },
    },
    source::location::Location,
};

/// A cookie that a response is given or told to take away.
struct Given<'a> {
    name: Option<&'a str>,
    is_http_only: bool,
    is_removed: bool,
    location: &'a Location,
}

/// The cookies of applications that may prove who asks: those that scripts cannot read, and those of security schemes.
pub(super) fn cookies(applications: &[Application]) -> Vec<ResponseCookie> {
    let mut found = vec![];
    for application in applications {
        let mut own: Vec<ResponseCookie> = vec![];
        for operation in Router::new(application).operations {
            let Some(endpoint) = operation.endpoint else {
                continue;
            };
            for given in given(endpoint) {
                let name = match given.name {
                    Some(SESSION) => session_cookie(application),
                    name => name.map(str::to_owned),
                };
                let known = own.iter().position(|cookie| cookie.name == name);
                let index = known.unwrap_or_else(|| {
                    own.push(ResponseCookie {
                        name,
                        ..ResponseCookie::default()
                    });
                    own.len() - 1
                });
                let cookie = &mut own[index];
                cookie.is_http_only |= given.is_http_only && !given.is_removed;
                let list = if given.is_removed {
                    &mut cookie.removed
                } else {
                    &mut cookie.set
                };
                if !list.iter().any(|(known, _)| *known == operation.reference) {
                    list.push((operation.reference.clone(), given.location.clone()));
                }
            }
        }
        let is_of_scheme = |cookie: &ResponseCookie| {
            application.security_schemes.iter().any(|(_, scheme)| {
                let text = |key: &str| scheme.get(key).and_then(|value| value.as_str());
                text("in") == Some("cookie") && text("name") == cookie.name.as_deref()
            })
        };
        own.retain(|cookie| !cookie.set.is_empty() && (cookie.is_http_only || is_of_scheme(cookie)));
        own.sort_by(|one, other| one.name.cmp(&other.name));
        found.extend(own);
    }
    let leads = |from: usize, to: usize| from != to && is_of_the_way(&found[from], &found[to]);
    let indexes = 0..found.len();
    let followed_by: Vec<Vec<usize>> = indexes
        .clone()
        .map(|from| {
            let others = indexes.clone();
            others
                .filter(|to| leads(from, *to) && !leads(*to, from))
                .collect()
        })
        .collect();
    for (cookie, followed_by) in found.iter_mut().zip(followed_by) {
        cookie.followed_by = followed_by;
    }
    found
}

/// What the model of Starlette calls the cookie that holds a session.
const SESSION: &str = "request.session";

/// The cookie of a session: Starlette's middleware names it, one of the project's own is not asked
/// (<https://www.starlette.dev/middleware/#sessionmiddleware>).
fn session_cookie(application: &Application) -> Option<String> {
    let middleware = application
        .middleware
        .iter()
        .find(|middleware| middleware.symbol.name.ends_with(":SessionMiddleware"))?;
    let mut arguments = middleware.arguments.iter();
    match arguments.find(|(name, _)| name == "session_cookie") {
        None => Some("session".to_owned()),
        Some((_, written)) => {
            let literal = written.trim_matches(['"', '\'']);
            (literal.len() + 2 == written.len()).then(|| literal.to_owned())
        }
    }
}

/// What an operation does with cookies, its dependencies first.
fn given(endpoint: &Endpoint) -> Vec<Given<'_>> {
    fn of_dependencies<'a>(dependencies: &'a [Dependency], found: &mut Vec<Given<'a>>) {
        for dependency in dependencies {
            of_dependencies(&dependency.dependencies, found);
            collect(&dependency.trace, found);
        }
    }
    let mut found = vec![];
    of_dependencies(&endpoint.dependencies, &mut found);
    // A dependency that many share takes a cookie away because it refuses it: that is no purpose of the operation.
    found.retain(|given| !given.is_removed);
    collect(&endpoint.trace, &mut found);
    found
}

fn collect<'a>(steps: &'a [Step], found: &mut Vec<Given<'a>>) {
    for step in steps {
        match step {
            Step::Cookie {
                name,
                is_http_only,
                is_removed,
                location,
            } => found.push(Given {
                name: name.as_deref(),
                is_http_only: *is_http_only == Some(true),
                is_removed: *is_removed,
                location,
            }),
            Step::Call { steps, .. } | Step::Loop { steps, .. } => collect(steps, found),
            Step::Branch { arms, .. } => arms.iter().for_each(|(_, steps)| collect(steps, found)),
            Step::External { .. } | Step::Raise { .. } | Step::Background { .. } => {}
        }
    }
}

/// Whether an operation is sent the password itself (<https://fastapi.tiangolo.com/advanced/security/http-basic-auth/>).
fn takes_password(applications: &[Application], operation: &OperationReference, endpoint: &Endpoint) -> bool {
    let own = applications
        .iter()
        .filter(|application| application.name == operation.application);
    own.flat_map(|application| &application.security_schemes)
        .any(|(name, scheme)| {
            let is_basic = scheme.get("scheme").and_then(|scheme| scheme.as_str()) == Some("basic");
            is_basic && endpoint.security.iter().any(|(own, _)| own == name)
        })
}

/// Whether another operation sets one of the cookies for who is not known yet and proves it with a body.
fn has_login<'a>(
    operation: &OperationReference,
    set: &[usize],
    cookies: &[ResponseCookie],
    endpoint_of: impl Fn(&OperationReference) -> Option<&'a Endpoint>,
) -> bool {
    let is_open = |(other, _): &(OperationReference, Location)| {
        other != operation
            && endpoint_of(other)
                .is_some_and(|endpoint| endpoint.security.is_empty() && endpoint.request_body.is_some())
    };
    set.iter().any(|index| cookies[*index].set.iter().any(is_open))
}

/// Whether an operation sets a cookie without having been given anything, while another is given a body for it: it can only
/// rest on the cookie that is there.
fn renews<'a>(
    operation: &OperationReference,
    set: &[usize],
    cookies: &[ResponseCookie],
    endpoint_of: impl Fn(&OperationReference) -> Option<&'a Endpoint>,
) -> bool {
    let takes_nothing = |endpoint: &Endpoint| {
        let is_given =
            |parameter: &Parameter| matches!(parameter.place.as_str(), "query" | "path" | "header");
        endpoint.request_body.is_none() && !endpoint.parameters.iter().any(is_given)
    };
    let signs_in = |(other, _): &(OperationReference, Location)| {
        other != operation && endpoint_of(other).is_some_and(|endpoint| endpoint.request_body.is_some())
    };
    endpoint_of(operation).is_some_and(takes_nothing)
        && set.iter().any(|index| cookies[*index].set.iter().any(signs_in))
}

/// Whether a cookie is of the way to another: the answer that gives the other takes it away, as the state of OAuth 2 is
/// (<https://datatracker.ietf.org/doc/html/rfc6749#section-10.12>).
fn is_of_the_way(cookie: &ResponseCookie, other: &ResponseCookie) -> bool {
    let gives_other = |operation: &OperationReference| other.set.iter().any(|(known, _)| known == operation);
    cookie.removed.iter().any(|(operation, _)| gives_other(operation))
}

/// Whether an operation takes cookies away only because of what it was given to change: signing out is given nothing.
fn is_removed_by_the_way(endpoint: &Endpoint) -> bool {
    let mut found = vec![];
    let certain = endpoint
        .trace
        .iter()
        .filter(|step| !matches!(step, Step::Branch { .. }));
    for step in certain {
        collect(std::slice::from_ref(step), &mut found);
    }
    endpoint.request_body.is_some() && !found.iter().any(|given| given.is_removed)
}

/// Says of each call which cookies its answer sets or takes away. A call that is no step yet becomes one: signing in, or
/// a new cookie for an old one where the operation asks who calls.
pub(super) fn join(
    steps: &mut Vec<AuthStep>,
    applications: &[Application],
    cookies: &[ResponseCookie],
    calls: &[FrontendCall],
) {
    let routers = applications.iter().map(Router::new);
    let endpoints: Vec<(OperationReference, &Endpoint)> = routers
        .flat_map(|router| router.operations)
        .filter_map(|operation| Some((operation.reference, operation.endpoint?)))
        .collect();
    let endpoint_of = |operation: &OperationReference| {
        let found = endpoints.iter().find(|(known, _)| known == operation);
        found.map(|(_, endpoint)| *endpoint)
    };
    for call in calls {
        let Some(operation) = &call.endpoint else { continue };
        let of = |list: fn(&ResponseCookie) -> &Vec<(OperationReference, Location)>| -> Vec<usize> {
            let indexes = cookies.iter().enumerate();
            indexes
                .filter(|(_, cookie)| list(cookie).iter().any(|(known, _)| known == operation))
                .map(|(index, _)| index)
                .collect()
        };
        let (mut set, mut removed) = (of(|cookie| &cookie.set), of(|cookie| &cookie.removed));
        let is_asked = endpoint_of(operation).is_some_and(|endpoint| {
            !endpoint.security.is_empty() && !takes_password(applications, operation, endpoint)
        });
        if is_asked {
            set.retain(|index| cookies[*index].followed_by.is_empty());
        }
        if endpoint_of(operation).is_some_and(is_removed_by_the_way) {
            removed.clear();
        }
        let is_renewal = || renews(operation, &set, cookies, endpoint_of);
        let kind = match (set.is_empty(), removed.is_empty()) {
            (true, true) => continue,
            (true, false) => AuthStepKind::Logout,
            // Who is known already is given something else than a session.
            (false, _) if is_asked && !has_login(operation, &set, cookies, endpoint_of) => continue,
            (false, _) if is_asked || is_renewal() => AuthStepKind::Refresh,
            (false, _) => AuthStepKind::Login,
        };
        let touched = if set.is_empty() { removed } else { set };
        let is_of_call = |step: &&mut AuthStep| {
            let is_same = step.location == call.location
                || step.kind == AuthStepKind::Logout && step.function == call.function;
            is_same && step.endpoint.as_ref() == Some(operation)
        };
        let mut known: Vec<&mut AuthStep> = steps.iter_mut().filter(is_of_call).collect();
        for step in &mut known {
            step.cookies.clone_from(&touched);
            // What is only fetched may be where a provider sends the user back to.
            let is_renewed = (step.kind, kind) == (AuthStepKind::Login, AuthStepKind::Refresh);
            if is_renewed && operation.method != "GET" {
                step.kind = kind;
            }
        }
        if known.is_empty() {
            steps.push(AuthStep {
                kind,
                location: call.location.clone(),
                function: call.function.clone(),
                credentials: vec![],
                cookies: touched,
                endpoint: Some(operation.clone()),
                detail: None,
            });
        }
    }
}
