//! Signing in.

use super::*;
use crate::architecture::model::Dependency;

#[test]
fn how_a_frontend_signs_in() {
    use crate::web::{
        credentials, fixture::Fixture, interaction::Interactions, network, project::Project,
        values::Evaluator,
    };

    let files = Fixture::new(
        "//- me.js\nexport async function me() {\nconst answer = await fetch('/me');\nconst mine = await answer.json();\nlocalStorage.setItem('access', mine.token); }\n\
         //- session.js\nexport async function signIn(form) {\nconst answer = await fetch('/token', { method: 'POST', body: form });\n\
         const tokens = await answer.json();\nlocalStorage.setItem('access', tokens.access_token);\nlocalStorage.setItem('refresh', tokens.refresh_token); }\n\
         export async function renew() {\nconst body = JSON.stringify({ token: localStorage.getItem('refresh') });\n\
         const answer = await fetch('/refresh', { method: 'POST', body });\nlocalStorage.setItem('access', (await answer.json()).access_token); }\n\
         export const send = (path) =>\nfetch(path, { headers: { Authorization: 'Bearer ' + localStorage.getItem('access') } });\n\
         export async function signOut() {\nawait fetch('/logout', { method: 'POST' });\nlocalStorage.clear(); }",
    );
    let project = Project::new(&files);
    let evaluator = Evaluator::new(&project);
    let asked = network::calls(&evaluator, &Interactions::new(&evaluator));
    let places = asked.iter().map(|call| call.location.clone()).collect();
    let kept = credentials::read(&evaluator, &places);
    let mut application = application(
        "app.main:app",
        &["POST /token", "POST /refresh", "POST /logout", "GET /me"],
    );
    // Who is not known is refused without a scheme that a document would show.
    let refusal = Step::Raise {
        exception: "HTTPException".to_owned(),
        status: Some(401),
        detail: None,
        location: Location::default(),
    };
    application.endpoints[3].dependencies = vec![Dependency {
        trace: vec![refusal],
        ..Dependency::default()
    }];
    let scheme = json!({"type": "oauth2", "flows": {"password": {"tokenUrl": "token"}}});
    application.security_schemes = vec![("OAuth2PasswordBearer".to_owned(), scheme)];
    let applications = [application];
    let joined = calls(&applications, &asked, &Network::default());
    let flow = crate::architecture::integration::auth::flow(&applications, &kept, &joined.calls);
    let mut out = String::new();
    for step in &flow.steps {
        let endpoint = step
            .endpoint
            .as_ref()
            .map_or("-", |endpoint| endpoint.path.as_str());
        let keys = step.credentials.iter();
        let keys: Vec<&str> = keys.map(|index| flow.credentials[*index].key.as_str()).collect();
        let detail = step.detail.as_deref().unwrap_or("-");
        let kind = step.kind;
        let line = step.location.line;
        let _ = writeln!(out, "{line} {kind:?} {endpoint} [{}] {detail}", keys.join(", "));
    }
    expect![[r#"
        2 Login /token [access, refresh] access_token, refresh_token
        11 Attach - [access] authorization: Bearer
        8 Refresh /refresh [access] access_token
        14 Logout /logout [access, refresh] -
    "#]]
    .assert_eq(&out);
}

/// The answer to signing in holds nothing that scripts keep: the backend sets a cookie.
#[test]
fn session_cookies() {
    let application = served();
    let operation = |path: &str| {
        crate::architecture::integration::router::Router::new(&application)
            .operations
            .into_iter()
            .find_map(|operation| (operation.reference.path == path).then_some(operation.reference))
    };
    let call = |line: u32, path: &str| FrontendCall {
        endpoint: operation(path),
        location: Location {
            file: "web/api.ts".to_owned(),
            line,
            ..Location::default()
        },
        ..FrontendCall::default()
    };
    let calls = [
        call(1, "/login"),
        call(2, "/renew"),
        call(3, "/logout"),
        call(4, "/theme"),
        call(5, "/again"),
        call(6, "/users"),
        call(7, "/link"),
        call(8, "/authorize"),
    ];
    let flow = crate::architecture::integration::auth::flow(
        std::slice::from_ref(&application),
        &Credentials::default(),
        &calls,
    );
    let mut out = String::new();
    for step in &flow.steps {
        let cookies = step.cookies.iter().map(|index| &flow.cookies[*index]);
        let cookies: Vec<String> = cookies
            .map(|cookie| {
                format!(
                    "{} http_only={} followed_by={:?}",
                    cookie.name.as_deref().unwrap_or("?"),
                    cookie.is_http_only,
                    cookie.followed_by
                )
            })
            .collect();
        let _ = writeln!(
            out,
            "{} {:?} [{}]",
            step.location.line,
            step.kind,
            cookies.join(", ")
        );
    }
    expect![[r#"
        1 Login [sid http_only=true followed_by=[]]
        8 Login [state http_only=true followed_by=[0]]
        2 Refresh [sid http_only=true followed_by=[]]
        5 Refresh [sid http_only=true followed_by=[]]
        3 Logout [sid http_only=true followed_by=[]]
    "#]]
    .assert_eq(&out);
}

/// An application whose operations set and remove cookies.
fn served() -> Application {
    let mut application = application(
        "app.main:app",
        &[
            "POST /login",
            "POST /renew",
            "POST /logout",
            "POST /theme",
            "POST /again",
            "PUT /users",
            "GET /link",
            "GET /authorize",
            "GET /callback",
        ],
    );
    let cookie = |name: &str, is_http_only, is_removed| Step::Cookie {
        name: Some(name.to_owned()),
        is_http_only: Some(is_http_only),
        is_removed,
        location: Location::default(),
    };
    let endpoints = &mut application.endpoints;
    endpoints[0].trace = vec![Step::Branch {
        arms: vec![("user is found".to_owned(), vec![cookie("sid", true, false)])],
        location: Location::default(),
    }];
    endpoints[1].trace = vec![cookie("sid", true, false)];
    endpoints[1].security = vec![("Cookie".to_owned(), vec![])];
    endpoints[2].trace = vec![cookie("sid", false, true)];
    endpoints[3].trace = vec![cookie("theme", false, false)];
    endpoints[0].request_body = Some(Body::default());
    endpoints[4].trace = vec![cookie("sid", true, false)];
    // A new password ends the session.
    endpoints[5].trace = vec![Step::Branch {
        arms: vec![("password".to_owned(), vec![cookie("sid", false, true)])],
        location: Location::default(),
    }];
    endpoints[5].request_body = Some(Body::default());
    // The state of OAuth 2 ends where the session begins.
    endpoints[6].trace = vec![cookie("state", true, false)];
    endpoints[6].security = vec![("Cookie".to_owned(), vec![])];
    endpoints[7].trace = vec![cookie("state", true, false)];
    endpoints[8].trace = vec![cookie("state", false, true), cookie("sid", true, false)];
    application
}
