//! A small application as the analysis would describe it, and one whose every text is an attack.

mod endpoints;
mod environment;
mod frontend;
mod integration;
mod models;
mod parts;
mod tables;

use crate::architecture::model::*;

use endpoints::{endpoints, session};
use parts::*;

fn modules() -> Vec<Module> {
    let module = |name: &str, imports: &[&str], external: &[&str]| Module {
        name: name.to_owned(),
        file: format!("{}.py", name.replace('.', "/")),
        imports: imports.iter().map(|import| (*import).to_owned()).collect(),
        external: external.iter().map(|import| (*import).to_owned()).collect(),
    };
    vec![
        module(
            "app.api.deps",
            &["app.db", "app.repositories.users", "app.security"],
            &["fastapi", "jwt"],
        ),
        module(
            "app.api.login",
            &["app.api.deps", "app.services.auth"],
            &["fastapi"],
        ),
        module(
            "app.api.scenes",
            &["app.api.deps", "app.models", "app.services.scenes"],
            &["fastapi"],
        ),
        module("app.db", &[], &["sqlmodel"]),
        module(
            "app.main",
            &["app.api.login", "app.api.scenes", "app.db"],
            &["fastapi", "slowapi"],
        ),
        module("app.models", &[], &["sqlmodel"]),
        module("app.repositories.scenes", &["app.models"], &["sqlmodel"]),
        module("app.repositories.users", &["app.models"], &["sqlmodel"]),
        module("app.security", &[], &["jwt"]),
        module(
            "app.services.auth",
            &["app.repositories.users", "app.security"],
            &[],
        ),
        module(
            "app.services.scenes",
            &["app.models", "app.repositories.scenes"],
            &["httpx", "redis"],
        ),
    ]
}

/// The application.
pub(super) fn scenes() -> Architecture {
    let mounted = Application {
        name: "app.admin:admin".to_owned(),
        endpoints: vec![endpoint("GET", "/stats", "app.admin:stats", 9, 0, "Stats")],
        ..Application::default()
    };
    let application = Application {
        name: "app.main:app".to_owned(),
        location: at("app/main.py", 10),
        title: "Scenes".to_owned(),
        version: "1.2.0".to_owned(),
        fastapi_version: Some("0.121.3 (uv.lock)".to_owned()),
        security_schemes: vec![(
            "OAuth2PasswordBearer".to_owned(),
            serde_json::json!({"type": "oauth2", "flows": {"password": {"scopes": {}, "tokenUrl": "api/v1/login"}}}),
        )],
        endpoints: endpoints(),
        channels: vec![Channel {
            path: "/ws/rooms/{room}".to_owned(),
            name: "room".to_owned(),
            handler: symbol("app.api.rooms:room", 14),
            router: 0,
            parameters: vec![
                parameter("room", "path", "str", None),
                parameter("token", "query", "str", None),
            ],
            dependencies: vec![session()],
            ..Channel::default()
        }],
        mounts: vec![
            Mount {
                path: "/static".to_owned(),
                target: "StaticFiles".to_owned(),
                is_static: true,
                ..Mount::default()
            },
            Mount {
                path: "/admin".to_owned(),
                target: "FastAPI".to_owned(),
                application: Some(Box::new(mounted)),
                ..Mount::default()
            },
        ],
        routers: vec![
            router("app.main:app", "", "", None, 2, 10),
            router("app.api.login:router", "/api/v1", "login", Some(0), 1, 7),
            router("app.api.scenes:router", "/api/v1/scenes", "scenes", Some(0), 3, 9),
        ],
        middleware: vec![
            middleware("ServerErrorMiddleware", 0, &[]),
            middleware(
                "CORSMiddleware",
                21,
                &[
                    ("allow_origins", "settings.CORS_ORIGINS"),
                    ("allow_methods", "['*']"),
                ],
            ),
            middleware("SlowAPIMiddleware", 20, &[]),
            middleware("ExceptionMiddleware", 0, &[]),
        ],
        models: models::models(),
        schemas: models::schemas(),
        lifespan: vec![LifespanHandler {
            event: "lifespan".to_owned(),
            handler: symbol("app.main:lifespan", 30),
            registration: at("app/main.py", 10),
            startup: vec![
                call("app.db:create_engine", 4, vec![]),
                external(ExternalKind::Cache, "redis.asyncio:from_url", "", 32),
            ],
            shutdown: vec![call("app.db:dispose", 8, vec![])],
        }],
        ..Application::default()
    };
    let finding = Finding {
        location: at("app/plugins.py", 7),
        code: "unknown-path".to_owned(),
        message: "The path of `add_api_route` depends on a file that is read at run time.".to_owned(),
        help: Some("The endpoint is left out of the tables.".to_owned()),
    };
    Architecture {
        applications: vec![application],
        unresolved: vec![finding],
        modules: modules(),
        frontend: frontend::frontend(),
        integration: integration::integration(),
        environment: environment::variables(),
        tables: tables::tables(),
        migrations: tables::migrations(),
    }
}

