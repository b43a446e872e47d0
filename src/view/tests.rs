use expect_test::{expect, expect_file};
use pulldown_cmark::{Event, Options, Parser, Tag};

use super::{fixture, *};

fn links() -> Permalinks {
    Permalinks {
        base: Some("https://github.com/example/scenes/blob/0123abc".to_owned()),
        ..Permalinks::default()
    }
}

/// A directive as an author writes it: name, subject in quotes, `key=value` with `;` between.
fn request(name: &str, subject: &str, arguments: &str) -> Request {
    let arguments = arguments.split(';').filter_map(|pair| pair.split_once('='));
    Request {
        name: name.to_owned(),
        subject: (!subject.is_empty()).then(|| subject.to_owned()),
        arguments: arguments
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .collect(),
    }
}

fn expand(architecture: &Architecture, request: &Request) -> String {
    match render(
        request,
        &Context {
            architecture,
            links: &links(),
            layers: &BTreeMap::new(),
        },
    ) {
        Ok(rendered) => rendered.markdown,
        Err(error) => format!(
            "error: {}\nhelp: {}",
            error.message,
            error.help.unwrap_or_default()
        ),
    }
}

/// Every directive once or more, as it is shown in the snapshot.
fn examples() -> Vec<Request> {
    vec![
        request("endpoints", "", ""),
        request(
            "endpoints",
            "",
            "columns=method,path,request,response,tags,operation-id,handler;hidden=true;sort=path",
        ),
        request("endpoints", "", "group=tag;level=4;limit=4"),
        request("endpoints", "", "group=router;method=get;prefix=/api/v1/scenes"),
        request(
            "endpoints",
            "",
            "include=/api/**;exclude=/api/v1/scenes/{scene_id:int};tag=scenes,login;collapse=true;columns=path",
        ),
        request("endpoints", "", "tag=nothing;prefix=/x"),
        request("endpoint", "POST /api/v1/scenes", ""),
        request("endpoint", "api/v1/scenes/{scene_id}", ""),
        request("endpoint", "get /admin/stats", ""),
        request("routers", "", ""),
        request("dependencies", "", ""),
        request("middleware", "", ""),
        request("middleware", "", "builtin=true;limit=2"),
        request("lifespan", "", ""),
        request("channels", "", ""),
        request("integration", "", ""),
        request(
            "integration",
            "",
            "columns=path,function,handler;tag=scenes;uncalled=false;limit=1",
        ),
        request("integration", "", "unmatched=only"),
        request("integration", "", "uncalled=only;prefix=/api/v1/login"),
        request("auth", "", ""),
        request("auth", "", "tier=frontend;limit=2;collapse=true"),
        request("auth", "", "tier=backend;limit=1"),
        request("models", "", ""),
        request(
            "models",
            "",
            "role=request,both;include=Scene*,Asset;sort=used;limit=1",
        ),
        request("models", "", "tag=login"),
        request("model", "SceneRead", ""),
        request("model", "Visibility", ""),
        request("model", "app.models:SceneCreate", ""),
        request("endpoint", "POST /api/v1/scenes", "example=true"),
        request("findings", "", ""),
        request("findings", "", "severity=warning;rule=raw-dict-response;limit=1"),
        request("data-layer", "", ""),
        request("data-layer", "", "parts=endpoints;tag=scenes;limit=1"),
        request("tables", "", ""),
        request("tables", "", "include=scene*;exclude=*tags;sort=source"),
        request("table", "scenes", ""),
        request("table", "User", ""),
        request("table", "scene_tags", ""),
        request("migrations", "", ""),
        request("migrations", "", "table=users;last=1"),
        request("count tables", "", ""),
        request("count migrations", "", ""),
        request("settings", "", ""),
        request(
            "settings",
            "",
            "columns=name,value,secret;unset=false;exclude=OLD_*;limit=2;collapse=true",
        ),
        request("settings", "", "tier=frontend,deploy;prefix=VITE_"),
        request("settings", "", "unread=true;tier=backend"),
        request("frontend", "", ""),
        request("scene", "", ""),
        request("scene", "", "category=material;parts=objects;include=web/**"),
        request("scene", "", "parts=edges;module=web/src;limit=1"),
        request("scene", "", "module=api"),
        request("assets", "", ""),
        request("assets", "", "missing=true;sort=size;collapse=true"),
        request("shaders", "", ""),
        request("shaders", "", "parts=uniforms;limit=1;collapse=true"),
        request("render-loops", "", ""),
        request("state", "", ""),
        request("optimizations", "", ""),
        request("optimizations", "", "parts=in-place;limit=1"),
        request("optimizations", "", "module=web/src/loop.ts"),
        request("modules", "", "limit=3"),
        request("unresolved", "", ""),
        request("count endpoints", "", ""),
        request("count endpoints", "", "tag=scenes"),
        request("count dependencies", "", ""),
        request("count modules", "", "module=app.api"),
        request("count mounts", "", ""),
        request("count models", "", "role=response"),
        request("ref", "app.api.deps:get_current_user", ""),
        request("ref", "app.models", ""),
        request("version fastapi", "", ""),
    ]
}

