//! Calls of hand-made frontends, and what answers them.

use std::fmt::Write as _;

use expect_test::{Expect, expect};
use serde_json::json;

use super::{
    backend_address::BackendAddress,
    calls,
    forwarding::Forwarding,
    matching::Network,
    server_command::{ports, statements},
};
use crate::{
    architecture::model::{
        Application, Body, Channel, Endpoint, FieldMismatchKind, FrontendCall, Integration, Mount, Response,
        Step,
    },
    deploy::{Deployment, dotenv::EnvironmentFile, setting::Setting},
    source::location::Location,
    web::{bundler::Pipeline, credentials::Credentials, network::NetworkCall},
};

fn application(name: &str, routes: &[&str]) -> Application {
    let mut application = Application {
        name: name.to_owned(),
        ..Application::default()
    };
    for route in routes {
        let (method, path) = route.split_once(' ').expect("method and path");
        if method == "WS" {
            application.channels.push(Channel {
                path: path.to_owned(),
                ..Channel::default()
            });
            continue;
        }
        application.endpoints.push(Endpoint {
            methods: vec![method.to_owned()],
            path: path.to_owned(),
            ..Endpoint::default()
        });
    }
    application
}

fn call(index: usize, text: &str) -> NetworkCall {
    let (method, urls) = text.split_once(' ').expect("method and address");
    let mut urls = urls.split(" | ").map(ToOwned::to_owned);
    let mut call = NetworkCall {
        kind: "fetch".to_owned(),
        method: method.to_owned(),
        url: urls.next().unwrap_or_default(),
        other_urls: urls.collect(),
        ..NetworkCall::default()
    };
    call.location.file = "web/src/api.ts".to_owned();
    call.location.line = index as u32 + 1;
    call
}

fn dump(integration: &Integration) -> String {
    let mut out = String::new();
    for call in &integration.calls {
        let answer = match (&call.endpoint, call.alternatives.as_slice()) {
            (Some(endpoint), _) => format!("{} {}", endpoint.method, endpoint.path),
            (None, []) => "-".to_owned(),
            (None, several) => {
                let paths: Vec<&str> = several.iter().map(|reference| reference.path.as_str()).collect();
                format!("one of {}", paths.join(", "))
            }
        };
        let _ = write!(out, "{} {} => {answer}", call.method, call.url);
        if let Some(endpoint) = call
            .endpoint
            .as_ref()
            .filter(|endpoint| !endpoint.application.starts_with("app"))
        {
            let _ = write!(out, " of {}", endpoint.application);
        }
        if call.via_redirect {
            out.push_str(" via redirect");
        }
        for words in [&call.reason, &call.assumption].into_iter().flatten() {
            let _ = write!(out, " ({words})");
        }
        if let Some(nearest) = &call.nearest {
            let _ = write!(out, " nearest {} {}", nearest.method, nearest.path);
        }
        for mismatch in &call.mismatches {
            let word = match mismatch.kind {
                FieldMismatchKind::UnknownBodyField => "unknown",
                FieldMismatchKind::MissingBodyField => "missing",
                FieldMismatchKind::UnknownResponseField => "not in the response",
            };
            let _ = write!(out, "; {word}: {} ({})", mismatch.field, mismatch.model);
        }
        out.push('\n');
    }
    for uncalled in &integration.uncalled {
        let reference = &uncalled.operation;
        let _ = writeln!(out, "uncalled {} {}", reference.method, reference.path);
    }
    out
}

fn check(applications: &[Application], network: &Network<'_>, written: &[&str], expected: &Expect) {
    let calls: Vec<NetworkCall> = written
        .iter()
        .enumerate()
        .map(|(index, text)| call(index, text))
        .collect();
    expected.assert_eq(&dump(&super::calls(applications, &calls, network)));
}

