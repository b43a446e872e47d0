//! What the frontend does to prove who asks.

use crate::{
    architecture::model::{
        Application, AuthFlow, AuthStep, AuthStepKind, Credential, IdentityRequest, IdentityRequestKind,
        ResponseCookie,
    },
    markdown::{Block, Inline, Table},
    view::{Context, show},
};

/// More places of one kind are counted.
const PLACES: usize = 5;

/// The steps that concern an application: those that call no operation of another.
pub(in crate::view) fn of_application(flow: &AuthFlow, application: &Application) -> AuthFlow {
    let is_own = |step: &&AuthStep| {
        let endpoint = step.endpoint.as_ref();
        endpoint.is_none_or(|endpoint| endpoint.application == application.name)
    };
    AuthFlow {
        credentials: flow.credentials.clone(),
        steps: flow.steps.iter().filter(is_own).cloned().collect(),
        cookies: flow.cookies.clone(),
        identity: flow.identity.clone(),
    }
}

/// Where a credential is kept, in words.
pub(in crate::view) fn kept(credential: &Credential) -> (String, &'static str) {
    let store = match credential.store.as_str() {
        "localStorage" => "local storage",
        "sessionStorage" => "session storage",
        "cookie" => "a cookie",
        _ => "memory",
    };
    (credential.key.clone(), store)
}

/// Steps that say the same of several places.
struct Row<'a> {
    first: &'a AuthStep,
    steps: Vec<&'a AuthStep>,
}

/// What the clients of identity providers are asked for.
pub(super) fn identity_table(flow: &AuthFlow, limit: Option<usize>, context: &Context<'_>) -> Block {
    let mut rows: Vec<(&IdentityRequest, Vec<&IdentityRequest>)> = vec![];
    for request in &flow.identity {
        let is_same = |(first, _): &&mut (&IdentityRequest, Vec<&IdentityRequest>)| {
            (first.kind, &first.package, &first.asked) == (request.kind, &request.package, &request.asked)
        };
        match rows.iter_mut().find(is_same) {
            Some((_, requests)) => requests.push(request),
            None => rows.push((request, vec![request])),
        }
    }
    if rows.is_empty() {
        return Block::default();
    }
    rows.sort_by_key(|(first, _)| (first.kind, first.package.clone(), first.asked.clone()));
    let rest = show::limited(&mut rows, limit, "request");
    let mut table = Table::new(["Identity provider", "Is asked for", "Where"]);
    for (first, requests) in &rows {
        let what = match first.kind {
            IdentityRequestKind::Login => "login",
            IdentityRequestKind::Token => "session or token",
            IdentityRequestKind::Refresh => "refresh",
            IdentityRequestKind::Logout => "logout",
        };
        let places = requests
            .iter()
            .map(|request| show::source(&request.location, context));
        table.row([
            Inline::code(&first.package),
            Inline::lines([Inline::text(what), Inline::code(&first.asked)]),
            show::first_lines(places, PLACES),
        ]);
    }
    let title = Block::paragraph(&Inline::strong("Identity providers"));
    Block::sequence([title, Block::table(&table), rest])
}

pub(super) fn table(flow: &AuthFlow, limit: Option<usize>, context: &Context<'_>) -> Block {
    let mut rows: Vec<Row<'_>> = vec![];
    for step in &flow.steps {
        let is_same = |row: &&mut Row<'_>| {
            let first = row.first;
            first.kind == step.kind
                && first.endpoint == step.endpoint
                && first.credentials == step.credentials
                && first.cookies == step.cookies
                && first.detail == step.detail
        };
        match rows.iter_mut().find(is_same) {
            Some(row) => row.steps.push(step),
            None => rows.push(Row {
                first: step,
                steps: vec![step],
            }),
        }
    }
    let rest = show::limited(&mut rows, limit, "step");
    let mut table = Table::new(["Step", "What happens", "Where"]);
    for row in &rows {
        let places = row.steps.iter().map(|step| show::source(&step.location, context));
        table.row([
            Inline::text(title(row.first.kind)),
            Inline::lines(what(row.first, flow)),
            show::first_lines(places, PLACES),
        ]);
    }
    Block::sequence([Block::table(&table), rest])
}

fn title(kind: AuthStepKind) -> &'static str {
    match kind {
        AuthStepKind::Login => "Login",
        AuthStepKind::Keep => "Kept",
        AuthStepKind::Attach => "Credential of requests",
        AuthStepKind::Refresh => "Refresh",
        AuthStepKind::Guard => "Guard",
        AuthStepKind::Refusal => "Refusal",
        AuthStepKind::Logout => "Logout",
    }
}

