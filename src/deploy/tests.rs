use expect_test::expect;

use super::proxy::Action;
use super::{Deployment, read};

fn deployment(files: &[(&str, &str)]) -> Deployment {
    let mut paths: Vec<String> = files.iter().map(|(path, _)| (*path).to_owned()).collect();
    paths.sort();
    read(&paths, &|path| {
        let found = files.iter().find(|(known, _)| *known == path);
        found
            .map(|(_, text)| text.as_bytes().to_vec())
            .ok_or_else(|| "missing".to_owned())
    })
}

#[test]
fn environment_files() {
    let found = deployment(&[(
        ".env.production",
        "# c\nexport A=1 # one\nB=\"two\\nlines\"\nC='a#b'\nE=\n=bad\n",
    )]);
    let file = &found.environment_files[0];
    assert_eq!(file.variant.as_deref(), Some("production"));
    let words = file
        .settings
        .iter()
        .map(|setting| format!("{}={:?}@{}", setting.name, setting.value, setting.location.line));
    expect![[r#"["A=Some(\"1\")@2", "B=Some(\"two\\nlines\")@3", "C=Some(\"a#b\")@4", "E=Some(\"\")@5"]"#]]
        .assert_eq(&format!("{:?}", words.collect::<Vec<_>>()));
    assert_eq!(found.findings[0].location.line, 6);
}

#[test]
fn compose_files_keep_what_stands_before_an_error() {
    let text = "x: &e {A: '1'}\nservices:\n  api:\n    image: app:${TAG:-latest}\n    environment:\n      <<: *e\n      B: ${B:?}\n";
    let found = deployment(&[("compose.yml", text), ("docker-compose.prod.yml", "services: [}")]);
    let file = &found.compose[0];
    let names: Vec<_> = file.services[0]
        .settings
        .iter()
        .map(|setting| (setting.name.as_str(), setting.location.line))
        .collect();
    assert_eq!(names, [("B", 7), ("A", 1)]);
    let references: Vec<_> = file
        .references
        .iter()
        .map(|one| (one.name.as_str(), one.default.as_deref(), one.is_required))
        .collect();
    assert_eq!(references, [("TAG", Some("latest"), false), ("B", None, true)]);
    assert_eq!(found.findings.len(), 1);
}

#[test]
fn nginx_passes_paths_on_by_its_rules() {
    let text = "upstream api { server backend:8000; }\nserver {\n  location /api/ { proxy_pass http://api/; }\n  location /raw/ { proxy_pass http://api; }\n  location ~ ^/v(\\d+)/ { rewrite ^/v(\\d+)/(.*)$ /$2 break; proxy_pass http://api; }\n  location / { try_files $uri /index.html; }\n}\n";
    let found = deployment(&[("nginx.conf", text)]);
    let server = &found.servers[0];
    let to = |path: &str| {
        server
            .passed_on(path)
            .map(|(origin, path)| format!("{origin}{path}"))
    };
    assert_eq!(to("/api/users").as_deref(), Some("http://backend:8000/users"));
    assert_eq!(to("/raw/users").as_deref(), Some("http://backend:8000/raw/users"));
    assert_eq!(to("/v1/users").as_deref(), Some("http://backend:8000/users"));
    assert_eq!(to("/else"), None);
    assert_eq!(
        server.route("/else").map(|route| &route.action),
        Some(&Action::Rewrite("/index.html".to_owned()))
    );
}

#[test]
fn nginx_templates_read_variables_within_servers_and_outside() {
    let text = "upstream api { server ${BACKEND}; }\n\
                server { listen ${PORT}; location / { proxy_pass http://api; proxy_set_header Host $host; } }\n\
                server { listen 81; }";
    let found = deployment(&[("nginx.conf", text)]);
    let references = found.servers.iter().flat_map(|server| &server.references);
    let mut names: Vec<_> = references
        .map(|reference| (reference.name.as_str(), reference.location.line))
        .collect();
    names.sort_unstable();
    assert_eq!(names, [("BACKEND", 1), ("PORT", 2)]);
}