#[test]
fn the_first_route_that_matches_answers() {
    let app = application(
        "app:app",
        &[
            "GET /users/me",
            "GET /users/{id}",
            "GET /users/{id}/avatar",
            "POST /users/",
            "GET /n/{n:int}",
            "GET /n/{n:float}",
            "GET /f/{path:path}",
            "GET /a/list",
            "GET /b/list",
            "GET /u/{id:uuid}",
            "DELETE /n/{n:int}",
            "WS /ws/{room}",
            "GET /unused",
        ],
    );
    check(
        &[app],
        &Network::default(),
        &[
            "GET /users/me",
            "GET /users/${id}",
            "GET /users/${user.get('a/b')}/avatar?size=${n}",
            "POST /users",
            "GET /users/1/",
            "GET users/7${query}",
            "PUT /users/me",
            "GET /n/12",
            "GET /n/1.5",
            "GET /n/x",
            "GET /f/a/b/c",
            "GET /${kind}/list",
            "GET /u/${id}",
            "WS /ws/${room}",
            "WS /users/me",
            "SSE /n/${n}",
            "GET /usres/me",
            "? /users/me",
            "GET data:image/png;base64,x",
            "DELETE /n/${n}",
            "GET /f/${path}",
        ],
        &expect![[r#"
            GET /users/me => GET /users/me
            GET /users/${id} => GET /users/{id}
            GET /users/${user.get('a/b')}/avatar?size=${n} => GET /users/{id}/avatar
            POST /users => POST /users/ via redirect
            GET /users/1/ => GET /users/{id} via redirect
            GET users/7${query} => GET /users/{id}
            PUT /users/me => - (405: this path answers GET) nearest GET /users/me
            GET /n/12 => GET /n/{n:int}
            GET /n/1.5 => GET /n/{n:float}
            GET /n/x => - (404: no route has this path) nearest GET /n/{n:int}
            GET /f/a/b/c => GET /f/{path:path}
            GET /${kind}/list => one of /users/{id}, /f/{path:path}, /a/list, /b/list (what stands in the hole decides)
            GET /u/${id} => GET /u/{id:uuid}
            WS /ws/${room} => WS /ws/{room}
            WS /users/me => - (this path answers HTTP and no WebSocket)
            SSE /n/${n} => GET /n/{n:int}
            GET /usres/me => - (404: no route has this path) nearest GET /users/me
            ? /users/me => GET /users/me
            GET data:image/png;base64,x => - (no server answers such an address)
            DELETE /n/${n} => DELETE /n/{n:int}
            GET /f/${path} => GET /f/{path:path}
            uncalled GET /unused
        "#]],
    );
}

#[test]
fn holes_are_any_text_only_where_nothing_else_fits() {
    let app = application(
        "app:app",
        &[
            "GET /items/{id}",
            "GET /items/{id}/parts",
            "POST /items/{id}/start",
            "POST /items/{id}/stop",
            "GET /deep/a/b",
        ],
    );
    check(
        &[app],
        &Network::default(),
        &[
            "GET /items/${id}",
            "POST /items/${id}/${action}",
            "GET /deep/${rest}",
            "GET /items/${id}/parts${query}",
            "GET /items/a-${id}.json",
        ],
        &expect![[r#"
            GET /items/${id} => GET /items/{id}
            POST /items/${id}/${action} => one of /items/{id}/start, /items/{id}/stop (what stands in the hole decides)
            GET /deep/${rest} => GET /deep/a/b
            GET /items/${id}/parts${query} => GET /items/{id}/parts
            GET /items/a-${id}.json => GET /items/{id}
        "#]],
    );
}

#[test]
fn mounts_and_root_paths() {
    let mut app = application("app:app", &["GET /health"]);
    app.root_path = "/backend".to_owned();
    app.mounts = vec![
        Mount {
            path: "/static".to_owned(),
            is_static: true,
            target: "StaticFiles".to_owned(),
            ..Mount::default()
        },
        Mount {
            path: "/v2".to_owned(),
            application: Some(Box::new(application("app:v2", &["GET /scenes/{id}"]))),
            ..Mount::default()
        },
    ];
    check(
        &[app],
        &Network::default(),
        &[
            "GET /backend/health",
            "GET /health",
            "GET /static/a.png",
            "GET /v2/scenes/${id}",
            "GET /scenes/${id}",
        ],
        &expect![[r#"
            GET /backend/health => GET /health
            GET /health => GET /health
            GET /static/a.png => - (`/static` is a mount of static files)
            GET /v2/scenes/${id} => GET /v2/scenes/{id}
            GET /scenes/${id} => - (404: no route has this path) nearest GET /v2/scenes/{id}
        "#]],
    );
}

fn vite<'a>() -> Forwarding<'a> {
    Forwarding {
        software: "Vite".to_owned(),
        location: Default::default(),
        scope: "web".to_owned(),
        ports: vec![5173],
        pass: Box::new(|path| {
            if let Some(rest) = path.strip_prefix("/robot") {
                return Some(("http://localhost:5000".to_owned(), rest.to_owned()));
            }
            path.starts_with("/api")
                .then(|| ("http://localhost:8000".to_owned(), path.to_owned()))
        }),
    }
}

#[test]
fn another_service_is_not_the_backend() {
    let app = application("app:app", &["GET /api/health", "GET /health", "POST /state"]);
    let calls = [
        "GET /api/health",
        "GET /robot/health",
        "GET http://localhost:8000/health",
        "GET http://localhost:5000/health",
        "GET http://localhost:5173/api/health",
        "GET https://api.example.com/health",
        "GET ${base}/health",
        "GET http://${host}/api/health",
        "GET //127.0.0.1:8000/health",
        "GET ${url}",
        "GET http://backend:8000/health",
    ];
    let mut network = Network {
        forwardings: vec![vite()],
        ..Network::default()
    };
    check(
        std::slice::from_ref(&app),
        &network,
        &calls,
        &expect![[r#"
        GET /api/health => GET /api/health (No command names the backend's port; `localhost:8000` is taken for it.)
        GET /robot/health => - (another service: localhost:5000)
        GET http://localhost:8000/health => GET /health (No command names the backend's port; `localhost:8000` is taken for it.)
        GET http://localhost:5000/health => - (another service: localhost:5000)
        GET http://localhost:5173/api/health => GET /api/health (No command names the backend's port; `localhost:8000` is taken for it.)
        GET https://api.example.com/health => - (another service: api.example.com)
        GET ${base}/health => GET /health (The host in front of the path is not known and taken for the backend's.)
        GET http://${host}/api/health => GET /api/health (The host in front of the path is not known and taken for the backend's.)
        GET //127.0.0.1:8000/health => GET /health (No command names the backend's port; `127.0.0.1:8000` is taken for it.)
        GET ${url} => - (the address is not known)
        GET http://backend:8000/health => GET /health (The host `backend:8000` is not declared and taken for the backend's.)
        uncalled POST /state
    "#]],
    );
    network.backends = vec![BackendAddress {
        application: "app:app".to_owned(),
        ports: vec![9000],
        hosts: vec!["backend".to_owned()],
    }];
    check(
        &[app],
        &network,
        &calls,
        &expect![[r#"
        GET /api/health => - (another service: localhost:8000; the backend listens on 9000)
        GET /robot/health => - (another service: localhost:5000; the backend listens on 9000)
        GET http://localhost:8000/health => - (another service: localhost:8000; the backend listens on 9000)
        GET http://localhost:5000/health => - (another service: localhost:5000; the backend listens on 9000)
        GET http://localhost:5173/api/health => - (another service: localhost:8000; the backend listens on 9000)
        GET https://api.example.com/health => - (another service: api.example.com)
        GET ${base}/health => GET /health (The host in front of the path is not known and taken for the backend's.)
        GET http://${host}/api/health => GET /api/health (The host in front of the path is not known and taken for the backend's.)
        GET //127.0.0.1:8000/health => - (another service: 127.0.0.1:8000; the backend listens on 9000)
        GET ${url} => - (the address is not known)
        GET http://backend:8000/health => GET /health
        uncalled POST /state
    "#]],
    );
}

#[test]
fn of_hosts_that_a_condition_decides_between_the_backends_answers() {
    let app = application("app:app", &["GET /api/health"]);
    let network = Network {
        backends: vec![BackendAddress {
            application: "app:app".to_owned(),
            ports: vec![8080],
            hosts: vec![],
        }],
        ..Network::default()
    };
    let calls = [
        "GET http://localhost:3001/api/health | /api/health",
        "GET https://api.example.com/api/health | http://localhost:8080/api/health",
        "GET https://api.example.com/api/health | http://localhost:3001/api/health",
        "GET http://localhost:3001/api/helth | /api/helth",
        "GET http://${window.location.hostname}:8080/api/health",
        "GET http://${window.location.hostname}:9000/api/health",
    ];
    check(
        &[app],
        &network,
        &calls,
        &expect![[r#"
        GET /api/health => GET /api/health
        GET http://localhost:8080/api/health => GET /api/health
        GET https://api.example.com/api/health => - (another service: api.example.com)
        GET /api/helth => - (404: no route has this path) nearest GET /api/health
        GET http://${window.location.hostname}:8080/api/health => GET /api/health
        GET http://${window.location.hostname}:9000/api/health => - (another service: localhost:9000; the backend listens on 8080)
    "#]],
    );
}

#[test]
fn links_count_where_an_endpoint_answers() {
    let mut app = application("app:app", &["GET /items/{id}", "GET /about", "GET /{path:path}"]);
    app.endpoints[0].name = "read_item".to_owned();
    let link = |text: &str, is_in_page: bool, route: Option<&str>| NetworkCall {
        is_link: true,
        is_in_page,
        route: route.map(str::to_owned),
        ..call(0, text)
    };
    let calls = [
        link("GET /items/1", true, None),
        link("GET /other", true, None),
        link("GET /about", false, None),
        link("GET ${import.meta.env.VITE_API}/items/1", false, None),
        link("GET ${base}/items/1", false, None),
        link("GET http://localhost:8000/items/2", false, None),
        link("GET ${url_for('read_item')}", true, Some("read_item")),
        link("GET ${url_for('static')}", true, Some("static")),
    ];
    let network = Network::default();
    let integration = super::calls(std::slice::from_ref(&app), &calls, &network);
    expect![[r#"
        GET /items/1 => GET /items/{id}
        GET ${import.meta.env.VITE_API}/items/1 => GET /items/{id} (The host in front of the path is not known and taken for the backend's.)
        GET http://localhost:8000/items/2 => GET /items/{id} (No command names the backend's port; `localhost:8000` is taken for it.)
        GET ${url_for('read_item')} => GET /items/{id}
        uncalled GET /about
        uncalled GET /{path:path}
    "#]].assert_eq(&dump(&integration));
}

#[test]
fn one_of_several_applications_answers() {
    let apps = [
        application("users:app", &["GET /health", "GET /users"]),
        application("scenes:app", &["GET /health"]),
    ];
    let network = Network {
        backends: vec![
            BackendAddress {
                application: "users:app".to_owned(),
                ports: vec![8001],
                hosts: vec![],
            },
            BackendAddress {
                application: "scenes:app".to_owned(),
                ports: vec![8002],
                hosts: vec!["scenes".to_owned()],
            },
        ],
        ..Network::default()
    };
    check(
        &apps,
        &network,
        &[
            "GET http://localhost:8002/health",
            "GET http://localhost:8001/health",
            "GET http://scenes/users",
            "GET ${API}/users",
        ],
        &expect![[r#"
            GET http://localhost:8002/health => GET /health of scenes:app
            GET http://localhost:8001/health => GET /health of users:app
            GET http://scenes/users => - (404: no route has this path)
            GET ${API}/users => GET /users of users:app (The host in front of the path is not known and taken for the backend's.)
        "#]],
    );
}

#[test]
fn what_stands_in_front_of_a_path_may_hold_its_beginning() {
    let app = application(
        "app:app",
        &["GET /api/v1/users/{id}", "GET /api/v1/items", "GET /api/v2/items"],
    );
    check(
        &[app],
        &Network::default(),
        &["GET ${base}/users/${id}", "GET ${base}/items", "GET ${base}/${x}"],
        &expect![[r#"
            GET ${base}/users/${id} => GET /api/v1/users/{id} (What stands in front of the path is not known; `/api/v1/users/{id}` alone ends like it.)
            GET ${base}/items => one of /api/v1/items, /api/v2/items (what stands in front of the path decides)
            GET ${base}/${x} => - (the address is not known)
        "#]],
    );
}

#[test]
fn fields_are_compared_with_models() {
    let mut app = application("app:app", &["POST /items"]);
    app.schemas = vec![
        (
            "Item".to_owned(),
            json!({"type": "object", "required": ["name"], "properties": {
            "name": {"type": "string"}, "tags": {"type": "array", "items": {"$ref": "#/components/schemas/Tag"}}, "extra": {}}}),
        ),
        (
            "Tag".to_owned(),
            json!({"type": "object", "properties": {"id": {"type": "integer"}}}),
        ),
    ];
    let endpoint = &mut app.endpoints[0];
    endpoint.request_body = Some(Body {
        annotation: "Item".to_owned(),
        schema: json!({"$ref": "#/components/schemas/Item"}),
        ..Body::default()
    });
    endpoint.responses = vec![Response {
        status: "200".to_owned(),
        annotation: Some("Item".to_owned()),
        schema: Some(json!({"$ref": "#/components/schemas/Item"})),
        ..Response::default()
    }];
    let mut one = call(0, "POST /items");
    one.body_fields = vec!["tags".to_owned(), "titel".to_owned()];
    one.reads = [
        "name.length",
        "tags.0.id",
        "tags.0.x",
        "tags.map",
        "extra.any",
        "detail",
        "owner",
    ]
    .map(str::to_owned)
    .to_vec();
    let mut open = call(1, "POST /items");
    open.body_fields = vec!["...".to_owned(), "tags".to_owned()];
    expect![[r#"
        POST /items => POST /items; unknown: titel (Item); missing: name (Item); not in the response: tags.0.x (Item); not in the response: owner (Item)
        POST /items => POST /items
    "#]].assert_eq(&dump(&calls(&[app], &[one, open], &Network::default())));
}

#[test]
fn commands_name_ports() {
    let texts = [
        "uvicorn main:app --reload --port 7781",
        r#"CMD ["uvicorn", "main:app", "--host", "0.0.0.0", "--port", "7781"]"#,
        "gunicorn -b 0.0.0.0:9000 main:app",
        "uvicorn main:app --port ${PORT:-8080}",
        "uvicorn main:app --port $PORT",
        "uvicorn main:app",
        "uvicorn.run(app, host=\"0.0.0.0\", port=8123)",
        "export PORT=\"${PORT:-8081}\"\nuvicorn main:app \\\n  --port $PORT",
        "def serve(\n    port: int = 8082,\n):\n    uvicorn.run(\n        'main:app',\n        port=port,\n    )",
        "uvicorn.run(app, port=int(os.getenv('PORT', 8083)))",
        "ENV PORT=8084\nCMD uvicorn main:app --port ${PORT}",
        "uvicorn.run(app, port=settings.port)",
    ];
    let found: Vec<String> = texts
        .iter()
        .flat_map(|text| statements(text).into_iter().map(move |line| (text, line)))
        .map(|(text, line)| format!("{:?}", ports(&line, text)))
        .collect();
    expect!["[7781] [7781] [9000] [8080] [] [8000] [8123] [8081] [8082] [8083] [8084] []"]
        .assert_eq(&found.join(" "));
}

#[test]
fn how_a_frontend_signs_in() {
    use crate::web::{
        credentials, fixture::Fixture, interaction::Interactions, network, project::Project,
        values::Evaluator,
    };

    let files = Fixture::new(
        "//- session.js\nexport async function signIn(form) {\nconst answer = await fetch('/token', { method: 'POST', body: form });\n\
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
    let mut application = application("app.main:app", &["POST /token", "POST /refresh", "POST /logout"]);
    let scheme = json!({"type": "oauth2", "flows": {"password": {"tokenUrl": "token"}}});
    application.security_schemes = vec![("OAuth2PasswordBearer".to_owned(), scheme)];
    let applications = [application];
    let joined = calls(&applications, &asked, &Network::default());
    let flow = super::auth::flow(&applications, &kept, &joined.calls);
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
        super::router::Router::new(&application)
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
    ];
    let flow = super::auth::flow(
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
                    "{} http_only={}",
                    cookie.name.as_deref().unwrap_or("?"),
                    cookie.is_http_only
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
        1 Login [sid http_only=true]
        2 Refresh [sid http_only=true]
        5 Refresh [sid http_only=true]
        3 Logout [sid http_only=true]
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
    application
}

#[test]
fn hosts_that_a_product_is_deployed_at_are_the_backends() {
    let app = application(
        "app:app",
        &["POST /predict", "GET /items/{id}", "GET /items", "GET /health"],
    );
    check(
        &[app],
        &Network::default(),
        &[
            "POST https://my-model.onrender.com/predict",
            "GET https://maps.onrender.com/tiles",
            "GET https://api.shop.example/items/${id}",
            "GET https://api.shop.example/items",
            "GET https://other.example/items",
            "GET https://status.example/health",
            "GET http://192.168.1.20:8000/items",
        ],
        &expect![[r#"
            POST https://my-model.onrender.com/predict => POST /predict (`my-model.onrender.com` is asked for paths of the backend and taken for it.)
            GET https://maps.onrender.com/tiles => - (another service: maps.onrender.com)
            GET https://api.shop.example/items/${id} => GET /items/{id} (`api.shop.example` is asked for paths of the backend and taken for it.)
            GET https://api.shop.example/items => GET /items (`api.shop.example` is asked for paths of the backend and taken for it.)
            GET https://other.example/items => - (another service: other.example)
            GET https://status.example/health => - (another service: status.example)
            GET http://192.168.1.20:8000/items => GET /items (No command names the backend's port; `192.168.1.20:8000` is taken for it.)
            uncalled GET /health
        "#]],
    );
}

#[test]
fn configuration_says_what_a_variable_in_front_of_a_path_is() {
    let app = application("app:app", &["GET /api/me", "GET /admin/me"]);
    let file = |path: &str, value: &str| EnvironmentFile {
        path: path.to_owned(),
        settings: vec![Setting {
            name: "VITE_API".to_owned(),
            value: Some(value.to_owned()),
            ..Setting::default()
        }],
        ..EnvironmentFile::default()
    };
    let deployment = Deployment {
        environment_files: vec![
            file(".env", "http://localhost:8000/nothing"),
            file("web/.env", "http://localhost:8000/api/"),
        ],
        ..Deployment::default()
    };
    let network = Network {
        deployment: Some(&deployment),
        ..Network::default()
    };
    let mut asked = call(0, "GET ${import.meta.env.VITE_API}/me");
    let plain = calls(std::slice::from_ref(&app), std::slice::from_ref(&asked), &network);
    assert!(
        plain.calls[0].endpoint.is_none(),
        "the name alone decides nothing"
    );
    asked.base_variable = Some("VITE_API".to_owned());
    let found = calls(std::slice::from_ref(&app), &[asked], &network);
    let endpoint = found.calls[0].endpoint.as_ref().expect("an endpoint");
    assert_eq!(endpoint.path, "/api/me");
    let mut elsewhere = call(1, "GET /users/${id}/me");
    elsewhere.base_variable = Some("VITE_API".to_owned());
    let found = calls(std::slice::from_ref(&app), &[elsewhere], &network);
    assert!(found.calls[0].endpoint.is_none(), "the variable is not in front");

    // What the build defines; a path that the host then does not have is no guess any more.
    let app = application("app:app", &["GET /api/me", "GET /admin/other"]);
    let pipelines = [Pipeline {
        folder: "web".to_owned(),
        definitions: vec![("API".to_owned(), "http://localhost:8000/api".to_owned())],
        ..Pipeline::default()
    }];
    let deployment = Deployment::default();
    let network = Network {
        deployment: Some(&deployment),
        pipelines: &pipelines,
        ..Network::default()
    };
    let asked = ["GET ${process.env.API}/me", "GET ${process.env.API}/other"].map(|text| NetworkCall {
        base_variable: Some("API".to_owned()),
        ..call(0, text)
    });
    let found = calls(&[app], &asked, &network);
    let endpoints: Vec<bool> = found.calls.iter().map(|call| call.endpoint.is_some()).collect();
    assert_eq!(endpoints, [true, false]);
}
