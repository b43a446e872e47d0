use expect_test::expect;

use super::*;

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