fn what(step: &AuthStep, flow: &AuthFlow) -> Vec<Inline> {
    let called = step.endpoint.as_ref().map(|endpoint| {
        Inline::concat([
            Inline::text("calls "),
            Inline::path(format!("{} {}", endpoint.method, endpoint.path)),
        ])
    });
    let credentials = credentials(step, flow);
    let detail = step.detail.as_deref();
    let code = |text: &str| Inline::code(text);
    let mut lines = vec![];
    match step.kind {
        AuthStepKind::Login | AuthStepKind::Refresh => {
            lines.extend(called);
            lines.extend(keeps(step, flow));
            let known = step.cookies.iter().filter_map(|index| flow.cookies.get(*index));
            lines.extend(known.zip(cookies(step, flow)).map(|(known, cookie)| {
                Inline::concat([
                    Inline::text("the answer sets "),
                    cookie,
                    Inline::text(", which the browser keeps"),
                    until(known, flow),
                ])
            }));
        }
        AuthStepKind::Keep => lines.extend(keeps(step, flow)),
        AuthStepKind::Attach => lines.push(match detail {
            Some("cookie") => Inline::text("the browser sends its cookies"),
            Some("address") => Inline::concat([Inline::text("in the address, from "), credentials]),
            detail => Inline::concat([
                Inline::text("header "),
                code(detail.unwrap_or_default()),
                Inline::text(" from "),
                credentials,
            ]),
        }),
        AuthStepKind::Guard => lines.push(Inline::concat([
            Inline::text("goes to "),
            code(detail.unwrap_or_default()),
            Inline::text(" without "),
            match &step.endpoint {
                Some(endpoint) => Inline::concat([
                    Inline::text("the answer of "),
                    Inline::path(format!("{} {}", endpoint.method, endpoint.path)),
                ]),
                None => credentials,
            },
        ])),
        AuthStepKind::Refusal | AuthStepKind::Logout => {
            lines.extend(called);
            lines.extend(
                cookies(step, flow)
                    .map(|cookie| Inline::concat([Inline::text("the answer removes "), cookie])),
            );
            if !credentials.is_empty() {
                lines.push(Inline::concat([Inline::text("removes "), credentials]));
            }
            lines.extend(detail.map(|to| Inline::concat([Inline::text("goes to "), code(to)])));
        }
    }
    lines
}

/// What is kept where, a line each; fields stand in the order of the credentials.
fn keeps(step: &AuthStep, flow: &AuthFlow) -> Vec<Inline> {
    let fields: Vec<&str> = step.detail.iter().flat_map(|detail| detail.split(", ")).collect();
    let known = step
        .credentials
        .iter()
        .filter_map(|index| flow.credentials.get(*index));
    known
        .enumerate()
        .map(|(place, credential)| {
            let field = match fields.as_slice() {
                [only] => Some(*only),
                several if several.len() == step.credentials.len() => several.get(place).copied(),
                _ => None,
            };
            let (key, store) = kept(credential);
            let field = field.map_or_else(Inline::default, |field| {
                Inline::concat([Inline::code(field), Inline::text(" ")])
            });
            Inline::concat([
                Inline::text("keeps "),
                field,
                Inline::text(format!("in {store} ")),
                Inline::code(key),
            ])
        })
        .collect()
}

/// What comes after a cookie that is only of the way to it.
fn until(cookie: &ResponseCookie, flow: &AuthFlow) -> Inline {
    let following = cookie
        .followed_by
        .iter()
        .filter_map(|index| flow.cookies.get(*index));
    let names: Vec<Inline> = following
        .filter_map(|cookie| cookie.name.as_deref())
        .map(Inline::code)
        .collect();
    if names.is_empty() {
        return Inline::default();
    }
    let names = Inline::join(", ", names);
    Inline::concat([Inline::text(" until "), names, Inline::text(" is set instead")])
}

/// The cookies that the answer to a step sets or takes away, in words.
fn cookies<'a>(step: &'a AuthStep, flow: &'a AuthFlow) -> impl Iterator<Item = Inline> + 'a {
    let known = step.cookies.iter().filter_map(|index| flow.cookies.get(*index));
    known.map(|cookie| {
        let kind = if cookie.is_http_only {
            "the HttpOnly cookie"
        } else {
            "the cookie"
        };
        match &cookie.name {
            Some(name) => Inline::concat([Inline::text(format!("{kind} ")), Inline::code(name)]),
            None => Inline::text(format!("{kind} of a name that is not known")),
        }
    })
}

fn credentials(step: &AuthStep, flow: &AuthFlow) -> Inline {
    let known = step
        .credentials
        .iter()
        .filter_map(|index| flow.credentials.get(*index));
    Inline::join(
        ", ",
        known.map(|credential| {
            let (key, store) = kept(credential);
            Inline::join(" ", [Inline::text(store), Inline::code(key)])
        }),
    )
}
