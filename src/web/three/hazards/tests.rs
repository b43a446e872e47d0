//! Fixtures as text, and the hazards in them as lines.

mod drained;
mod frames;
mod reached;

use expect_test::{Expect, expect};

use super::hazards;
use crate::web::{
    fixture::Fixture,
    project::Project,
    three::{loops::loops, objects::made, reach::Calls},
    values::Evaluator,
};

/// Each hazard as `file:line rule subject message [chain] (help)`.
#[track_caller]
fn check(text: &str, expected: Expect) {
    let files = Fixture::new(text);
    let project = Project::new(&files);
    let evaluator = Evaluator::new(&project);
    let calls = Calls::new(&evaluator);
    let found = hazards(&evaluator, &calls, &loops(&evaluator, &calls), &made(&evaluator));
    let lines: String = found
        .iter()
        .map(|hazard| {
            let chain = match hazard.chain.len() {
                0 | 1 => String::new(),
                _ => format!(" [{}]", hazard.chain.join(" > ")),
            };
            let help = hazard.help.as_ref().map(|help| format!(" ({help})"));
            format!(
                "{}:{} {}: {} {}{chain}{}\n",
                hazard.location.file,
                hazard.location.line,
                hazard.rule,
                hazard.subject,
                hazard.message,
                help.unwrap_or_default()
            )
        })
        .collect();
    expected.assert_eq(&lines);
}

