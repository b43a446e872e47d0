use expect_test::expect;

use super::*;

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
