//! Fixtures as text, and what is done already in them as lines.

use expect_test::{Expect, expect};

use super::{KINDS, optimizations};
use crate::web::{
    fixture::Fixture,
    project::Project,
    three::{loops::loops, objects::made, reach::Calls},
    values::Evaluator,
};

#[track_caller]
fn check(text: &str, expected: Expect) {
    let files = Fixture::new(text);
    let project = Project::new(&files);
    let evaluator = Evaluator::new(&project);
    let calls = Calls::new(&evaluator);
    let found = optimizations(&evaluator, &calls, &loops(&evaluator, &calls), &made(&evaluator));
    let lines: String = found
        .iter()
        .map(|one| {
            assert!(KINDS.iter().any(|(kind, _)| *kind == one.kind), "{}", one.kind);
            let (file, line) = (&one.location.file, one.location.line);
            format!("{} {} {file}:{line} {}\n", one.kind, one.subject, one.evidence)
        })
        .collect();
    expected.assert_eq(&lines);
}

#[test]
fn of_plain_three() {
    check(
        r#"
//- a.js
import * as THREE from 'three';
import { GLTFLoader } from 'three/addons/loaders/GLTFLoader.js';
import { DRACOLoader } from 'three/addons/loaders/DRACOLoader.js';
import * as BufferGeometryUtils from 'three/addons/utils/BufferGeometryUtils.js';
const renderer = new THREE.WebGLRenderer({ powerPreference: 'high-performance' });
renderer.setPixelRatio(Math.min(window.devicePixelRatio, 2));
const other = new THREE.WebGLRenderer();
other.setPixelRatio(window.devicePixelRatio);
renderer.shadowMap.autoUpdate = false;
const trees = new THREE.InstancedMesh(geometry, material, 1000);
const lod = new THREE.LOD();
const merged = BufferGeometryUtils.mergeGeometries(parts);
const unused = new DRACOLoader();
const loader = new GLTFLoader();
loader.setDRACOLoader(new DRACOLoader());
function render() { renderer.render(scene, camera); }
controls.addEventListener('change', render);
document.addEventListener('visibilitychange', () => {});
const worker = new Worker('./w.js');
window.addEventListener('pointermove', () => { requestAnimationFrame(render); });
model.traverse((child) => { child.geometry.dispose(); });
renderer.dispose();
THREE.Cache.enabled = true;
"#,
        expect![[r#"
            instancing InstancedMesh a.js:10 new THREE.InstancedMesh(geometry, material, 1000…
            merged-geometry mergeGeometries a.js:12 BufferGeometryUtils.mergeGeometries(parts)
            level-of-detail LOD a.js:11 new THREE.LOD()
            static-transforms autoUpdate a.js:9 renderer.shadowMap.autoUpdate = false
            pixel-ratio-cap setPixelRatio a.js:6 renderer.setPixelRatio(Math.min(window.devicePix…
            power-preference high-performance a.js:5 new THREE.WebGLRenderer({ powerPreference: 'high…
            on-demand-rendering draws on change a.js:17 controls.addEventListener('change', render)
            visibility visibilitychange a.js:18 document.addEventListener('visibilitychange', ()…
            throttled-handler pointermove a.js:20 window.addEventListener('pointermove', () => { r…
            compressed-models DRACO in GLTFLoader a.js:15 loader.setDRACOLoader(new DRACOLoader())
            caching Cache a.js:23 THREE.Cache.enabled = true
            worker Worker a.js:19 new Worker('./w.js')
            disposal WebGLRenderer a.js:22 renderer.dispose()
            disposal geometry a.js:21 child.geometry.dispose()
        "#]],
    );
}

#[test]
fn of_components() {
    check(
        r#"
//- a.jsx
import { lazy, useMemo } from 'react';
import * as THREE from 'three';
import { Canvas, useThree } from '@react-three/fiber';
import { AdaptiveDpr, Instances, useGLTF } from '@react-three/drei';
const Scene = lazy(() => import('./scene'));
useGLTF.preload('/a.glb');
export function View() {
  const { invalidate } = useThree();
  const geometry = useMemo(() => new THREE.BoxGeometry(), []);
  const total = useMemo(() => 1 + 1, []);
  invalidate();
  return <Canvas frameloop="demand" dpr={[1, 2]}><AdaptiveDpr /><Instances><Scene /></Instances></Canvas>;
}
"#,
        expect![[r#"
            instancing Instances a.jsx:12 <Instances><Scene /></Instances>
            pixel-ratio-cap Canvas a.jsx:12 dpr={[1, 2]}
            adaptive-quality AdaptiveDpr a.jsx:12 <AdaptiveDpr />
            on-demand-rendering Canvas a.jsx:12 frameloop="demand"
            on-demand-rendering invalidate a.jsx:11 invalidate()
            lazy-loading import() a.jsx:5 import('./scene')
            lazy-loading lazy a.jsx:5 lazy(() => import('./scene'))
            caching useGLTF.preload a.jsx:6 useGLTF.preload('/a.glb')
            caching useMemo of BoxGeometry a.jsx:9 useMemo(() => new THREE.BoxGeometry(), [])
        "#]],
    );
}
