//! Paths and routes.

use super::*;

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
fn a_hole_is_a_value_also_where_a_slash_is_missing() {
    let app = application(
        "app:app",
        &[
            "GET /events/",
            "GET /events/{id}/",
            "DELETE /events/{id}/",
            "GET /rooms",
            "POST /parts/{id}/move/",
        ],
    );
    check(
        &[app],
        &Network::default(),
        &[
            "GET /events/${id}",
            "GET /events",
            "GET /events${query}",
            "PUT /events/${id}",
            "GET /rooms/${query}",
            "POST /parts/${id}/${action}",
        ],
        &expect![[r#"
            GET /events/${id} => GET /events/{id}/ via redirect
            GET /events => GET /events/ via redirect
            GET /events${query} => GET /events/ via redirect
            PUT /events/${id} => - (405: this path answers GET, DELETE) nearest GET /events/{id}/
            GET /rooms/${query} => - (404: no route has this path) nearest GET /rooms
            POST /parts/${id}/${action} => POST /parts/{id}/move/
            uncalled DELETE /events/{id}/
            uncalled GET /rooms
        "#]],
    );
}

#[test]
fn what_a_route_handler_asks_arrives() {
    let mut app = application(
        "app:app",
        &[
            "GET /users/me",
            "GET /rooms",
            "POST /rooms",
            "POST /rooms/{id}/join",
            "GET /rooms/{id}",
        ],
    );
    app.endpoints[3].request_body = Some(Body {
        annotation: "Join".to_owned(),
        schema: json!({"type": "object", "required": ["invite_code"], "properties": {"invite_code": {}}}),
        ..Body::default()
    });
    let asked = |file: &str, function: &str, text: &str| NetworkCall {
        function: format!("{file}:{function}"),
        location: Location {
            file: file.to_owned(),
            ..Location::default()
        },
        ..call(0, text)
    };
    let (home, join, any) = (
        "web/src/routes/home/+server.ts",
        "web/src/routes/rooms/[id]/enter/+server.ts",
        "web/src/routes/proxy/[...path]/+server.ts",
    );
    let own = [
        asked(home, "GET", "GET http://localhost:8000/users/me"),
        asked(home, "GET", "GET http://localhost:8000/rooms"),
        asked(join, "POST", "POST http://localhost:8000/rooms/${id}/join"),
        asked(join, "POST", "GET http://localhost:8000/rooms/${id}"),
        asked(any, "POST", "? http://localhost:8000/${path}"),
    ];
    let network = Network {
        handlers: route_handlers([home, join, any, "web/svelte.config.js"].into_iter(), &own),
        ..Network::default()
    };
    let mut enter = call(1, "POST /rooms/${id}/enter");
    enter.body_fields = vec!["code".to_owned()];
    let mut passed = call(2, "POST /proxy/rooms/3/join");
    passed.body_fields = vec!["code".to_owned()];
    let calls = [call(0, "GET /home"), enter, passed];
    expect![[r#"
        GET /home => GET /users/me (No command names the backend's port; `localhost:8000` is taken for it.)
        GET /home => GET /rooms (No command names the backend's port; `localhost:8000` is taken for it.)
        POST /rooms/${id}/enter => POST /rooms/{id}/join (No command names the backend's port; `localhost:8000` is taken for it.)
        POST /rooms/${id}/enter => GET /rooms/{id} (No command names the backend's port; `localhost:8000` is taken for it.)
        POST /proxy/rooms/3/join => POST /rooms/{id}/join (No command names the backend's port; `localhost:8000` is taken for it.); unknown: code (Join); missing: invite_code (Join)
        uncalled POST /rooms
    "#]].assert_eq(&dump(&super::calls(&[app], &calls, &network)));
}

#[test]
fn what_loaders_load_may_come_from_the_backend() {
    use crate::architecture::{integration::served_asset::served, model::Asset};
    let mut app = application("app:app", &["GET /models/{name}", "GET /{path:path}"]);
    app.mounts = vec![Mount {
        path: "/files".to_owned(),
        ..Mount::default()
    }];
    let asset = |url: &str, file: Option<&str>| Asset {
        url: url.to_owned(),
        loader: "GLTFLoader".to_owned(),
        location: Location::default(),
        function: String::new(),
        file: file.map(str::to_owned),
        bytes: None,
        is_missing: false,
        served_by: None,
    };
    let assets = [
        asset("http://localhost:8000/models/a.glb", None),
        asset("${base}/models/${name}", None),
        asset("http://localhost:8000/files/a.png", None),
        asset("/models/own.glb", Some("public/models/own.glb")),
        asset("https://cdn.example.com/models/a.glb", None),
        asset("${base}/a.glb", None),
    ];
    let served = served(&[app], &[], &assets, &Network::default());
    let lines = assets.iter().zip(&served);
    let lines: Vec<String> = lines
        .map(|(asset, by)| format!("{} by {}\n", asset.url, by.as_deref().unwrap_or("-")))
        .collect();
    expect![[r#"
        http://localhost:8000/models/a.glb by GET /models/{name}
        ${base}/models/${name} by GET /models/{name}
        http://localhost:8000/files/a.png by /files
        /models/own.glb by -
        https://cdn.example.com/models/a.glb by -
        ${base}/a.glb by -
    "#]]
    .assert_eq(&lines.concat());
}
