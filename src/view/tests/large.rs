use expect_test::expect;

use super::*;

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
    expect_file!["../snapshots/large.md"].assert_eq(&page(&architecture, &requests[1..]));
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
