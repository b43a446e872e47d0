//! Fixtures as text, and the shaders in them as lines.

use std::fmt::Write as _;

use expect_test::{Expect, expect};

use super::shaders;
use crate::web::{fixture::Fixture, project::Project, three::objects::made, values::Evaluator};

#[track_caller]
fn check(text: &str, expected: Expect) {
    let files = Fixture::new(text);
    let project = Project::new(&files);
    let evaluator = Evaluator::new(&project);
    let mut out = String::new();
    for shader in shaders(&evaluator, &made(&evaluator)) {
        let (file, line) = (&shader.location.file, shader.location.line);
        let _ = writeln!(
            out,
            "{file}:{line} {} {} {:?}",
            shader.kind, shader.name, shader.changes
        );
        for run in &shader.runs {
            let _ = writeln!(out, "  run by {}:{}", run.function, run.location.line);
        }
        for (stage, source) in [("vertex", &shader.vertex), ("fragment", &shader.fragment)] {
            if let Some(source) = source {
                let place = format!("{}:{}", source.location.file, source.location.line);
                let _ = writeln!(out, "  {stage} {:?} {place} {:?}", source.kind, source.lines);
            }
        }
        for uniform in &shader.uniforms {
            let (kind, initial) = (uniform.type_name.as_deref(), uniform.initial.as_deref());
            let (kind, initial) = (kind.unwrap_or("?"), initial.unwrap_or("?"));
            let setters = uniform.setters.iter();
            let setters: Vec<String> = setters
                .map(|setter| format!("{}:{}", setter.function, setter.location.line))
                .collect();
            let _ = writeln!(out, "  {} {kind} = {initial} {setters:?}", uniform.name);
        }
    }
    expected.assert_eq(&out);
}

