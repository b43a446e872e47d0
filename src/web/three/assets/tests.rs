//! Fixtures as text, and what is loaded in them.

use super::*;
use crate::web::{fixture::Fixture, project::Project};

#[test]
fn a_library_loads_what_its_application_serves() {
    let files = Fixture::new(
        "//- packages/engine/textures.js\nimport * as THREE from 'three';\n\
         export function texture(path) { return new THREE.TextureLoader().load(path); }\n\
         //- game/src/main.js\nimport { texture } from '../../packages/engine/textures';\n\
         texture('/images/noise.png'); texture('/images/two.png'); texture('/images/none.png');\n\
         //- game/public/images/noise.png\n//- game/public/images/two.png\n//- editor/public/images/two.png\n",
    );
    let project = Project::new(&files);
    let found: Vec<String> = assets(&Evaluator::new(&project), &[])
        .iter()
        .map(|asset| format!("{} {:?} {}", asset.url, asset.file, asset.is_missing))
        .collect();
    expect_test::expect![[r#"
        /images/noise.png Some("game/public/images/noise.png") false
        /images/two.png None false
        /images/none.png None true"#]]
    .assert_eq(&found.join("\n"));
}

#[test]
fn addresses_are_joined_with_slashes_and_beside_their_module() {
    let files = Fixture::new(
        "//- src/load.js\nimport * as THREE from 'three'; import { BasisTextureLoader } from 'three/examples/jsm/loaders/BasisTextureLoader.js';\n\
         export function load(base, files) { if (base[base.length - 1] != '/') { base += '/'; }\n\
         const loaders = { png: new THREE.TextureLoader(), basis: new BasisTextureLoader() };\n\
         for (const id in files) { const path = files[id].url; loaders[kind(path)].load(base + path, done); } }\n\
         //- src/main.js\nimport { load } from './load'; load('assets', { sky: { url: 'sky.basis' }, sun: { url: 'sun.png' } });\n\
         new THREE.TextureLoader().load(new URL('../models/moon.png', import.meta.url).toString());\n\
         import * as THREE from 'three'; class ProfileLoader { load(id) {} } new ProfileLoader().load('meta-quest');\n\
         //- assets/sun.png\n//- models/moon.png\n//- public/demo/water/shader.glsl\n\
         //- src/water.js\nimport * as THREE from 'three'; new THREE.FileLoader().load('water/shader.glsl');\n",
    );
    let project = Project::new(&files);
    let found: Vec<String> = assets(&Evaluator::new(&project), &[])
        .iter()
        .map(|asset| {
            format!(
                "{} {} {:?} {}",
                asset.loader, asset.url, asset.file, asset.is_missing
            )
        })
        .collect();
    expect_test::expect![[r#"
        BasisTextureLoader assets/sky.basis None true
        TextureLoader assets/sun.png Some("assets/sun.png") false
        TextureLoader models/moon.png Some("models/moon.png") false
        FileLoader water/shader.glsl Some("public/demo/water/shader.glsl") false"#]]
    .assert_eq(&found.join("\n"));
}

/// Each asset as `file:line loader address file`.
#[track_caller]
fn check(text: &str, bases: &[Base], expected: &[&str]) {
    let files = Fixture::new(text);
    let project = Project::new(&files);
    let found = assets(&Evaluator::new(&project), bases);
    let lines: Vec<String> = found
        .iter()
        .map(|asset| {
            let file = asset
                .file
                .as_deref()
                .unwrap_or(if asset.is_missing { "missing" } else { "-" });
            let place = format!("{}:{}", asset.location.file, asset.location.line);
            format!("{place} {} {} {file}", asset.loader, asset.url)
        })
        .collect();
    assert_eq!(lines, expected);
}

#[test]
fn a_loader_that_is_handed_over_loads_what_is_handed_over_with_it() {
    check(
        "//- src/level.glb\n//- src/sky.jpg\n\
         //- src/app.js\nimport { TextureLoader } from 'three'; import { GLTFLoader } from 'three/addons/loaders/GLTFLoader.js';\n\
         import level from './level.glb'; import sky from './sky.jpg';\n\
         class App { add(address, loader, name) {\nreturn loader.loadAsync(address).then((loaded) => { this[name] = loaded; }); }\n\
         start() { const models = new GLTFLoader(); const textures = new TextureLoader();\n\
         this.add(level, models, 'level'); this.add(sky, textures, 'sky'); } }\nnew App().start();\n",
        &[],
        &[
            "src/app.js:4 GLTFLoader src/level.glb src/level.glb",
            "src/app.js:4 TextureLoader src/sky.jpg src/sky.jpg",
        ],
    );
}

#[test]
fn components_load_what_they_are_handed() {
    check(
        "//- public/sky/a.hdr\n//- public/horn.mp3\n//- public/ring.png\n\
         //- src/Scene.tsx\nimport { Environment, PositionalAudio, useTexture } from '@react-three/drei';\n\
         const Ring = ({ source }) => {\nconst map = useTexture(source); return null; };\nconst Frame = ({ source }) => <Ring source={source} />;\n\
         export const Scene = () => <group>\n<Environment path=\"/sky/\" files=\"a.hdr\" />\n<PositionalAudio url=\"/horn.mp3\" /><Frame source=\"/ring.png\" /></group>;\n\
         //- src/Card.svelte\n<script>\nimport { useTexture } from '@threlte/core';\nconst map = useTexture('ring.png');\n</script>\n",
        &[],
        &[
            "src/Card.svelte:3 useTexture ring.png public/ring.png",
            "src/Scene.tsx:3 useTexture /ring.png public/ring.png",
            "src/Scene.tsx:6 Environment /sky/a.hdr public/sky/a.hdr",
            "src/Scene.tsx:7 PositionalAudio /horn.mp3 public/horn.mp3",
        ],
    );
}

#[test]
fn the_path_that_pages_are_served_under_is_none_of_files() {
    let base = Base {
        folder: String::new(),
        path: "/city/".to_owned(),
    };
    check(
        "//- public/a.png\n//- public/models/b.glb\n\
         //- main.js\nimport { TextureLoader } from 'three'; import { GLTFLoader } from 'three/addons/loaders/GLTFLoader.js';\n\
         new TextureLoader().load('/city/a.png');\n\
         new GLTFLoader().setPath(`${import.meta.env.BASE_URL}models/`).load('b.glb');\n",
        &[base],
        &[
            "main.js:2 TextureLoader /city/a.png public/a.png",
            "main.js:3 GLTFLoader ${import.meta.env.BASE_URL}models/b.glb public/models/b.glb",
        ],
    );
}

#[test]
fn what_nuxt_imports_by_itself_is_known() {
    check(
        "//- nuxt.config.ts\nexport default defineNuxtConfig({ modules: ['@tresjs/nuxt'] });\n\
         //- public/ship.glb\n//- app/composables/useShip.ts\nexport const useShip = () => '/ship.glb';\n\
         //- app/components/Ship.vue\n<script setup>\nconst { scene } = useGLTF(useShip());\n</script>\n",
        &[],
        &["app/components/Ship.vue:2 useGLTF /ship.glb public/ship.glb"],
    );
}
