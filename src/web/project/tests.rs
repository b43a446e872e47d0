//! What imports lead to.

use expect_test::{Expect, expect};

use super::{Alias, AliasPattern, AliasTarget, Library, Project, Target, pages::requests};
use crate::web::fixture::Fixture;

/// Each import of each module and what it leads to.
fn check(files: &str, expected: &Expect) {
    let fixture = Fixture::new(files);
    expected.assert_eq(&dump(&Project::new(&fixture)));
}

fn dump(project: &Project<'_>) -> String {
    let mut out = String::new();
    for vendored in &project.vendored {
        out.push_str(&format!("left out {}: {}\n", vendored.file, vendored.reason));
    }
    for page in &project.pages {
        for external in &page.external {
            let target = project.resolve_address(&page.file, &external.source);
            out.push_str(&format!(
                "{} loads {} -> {}\n",
                page.file,
                external.source,
                name(project, &target)
            ));
        }
    }
    for module in project.module_ids() {
        for request in requests(project.script(module)) {
            let target = project.resolve(module, &request.specifier);
            out.push_str(&format!(
                "{}: {} -> {}\n",
                project.module(module).file,
                request.specifier,
                name(project, &target)
            ));
        }
    }
    out
}

fn name(project: &Project<'_>, target: &Target) -> String {
    match target {
        Target::Module(module) => project.module(*module).file.to_string(),
        Target::File(file) => format!("file {file}"),
        Target::Library(Library {
            package,
            path,
            version,
        }) => {
            let version = version.as_deref().unwrap_or("-");
            format!("library {package} {version} {path}")
                .trim_end()
                .to_owned()
        }
        Target::Missing(path) => format!("missing {path}"),
    }
}

