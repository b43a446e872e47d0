//! Which version of a library is meant.

use crate::web::{fixture::Fixture, project::Project};

#[track_caller]
fn check_version(lock: &str, text: &str, expected: &str) {
    let package = "//- web/package.json\n{\n  \"dependencies\": {\n    \"three\": \"^0.150.0\"\n  }\n}\n";
    let fixture = Fixture::new(&format!("{package}//- web/src/a.js\n//- {lock}\n{text}"));
    let project = Project::new(&fixture);
    let version = project.version_of("web/src", "three").expect("a version");
    let exact = version.exact.unwrap_or_else(|| version.requirement.clone());
    assert_eq!(format!("{exact} {}:{}", version.file, version.line), expected);
}

#[test]
fn the_version_is_that_of_the_lock_file() {
    check_version("other/yarn.lock", "", "^0.150.0 web/package.json:3");
    check_version(
        "web/package-lock.json",
        "{ \"packages\": {\n  \"node_modules/three\": {\n \"version\": \"0.150.1\" } } }",
        "0.150.1 web/package-lock.json:2",
    );
    check_version(
        "package-lock.json",
        "{ \"packages\": {\n \"node_modules/three\": { \"version\": \"0.9.0\" },\n \"web/node_modules/three\": { \"version\": \"0.150.2\" } } }",
        "0.150.2 package-lock.json:3",
    );
    check_version(
        "web/package-lock.json",
        "{ \"dependencies\": {\n  \"three\": {\n \"version\": \"0.150.3\" } } }",
        "0.150.3 web/package-lock.json:2",
    );
    check_version(
        "yarn.lock",
        "# yarn lockfile v1\n\nthree@^0.120.0:\n  version \"0.120.0\"\n\nthree@^0.150.0, three@>=0.1:\n  version \"0.150.4\"\n",
        "0.150.4 yarn.lock:7",
    );
    check_version(
        "yarn.lock",
        "\"three@npm:^0.150.0\":\n  version: 0.150.5\n",
        "0.150.5 yarn.lock:2",
    );
    check_version(
        "pnpm-lock.yaml",
        "importers:\n\n  other:\n    dependencies:\n      three:\n        version: 0.1.0\n\n  web:\n    dependencies:\n      three:\n        specifier: ^0.150.0\n        version: 0.150.6(x@1.0.0)\n",
        "0.150.6 pnpm-lock.yaml:12",
    );
    check_version(
        "web/pnpm-lock.yaml",
        "lockfileVersion: 5.4\n\nspecifiers:\n  three: ^0.150.0\n\ndependencies:\n  three: 0.150.7\n",
        "0.150.7 web/pnpm-lock.yaml:7",
    );
    check_version(
        "bun.lock",
        "{ \"packages\": {\n    \"three\": [\"three@0.150.8\", \"\", {}, \"sha512\"],\n } }",
        "0.150.8 bun.lock:2",
    );
}

#[test]
fn an_address_of_another_version_is_told() {
    let fixture = Fixture::new(
        r#"
//- package.json
{ "dependencies": { "three": "^0.150.0", "lil-gui": "~0.18.0" } }
//- index.html
<script type="importmap">{ "imports": { "three": "https://unpkg.com/three@0.160.0/build/three.module.js" } }</script>
<script src="https://unpkg.com/lil-gui@0.18.2"></script>
//- a.js
import 'https://cdn.jsdelivr.net/npm/three@0.150.1/+esm';

import 'https://cdn.jsdelivr.net/npm/three@0.128/+esm';
"#,
    );
    let project = Project::new(&fixture);
    let found: Vec<String> = project
        .version_mismatches()
        .iter()
        .map(|found| {
            let place = format!("{}:{}", found.location.file, found.location.line);
            format!(
                "{place} {} {} {}",
                found.package, found.loaded, found.declared.requirement
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            "a.js:3 three 0.128 ^0.150.0",
            "index.html:0 three 0.160.0 ^0.150.0"
        ]
    );
}
