//! A small application as the analysis would describe it, and one whose every text is an attack.

use serde_json::Value as Json;

use crate::architecture::model::*;

/// Where: `file:line`, on one line.
pub(super) fn at(file: &str, line: u32) -> Location {
    Location {
        file: file.to_owned(),
        line,
        end_line: line,
        column: 0,
    }
}

/// A symbol whose module stands in the file of that name.
fn symbol(name: &str, line: u32) -> Symbol {
    let module = name.split(':').next().unwrap();
    Symbol {
        name: name.to_owned(),
        location: at(&format!("{}.py", module.replace('.', "/")), line),
    }
}

fn call(callee: &str, line: u32, steps: Vec<Step>) -> Step {
    Step::Call {
        callee: symbol(callee, line),
        location: at("app/api/scenes.py", line + 100),
        awaited: true,
        steps,
    }
}

fn external(target: ExternalKind, callee: &str, detail: &str, line: u32) -> Step {
    let location = at("app/services/scenes.py", line);
    Step::External {
        target,
        callee: callee.to_owned(),
        detail: detail.to_owned(),
        location,
        awaited: true,
    }
}

fn raise(exception: &str, status: Option<u16>, detail: &str, line: u32) -> Step {
    Step::Raise {
        exception: exception.to_owned(),
        status,
        detail: Some(detail.to_owned()),
        location: at("app/api/deps.py", line),
    }
}

fn branch(arms: Vec<(&str, Vec<Step>)>) -> Step {
    Step::Branch {
        arms: arms
            .into_iter()
            .map(|(condition, steps)| (condition.to_owned(), steps))
            .collect(),
        location: at("app/api/deps.py", 1),
    }
}

fn database(detail: &str, line: u32) -> Step {
    external(
        ExternalKind::Database,
        "sqlmodel.ext.asyncio.session:AsyncSession.exec",
        detail,
        line,
    )
}

fn dependency(name: &str, line: u32, dependencies: Vec<Dependency>) -> Dependency {
    let label = name.rsplit(':').next().unwrap().to_owned();
    Dependency {
        callable: symbol(name, line),
        label,
        is_async: true,
        dependencies,
        ..Dependency::default()
    }
}

fn session() -> Dependency {
    Dependency {
        has_teardown: true,
        ..dependency("app.db:get_session", 12, vec![])
    }
}

fn current_user() -> Dependency {
    let scheme = Dependency {
        callable: Symbol {
            name: "fastapi.security:OAuth2PasswordBearer".to_owned(),
            location: Location::default(),
        },
        label: "OAuth2PasswordBearer".to_owned(),
        security_scheme: Some("OAuth2PasswordBearer".to_owned()),
        trace: vec![branch(vec![(
            "not authorization",
            vec![raise("HTTPException", Some(401), "Not authenticated", 0)],
        )])],
        ..Dependency::default()
    };
    let trace = vec![
        external(ExternalKind::Library, "jwt:decode", "jwt.decode(token)", 21),
        branch(vec![(
            "user_id is None",
            vec![raise("HTTPException", Some(401), "Invalid token", 24)],
        )]),
        call(
            "app.repositories.users:UserRepository.get",
            9,
            vec![database("select(User)", 14)],
        ),
        branch(vec![(
            "user is None or not user.is_active",
            vec![raise("HTTPException", Some(401), "Unknown user", 28)],
        )]),
    ];
    Dependency {
        trace,
        ..dependency("app.api.deps:get_current_user", 18, vec![scheme, session()])
    }
}

fn secured() -> Vec<(String, Vec<String>)> {
    vec![("OAuth2PasswordBearer".to_owned(), vec!["scenes:write".to_owned()])]
}

fn parameter(name: &str, place: &str, annotation: &str, default: Option<&str>) -> Parameter {
    Parameter {
        name: name.to_owned(),
        place: place.to_owned(),
        required: default.is_none(),
        annotation: annotation.to_owned(),
        default: default.map(str::to_owned),
        description: (name == "limit").then(|| "How many at most".to_owned()),
        deprecated: false,
        schema: Json::Null,
    }
}