fn diagrams() -> Vec<Request> {
    vec![
        request("diagram request-lifecycle", "", "endpoint=POST /api/v1/scenes"),
        request(
            "diagram request-lifecycle",
            "",
            "endpoint=POST /api/v1/scenes;depth=1;limit=4",
        ),
        request(
            "diagram request-lifecycle",
            "",
            "endpoint=POST /api/v1/scenes;call=web/src/api/client.ts:12;trigger=2",
        ),
        request("diagram request-lifecycle", "", "endpoint=POST /api/v1/login"),
        request("diagram request-lifecycle", "", "endpoint=GET /api/v1/scenes"),
        request("diagram request-lifecycle", "", "endpoint=GET /admin/stats"),
        request("diagram dependencies", "", ""),
        request(
            "diagram dependencies",
            "",
            "endpoint=POST /api/v1/scenes;direction=TD",
        ),
        request("diagram layers", "", ""),
        request("diagram layers", "", "depth=2"),
        request("diagram modules", "", ""),
        request("diagram modules", "", "module=app.services"),
        request("diagram modules", "", "collapse=true"),
        request("diagram models", "", ""),
        request("diagram models", "", "model=SceneRead;depth=1"),
        request("diagram models", "", "model=User;kind=er"),
        request("diagram data-layer", "", ""),
        request("diagram data-layer", "", "table=users;depth=1"),
        request("diagram scene", "", ""),
        request("diagram auth", "", ""),
        request("diagram frontend", "", ""),
        request(
            "diagram frontend",
            "",
            "module=web/src/models.ts,web/src/viewer.ts;direction=TD",
        ),
        request("diagram realtime", "", ""),
        request(
            "diagram realtime",
            "",
            "channel=/ws/rooms/{room};message=cursor;limit=1",
        ),
    ]
}

fn written(request: &Request) -> String {
    let subject = request
        .subject
        .as_ref()
        .map(|subject| format!(" \"{subject}\""))
        .unwrap_or_default();
    let arguments: String = request
        .arguments
        .iter()
        .map(|(key, value)| format!(" {key}=\"{value}\""))
        .collect();
    format!("{}{subject}{arguments}", request.name)
}

/// A page that shows each directive and what it becomes.
fn page(architecture: &Architecture, requests: &[Request]) -> String {
    let sections = requests
        .iter()
        .map(|request| format!("## `{}`\n\n{}\n", written(request), expand(architecture, request)));
    format!("# Snapshots\n\n{}", sections.collect::<Vec<_>>().join("\n"))
}

#[test]
fn views_of_the_small_application() {
    expect_file!["snapshots/views.md"].assert_eq(&page(&fixture::scenes(), &examples()));
}

#[test]
fn diagrams_of_the_small_application() {
    expect_file!["snapshots/diagrams.md"].assert_eq(&page(&fixture::scenes(), &diagrams()));
}

/// The paths are hostile too, so an author cannot name them; the operation is found by what it is.
fn hostile_requests(architecture: &Architecture) -> Vec<Request> {
    let path = &architecture.applications[0].endpoints[2].path;
    let mut requests: Vec<Request> = examples().into_iter().chain(diagrams()).collect();
    for request in &mut requests {
        if let Some(subject) = &mut request.subject {
            *subject = subject.replace("POST /api/v1/scenes", &format!("POST {path}"));
        }
        for (_, value) in &mut request.arguments {
            *value = value.replace("POST /api/v1/scenes", &format!("POST {path}"));
        }
    }
    requests
}

#[test]
fn hostile_text_stays_text() {
    let architecture = fixture::hostile();
    let requests = hostile_requests(&architecture);
    let mut out = String::from("# Hostile snapshots\n");
    for request in &requests {
        let markdown = expand(&architecture, request);
        assert!(!markdown.starts_with("error"), "{markdown}");
        assert_harmless(&markdown);
        out.push_str(&format!("\n---\n\n{markdown}\n"));
    }
    expect_file!["snapshots/hostile.md"].assert_eq(&out);
}