/// Every text an attack on Markdown, HTML, Mermaid or a preprocessor.
pub(super) fn hostile() -> Architecture {
    let evil = "</details><script>alert(1)</script> | `x` {{#include /etc/passwd}} <<#arch endpoints>> end; # \"q\" [a](javascript:b)\n```\n%%{init: {}}%%";
    let mut architecture = scenes();
    architecture.unresolved[0].message = evil.to_owned();
    let application = &mut architecture.applications[0];
    application.fastapi_version = Some(evil.to_owned());
    application.middleware[1].label = evil.to_owned();
    application.routers[1].name = evil.to_owned();
    application.lifespan[0].event = evil.to_owned();
    let contract = &mut application.models[1];
    contract.name = evil.to_owned();
    contract.description = Some(evil.to_owned());
    contract.fields[0].name = evil.to_owned();
    contract.fields[0].inherited_from = None;
    contract.fields[1].annotation = evil.to_owned();
    contract.fields[1].constraints = vec![(evil.to_owned(), evil.to_owned())];
    contract.unknown_bases = vec![evil.to_owned()];
    application.models[3].values = vec![evil.into()];
    application.schemas[1].1["examples"][0]["name"] = evil.chars().take(79).collect::<String>().into();
    let create = &mut application.endpoints[2];
    create.summary = evil.to_owned();
    create.description = Some(evil.to_owned());
    create.path = format!("/{evil}");
    create.handler.name = format!("app.api:{evil}");
    create.handler.location.file = "app/a b|c`d.py".to_owned();
    create.tags = vec![evil.to_owned()];
    create.security[0].0 = evil.to_owned();
    create.dependencies[0].label = evil.to_owned();
    create.conditions = vec![evil.to_owned()];
    create.assumptions = vec![evil.to_owned()];
    create.parameters[0].description = Some(evil.to_owned());
    create.request_body.as_mut().unwrap().annotation = evil.to_owned();
    create.trace = vec![
        branch(vec![
            (evil, vec![raise(evil, Some(400), evil, 1)]),
            ("else", vec![database(evil, 2)]),
        ]),
        call(
            &format!("app.evil:{evil}.x"),
            4,
            vec![external(ExternalKind::Http, evil, evil, 5)],
        ),
        background(evil, 6),
    ];
    architecture.modules[0].name = format!("app.api.{evil}");
    let frontend = &mut architecture.frontend;
    frontend.objects[0].class = evil.to_owned();
    frontend.objects[1].category = evil.to_owned();
    frontend.objects[4].base = Some(evil.to_owned());
    frontend.edges[0].child = evil.to_owned();
    frontend.assets[0].url = evil.to_owned();
    frontend.assets[1].loader = evil.to_owned();
    frontend.loops[0].kind = evil.to_owned();
    frontend.loops[0].calls = vec![evil.to_owned()];
    frontend.loops[0].throttled_by[0].test = evil.to_owned();
    frontend.loops[0].steps = vec![evil.to_owned()];
    frontend.scene_settings[0].subject = evil.to_owned();
    frontend.scene_settings[0].value = evil.to_owned();
    frontend.stores[0].name = evil.to_owned();
    frontend.stores[0].readers = vec![evil.to_owned()];
    let integration = &mut architecture.integration;
    let create = &mut integration.calls[0];
    create.url = evil.to_owned();
    create.function = format!("web/a.ts:{evil}");
    create.mismatches[0].field = evil.to_owned();
    create.mismatches[1].model = evil.to_owned();
    integration.calls[3].reason = Some(evil.to_owned());
    integration.calls[3].url = evil.to_owned();
    integration.calls[1].assumption = Some(evil.to_owned());
    integration.uncalled[0].operation.path = format!("/{evil}");
    integration.messages[0].fields = vec![evil.to_owned()];
    integration.messages[1].format = evil.to_owned();
    integration.auth.credentials[0].key = evil.to_owned();
    for step in &mut integration.auth.steps {
        step.detail = Some(evil.to_owned());
        step.function = evil.to_owned();
    }
    for call in &mut integration.calls {
        for endpoint in call
            .endpoint
            .iter_mut()
            .filter(|endpoint| endpoint.method == "POST")
        {
            endpoint.path = format!("/{evil}");
            endpoint.location.file = "app/a b|c`d.py".to_owned();
        }
        call.function = format!("{evil}.ts:{evil}");
        call.reads = vec![evil.to_owned()];
        for way in &mut call.interactions {
            way.trigger.name = evil.to_owned();
            way.trigger.subject = evil.to_owned();
            way.trigger.function = evil.to_owned();
            way.calls[0].function = evil.to_owned();
            for update in &mut way.updates {
                update.target = evil.to_owned();
                update.class = update.class.as_ref().map(|_| evil.to_owned());
                update.via = Some(evil.to_owned());
                update.written = evil.to_owned();
            }
        }
    }
    let cursor = &mut integration.messages[0];
    cursor.triggers[0].subject = evil.to_owned();
    cursor.sent[0].function = evil.to_owned();
    let moved = &mut integration.messages[1];
    moved.format = evil.to_owned();
    moved.fields = vec![evil.to_owned()];
    moved.sent[0].function = evil.to_owned();
    moved.updates[0].class = Some(evil.to_owned());
    let scenes = &mut architecture.tables[1];
    scenes.library = evil.to_owned();
    scenes.description = Some(evil.to_owned());
    scenes.columns[1].name = evil.to_owned();
    scenes.columns[1].type_name = Some(evil.to_owned());
    scenes.columns[2].default = Some(evil.to_owned());
    scenes.foreign_keys[0].columns = vec![evil.to_owned()];
    scenes.foreign_keys[0].on_delete = Some(evil.to_owned());
    scenes.relations[0].name = evil.to_owned();
    scenes.relations[0].secondary = Some(evil.to_owned());
    scenes.checks = vec![evil.to_owned()];
    architecture.tables[2].columns[0].name = "PK".to_owned();
    architecture.tables[2].columns[1].name = "__fk-x__".to_owned();
    architecture.migrations[0].message = Some(evil.to_owned());
    architecture.migrations[0].operations[0].detail = Some(evil.to_owned());
    architecture.migrations[0].operations[1].condition = Some(evil.to_owned());
    let database = &mut architecture.environment[0];
    database.secret = Some(Evidence::Conditional(evil.to_owned()));
    database.settings[0].target = evil.to_owned();
    database.settings[1].source = Some(evil.to_owned());
    architecture.environment[1].secret = Some(Evidence::Assumption(evil.to_owned()));
    architecture.environment[1].reads[0].reader = format!("app.security:{evil}");
    architecture.environment[2].reads[0].default = Some(evil.to_owned());
    architecture.environment[2].settings[0].value = Some(evil.to_owned());
    architecture.environment[3].name = evil.to_owned();
    architecture
}

