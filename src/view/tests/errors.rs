use expect_test::expect;

use super::*;

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
