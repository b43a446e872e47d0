//! From what the frontend keeps and the calls that it makes to the way it signs in.

mod cookie;

use super::router::Router;
use crate::{
    architecture::model::{
        Application, AuthFlow, AuthStep, AuthStepKind, Credential, Dependency, Endpoint, FrontendCall,
        OperationReference, Step,
    },
    source::location::Location,
    web::credentials::{AskedCredential, Attachment, Credentials, Redirect, WrittenCredential},
};

/// Joins credentials of the frontend with the operations that give and take them.
#[must_use]
pub fn flow(applications: &[Application], credentials: &Credentials, calls: &[FrontendCall]) -> AuthFlow {
    let mut steps: Vec<AuthStep> = vec![];
    for (index, kept) in credentials.kept.iter().enumerate() {
        for written in &kept.written {
            let asked = written.calls.iter();
            steps.extend(asked.filter_map(|call| sign_in(applications, index, written, call, calls)));
            if written.calls.is_empty() && !written.is_copy && !written.is_literal {
                steps.push(AuthStep {
                    kind: AuthStepKind::Keep,
                    location: written.location.clone(),
                    function: written.function.clone(),
                    credentials: vec![index],
                    cookies: vec![],
                    endpoint: None,
                    detail: None,
                });
            }
        }
        for removed in &kept.removed {
            if is_against_forgery(credentials, index) && !removed.is_refusal {
                continue;
            }
            steps.push(AuthStep {
                kind: if removed.is_refusal {
                    AuthStepKind::Refusal
                } else {
                    AuthStepKind::Logout
                },
                location: removed.location.clone(),
                function: removed.function.clone(),
                credentials: vec![index],
                cookies: vec![],
                endpoint: endpoint_in(&removed.function, calls)
                    .filter(|_| !removed.is_refusal && !removed.is_conditional),
                detail: None,
            });
        }
    }
    steps.extend(credentials.attachments.iter().map(attach));
    steps.extend(
        credentials
            .redirects
            .iter()
            .filter_map(|redirect| send_away(applications, redirect, credentials, calls)),
    );
    let cookies = cookie::cookies(applications);
    cookie::join(&mut steps, applications, &cookies, calls);
    let is_followed = steps.iter().any(|step| step.kind == AuthStepKind::Login);
    if !is_followed {
        steps.extend(
            calls
                .iter()
                .filter_map(|call| login_of_cookie(applications, call)),
        );
    }
    steps.sort();
    AuthFlow {
        credentials: credentials
            .kept
            .iter()
            .map(|kept| Credential {
                store: kept.store.clone(),
                key: kept.key.clone(),
            })
            .collect(),
        steps: merged(steps),
        cookies,
        identity: credentials.identity.clone(),
    }
}

/// Whether requests are given a credential only to tell that they come from the product's own page
/// (<https://developer.mozilla.org/docs/Web/Security/Attacks/CSRF>).
fn is_against_forgery(credentials: &Credentials, index: usize) -> bool {
    let mut attachments = credentials
        .attachments
        .iter()
        .filter(|attachment| attachment.kept.contains(&index))
        .peekable();
    attachments.peek().is_some()
        && attachments
            .all(|attachment| attachment.carrier.contains("csrf") || attachment.carrier.contains("xsrf"))
}

/// A place that sends the user elsewhere. Where the answer of an operation that asks who calls is missing, it is a guard if
/// those who were refused are sent to the same place.
fn send_away(
    applications: &[Application],
    redirect: &Redirect,
    credentials: &Credentials,
    calls: &[FrontendCall],
) -> Option<AuthStep> {
    let mut answered = calls
        .iter()
        .filter(|call| redirect.answers.contains(&call.location))
        .filter_map(|call| call.endpoint.clone());
    let endpoint = answered.find(|endpoint| asks(applications, endpoint));
    let is_refused_to = |other: &Redirect| other.is_refusal && other.to == redirect.to;
    let is_known = redirect.is_refusal
        || !redirect.kept.is_empty()
        || endpoint.is_some() && credentials.redirects.iter().any(is_refused_to);
    is_known.then(|| AuthStep {
        kind: if redirect.is_refusal {
            AuthStepKind::Refusal
        } else {
            AuthStepKind::Guard
        },
        location: redirect.location.clone(),
        function: redirect.function.clone(),
        credentials: redirect.kept.clone(),
        cookies: vec![],
        endpoint,
        detail: Some(redirect.to.clone()),
    })
}

fn sign_in(
    applications: &[Application],
    index: usize,
    written: &WrittenCredential,
    asked: &AskedCredential,
    calls: &[FrontendCall],
) -> Option<AuthStep> {
    let call = calls.iter().find(|call| call.location == asked.location);
    let endpoint = call.and_then(|call| call.endpoint.clone());
    let gives_first = endpoint
        .as_ref()
        .is_some_and(|endpoint| gives_tokens(applications, endpoint));
    let is_asked = endpoint
        .as_ref()
        .is_some_and(|endpoint| asks(applications, endpoint));
    // What is told to who is known already is no proof of it, unless it is a new one for an old one.
    let is_renewal = asked.is_renewal || is_asked;
    if is_asked && !gives_first && !asked.is_renewal && endpoint.as_ref().is_some_and(|it| it.method == "GET")
    {
        return None;
    }
    Some(AuthStep {
        kind: if is_renewal && !gives_first {
            AuthStepKind::Refresh
        } else {
            AuthStepKind::Login
        },
        location: asked.location.clone(),
        function: call.map_or_else(|| written.function.clone(), |call| call.function.clone()),
        credentials: vec![index],
        cookies: vec![],
        endpoint,
        detail: written.field.clone(),
    })
}

