//! What loops and handlers reach through objects, types and callers, and what takes it back.

use expect_test::expect;

use super::check;

#[test]
fn copies_are_found_by_what_types_and_callers_say() {
    check(
        r#"
//- follow.ts
import { Object3D, Vector3, PerspectiveCamera } from 'three';
class Facing {
  get ahead() { return new Vector3(0, 0, 1); }
}
export class Follow extends Facing {
  current = new Vector3();
  constructor(private camera: PerspectiveCamera, private target: Object3D, private state: State) { super(); }
  update() {
    this.current.lerp(this.target.position.clone(), 0.1);
    this.camera.lookAt(this.ahead);
    this.state.copy.clone();
    this.target.userData.place.clone();
    project(this.camera.position);
  }
}
function project(point) { return point.clone(); }
//- main.ts
import { Follow } from './follow';
const follow = new Follow(camera, player, state);
function tick() { requestAnimationFrame(tick); follow.update(); }
tick();
"#,
        expect![[r#"
            follow.ts:3 allocation-in-loop: Vector3 is made at every frame [main.ts:tick > follow.ts:Follow.update > follow.ts:Facing.ahead]
            follow.ts:9 allocation-in-loop: this.target.position.clone() is made at every frame [main.ts:tick > follow.ts:Follow.update]
            follow.ts:16 allocation-in-loop: point.clone() is made at every frame [main.ts:tick > follow.ts:Follow.update > follow.ts:project]
        "#]],
    );
}

#[test]
fn a_listener_is_not_removed_by_another_function() {
    check(
        r#"
//- drag.ts
export class Drag {
  private kept = this.up.bind(this);
  constructor(private element: HTMLElement) {
    element.addEventListener('mousemove', (e) => this.move(e));
    element.addEventListener('mouseup', this.kept);
    document.addEventListener('keydown', this.key.bind(this));
  }
  dispose() {
    this.element.removeEventListener('mousemove', (e) => this.move(e));
    this.element.removeEventListener('mouseup', this.kept);
    document.removeEventListener('keydown', this.key.bind(this));
  }
  move(e) {} up() {} key() {}
}
"#,
        expect![[r#"
            drag.ts:9 listener-not-removed: this.element still listens to `mousemove`: `removeEventListener` is handed another function than was added (and so for one more there)
        "#]],
    );
}

#[test]
fn rays_at_each_move_are_told_unless_something_holds_them_back() {
    check(
        r#"
//- pick.ts
import * as THREE from 'three';
const raycaster = new THREE.Raycaster(), pieces = [], floor = new THREE.Mesh(), group = new THREE.Group();
canvas.addEventListener('pointermove', (event) => {
  raycaster.intersectObject(floor);
  raycaster.intersectObjects([floor]);
  if (dragging) raycaster.intersectObjects(pieces);
  raycaster.intersectObject(group, true);
});
canvas.addEventListener('click', () => raycaster.intersectObjects(pieces));
canvas.addEventListener('mousemove', () => { if (asked) return; asked = requestAnimationFrame(() => raycaster.intersectObjects(pieces)); });
"#,
        expect![[r#"
            pick.ts:6 raycast-at-moves: pieces is tested by a ray at every `pointermove` while `dragging`
            pick.ts:7 raycast-at-moves: group is tested by a ray at every `pointermove`
        "#]],
    );
}

#[test]
fn parts_that_are_added_run_where_their_holder_does() {
    check(
        r#"
//- manager.js
export const manager = (() => {
  class Manager {
    constructor() { this.entities = []; this.byName = {}; }
    Add(entity, name) { this.byName[name] = entity; this.entities.push(entity); }
    Update(time) { for (let entity of this.entities) { entity.Update(time); } }
  }
  return { Manager: Manager };
})();
//- entity.js
export class Entity {
  constructor() { this.components = {}; }
  AddComponent(component) { this.components[component.constructor.name] = component; }
  Update(time) { for (let key in this.components) { this.components[key].Update(time); } }
}
export class Component { Update(time) {} }
//- camera.js
import * as THREE from 'three';
import { Component } from './entity.js';
export class Follow extends Component { Update(time) { return new THREE.Vector3(); } }
export class Shake extends Component { Update(time) { return new THREE.Euler(); } }
//- main.js
import { manager } from './manager.js';
import { Entity } from './entity.js';
import { Follow, Shake } from './camera.js';
class Game {
  constructor() {
    this.manager = new manager.Manager();
    const player = new Entity();
    player.AddComponent(new Follow());
    player.AddComponent(new Shake({ strength: 1 }));
    this.manager.Add(player, 'player');
    this.frame();
  }
  frame() { requestAnimationFrame((t) => { this.frame(); this.manager.Update(t); }); }
}
new Game();
"#,
        expect![[r#"
            camera.js:3 allocation-in-loop: Vector3 is made at every frame [main.js:14 > manager.js:Manager.Update > entity.js:Entity.Update > camera.js:Follow.Update]
            camera.js:4 allocation-in-loop: Euler is made at every frame [main.js:14 > manager.js:Manager.Update > entity.js:Entity.Update > camera.js:Shake.Update]
        "#]],
    );
}

#[test]
fn methods_of_subclasses_run_where_their_base_calls_them() {
    check(
        r#"
//- base.ts
export abstract class Thing {
  static all: Thing[] = [];
  constructor() { Thing.all.push(this); }
  tick(time) { this.prepare(); this.update(time); }
  prepare() {}
  abstract update(time);
}
//- things.ts
import { Vector3, Color } from 'three';
import { Thing } from './base';
export class Car extends Thing { update(time) { return new Vector3(); } }
export class Sky extends Thing { prepare() { return new Color(); } update(time) {} static prepare() { return new Vector3(); } }
//- main.ts
import { Thing } from './base';
import { Car, Sky } from './things';
new Car(); new Sky();
function frame(time) { requestAnimationFrame(frame); for (const thing of Thing.all) thing.tick(time); }
frame(0);
//- tests/frame.ts
import { Color } from 'three';
function loop() { requestAnimationFrame(loop); new Color(); }
loop();
"#,
        expect![[r#"
            things.ts:3 allocation-in-loop: Vector3 is made at every frame [main.ts:frame > base.ts:Thing.tick > things.ts:Car.update]
            things.ts:4 allocation-in-loop: Color is made at every frame [main.ts:frame > base.ts:Thing.tick > things.ts:Sky.prepare]
        "#]],
    );
}

#[test]
fn what_a_function_is_handed_to_dispose_of_is_known_by_its_callers() {
    check(
        r#"
//- viewer.jsx
import { useEffect } from 'react';
import * as THREE from 'three';
function free(thing) { if (thing) thing.dispose(); }
export function Viewer() {
  useEffect(() => {
    const kept = new THREE.BoxGeometry();
    const lost = new THREE.SphereGeometry();
    scene.add(new THREE.Mesh(kept, shared), new THREE.Mesh(lost, shared));
    return () => { free(kept); };
  }, []);
}
"#,
        expect![[r#"
            viewer.jsx:7 not-disposed: SphereGeometry is never disposed of, also not when the component is unmounted
        "#]],
    );
}

#[test]
fn a_flag_that_is_taken_back_behind_its_branch_leads_there_seldom() {
    check(
        r#"
//- view.jsx
import { useRef } from 'react';
import { useFrame } from '@react-three/fiber';
import { Vector3 } from 'three';
export function View() {
  const changed = useContext(Flags), held = useRef(null);
  useFrame(() => {
    if (changed.current) { new Vector3(1, 0, 0); }
    changed.current = false;
    if (held.current) { new Vector3(0, 1, 0); }
  });
}
"#,
        expect![[r#"
            view.jsx:9 allocation-in-loop: Vector3 is made at every frame
        "#]],
    );
}

#[test]
fn an_effect_that_runs_again_copies_again() {
    check(
        r#"
//- highlight.tsx
import { useEffect, useRef } from 'react';
import * as THREE from 'three';
export function useHighlight(robot, joint) {
  const saved = useRef([]);
  useEffect(() => {
    for (const mesh of meshes(robot, joint)) {
      const bright = (mesh.material as THREE.Material).clone();
      saved.current.push(mesh.material);
      mesh.material = bright;
    }
    return () => { saved.current = []; };
  }, [robot, joint]);
  useEffect(() => {
    const own = robot.material.clone();
    return () => { own.dispose(); };
  }, [joint]);
}
"#,
        expect![[r#"
            highlight.tsx:7 cloned-resource: mesh.material is copied at each run of the effect, and no copy is disposed of
        "#]],
    );
}
