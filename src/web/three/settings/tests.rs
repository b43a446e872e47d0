//! Fixtures as text, and the settings in them as lines.

use super::settings;
use crate::web::{fixture::Fixture, project::Project, values::Evaluator};

#[track_caller]
fn check(text: &str, expected: expect_test::Expect) {
    let files = Fixture::new(text);
    let project = Project::new(&files);
    let evaluator = Evaluator::new(&project);
    let lines: String = settings(&evaluator)
        .iter()
        .map(|one| {
            format!(
                "{}:{} {} {} = {}\n",
                one.location.file, one.location.line, one.subject, one.name, one.value
            )
        })
        .collect();
    expected.assert_eq(&lines);
}

#[test]
fn settings_are_found_by_what_they_are_set_on() {
    check(
        "//- main.js\nimport * as THREE from 'three';\n\
         const renderer = new THREE.WebGLRenderer({ canvas, antialias: true, powerPreference: 'high-performance' });\n\
         renderer.setPixelRatio(Math.min(window.devicePixelRatio, 2));\n\
         renderer.shadowMap.enabled = true; renderer.shadowMap.type = THREE.PCFSoftShadowMap;\n\
         renderer.toneMapping = THREE.ACESFilmicToneMapping; renderer.xr.enabled = true;\n\
         const sun = new THREE.DirectionalLight(); sun.castShadow = true; sun.shadow.mapSize.set(2048, 1024);\n\
         const mesh = new THREE.Mesh(); mesh.castShadow = true; material.alpha = 1; state.sortObjects = false; const params = { toneMapping: 0 }; params.toneMapping = 4;\n\
         export function later(gl) { gl.outputColorSpace = THREE.SRGBColorSpace; }\n",
        expect_test::expect![[r#"
            main.js:2 WebGLRenderer antialias = true
            main.js:2 WebGLRenderer powerPreference = high-performance
            main.js:3 WebGLRenderer pixelRatio = Math.min(window.devicePixelRatio, 2)
            main.js:4 WebGLRenderer shadowMap.enabled = true
            main.js:4 WebGLRenderer shadowMap.type = PCFSoftShadowMap
            main.js:5 WebGLRenderer toneMapping = ACESFilmicToneMapping
            main.js:5 WebGLRenderer xr.enabled = true
            main.js:6 DirectionalLight castShadow = true
            main.js:6 DirectionalLight shadow.mapSize = 2048 × 1024
            main.js:8 renderer outputColorSpace = SRGBColorSpace
        "#]],
    );
}

#[test]
fn attributes_of_canvases_and_lights_are_settings() {
    check(
        "//- App.jsx\nimport { Canvas } from '@react-three/fiber';\n\
         export const App = () => <Canvas shadows dpr={[1, 2]} gl={{ antialias: false, toneMapping: 4 }} camera={{ fov: 50 }}>\n\
         <directionalLight castShadow shadow-mapSize={[1024, 1024]} shadow-mapSize-width={512} shadow-bias={1} /><mesh castShadow /></Canvas>;\n\
         //- App.vue\n<script setup>\nimport { TresCanvas } from '@tresjs/core';\n</script>\n\
         <template><TresCanvas shadows :tone-mapping=\"mode\" power-preference=\"low-power\" clear-color=\"#fff\"><TresSpotLight cast-shadow /></TresCanvas></template>\n",
        expect_test::expect![[r#"
            App.jsx:3 DirectionalLight castShadow = true
            App.jsx:3 DirectionalLight shadow.mapSize = [1024, 1024]
            App.jsx:3 DirectionalLight shadow.mapSize.width = 512
            App.jsx:2 Canvas shadows = true
            App.jsx:2 Canvas dpr = [1, 2]
            App.jsx:2 Canvas antialias = false
            App.jsx:2 Canvas toneMapping = 4
            App.vue:4 SpotLight castShadow = true
            App.vue:4 TresCanvas shadows = true
            App.vue:4 TresCanvas toneMapping = mode
            App.vue:4 TresCanvas powerPreference = low-power
        "#]],
    );
}