fn response(status: &str, annotation: Option<&str>, description: &str) -> Response {
    Response {
        status: status.to_owned(),
        annotation: annotation.map(str::to_owned),
        media_type: annotation.map(|_| "application/json".to_owned()),
        description: description.to_owned(),
        schema: None,
    }
}

fn endpoint(method: &str, path: &str, handler: &str, line: u32, router: usize, summary: &str) -> Endpoint {
    let handler = symbol(handler, line);
    Endpoint {
        methods: vec![method.to_owned()],
        path: path.to_owned(),
        name: handler.name.rsplit(':').next().unwrap().to_owned(),
        operation_id: format!(
            "{}_{}",
            handler.name.rsplit(':').next().unwrap(),
            method.to_lowercase()
        ),
        summary: summary.to_owned(),
        tags: if router == 0 {
            vec![]
        } else {
            vec![if router == 1 { "login" } else { "scenes" }.to_owned()]
        },
        include_in_schema: true,
        status_code: 200,
        is_async: true,
        registration: Location {
            line: line - 1,
            ..handler.location.clone()
        },
        handler,
        router,
        ..Endpoint::default()
    }
}

fn create_scene() -> Endpoint {
    let stored = call(
        "app.repositories.scenes:SceneRepository.add",
        31,
        vec![
            database("insert(Scene)", 33),
            call(
                "app.repositories.scenes:SceneRepository._refresh",
                40,
                vec![database("select(Scene)", 41)],
            ),
        ],
    );
    let service = call(
        "app.services.scenes:SceneService.create",
        20,
        vec![
            branch(vec![(
                "await self.repository.exists(name)",
                vec![raise("SceneExists", Some(409), "Name is taken", 25)],
            )]),
            stored,
            external(
                ExternalKind::Cache,
                "redis.asyncio:Redis.delete",
                "delete(scenes:*)",
                29,
            ),
            Step::Loop {
                header: "for asset in data.assets".to_owned(),
                steps: vec![external(
                    ExternalKind::ObjectStorage,
                    "aioboto3:S3.put_object",
                    "put_object(asset.key)",
                    31,
                )],
                location: at("app/services/scenes.py", 30),
            },
            branch(vec![
                (
                    "settings.WEBHOOK_URL",
                    vec![external(
                        ExternalKind::Http,
                        "httpx:AsyncClient.post",
                        "POST https://hooks.example.com/scenes",
                        34,
                    )],
                ),
                (
                    "else",
                    vec![external(ExternalKind::Library, "logging:info", "", 36)],
                ),
            ]),
        ],
    );
    let trace = vec![
        service,
        external(
            ExternalKind::BackgroundTask,
            "app.tasks:render_thumbnail",
            "render_thumbnail(scene.id)",
            38,
        ),
    ];
    Endpoint {
        description: Some("Stores a scene.\n\nThe name must be free; `assets` are uploaded first.\n\n- up to 20 assets\n- up to 5 MB each".to_owned()),
        status_code: 201,
        parameters: vec![parameter("dry_run", "query", "bool", Some("False"))],
        request_body: Some(Body {
            annotation: "SceneCreate".to_owned(),
            media_type: "application/json".to_owned(),
            required: true,
            model: Some(symbol("app.models:SceneCreate", 8)),
            schema: Json::Null,
        }),
        responses: vec![
            response("201", Some("SceneRead"), "Successful Response"),
            response("409", None, "Name is taken"),
            response("422", Some("HTTPValidationError"), "Validation Error"),
        ],
        security: secured(),
        dependencies: vec![current_user(), Dependency { cached: true, ..session() }],
        rate_limits: vec![RateLimit { limit: "5/minute".to_owned(), location: at("app/api/scenes.py", 39) }],
        trace,
        assumptions: vec!["`limiter` is the slowapi limiter of the application.".to_owned()],
        ..endpoint("POST", "/api/v1/scenes", "app.api.scenes:create_scene", 41, 2, "Create Scene")
    }
}