/// Parses with what mdBook 0.5 parses with and looks for anything that only hostile text can have made.
fn assert_harmless(markdown: &str) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM;
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::InlineHtml(html) => assert_eq!(&*html, "<br>", "{markdown}"),
            Event::Html(html) => {
                let ours = ["<details>\n", "</details>", "</details>\n"].contains(&&*html)
                    || html.starts_with("<summary>");
                assert!(ours && html.matches('<').count() <= 2, "{html}");
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                assert!(dest_url.starts_with("https://github.com/"), "{dest_url}")
            }
            Event::Start(Tag::Image { .. } | Tag::FootnoteDefinition(_)) | Event::FootnoteReference(_) => {
                panic!("{markdown}")
            }
            _ => {}
        }
    }
    let outside_pictures: String = format!("\n{markdown}").split("\n```").step_by(2).collect();
    for sequence in ["<<#", "{{#"] {
        assert!(!outside_pictures.contains(sequence), "{sequence} in {markdown}");
    }
    assert!(!markdown.contains("{{#"), "{markdown}");
}

#[test]
fn large_applications_make_readable_diagrams() {
    let architecture = fixture::large();
    let requests = [
        request("diagram dependencies", "", "hidden=true"),
        request("diagram dependencies", "", ""),
        request("diagram layers", "", ""),
        request("diagram modules", "", ""),
        request("diagram modules", "", "module=app.p01"),
        request("diagram models", "", ""),
        request("diagram models", "", "model=Contract001"),
        request("diagram data-layer", "", ""),
        request("diagram data-layer", "", "include=many_0*"),
        request("diagram scene", "", ""),
        request("diagram request-lifecycle", "", "endpoint=GET /many/499"),
    ];
    for request in &requests[1..] {
        let markdown = expand(&architecture, request);
        let picture = markdown
            .split("```")
            .nth(1)
            .unwrap_or_else(|| panic!("{markdown}"));
        let nodes = picture
            .lines()
            .filter(|line| line.trim_start().starts_with("n_") && !line.contains("-->"))
            .count();
        assert!(
            nodes <= crate::markdown::mermaid::CROWDED && picture.len() < 20_000,
            "{nodes} nodes in {}",
            request.name
        );
    }
    expect_file!["snapshots/large.md"].assert_eq(&page(&architecture, &requests[1..]));
    expect![[r#"
        ```mermaid
        flowchart LR
          accTitle: Endpoints and their dependencies
          accDescr: Arrows lead from what asks to what is asked for#59; the list below says the same
          n_rest_router(["31 routers more"])
          n_router_app_p00_router(["app.p00#58;router
        13 endpoints"])
          n_router_app_p01_router(["app.p01#58;router
        13 endpoints"])
          n_router_app_p02_router(["app.p02#58;router
        13 endpoints"])
          n_router_app_p03_router(["app.p03#58;router
        13 endpoints"])
          n_router_app_p04_router(["app.p04#58;router
        13 endpoints"])
          n_router_app_p05_router(["app.p05#58;router
        13 endpoints"])
          n_router_app_p06_router(["app.p06#58;router
        13 endpoints"])
          n_router_app_p07_router(["app.p07#58;router
        13 endpoints"])
          n_router_app_p08_router(["app.p08#58;router
        13 endpoints"])
          n_router_app_p09_router(["app.p09#58;router
        13 endpoints"])
          n_router_app_p10_router(["app.p10#58;router
        13 endpoints"])
          n_app_db_get_session["get#95;session"]
          n_app_p00_need_00["need#95;00"]
          n_app_p01_need_01["need#95;01"]
          n_app_p02_need_02["need#95;02"]
          n_app_p03_need_03["need#95;03"]
          n_app_p04_need_04["need#95;04"]
          n_app_p05_need_05["need#95;05"]
          n_app_p06_need_06["need#95;06"]
          n_app_p07_need_07["need#95;07"]
          n_app_p08_need_08["need#95;08"]
          n_app_p09_need_09["need#95;09"]
          n_rest_dependency["111 dependencies more"]
          n_rest_router --> n_app_db_get_session
          n_rest_router --> n_rest_dependency
          n_router_app_p00_router --> n_app_db_get_session
          n_router_app_p00_router --> n_app_p00_need_00
          n_router_app_p00_router --> n_rest_dependency
          n_router_app_p01_router --> n_app_db_get_session
          n_router_app_p01_router --> n_app_p01_need_01
          n_router_app_p01_router --> n_rest_dependency
          n_router_app_p02_router --> n_app_db_get_session
          n_router_app_p02_router --> n_app_p02_need_02
          n_router_app_p02_router --> n_rest_dependency
          n_router_app_p03_router --> n_app_db_get_session
          n_router_app_p03_router --> n_app_p03_need_03
          n_router_app_p03_router --> n_rest_dependency
          n_router_app_p04_router --> n_app_db_get_session
          n_router_app_p04_router --> n_app_p04_need_04
          n_router_app_p04_router --> n_rest_dependency
          n_router_app_p05_router --> n_app_db_get_session
          n_router_app_p05_router --> n_app_p05_need_05
          n_router_app_p05_router --> n_rest_dependency
          n_router_app_p06_router --> n_app_db_get_session
          n_router_app_p06_router --> n_app_p06_need_06
          n_router_app_p06_router --> n_rest_dependency
          n_router_app_p07_router --> n_app_db_get_session
          n_router_app_p07_router --> n_app_p07_need_07
          n_router_app_p07_router --> n_rest_dependency
          n_router_app_p08_router --> n_app_db_get_session
          n_router_app_p08_router --> n_app_p08_need_08
          n_router_app_p08_router --> n_rest_dependency
          n_router_app_p09_router --> n_app_db_get_session
          n_router_app_p09_router --> n_app_p09_need_09
          n_router_app_p09_router --> n_rest_dependency
          n_router_app_p10_router --> n_app_db_get_session
          n_router_app_p10_router --> n_rest_dependency
          classDef endpoint fill:#1565c0,stroke:#0d47a1,color:#ffffff
          class n_rest_router,n_router_app_p00_router,n_router_app_p01_router,n_router_app_p02_router,n_router_app_p03_router,n_router_app_p04_router,n_router_app_p05_router,n_router_app_p06_router,n_router_app_p07_router,n_router_app_p08_router,n_router_app_p09_router,n_router_app_p10_router endpoint
        ```

        **Legend:** blue with round ends: endpoint; box: dependency.

        <details>
        <summary>The same as a list: who depends on what</summary>

        - `31 routers more` needs `get_session`, `111 dependencies more`
        - `app.p00:router, 13 endpoints` needs `get_session`, `need_00`, `111 dependencies more`
        - `app.p01:router, 13 endpoints` needs `get_session`, `need_01`, `111 dependencies more`
        - `app.p02:router, 13 endpoints` needs `get_session`, `need_02`, `111 dependencies more`
        - `app.p03:router, 13 endpoints` needs `get_session`, `need_03`, `111 dependencies more`
        - `app.p04:router, 13 endpoints` needs `get_session`, `need_04`, `111 dependencies more`
        - `app.p05:router, 13 endpoints` needs `get_session`, `need_05`, `111 dependencies more`
        - `app.p06:router, 13 endpoints` needs `get_session`, `need_06`, `111 dependencies more`
        - `app.p07:router, 13 endpoints` needs `get_session`, `need_07`, `111 dependencies more`
        - `app.p08:router, 13 endpoints` needs `get_session`, `need_08`, `111 dependencies more`
        - `app.p09:router, 13 endpoints` needs `get_session`, `need_09`, `111 dependencies more`
        - `app.p10:router, 13 endpoints` needs `get_session`, `111 dependencies more`

        </details>"#]].assert_eq(&expand(&architecture, &requests[0]));
    let all = request("diagram modules", "", "collapse=false");
    expect![[r#"
        error: the diagram has 1016 edges and 49295 characters; a page draws at most 400 edges and 40000 characters
        help: narrow it with a filter, `depth` or `collapse`"#]].assert_eq(&expand(&architecture, &all));
}

#[test]
fn errors_name_the_nearest() {
    let architecture = fixture::scenes();
    let wrong = [
        request("endpont", "", ""),
        request("endpoints", "", "tagg=x"),
        request("endpoints", "", "sort=name"),
        request("endpoints", "", "columns=method,pth"),
        request("endpoints", "", "limit=none"),
        request("endpoints", "", "limit=1;limit=2"),
        request("endpoints", "", "include=/a["),
        request("endpoints", "", "app=app.main:ap"),
        request("endpoints", "tag", ""),
        request("endpoint", "", ""),
        request("endpoint", "GET /api/v1/scene", ""),
        request("endpoint", "DELETE /api/v1/scenes", ""),
        request("endpoint", "/api/v1/scenes", ""),
        request("endpoint", "/completely/else", ""),
        request("model", "SceneReed", ""),
        request("models", "", "role=input"),
        request("ref", "app.api.scenes:create_scenes", ""),
        request("diagram request-lifecycle", "", ""),
        request("diagram lifecycle", "", ""),
        request("middleware", "", "collapse=yes"),
    ];
    let out: Vec<String> = wrong
        .iter()
        .map(|request| format!("{}\n{}\n", written(request), expand(&architecture, request)))
        .collect();
    expect![[r#"
        endpont
        error: there is no directive `endpont`
        help: did you mean `endpoint`?

        endpoints tagg="x"
        error: `endpoints` has no key `tagg`
        help: did you mean `tag`?

        endpoints sort="name"
        error: `sort` cannot be `name`
        help: it may be `registration`, `path`, `source`

        endpoints columns="method,pth"
        error: `columns` cannot be `pth`
        help: did you mean `path`?

        endpoints limit="none"
        error: `limit=none` is not a number that fits
        help: write a whole number from 1 on, e.g. `limit=10`

        endpoints limit="1" limit="2"
        error: the key `limit` is given twice
        help: remove one of them

        endpoints include="/a["
        error: `include=/a[` is not a glob
        help: unclosed character class; missing ']'; e.g. `include="/api/**"`

        endpoints app="app.main:ap"
        error: there is no application `app.main:ap`
        help: did you mean `app.main:app`?

        endpoints "tag"
        error: `endpoints` takes no subject
        help: filters and options are written `key=value`; remove `tag`

        endpoint
        error: `endpoint` needs a subject: GET /path
        help: write `<<#arch endpoint "GET /path">>`

        endpoint "GET /api/v1/scene"
        error: there is no endpoint `GET /api/v1/scene`
        help: did you mean `GET /api/v1/scenes`?

        endpoint "DELETE /api/v1/scenes"
        error: there is no endpoint `DELETE /api/v1/scenes`
        help: this path has GET, POST

        endpoint "/api/v1/scenes"
        error: `/api/v1/scenes` means 2 endpoints
        help: write one of `GET /api/v1/scenes`, `POST /api/v1/scenes`

        endpoint "/completely/else"
        error: there is no endpoint `/completely/else`
        help: `<<#arch endpoints hidden=true>>` shows all there are

        model "SceneReed"
        error: there is no model `SceneReed`
        help: did you mean `SceneRead`?

        models role="input"
        error: `role` cannot be `input`
        help: it may be `request`, `response`, `both`, `domain`, `internal`, `settings`, `enum`

        ref "app.api.scenes:create_scenes"
        error: there is no `app.api.scenes:create_scenes` in the analysed code
        help: did you mean `app.api.scenes:create_scene`?

        diagram request-lifecycle
        error: `diagram request-lifecycle` needs `endpoint`
        help: write `<<#arch diagram request-lifecycle endpoint="POST /api/v1/login">>`

        diagram lifecycle
        error: there is no directive `diagram lifecycle`
        help: did you mean `diagram request-lifecycle`?

        middleware collapse="yes"
        error: `collapse` cannot be `yes`
        help: it may be `true`, `false`
    "#]]
    .assert_eq(&out.join("\n"));
    expect![[r#"
        error: no FastAPI application was found
        help: name it in `book.toml`: `[preprocessor.arch]` `app = "package.module:app"`"#]]
    .assert_eq(&expand(&Architecture::default(), &request("endpoints", "", "")));
}

#[test]
fn every_directive_has_an_example_and_documented_keys() {
    let shown: Vec<String> = examples()
        .into_iter()
        .chain(diagrams())
        .map(|request| request.name)
        .collect();
    for directive in directives() {
        assert!(
            shown.iter().any(|name| name == directive.name) || directive.name.starts_with("count "),
            "{}",
            directive.name
        );
        assert!(
            directive.keys.iter().all(|key| !key.summary.ends_with('.')),
            "{}",
            directive.name
        );
    }
}

#[test]
fn what_an_empty_application_shows_is_a_sentence() {
    let architecture = Architecture {
        applications: vec![Default::default()],
        ..Architecture::default()
    };
    let names = [
        "endpoints",
        "routers",
        "dependencies",
        "middleware",
        "lifespan",
        "channels",
        "modules",
        "models",
        "data-layer",
        "tables",
        "migrations",
        "unresolved",
    ];
    let diagrams = [
        "diagram dependencies",
        "diagram layers",
        "diagram modules",
        "diagram models",
        "diagram data-layer",
    ];
    let out: Vec<String> = names
        .iter()
        .chain(&diagrams)
        .map(|name| expand(&architecture, &request(name, "", "")))
        .collect();
    expect![[r#"
        There are no endpoints.
        There are no routers.
        There are no dependencies.
        There is no middleware beyond the framework's own.
        Nothing runs at startup or shutdown.
        There are no channels.
        There are no modules.
        There are no models.
        **Tables**

        There are no tables.
        There are no tables.
        There are no migrations.
        Everything was read and resolved.
        There are no endpoints with dependencies.
        There are no modules.
        There are no modules.
        There are no models.
        There are no tables."#]]
    .assert_eq(&out.join("\n"));
}

#[test]
fn without_a_forge_places_are_text() {
    let architecture = fixture::scenes();
    let context = Context {
        architecture: &architecture,
        links: &Permalinks::default(),
        layers: &BTreeMap::new(),
    };
    let rendered = render(&request("ref", "app.models", ""), &context).unwrap();
    assert_eq!(
        rendered,
        Rendered {
            markdown: "`app.models`".to_owned(),
            placement: Placement::Inline
        }
    );
}

#[test]
fn modules_stand_in_the_layers_that_the_book_names() {
    let architecture = fixture::scenes();
    let layers = [
        ("Routes", "app/api/**"),
        ("Domain", "app/{services,repositories}/**"),
    ]
    .map(|(name, glob)| (name.to_owned(), vec![glob.to_owned()]));
    let context = Context {
        architecture: &architecture,
        links: &links(),
        layers: &BTreeMap::from(layers),
    };
    let pictures = ["diagram layers", "diagram modules"].map(|name| {
        let rendered = render(&request(name, "", ""), &context).unwrap().markdown;
        rendered.split("<details>").next().unwrap().to_owned()
    });
    expect![[r#"
        ```mermaid
        flowchart LR
          accTitle: Packages and their imports
          accDescr: 6 nodes and who imports whom#59; the list below says the same
          n_Domain[["Domain
        4 modules"]]
          n_Routes[["Routes
        3 modules"]]
          n_app_db["app.db"]
          n_app_main["app.main"]
          n_app_models["app.models"]
          n_app_security["app.security"]
          n_Domain -->|"3"| n_app_models
          n_Domain --> n_app_security
          n_Routes -->|"3"| n_Domain
          n_Routes --> n_app_db
          n_Routes --> n_app_models
          n_Routes --> n_app_security
          n_app_main -->|"2"| n_Routes
          n_app_main --> n_app_db
          classDef package stroke-width:3px
          class n_Domain,n_Routes package
        ```

        **Legend:** box: module; double-edged box: package.

        ```mermaid
        flowchart LR
          accTitle: Modules and their imports
          accDescr: 11 nodes and who imports whom#59; the list below says the same
          subgraph g_Routes["Routes"]
            n_app_api_deps["app.api.deps"]
            n_app_api_login["app.api.login"]
            n_app_api_scenes["app.api.scenes"]
          end
          subgraph g_app["app"]
            n_app_db["db"]
            n_app_main["main"]
            n_app_models["models"]
            n_app_security["security"]
          end
          subgraph g_Domain["Domain"]
            n_app_repositories_scenes["app.repositories.scenes"]
            n_app_repositories_users["app.repositories.users"]
            n_app_services_auth["app.services.auth"]
            n_app_services_scenes["app.services.scenes"]
          end
          n_app_api_deps --> n_app_db
          n_app_api_deps --> n_app_repositories_users
          n_app_api_deps --> n_app_security
          n_app_api_login --> n_app_api_deps
          n_app_api_login --> n_app_services_auth
          n_app_api_scenes --> n_app_api_deps
          n_app_api_scenes --> n_app_models
          n_app_api_scenes --> n_app_services_scenes
          n_app_main --> n_app_api_login
          n_app_main --> n_app_api_scenes
          n_app_main --> n_app_db
          n_app_repositories_scenes --> n_app_models
          n_app_repositories_users --> n_app_models
          n_app_services_auth --> n_app_repositories_users
          n_app_services_auth --> n_app_security
          n_app_services_scenes --> n_app_models
          n_app_services_scenes --> n_app_repositories_scenes
        ```

        **Legend:** box: module.

    "#]]
    .assert_eq(&pictures.concat());
}