#[test]
fn texts_and_uniforms() {
    check(
        r#"
//- shaders/vertex.glsl
uniform vec2 offset;
void main() {}
//- text.js
export const fragment = `
uniform float time;
void main() {}
`;
//- a.ts
import * as THREE from 'three';
import vertexShader from './shaders/vertex.glsl';
import { fragment } from './text.js';
const offset = new THREE.Vector2();
const material = new THREE.ShaderMaterial({
  uniforms: { time: { value: 0 }, offset: { value: offset }, map: { value: new THREE.CanvasTexture(canvas) }, size: { value: null } },
  vertexShader,
  fragmentShader: fragment,
});
function animate() {
  material.uniforms.time.value += 0.1;
  offset.set(1, 2);
  material.uniforms['size'].value = 3;
}
const mesh = new THREE.Mesh(box, material);
function grow() { mesh.material.uniforms['size']!.value = 4; }
const uniforms = { level: { value: 1 } };
class Halo extends THREE.ShaderMaterial {
  constructor() { super({ uniforms, vertexShader: 'void main() {}', fragmentShader: load('x') }); }
}
new Halo();
export function raise() { uniforms.level.value = 2; }
//- page.html
<script type="x-shader/x-vertex" id="vs">
void main() {}
</script>
<script type="module">
import * as THREE from 'three';
new THREE.RawShaderMaterial({ vertexShader: document.getElementById('vs').textContent });
</script>
"#,
        expect![[r#"
            a.ts:5 ShaderMaterial ShaderMaterial []
              vertex File shaders/vertex.glsl:0 Some(2)
              fragment Inline text.js:1 Some(2)
              time float = 0 ["a.ts:animate:11"]
              offset vec2 = offset ["a.ts:animate:12"]
              map sampler2D = new THREE.CanvasTexture(canvas) []
              size ? = null ["a.ts:animate:13", "a.ts:grow:16"]
            a.ts:21 ShaderMaterial Halo []
              vertex Inline a.ts:19 Some(1)
              fragment Unknown a.ts:19 None
              level float = 1 ["a.ts:raise:22"]
            page.html:6 RawShaderMaterial RawShaderMaterial []
              vertex Element page.html:1 Some(1)
        "#]],
    );
}

#[test]
fn patches_nodes_passes_and_elements() {
    check(
        r#"
//- a.js
import * as THREE from 'three';
import { MeshStandardNodeMaterial } from 'three/webgpu';
import { ShaderPass } from 'three/addons/postprocessing/ShaderPass.js';
import { FXAAShader } from 'three/addons/shaders/FXAAShader.js';
const wind = { value: 0 };
const material = new THREE.MeshStandardMaterial();
material.onBeforeCompile = (shader) => {
  shader.uniforms.wind = wind;
  shader.vertexShader = shader.vertexShader.replace('#include <begin_vertex>', 'x');
};
function animate() { wind.value = 1; }
const node = new MeshStandardNodeMaterial();
node.colorNode = color(1);
new MeshStandardNodeMaterial({ roughness: 1 });
new ShaderPass(FXAAShader);
new ShaderPass({ uniforms: { tDiffuse: { value: null } }, vertexShader: 'a', fragmentShader: 'b' });
//- b.jsx
import { useRef } from 'react';
import { useFrame } from '@react-three/fiber';
import { shaderMaterial } from '@react-three/drei';
const Wave = shaderMaterial({ time: 0 }, 'v', 'uniform highp float time;');
export function View() {
  const held = useRef();
  useFrame(() => { held.current.uniforms.time.value = 1; });
  return <mesh><shaderMaterial ref={held} uniforms={{ time: { value: 0 } }} vertexShader="a" fragmentShader="b" /></mesh>;
}
"#,
        expect![[r##"
            a.js:7 onBeforeCompile MeshStandardMaterial ["#include <begin_vertex>"]
              wind float = 0 ["a.js:animate:11"]
            a.js:12 MeshStandardNodeMaterial MeshStandardNodeMaterial ["colorNode"]
            a.js:16 ShaderPass ShaderPass []
              vertex Inline a.js:16 Some(1)
              fragment Inline a.js:16 Some(1)
              tDiffuse ? = null []
            b.jsx:4 shaderMaterial ShaderMaterial []
              vertex Inline b.jsx:4 Some(1)
              fragment Inline b.jsx:4 Some(1)
              time float = 0 []
            b.jsx:8 ShaderMaterial ShaderMaterial []
              vertex Inline b.jsx:8 Some(1)
              fragment Inline b.jsx:8 Some(1)
              time float = 0 ["b.jsx:View:7"]
        "##]],
    );
}

#[test]
fn programs_of_nodes_have_uniforms_and_are_run() {
    check(
        r#"
//- wind.ts
import { uniform, vec3, time } from 'three/tsl';
export const strength = uniform(0.5);
export function sway(offset) { return offset.add(vec3(strength.mul(time), 0, 0)); }
//- grass.ts
import * as THREE from 'three/webgpu';
import { Fn, uniform, positionLocal, color, mix, instancedArray, instanceIndex, pass } from 'three/tsl';
import { bloom } from 'three/addons/tsl/display/BloomNode.js';
import { sway, strength } from './wind';
const uniforms = { tone: uniform(new THREE.Color('red')), unused: uniform(1) };
const height = uniform(2).setName('height');
const material = new THREE.MeshStandardNodeMaterial();
material.positionNode = Fn(() => { const at = positionLocal.toVar(); at.y.mulAssign(height); return sway(at); })();
material.colorNode = mix(color('green'), uniforms.tone, 0.5);
const made = factory(); made.opacityNode = height;
const positions = instancedArray(1000, 'vec3');
const update = Fn(() => { positions.element(instanceIndex).y.addAssign(strength); })().compute(1000);
const renderer = new THREE.WebGPURenderer();
const post = new THREE.PostProcessing(renderer);
post.outputNode = bloom(pass(scene, camera), height);
renderer.setAnimationLoop(function frame() { uniforms.tone.value.set('blue'); height.value = 3; renderer.compute(update); post.render(); });
export function calm() { strength.value = 0; }
"#,
        expect![[r#"
            grass.ts:7 MeshStandardNodeMaterial MeshStandardNodeMaterial ["positionNode", "colorNode"]
              height float = 2 ["grass.ts:frame:16"]
              strength float = 0.5 ["grass.ts:calm:17"]
              tone vec3 = new THREE.Color('red') ["grass.ts:frame:16"]
            grass.ts:10 NodeMaterial NodeMaterial ["opacityNode"]
              height float = 2 ["grass.ts:frame:16"]
            grass.ts:12 compute update ["positions"]
              run by grass.ts:frame:16
              strength float = 0.5 ["grass.ts:calm:17"]
            grass.ts:14 PostProcessing PostProcessing ["outputNode"]
              height float = 2 ["grass.ts:frame:16"]
        "#]],
    );
}