#[test]
fn allocations_are_found_through_calls_and_under_a_lasting_condition() {
    check(
        r#"
//- a.js
import * as THREE from 'three';
const up = new THREE.Vector3();
const camera = new THREE.PerspectiveCamera();
function step() { return new THREE.Vector3(); }
function rare() { return new THREE.Vector3(); }
let first = true, cache;
function animate() {
  requestAnimationFrame(animate);
  step();
  if (keys.a) camera.position.applyAxisAngle(new THREE.Vector3(0, 1, 0), 0.1);
  if (first) { first = false; up.copy(new THREE.Vector3(0, 1, 0)); }
  if (!cache) { cache = new THREE.Box3(); }
  cache ??= new THREE.Box3();
  if (keys.b) rare();
  const before = camera.position.clone();
  try { step(); } catch { new THREE.Color(); }
}
animate();
"#,
        expect![[r#"
            a.js:4 allocation-in-loop: Vector3 is made at every frame [a.js:animate > a.js:step]
            a.js:5 allocation-in-loop: Vector3 is made at every frame while `keys.b` [a.js:animate > a.js:rare]
            a.js:10 allocation-in-loop: Vector3 is made at every frame while `keys.a`
            a.js:15 allocation-in-loop: camera.position.clone() is made at every frame
        "#]],
    );
}

#[test]
fn what_a_component_makes_is_ended_with_it() {
    check(
        r#"
//- viewer.jsx
import { useEffect, useRef } from 'react';
import * as THREE from 'three';
import { OrbitControls } from 'three/addons/controls/OrbitControls.js';
export function Leaks({ mount }) {
  useEffect(() => {
    const renderer = new THREE.WebGLRenderer();
    const controls = new OrbitControls(camera, renderer.domElement);
    const mesh = new THREE.Mesh(new THREE.BoxGeometry(), new THREE.MeshBasicMaterial());
    const resize = () => renderer.setSize(1, 1);
    window.addEventListener('resize', resize);
    window.addEventListener('keydown', (event) => event.preventDefault());
    window.addEventListener('load', resize, { once: true });
    mount.addEventListener('click', resize);
    const animate = () => { requestAnimationFrame(animate); renderer.render(scene, camera); };
    animate();
    return () => { window.removeEventListener('resize', resize); };
  }, []);
}
export function Tidy() {
  const held = useRef(null);
  useEffect(() => {
    const renderer = new THREE.WebGLRenderer();
    held.current = renderer;
    const controls = new OrbitControls(camera, renderer.domElement);
    const geometry = new THREE.BoxGeometry();
    const resize = () => renderer.setSize(1, 1);
    window.addEventListener('resize', resize);
    let running = true;
    const animate = () => { if (!running) return; requestAnimationFrame(animate); renderer.render(scene, camera); };
    animate();
    return () => {
      running = false;
      window.removeEventListener('resize', resize);
      held.current.dispose();
      controls.dispose();
      geometry.dispose();
    };
  }, []);
}
//- viewer.ts
import * as THREE from 'three';
export class Viewer {
  renderer = new THREE.WebGLRenderer();
  target: THREE.WebGLRenderTarget;
  constructor() {
    this.target = new THREE.WebGLRenderTarget(1, 1);
    document.addEventListener('keydown', this.onKey);
    this.animate();
  }
  onKey = () => {};
  animate = () => { requestAnimationFrame(this.animate); this.renderer.render(scene, camera); };
  dispose() { this.renderer.dispose(); }
}
export class Provider {
  getTile() { const geometry = new THREE.BufferGeometry(); return geometry; }
  dispose() {}
}
export class Forever {
  renderer = new THREE.WebGLRenderer();
}
//- page.js
import * as THREE from 'three';
const renderer = new THREE.WebGLRenderer();
window.addEventListener('resize', () => renderer.setSize(1, 1));
"#,
        expect![[r#"
            viewer.jsx:6 not-disposed: WebGLRenderer is never disposed of, also not when the component is unmounted
            viewer.jsx:7 not-disposed: OrbitControls is never disposed of, also not when the component is unmounted
            viewer.jsx:8 not-disposed: BoxGeometry and one more geometry, material or texture are never disposed of, also not when the component is unmounted
            viewer.jsx:11 listener-not-removed: window listens to `keydown` and is not removed when the component is unmounted
            viewer.jsx:14 loop-not-cancelled: rAF is not ended when the component is unmounted
            viewer.ts:6 not-disposed: WebGLRenderTarget is never disposed of, also not when the object is disposed of
            viewer.ts:7 listener-not-removed: document listens to `keydown` and is not removed when the object is disposed of
            viewer.ts:11 loop-not-cancelled: rAF is not ended when the object is disposed of
        "#]],
    );
}

#[test]
fn an_unknown_disposal_may_mean_any_object() {
    check(
        r#"
//- a.ts
import * as THREE from 'three';
export class Viewer {
  parts = [];
  renderer = new THREE.WebGLRenderer();
  constructor() { this.parts.push(this.renderer, new THREE.BoxGeometry()); }
  dispose() { for (const part of this.parts) part.dispose(); }
}
//- b.ts
import * as THREE from 'three';
export class Viewer {
  scene = new THREE.Scene();
  renderer = new THREE.WebGLRenderer();
  constructor() { this.scene.add(new THREE.Mesh(new THREE.BoxGeometry(), new THREE.MeshBasicMaterial())); }
  dispose() { this.scene.traverse((child) => { child.geometry?.dispose(); child.material?.dispose(); }); }
}
"#,
        expect![[r#"
            b.ts:4 not-disposed: WebGLRenderer is never disposed of, also not when the object is disposed of
        "#]],
    );
}

#[test]
fn an_unknown_disposal_means_what_it_is_called() {
    check(
        r#"
//- a.ts
import * as THREE from 'three';
export class Viewer {
  renderer = new THREE.WebGLRenderer();
  target = new THREE.WebGLRenderTarget();
  shape = new THREE.BoxGeometry();
  surface = new THREE.MeshBasicMaterial();
  dispose() { stage.target.dispose(); stage.mesh.geometry.dispose(); }
}
"#,
        expect![[r#"
            a.ts:3 not-disposed: WebGLRenderer is never disposed of, also not when the object is disposed of
            a.ts:6 not-disposed: MeshBasicMaterial is never disposed of, also not when the object is disposed of
        "#]],
    );
}

#[test]
fn one_geometry_or_material_would_do() {
    check(
        r#"
//- a.js
import * as THREE from 'three';
const size = 2;
for (let i = 0; i < 500; i++) {
  const mesh = new THREE.Mesh(new THREE.BoxGeometry(size, 1, 1), new THREE.MeshBasicMaterial({ color: Math.random() }));
  const points = [];
  points.push(new THREE.Vector3(i, 0, 0));
  const line = new THREE.Line(new THREE.BufferGeometry().setFromPoints(points), new THREE.LineBasicMaterial({ color: i }));
}
const few = 3;
for (let i = 0; i < few; i++) { new THREE.Mesh(new THREE.SphereGeometry(1)); }
[THREE.BoxGeometry, THREE.ConeGeometry, A, B, C].map((Shape) => new Shape());
model.traverse((child) => {
  if (child.name === 'wall') child.material = new THREE.MeshStandardMaterial({ color: 0xff0000 });
  else child.material = new THREE.MeshStandardMaterial({ color: 0x00ff00 });
});
function addMarker(at) {
  const marker = new THREE.Mesh(new THREE.SphereGeometry(0.1), new THREE.MeshBasicMaterial({ color: at.color }));
}
places.forEach((place) => addMarker(place));
const color = new THREE.Color(), kept = [];
for (let i = 0; i < 50; i++) {
  color.setHSL(i / 50, 1, 1);
  new THREE.Mesh(box, new THREE.MeshBasicMaterial({ color }));
  kept[i] = new THREE.MeshNormalMaterial();
}
['x', 'y'].forEach(() => new THREE.ConeGeometry(1, 2));
const trees = [], ends = [];
rows.forEach((row) => trees.push(row));
trees.forEach(() => new THREE.TorusGeometry(1, 2));
if (first) ends.push(first);
if (last) ends.push(last);
ends.forEach(() => new THREE.RingGeometry(1, 2));
//- b.jsx
import { Canvas } from '@react-three/fiber';
export const Atoms = ({ atoms }) => atoms.map((atom) => (
  <mesh key={atom.id}><sphereGeometry args={[1, 32, 32]} /><meshStandardMaterial color={atom.color} /></mesh>
));
"#,
        expect![[r#"
            a.js:4 not-shared: BoxGeometry is made with the same values at each turn of a loop
            a.js:13 not-shared: MeshStandardMaterial is made with the same values for each object that `traverse` visits (as is one more there)
            a.js:17 not-shared: SphereGeometry is made with the same values at each call of `addMarker`, which a loop calls (a.js:19)
            a.js:29 not-shared: TorusGeometry is made with the same values for each item of `trees`
            b.jsx:3 not-shared: SphereGeometry is made with the same values for each item of `atoms`
        "#]],
    );
}

#[test]
fn resources_of_frames_and_events() {
    check(
        r#"
//- a.js
import * as THREE from 'three';
const scene = new THREE.Scene(), renderer = new THREE.WebGLRenderer(), raycaster = new THREE.Raycaster();
const mesh = new THREE.Mesh(new THREE.BoxGeometry(), new THREE.MeshBasicMaterial());
const texture = new THREE.CanvasTexture(canvas);
function frame() {
  mesh.geometry = new THREE.BoxGeometry(size, size, size);
  texture.needsUpdate = true;
  mesh.material.needsUpdate = true;
  renderer.render(scene, camera);
}
renderer.setAnimationLoop(frame);
function highlight(object) {
  object.traverse((child) => { child.material = child.material.clone(); });
}
canvas.addEventListener('click', () => { highlight(scene); });
canvas.addEventListener('dblclick', () => { mesh.material = new THREE.MeshNormalMaterial(); });
canvas.addEventListener('pointermove', (event) => {
  const hits = raycaster.intersectObjects(scene.children, true);
  raycaster.intersectObjects(pickable);
  renderer.render(scene, camera);
});
canvas.addEventListener('wheel', throttle(() => renderer.render(scene, camera), 50));
let last = 0;
function moved(event) { if (event.timeStamp - last < 50) return; last = event.timeStamp; renderer.render(scene, camera); }
canvas.addEventListener('touchmove', (event) => moved(event));
let asked = false;
canvas.addEventListener('mousemove', () => {
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => { asked = false; renderer.render(scene, camera); });
});
"#,
        expect![[r#"
            a.js:6 rebuilt-resource: BoxGeometry is made again at every frame
            a.js:7 upload-in-loop: CanvasTexture is sent to the graphics card as a whole at every frame
            a.js:8 upload-in-loop: mesh.material is set up anew, its program included, at every frame
            a.js:13 cloned-resource: child.material is copied at every `click`, and no copy is disposed of [a.js:15 > a.js:highlight > a.js:13]
            a.js:16 rebuilt-resource: MeshNormalMaterial replaces the material at each `dblclick`, and what was there is not disposed of
            a.js:18 raycast-whole-scene: scene.children is tested as a whole at every `pointermove`
            a.js:19 raycast-at-moves: pickable is tested by a ray at every `pointermove`
            a.js:20 unthrottled-handler: renderer draws at every `pointermove`
        "#]],
    );
}

#[test]
fn an_effect_that_runs_again_replaces_what_it_made() {
    check(
        r#"
//- a.jsx
import { useEffect } from 'react';
import * as THREE from 'three';
export function Model({ scene, mode, tidy }) {
  useEffect(() => {
    scene.traverse((child) => {
      let next;
      if (mode === 'wire') next = new THREE.MeshBasicMaterial({ wireframe: true });
      else next = child.userData.original;
      child.material = next;
    });
  }, [scene, mode]);
  useEffect(() => { scene.traverse((child) => { child.geometry = new THREE.BoxGeometry(child.x, 1, 1); }); }, [scene]);
  useEffect(() => {
    scene.traverse((child) => { child.material = new THREE.MeshNormalMaterial({ opacity: child.x }); });
    return () => scene.traverse((child) => child.material.dispose());
  }, [scene, tidy]);
}
"#,
        expect![[r#"
            a.jsx:7 rebuilt-resource: MeshBasicMaterial replaces the material at each run of the effect, and what was there is not disposed of [a.jsx:4 > a.jsx:5]
            a.jsx:12 not-disposed: BoxGeometry is never disposed of, also not when the component is unmounted
        "#]],
    );
}

#[test]
fn what_is_removed_stays_on_the_card() {
    check(
        r#"
//- a.js
import * as THREE from 'three';
const scene = new THREE.Scene();
let trail;
export function show(points) {
  if (trail) scene.remove(trail);
  const geometry = new THREE.BufferGeometry().setFromPoints(points);
  trail = new THREE.Line(geometry, new THREE.LineBasicMaterial());
  scene.add(trail);
}
//- b.js
import * as THREE from 'three';
const scene = new THREE.Scene();
let trail;
export function show(points) {
  if (trail) { scene.remove(trail); trail.geometry.dispose(); trail.material.dispose(); }
  trail = new THREE.Line(new THREE.BufferGeometry().setFromPoints(points), new THREE.LineBasicMaterial());
  scene.add(trail);
}
"#,
        expect![[r#"
            a.js:5 removed-not-disposed: Line is removed, and its geometry is never disposed of
        "#]],
    );
}

#[test]
fn what_the_release_that_is_used_no_longer_means() {
    let files = |version: &str| {
        format!(
            r#"
//- package.json
{{ "dependencies": {{ "three": "{version}" }} }}
//- a.js
import * as THREE from 'three';
import * as Utils from 'three/examples/jsm/utils/BufferGeometryUtils.js';
const renderer = new THREE.WebGLRenderer();
renderer.outputEncoding = THREE.sRGBEncoding;
new THREE.Clock();
Utils.mergeBufferGeometries([]);
//- old.js
import {{ OrbitControls }} from 'three/examples/js/controls/OrbitControls.js';
//- cdn.js
import * as THREE from 'https://unpkg.com/three@0.128.0/build/three.module.js';
new THREE.WebGLRenderer().outputEncoding = THREE.sRGBEncoding;
"#
        )
    };
    check(&files("0.140.0"), expect![[r#""#]]);
    check(
        &files("0.155.0"),
        expect![[r#"
        a.js:4 deprecated-api: WebGLRenderer.outputEncoding is deprecated since r152; r155 is installed (use outputColorSpace)
        a.js:4 deprecated-api: sRGBEncoding is deprecated since r152; r155 is installed (use SRGBColorSpace)
        a.js:6 deprecated-api: mergeBufferGeometries is deprecated since r151; r155 is installed (use mergeGeometries)
        old.js:1 removed-api: three/examples/js/controls/OrbitControls.js was removed in r148; r155 is installed (use modules of `three/addons/`)
    "#]],
    );
    check(
        &files("^0.184.0"),
        expect![[r#"
        a.js:4 removed-api: WebGLRenderer.outputEncoding was removed in r162; r184 is installed (use outputColorSpace)
        a.js:4 removed-api: sRGBEncoding was removed in r162; r184 is installed (use SRGBColorSpace)
        a.js:5 deprecated-api: Clock is deprecated since r183; r184 is installed (use Timer)
        a.js:6 removed-api: mergeBufferGeometries was removed in r161; r184 is installed (use mergeGeometries)
        old.js:1 removed-api: three/examples/js/controls/OrbitControls.js was removed in r148; r184 is installed (use modules of `three/addons/`)
    "#]],
    );
}