fn endpoints() -> Vec<Endpoint> {
    let login_trace = vec![
        call(
            "app.services.auth:authenticate",
            5,
            vec![
                database("select(User)", 8),
                call("app.security:verify_password", 3, vec![]),
            ],
        ),
        branch(vec![(
            "not user",
            vec![raise(
                "HTTPException",
                Some(400),
                "Incorrect name or password",
                15,
            )],
        )]),
        call(
            "app.security:create_token",
            9,
            vec![external(ExternalKind::Library, "jwt:encode", "", 10)],
        ),
    ];
    vec![
        Endpoint {
            parameters: vec![],
            request_body: Some(Body {
                annotation: "username, password (form)".to_owned(),
                media_type: "application/x-www-form-urlencoded".to_owned(),
                required: true,
                ..Body::default()
            }),
            responses: vec![response("200", Some("Token"), "Successful Response")],
            dependencies: vec![session()],
            trace: login_trace,
            rate_limits: vec![RateLimit {
                limit: "10/minute".to_owned(),
                location: at("app/api/login.py", 11),
            }],
            ..endpoint("POST", "/api/v1/login", "app.api.login:login", 12, 1, "Log in")
        },
        Endpoint {
            parameters: vec![
                parameter("limit", "query", "int", Some("20")),
                parameter("q", "query", "str | None", Some("None")),
            ],
            responses: vec![response("200", Some("list[SceneRead]"), "Successful Response")],
            dependencies: vec![session()],
            trace: vec![database("select(Scene)", 20)],
            ..endpoint(
                "GET",
                "/api/v1/scenes",
                "app.api.scenes:list_scenes",
                20,
                2,
                "List Scenes",
            )
        },
        create_scene(),
        Endpoint {
            deprecated: true,
            is_async: false,
            parameters: vec![
                parameter("scene_id", "path", "int", None),
                parameter("X-Trace", "header", "str", Some("''")),
            ],
            responses: vec![response("200", Some("SceneRead"), "Successful Response")],
            security: vec![("OAuth2PasswordBearer".to_owned(), vec![])],
            dependencies: vec![current_user()],
            ..endpoint(
                "GET",
                "/api/v1/scenes/{scene_id:int}",
                "app.api.scenes:read_scene",
                60,
                2,
                "Read Scene",
            )
        },
        Endpoint {
            methods: vec!["GET".to_owned(), "HEAD".to_owned()],
            conditions: vec!["settings.DEBUG".to_owned()],
            ..endpoint("GET", "/debug", "app.main:debug", 70, 0, "Debug")
        },
        Endpoint {
            include_in_schema: false,
            ..endpoint("GET", "/health", "app.main:health", 80, 0, "Health")
        },
    ]
}

fn middleware(label: &str, line: u32, arguments: &[(&str, &str)]) -> Middleware {
    Middleware {
        symbol: Symbol {
            name: format!("starlette.middleware:{label}"),
            location: Location::default(),
        },
        label: label.to_owned(),
        arguments: arguments
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
        registration: if line == 0 {
            Location::default()
        } else {
            at("app/main.py", line)
        },
        conditions: if label == "CORSMiddleware" {
            vec!["settings.CORS_ORIGINS".to_owned()]
        } else {
            vec![]
        },
        is_builtin: line == 0,
    }
}

fn router(name: &str, prefix: &str, tag: &str, parent: Option<usize>, endpoints: usize, line: u32) -> Router {
    Router {
        name: name.to_owned(),
        location: symbol(name, line).location,
        prefix: prefix.to_owned(),
        tags: if tag.is_empty() {
            vec![]
        } else {
            vec![tag.to_owned()]
        },
        parent,
        endpoints,
        ..Router::default()
    }
}

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
        external(ExternalKind::BackgroundTask, evil, evil, 6),
    ];
    architecture.modules[0].name = format!("app.api.{evil}");
    architecture
}

/// Five hundred modules and as many endpoints.
pub(super) fn large() -> Architecture {
    let mut architecture = scenes();
    let application = &mut architecture.applications[0];
    for i in 0..500 {
        let package = format!("app.p{:02}", i % 40);
        architecture.modules.push(Module {
            name: format!("{package}.m{i:03}"),
            file: format!("{}/m{i:03}.py", package.replace('.', "/")),
            imports: vec![
                format!("app.p{:02}.m{:03}", (i + 1) % 40, (i + 1) % 500),
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
        one.trace = (0..i).map(|n| database(&format!("select {n}"), 7)).collect();
        application.endpoints.push(one);
    }
    for i in 0..40 {
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
