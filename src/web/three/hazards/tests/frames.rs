//! What runs at every frame besides the making of values.

use expect_test::expect;

use super::check;

#[test]
fn state_that_is_another_each_time_is_told() {
    check(
        r#"
//- Ball.tsx
import { useState, useRef } from 'react';
import { useFrame } from '@react-three/fiber';
export function Ball({ playing }) {
  const [turn, setTurn] = useState(0);
  const [near, setNear] = useState(false);
  const [step, setStep] = useState(0);
  const ref = useRef();
  useFrame((state, delta) => {
    setTurn((turn) => turn + delta);
    setNear(ref.current.position.z < 1);
    const next = ref.current.position.z * 2;
    if (next !== step) setStep(next);
    if (playing) setTurn(turn + 1);
    setNear(true);
    setStep((before) => (same(before, next) ? before : [next]));
    setStep(ref.current.clientWidth / 2);
    setTurn({ at: next });
  });
  return <mesh ref={ref} onClick={() => setTurn(turn + 1)} />;
}
"#,
        expect![[r#"
            Ball.tsx:9 state-set-in-loop: setTurn is called at every frame
            Ball.tsx:17 state-set-in-loop: setTurn is called at every frame
        "#]],
    );
}

#[test]
fn what_replaces_a_material_while_something_lasts_is_told() {
    check(
        r#"
//- hud.js
import { Object3D, Sprite, SpriteMaterial, Scene, InstancedMesh } from 'three';
const scene = new Scene(), sprite = new Sprite(), mesh = new InstancedMesh(geometry, material, 9);
function tick() {
  requestAnimationFrame(tick);
  if (target.onscreen) {
    sprite.material = new SpriteMaterial({ map: marks[target.kind] });
    const dummy = new Object3D();
    dummy.position.set(1, 2, 3);
    mesh.setMatrixAt(0, dummy.matrix);
    const extra = new Sprite(new SpriteMaterial());
    scene.add(extra);
  }
}
tick();
"#,
        expect![[r#"
            hud.js:6 rebuilt-resource: SpriteMaterial is made again at every frame while `target.onscreen`
            hud.js:7 allocation-in-loop: Object3D is made at every frame while `target.onscreen`
        "#]],
    );
}

#[test]
fn render_targets_and_composers_outlive_a_component() {
    check(
        r#"
//- Glass.svelte
<script>
import { onDestroy } from 'svelte';
import { useThrelte, useTask, T } from '@threlte/core';
import { WebGLRenderTarget, MeshBasicMaterial } from 'three';
import { EffectComposer } from 'postprocessing';
const { renderer } = useThrelte();
const target = new WebGLRenderTarget(1, 1);
const kept = new WebGLRenderTarget(2, 2);
const material = new MeshBasicMaterial();
const composer = new EffectComposer(renderer);
useTask(() => { renderer.setRenderTarget(target); renderer.setRenderTarget(kept); composer.render(); });
onDestroy(() => { kept.dispose(); composer.removeAllPasses(); });
</script>
<T.Mesh {material} />
"#,
        expect![[r#"
            Glass.svelte:7 not-disposed: WebGLRenderTarget is never disposed of, also not when the component is unmounted
            Glass.svelte:10 not-disposed: EffectComposer is never disposed of, also not when the component is unmounted
        "#]],
    );
}

#[test]
fn instances_that_are_replaced_leave_their_geometry() {
    check(
        r#"
//- ore.js
import { BoxGeometry, InstancedMesh, MeshBasicMaterial, Scene } from 'three';
export class Ore {
  scene = new Scene();
  constructor() { this.mesh = this.make(8); this.scene.add(this.mesh); }
  make(capacity) { const geometry = new BoxGeometry(); const material = new MeshBasicMaterial(); return new InstancedMesh(geometry, material, capacity); }
  grow() {
    const bigger = this.make(16);
    this.scene.remove(this.mesh);
    this.mesh.dispose();
    this.scene.add(bigger);
    this.mesh = bigger;
  }
}
"#,
        expect![[r#"
            ore.js:8 removed-not-disposed: InstancedMesh is removed, and its geometry is never disposed of
        "#]],
    );
}

#[test]
fn timers_of_components_are_cleared() {
    check(
        r#"
//- Hud.vue
<script setup>
import { ref, onUnmounted } from 'vue';
const seconds = ref(0);
setInterval(() => seconds.value++, 100);
</script>
//- Kept.vue
<script setup>
import { onUnmounted } from 'vue';
const timer = setInterval(() => count++, 100);
onUnmounted(() => clearInterval(timer));
</script>
//- Perhaps.vue
<script setup>
import { onUnmounted } from 'vue';
const timer = live ? setInterval(() => count++, 100) : null;
onUnmounted(() => clearInterval(timer));
</script>
//- Self.jsx
import { useFrame } from '@react-three/fiber'; import { useState } from 'react';
export function Self() { const [x, setX] = useState(0); const next = () => next; useFrame(() => { setX(next); }); }
//- main.js
setInterval(() => poll(), 1000);
"#,
        expect![[r#"
            Hud.vue:4 timer-not-cleared: setInterval is not cleared when the component is unmounted
        "#]],
    );
}

#[test]
fn one_way_of_several_is_enough() {
    check(
        r#"
//- states.js
import { Vector3 } from 'three';
class State {
  constructor(owner) { this.owner = owner; }
}
class Idle extends State {
  update(delta) {
    if (this.rest <= 0) { this.owner.go('patrol'); return; }
    this.rest -= delta;
    if (!this.once) { this.once = true; this.owner.look(); }
  }
}
class Patrol extends State {
  update(delta) { if (this.owner.look()) this.owner.go('chase'); }
}
class Guard {
  constructor() { this.states = { idle: new Idle(this), patrol: new Patrol(this) }; this.state = this.states.idle; }
  go(name) { this.state = this.states[name]; }
  look() { return new Vector3(); }
  update(delta) { this.state.update(delta); }
}
const guard = new Guard();
function tick() { requestAnimationFrame(tick); guard.update(1); }
tick();
"#,
        expect![[r#"
            states.js:18 allocation-in-loop: Vector3 is made at every frame [states.js:tick > states.js:Guard.update > states.js:Patrol.update > states.js:Guard.look]
        "#]],
    );
}

#[test]
fn what_ends_its_own_condition_is_done_seldom() {
    check(
        r#"
//- mover.js
import { Vector3 } from 'three';
export class Mover {
  constructor() { this.active = false; this.far = false; this.path = null; }
  begin() { this.velocity = new Vector3(); }
  end() { this.active = false; }
  turn() { this.side = new Vector3(0, 1, 0); }
  arrive() { if (this.side.length() > 9) { this.far = false; } }
  search() { this.path = this.finder.find(); this.next = new Vector3(); }
  update() {
    if (this.active && this.size < 0) { this.begin(); this.end(); }
    if (this.far) { this.turn(); this.arrive(); }
    if (this.path && this.path.length > 0) { this.path.shift(); } else { this.search(); }
  }
}
//- main.js
import { Mover } from './mover';
const mover = new Mover();
function tick() { requestAnimationFrame(tick); mover.update(); }
tick();
"#,
        expect![[r#"
            mover.js:6 allocation-in-loop: Vector3 is made at every frame while `this.far` [main.js:tick > mover.js:Mover.update > mover.js:Mover.turn]
        "#]],
    );
}