/// Five hundred modules and as many endpoints.
pub(super) fn large() -> Architecture {
    let mut architecture = scenes();
    let application = &mut architecture.applications[0];
    for i in 0..500 {
        let package = format!("app.p{:02}", i % 40);
        if i < 40 {
            architecture.tables.push(many_tables(i, &package));
        }
        architecture.modules.push(Module {
            name: format!("{package}.m{i:03}"),
            file: format!("{}/m{i:03}.py", package.replace('.', "/")),
            imports: vec![
                format!("app.p{:02}.m{:03}", (i / 3) % 40, i / 3),
                "app.db".to_owned(),
            ],
            external: vec![],
        });
        let mut one = endpoint(
            "GET",
            &format!("/many/{i}"),
            &format!("{package}.m{i:03}:read"),
            5,
            3 + i % 40,
            "Read",
        );
        one.dependencies = vec![
            session(),
            dependency(&format!("{package}:need_{:02}", i % 30), 3, vec![]),
        ];
        let name = format!("Contract{i:03}");
        application.models.push(Model {
            symbol: symbol(&format!("{package}.m{i:03}:{name}"), 1),
            references: vec![format!("Contract{:03}", i / 3)],
            output_schema: Some(name.clone()),
            name,
            sent_by: vec![application.endpoints.len()],
            ..Model::default()
        });
        one.trace = (0..i).map(|n| database(&format!("select {n}"), 7)).collect();
        application.endpoints.push(one);
    }
    for i in 0..40 {
        let class = format!("Planet{i:02}");
        architecture
            .frontend
            .edges
            .push(frontend::edge("Scene", &class, i));
        application.routers.push(router(
            &format!("app.p{i:02}:router"),
            &format!("/p{i:02}"),
            "",
            Some(0),
            12,
            3,
        ));
    }
    architecture
}

fn many_tables(i: usize, package: &str) -> Table {
    Table {
        name: format!("many_{i:02}"),
        library: "SQLAlchemy".to_owned(),
        models: vec![symbol(&format!("{package}.m{i:03}:Many{i}"), 1)],
        foreign_keys: vec![ForeignKey {
            columns: vec!["many_id".to_owned()],
            table: Some(format!("many_{:02}", i / 3)),
            ..ForeignKey::default()
        }],
        ..Table::default()
    }
}
