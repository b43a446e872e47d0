//! What imports lead to.

mod pages;
mod versions;

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
