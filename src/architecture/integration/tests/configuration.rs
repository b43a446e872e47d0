//! Hosts, ports and variables.

use super::*;

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