#[test]
fn relative_imports_leave_out_endings() {
    check(
        "\
//- src/main.ts
import './a'; import './b.js'; import './folder'; import './C.vue'; import '../shared/d';
import './e.json'; import model from './f.glb?url'; import text from './a.ts?raw'; import W from './a?worker';
import './nothing'; import './state.svelte'; import glsl from 'raw-loader!./g.glsl';
//- src/a.ts
//- src/b.tsx
//- src/folder/index.jsx
//- src/C.vue
<script>export default {}</script>
//- shared/d.mjs
//- src/e.json
//- src/f.glb
//- src/g.glsl
//- src/state.svelte.ts
",
        &expect![[r#"
            src/main.ts: ./a -> src/a.ts
            src/main.ts: ./b.js -> src/b.tsx
            src/main.ts: ./folder -> src/folder/index.jsx
            src/main.ts: ./C.vue -> src/C.vue
            src/main.ts: ../shared/d -> shared/d.mjs
            src/main.ts: ./e.json -> file src/e.json
            src/main.ts: ./f.glb?url -> file src/f.glb
            src/main.ts: ./a.ts?raw -> file src/a.ts
            src/main.ts: ./a?worker -> src/a.ts
            src/main.ts: ./nothing -> missing src/nothing
            src/main.ts: ./state.svelte -> src/state.svelte.ts
            src/main.ts: raw-loader!./g.glsl -> file src/g.glsl
        "#]],
    );
}

#[test]
fn other_requests_are_imports_too() {
    check(
        "\
//- a.js
export * from './b'; const c = require('./c'); import('./d');
new Worker(new URL('./e.js', import.meta.url)); new URL('./f.js', location.href);
//- b.js
//- c.js
//- d.js
//- e.js
//- f.js
",
        &expect![[r#"
            a.js: ./b -> b.js
            a.js: ./c -> c.js
            a.js: ./d -> d.js
            a.js: ./e.js -> e.js
        "#]],
    );
}

#[test]
fn paths_of_tsconfig_come_through_extends_and_references() {
    check(
        r#"
//- web/tsconfig.json
{ // as Vite's template writes it
  "files": [], "references": [{ "path": "./tsconfig.app.json" }, { "path": "../other" }], }
//- web/tsconfig.app.json
{ "extends": ["../base.json", "@scope/config/strict.json"] }
//- base.json
{ "compilerOptions": { "baseUrl": "./web/src", "paths": { "@/*": ["*"], "@/ui/*": ["./widgets/*", "./ui/*"] /* two */, } } }
//- config/package.json
{ "name": "@scope/config" }
//- config/strict.json
{ "compilerOptions": { "strict": true } }
//- other/tsconfig.json
{ "compilerOptions": { "paths": { "only-there": ["./x.ts"] } } }
//- other/x.ts
//- web/src/main.ts
import '@/api'; import '@/ui/button'; import 'util/math'; import 'only-there'; import 'three';
//- web/src/api.ts
//- web/src/ui/button.tsx
//- web/src/util/math.ts
"#,
        &expect![[r#"
            web/src/main.ts: @/api -> web/src/api.ts
            web/src/main.ts: @/ui/button -> web/src/ui/button.tsx
            web/src/main.ts: util/math -> web/src/util/math.ts
            web/src/main.ts: only-there -> library only-there -
            web/src/main.ts: three -> library three -
        "#]],
    );
}

#[test]
fn an_import_map_holds_for_what_its_page_leads_to() {
    check(
        r#"
//- app/index.html
<script type="importmap">{ "imports": {
  "three": "https://unpkg.com/three@0.160.0/build/three.module.js",
  "three/addons/": "https://unpkg.com/three@0.160.0/examples/jsm/",
  "lib/": "./vendor/", "lib/own/": "/own/"
} }</script>
<script type="module" src="./main.js"></script>
//- app/main.js
import 'three'; import 'three/addons/loaders/GLTFLoader.js'; import 'lib/own/a.js'; import './part.js';
//- app/part.js
import { Scene } from 'three';
//- app/alone.js
import { Scene } from 'three';
//- own/a.js
"#,
        &expect![[r#"
            app/index.html loads ./main.js -> app/main.js
            app/alone.js: three -> library three -
            app/main.js: three -> library three 0.160.0
            app/main.js: three/addons/loaders/GLTFLoader.js -> library three 0.160.0 addons/loaders/GLTFLoader.js
            app/main.js: lib/own/a.js -> own/a.js
            app/main.js: ./part.js -> app/part.js
            app/part.js: three -> library three 0.160.0
        "#]],
    );
}

#[test]
fn packages_of_the_tree_are_imported_by_name() {
    check(
        r##"
//- packages/core/package.json
{ "name": "@acme/core", "exports": { ".": { "types": "./dist/index.d.ts", "import": "./dist/index.js" },
  "./math": "./src/math.ts", "./shapes/*": { "default": "./dist/esm/shapes/*.js" } },
  "imports": { "#inner/*": "./src/inner/*.ts", "#gl": "three" } }
//- packages/core/src/index.ts
import '#inner/a'; import '#gl'; import '@acme/core/math';
//- packages/core/src/math.ts
//- packages/core/src/inner/a.ts
//- packages/core/src/shapes/box.ts
//- packages/old/package.json
{ "name": "old", "main": "lib/main.js" }
//- packages/old/lib/main.js
//- packages/old/extra.js
//- app/main.js
import '@acme/core'; import '@acme/core/math'; import '@acme/core/shapes/box'; import 'old'; import 'old/extra'; import 'olds';
"##,
        &expect![[r#"
            app/main.js: @acme/core -> packages/core/src/index.ts
            app/main.js: @acme/core/math -> packages/core/src/math.ts
            app/main.js: @acme/core/shapes/box -> packages/core/src/shapes/box.ts
            app/main.js: old -> packages/old/lib/main.js
            app/main.js: old/extra -> packages/old/extra.js
            app/main.js: olds -> library olds -
            packages/core/src/index.ts: #inner/a -> packages/core/src/inner/a.ts
            packages/core/src/index.ts: #gl -> library three -
            packages/core/src/index.ts: @acme/core/math -> packages/core/src/math.ts
        "#]],
    );
}

#[test]
fn libraries_have_one_name_by_every_address() {
    check(
        "\
//- a.js
import 'three/examples/jsm/controls/OrbitControls.js'; import 'three/addons/controls/OrbitControls.js';
import 'three/webgpu'; import 'three-stdlib'; import '@react-three/drei/core';
import 'node:fs'; import 'path'; import 'npm:three@0.170.0/addons/loaders/GLTFLoader.js';
import 'https://unpkg.com/three@0.150.1/build/three.module.js?module';
import 'https://cdn.jsdelivr.net/npm/three@0.150/examples/jsm/loaders/GLTFLoader.js/+esm';
import 'https://cdn.jsdelivr.net/gh/mrdoob/three.js@r128/examples/js/loaders/OBJLoader.js';
import 'https://cdn.skypack.dev/@tweenjs/tween.js@18'; import 'https://esm.sh/v135/three@0.155.0/addons/math/Octree.js';
import 'https://cdnjs.cloudflare.com/ajax/libs/three.js/r128/three.min.js';
import 'https://threejs.org/build/three.module.js'; import 'https://cdn.example.org/js/three.r99.min.js';
import '../build/three.module.js'; import './jsm/loaders/GLTFLoader.js'; import 'https://example.org/x.js';
import '../node_modules/three/build/three.module.js'; import '@/unknown';
",
        &expect![[r#"
            a.js: three/examples/jsm/controls/OrbitControls.js -> library three - addons/controls/OrbitControls.js
            a.js: three/addons/controls/OrbitControls.js -> library three - addons/controls/OrbitControls.js
            a.js: three/webgpu -> library three - webgpu
            a.js: three-stdlib -> library three-stdlib -
            a.js: @react-three/drei/core -> library @react-three/drei - core
            a.js: node:fs -> library node:fs -
            a.js: path -> library node:path -
            a.js: npm:three@0.170.0/addons/loaders/GLTFLoader.js -> library three 0.170.0 addons/loaders/GLTFLoader.js
            a.js: https://unpkg.com/three@0.150.1/build/three.module.js?module -> library three 0.150.1
            a.js: https://cdn.jsdelivr.net/npm/three@0.150/examples/jsm/loaders/GLTFLoader.js/+esm -> library three 0.150 addons/loaders/GLTFLoader.js
            a.js: https://cdn.jsdelivr.net/gh/mrdoob/three.js@r128/examples/js/loaders/OBJLoader.js -> library three 0.128 addons/loaders/OBJLoader.js
            a.js: https://cdn.skypack.dev/@tweenjs/tween.js@18 -> library @tweenjs/tween.js 18
            a.js: https://esm.sh/v135/three@0.155.0/addons/math/Octree.js -> library three 0.155.0 addons/math/Octree.js
            a.js: https://cdnjs.cloudflare.com/ajax/libs/three.js/r128/three.min.js -> library three 0.128
            a.js: https://threejs.org/build/three.module.js -> library three -
            a.js: https://cdn.example.org/js/three.r99.min.js -> library three 0.99
            a.js: ../build/three.module.js -> library three -
            a.js: ./jsm/loaders/GLTFLoader.js -> library three - addons/loaders/GLTFLoader.js
            a.js: https://example.org/x.js -> library https://example.org/x.js -
            a.js: ../node_modules/three/build/three.module.js -> library three -
            a.js: @/unknown -> missing @/unknown
        "#]],
    );
}

#[test]
fn copies_of_libraries_are_left_out_and_own_files_of_their_names_are_not() {
    check(
        r#"
//- static/three.module.js
const REVISION = '139'; export { REVISION };
//- static/js/OrbitControls.js
import { EventDispatcher } from 'three';
class OrbitControls extends EventDispatcher { constructor( object ) { super(); this.update( object ); } }
export { OrbitControls };
//- static/jquery-3.6.0.js
/*! jQuery JavaScript Library v3.6.0 | Released under the MIT license */
(function(){})();
//- third_party/x.js
//- vendor/y.js
import './z.js';
//- vendor/z.js
//- pages/vendor/list.js
import { api } from '../../api.js';
//- src/Sky.js
import { Mesh } from 'three';
export class Sky extends Mesh { constructor(size) { super(); this.init(size); } }
//- src/stats.js
export const stats = compute(1);
//- api.js
import '/three.module.js'; import './static/js/OrbitControls.js'; import './static/jquery-3.6.0.js'; import './src/Sky.js';
import './vendor/y.js';
"#,
        &expect![[r#"
            left out static/jquery-3.6.0.js: copy of a library
            left out static/js/OrbitControls.js: copy of three
            left out static/three.module.js: copy of three
            left out third_party/x.js: third-party folder
            left out vendor/y.js: vendor folder
            left out vendor/z.js: vendor folder
            api.js: /three.module.js -> library three 0.139
            api.js: ./static/js/OrbitControls.js -> library three - addons/controls/OrbitControls.js
            api.js: ./static/jquery-3.6.0.js -> library jquery 3.6.0
            api.js: ./src/Sky.js -> src/Sky.js
            api.js: ./vendor/y.js -> file vendor/y.js
            pages/vendor/list.js: ../../api.js -> api.js
            src/Sky.js: three -> library three -
        "#]],
    );
}

#[test]
fn what_a_minifier_wrote_is_left_out_and_a_long_table_is_not() {
    let minified = "function a(b){return this.c&&b?b:void 0}var d=function(){return a(1)};".repeat(40);
    let table = format!("export const heights = [{}];", "0.125,".repeat(800));
    let chunk = r#"import{a as b}from"./index-B1cD2eF3.js";const c=b("x");export{c as default};"#;
    let files =
        format!("//- a.js\n{minified}\n//- heights.js\n{table}\n//- assets/icon-C9x_8yZ1.js\n{chunk}\n");
    check(
        &files,
        &expect![[r#"
            left out a.js: minified
            left out assets/icon-C9x_8yZ1.js: bundle
        "#]],
    );
}

#[test]
fn addresses_of_templates_are_found_where_the_server_has_them() {
    check(
        r#"
//- backend/templates/index.html
<script src="{{ url_for('static', path='/js/app.js') }}"></script>
<script src="/static/js/other.js?v=2"></script><script src="/static/absent.js"></script>
<script type="module" src="/src/main.ts"></script>
//- backend/web/js/app.js
//- backend/web/js/other.js
//- frontend/src/main.ts
//- old/web/js/app.js
"#,
        &expect![[r#"
            backend/templates/index.html loads {{ url_for('static', path='/js/app.js') }} -> backend/web/js/app.js
            backend/templates/index.html loads /static/js/other.js?v=2 -> backend/web/js/other.js
            backend/templates/index.html loads /static/absent.js -> missing static/absent.js
            backend/templates/index.html loads /src/main.ts -> frontend/src/main.ts
        "#]],
    );
}

#[test]
fn aliases_hold_for_their_folder_and_frameworks_bring_some() {
    let fixture = Fixture::new(
        r#"
//- web/main.js
import '@/a'; import 'vue'; import '@/b'; import 'three';
//- web/src/a.js
//- kit/package.json
{ "devDependencies": { "@sveltejs/kit": "^2" } }
//- kit/src/routes/+page.ts
import '$lib/c'; import '$app/stores'; import './$types'; import '@/a';
//- kit/src/lib/c.ts
"#,
    );
    let mut project = Project::new(&fixture);
    let alias = |name: &str, replacement| Alias {
        pattern: AliasPattern::Prefix(name.into()),
        replacement,
    };
    project.add_aliases(
        "web",
        vec![
            alias("@", AliasTarget::Path("web/src".into())),
            alias("vue", AliasTarget::Specifier("vue/dist/vue.esm.js".into())),
        ],
    );
    let expected = expect![[r#"
        kit/src/routes/+page.ts: $lib/c -> kit/src/lib/c.ts
        kit/src/routes/+page.ts: $app/stores -> library $app - stores
        kit/src/routes/+page.ts: ./$types -> library @sveltejs/kit - $types
        kit/src/routes/+page.ts: @/a -> missing @/a
        web/main.js: @/a -> web/src/a.js
        web/main.js: vue -> library vue - dist/vue.esm.js
        web/main.js: @/b -> missing web/src/b
        web/main.js: three -> library three -
    "#]];
    expected.assert_eq(&dump(&project));
}

#[test]
fn pages_lead_to_modules_and_entry_points_are_what_nobody_imports() {
    let fixture = Fixture::new(
        r#"
//- a.html
<script type="module">import './shared.js';</script>
//- b.html
<script type="module" src="main.js"></script>
//- main.js
import './shared.js';
//- shared.js
//- tool.js
"#,
    );
    let project = Project::new(&fixture);
    let mut out = String::new();
    for module in project.module_ids() {
        let pages: Vec<&str> = project
            .pages_of(module)
            .iter()
            .map(|page| project.pages[*page].file.as_str())
            .collect();
        let entry = if project.entry_points().contains(&module) {
            "entry"
        } else {
            ""
        };
        out.push_str(&format!("{} {pages:?} {entry}\n", project.module(module).file));
    }
    expect![[r#"
        a.html ["a.html"] entry
        main.js ["b.html"] entry
        shared.js ["a.html", "b.html"] 
        tool.js [] entry
    "#]]
    .assert_eq(&out);
}

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

#[test]
fn pages_lead_to_modules_of_a_pattern_and_to_routes() {
    let fixture = Fixture::new(
        "\
//- index.html
<script type=\"module\" src=\"/src/main.js\"></script>
//- src/main.js
import.meta.glob('./pages/*.js');
//- src/pages/a.js
import '../part.js';
//- src/pages/deep/b.js
//- src/part.js
//- web/src/routes/+page.js
//- web/app/page.tsx
",
    );
    let project = Project::new(&fixture);
    let entries = project.entry_points();
    let mut out = String::new();
    for module in project.module_ids() {
        let entry = if entries.contains(&module) { "entry" } else { "" };
        let pages = project.pages_of(module);
        out.push_str(&format!("{} {pages:?} {entry}\n", project.module(module).file));
    }
    expect![[r#"
        src/main.js [0] entry
        src/pages/a.js [0] 
        src/pages/deep/b.js [] entry
        src/part.js [0] 
        web/app/page.tsx [] entry
        web/src/routes/+page.js [] entry
    "#]]
    .assert_eq(&out);
}