/// Whether an operation asks who calls.
fn asks(applications: &[Application], operation: &OperationReference) -> bool {
    let own = applications
        .iter()
        .filter(|application| application.name == operation.application);
    let operations = own.flat_map(|application| Router::new(application).operations);
    operations
        .filter(|known| known.reference == *operation)
        .filter_map(|known| known.endpoint)
        .any(|endpoint| !endpoint.security.is_empty() || refuses_strangers(endpoint))
}

/// Whether what an operation depends on answers 401, and nothing is given to it that could be a password.
fn refuses_strangers(endpoint: &Endpoint) -> bool {
    fn of_steps(steps: &[Step]) -> bool {
        steps.iter().any(|step| match step {
            Step::Raise { status, .. } => *status == Some(401),
            Step::Call { steps, .. } | Step::Loop { steps, .. } => of_steps(steps),
            Step::Branch { arms, .. } => arms.iter().any(|(_, steps)| of_steps(steps)),
            Step::External { .. } | Step::Cookie { .. } | Step::Background { .. } => false,
        })
    }
    fn of_dependencies(dependencies: &[Dependency]) -> bool {
        let mut all = dependencies.iter();
        all.any(|dependency| of_steps(&dependency.trace) || of_dependencies(&dependency.dependencies))
    }
    endpoint.request_body.is_none() && of_dependencies(&endpoint.dependencies)
}

fn attach(attachment: &Attachment) -> AuthStep {
    let detail = match &attachment.scheme {
        Some(scheme) => format!("{}: {scheme}", attachment.carrier),
        None => attachment.carrier.clone(),
    };
    AuthStep {
        kind: AuthStepKind::Attach,
        location: attachment.location.clone(),
        function: attachment.function.clone(),
        credentials: attachment.kept.clone(),
        cookies: vec![],
        endpoint: None,
        detail: Some(detail),
    }
}

/// A call of the operation that gives tokens, whose answer the scripts do not keep: the browser keeps its cookie.
fn login_of_cookie(applications: &[Application], call: &FrontendCall) -> Option<AuthStep> {
    let endpoint = call.endpoint.as_ref()?;
    gives_tokens(applications, endpoint).then(|| AuthStep {
        kind: AuthStepKind::Login,
        location: call.location.clone(),
        function: call.function.clone(),
        credentials: vec![],
        cookies: vec![],
        endpoint: Some(endpoint.clone()),
        detail: None,
    })
}

/// Whether an operation is the `tokenUrl` of a security scheme or reads a password form:
/// <https://fastapi.tiangolo.com/tutorial/security/simple-oauth2/>.
fn gives_tokens(applications: &[Application], operation: &OperationReference) -> bool {
    let own = applications
        .iter()
        .filter(|application| application.name == operation.application);
    own.flat_map(token_operations)
        .any(|(method, path)| method == operation.method && path == operation.path)
}

/// Method and path of the operations of an application that give tokens, in registration order.
#[must_use]
pub fn token_operations(application: &Application) -> Vec<(String, String)> {
    let addresses: Vec<&str> = application
        .security_schemes
        .iter()
        .filter_map(|(_, scheme)| scheme.get("flows")?.as_object())
        .flat_map(|flows| flows.values())
        .filter_map(|flow| flow.get("tokenUrl")?.as_str())
        .collect();
    let mut found = vec![];
    for endpoint in &application.endpoints {
        let reads_form = endpoint.dependencies.iter().any(|dependency| {
            let name = &dependency.callable.name;
            name.ends_with(":OAuth2PasswordRequestForm") || name.ends_with(":OAuth2PasswordRequestFormStrict")
        });
        // A relative address is one from where the page of the documentation stands.
        let is_address = addresses.iter().any(|address| {
            let address = address.trim_start_matches('.').trim_matches('/');
            !address.is_empty() && endpoint.path.trim_matches('/').ends_with(address)
        });
        if reads_form || is_address && endpoint.methods.iter().any(|method| method == "POST") {
            let methods = endpoint.methods.iter();
            found.extend(methods.map(|method| (method.clone(), endpoint.path.clone())));
        }
    }
    found
}

/// The operation that a function calls, if it is one alone.
fn endpoint_in(function: &str, calls: &[FrontendCall]) -> Option<OperationReference> {
    let mut called = calls
        .iter()
        .filter(|call| call.function == function && function.contains(':'))
        .filter_map(|call| call.endpoint.clone());
    let first = called.next()?;
    called.all(|other| other == first).then_some(first)
}

/// Steps at one place as one; what takes a credential away and sends the user elsewhere in one function too.
fn merged(steps: Vec<AuthStep>) -> Vec<AuthStep> {
    let mut merged: Vec<AuthStep> = vec![];
    for step in steps {
        let is_same = |known: &AuthStep| {
            known.kind == step.kind
                && (known.location == step.location
                    || step.kind == AuthStepKind::Refusal
                        && is_near(&known.location, &step.location)
                        && known.function == step.function)
        };
        let Some(known) = merged.iter_mut().find(|known| is_same(known)) else {
            merged.push(step);
            continue;
        };
        known.credentials.extend(step.credentials);
        known.credentials.sort_unstable();
        known.credentials.dedup();
        known.cookies.extend(step.cookies);
        known.cookies.sort_unstable();
        known.cookies.dedup();
        known.endpoint = known.endpoint.take().or(step.endpoint);
        match (&mut known.detail, step.detail) {
            (Some(known), Some(more)) if *known != more => {
                known.push_str(", ");
                known.push_str(&more);
            }
            (known, more) => *known = known.take().or(more),
        }
    }
    merged
}

/// Lines of the same few statements.
fn is_near(one: &Location, other: &Location) -> bool {
    one.file == other.file && one.line.abs_diff(other.line) <= 10
}
