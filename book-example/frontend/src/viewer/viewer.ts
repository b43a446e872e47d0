import {
  Color,
  Group,
  Mesh,
  MeshBasicMaterial,
  Plane,
  PointLight,
  Raycaster,
  Scene,
  SphereGeometry,
  Vector2,
  Vector3,
  type Object3D,
} from 'three';

import type { ApiClient } from '../api/client';
import type { NodeMoved, Scene as SceneData, SceneNode, Vector3Tuple } from '../api/types';
import { createCamera } from './camera';
import { createComposer } from './effects';
import { createHalo } from './halo';
import { addLights } from './lights';
import { startLoop } from './loop';
import { ModelLibrary } from './models';
import { createRenderer } from './renderer';

/** Cursor messages a second at most. */
const POINTER_INTERVAL_MS = 50;

/** Draws one scene and turns pointer movements into positions in it. */
export class Viewer {
  private readonly scene = new Scene();
  private readonly content = new Group();
  private readonly cursors = new Map<string, Mesh>();
  private readonly cursorGeometry = new SphereGeometry(0.12, 16, 12);
  private readonly halo = createHalo(new Color(0xffc66b));
  private readonly nodes = new Map<string, { data: SceneNode; object: Object3D }>();
  private readonly models: ModelLibrary;
  private readonly renderer;
  private readonly camera;
  private readonly controls;
  private readonly composer;
  private readonly raycaster = new Raycaster();
  private readonly pointer = new Vector2();
  private readonly ground = new Plane(new Vector3(0, 1, 0), 0);
  private readonly hit = new Vector3();
  private dragged: string | null = null;
  private lastPointer = 0;
  private shown = 0;
  private pointerListener: (position: Vector3Tuple) => void = () => {};
  private movedListener: (node: SceneNode) => void = () => {};

  constructor(
    private readonly canvas: HTMLCanvasElement,
    api: ApiClient,
  ) {
    this.models = new ModelLibrary(api);
    this.renderer = createRenderer(canvas);
    ({ camera: this.camera, controls: this.controls } = createCamera(canvas));
    this.composer = createComposer(this.renderer, this.scene, this.camera);
    this.scene.background = new Color(0x05070d);
    addLights(this.scene);
    this.scene.add(this.halo, this.content);
    this.listen();
    startLoop((_, elapsed) => {
      this.halo.material.uniforms['uTime']!.value = elapsed;
      this.controls.update();
      this.composer.render();
    });
  }

  onPointer(listener: (position: Vector3Tuple) => void): void {
    this.pointerListener = listener;
  }

  onNodeMoved(listener: (node: SceneNode) => void): void {
    this.movedListener = listener;
  }

  /** Replaces what is drawn. A model that arrives after the next call is dropped. */
  show(data: SceneData): void {
    const turn = ++this.shown;
    this.content.clear();
    this.nodes.clear();
    for (const node of data.nodes) {
      void this.build(node).then((object) => {
        if (turn !== this.shown) return;
        object.name = node.id;
        this.nodes.set(node.id, { data: node, object });
        this.place(object, node);
        this.content.add(object);
      });
    }
  }

  moveNode(message: NodeMoved): void {
    const node = this.nodes.get(message.node_id);
    if (!node || this.dragged === message.node_id) return;
    node.data = { ...node.data, position: message.position, rotation: message.rotation };
    this.place(node.object, node.data);
  }

  showCursor(userId: string, position: Vector3Tuple): void {
    let cursor = this.cursors.get(userId);
    if (!cursor) {
      const hue = (parseInt(userId.slice(0, 4), 16) % 360) / 360;
      const color = new Color().setHSL(hue, 0.8, 0.6);
      cursor = new Mesh(this.cursorGeometry, new MeshBasicMaterial({ color }));
      this.cursors.set(userId, cursor);
      this.scene.add(cursor);
    }
    cursor.position.fromArray(position);
  }

  private async build(node: SceneNode): Promise<Object3D> {
    switch (node.kind) {
      case 'group':
        return new Group();
      case 'light':
        return new PointLight(0xffffff, 40);
      case 'body':
      case 'model':
        return this.models.instance(node.asset_id);
    }
  }

  private place(object: Object3D, node: SceneNode): void {
    object.position.fromArray(node.position);
    object.rotation.set(...node.rotation);
    object.scale.fromArray(node.scale);
  }

  private listen(): void {
    new ResizeObserver(() => this.resize()).observe(this.canvas);
    this.canvas.addEventListener('pointermove', (event) => this.pointerMoved(event));
    this.canvas.addEventListener('pointerdown', (event) => {
      if (event.shiftKey) this.startDrag(event);
    });
    window.addEventListener('pointerup', () => this.endDrag());
  }

  private resize(): void {
    const { clientWidth, clientHeight } = this.canvas;
    this.camera.aspect = clientWidth / Math.max(clientHeight, 1);
    this.camera.updateProjectionMatrix();
    this.renderer.setSize(clientWidth, clientHeight, false);
    this.composer.setSize(clientWidth, clientHeight);
  }

  private aim(event: PointerEvent): void {
    this.pointer.set(
      (event.clientX / this.canvas.clientWidth) * 2 - 1,
      1 - (event.clientY / this.canvas.clientHeight) * 2,
    );
    this.raycaster.setFromCamera(this.pointer, this.camera);
  }

  private pointerMoved(event: PointerEvent): void {
    if (event.timeStamp - this.lastPointer < POINTER_INTERVAL_MS) return;
    this.lastPointer = event.timeStamp;
    this.aim(event);
    if (!this.raycaster.ray.intersectPlane(this.ground, this.hit)) return;
    const node = this.dragged ? this.nodes.get(this.dragged) : undefined;
    node?.object.position.copy(this.hit);
    this.pointerListener(this.hit.toArray());
  }

  private startDrag(event: PointerEvent): void {
    this.aim(event);
    let object: Object3D | null = this.raycaster.intersectObject(this.content)[0]?.object ?? null;
    while (object && object.parent !== this.content) object = object.parent;
    if (!object) return;
    this.dragged = object.name;
    this.controls.enabled = false;
  }

  private endDrag(): void {
    const node = this.dragged ? this.nodes.get(this.dragged) : undefined;
    this.dragged = null;
    this.controls.enabled = true;
    if (!node) return;
    node.data = { ...node.data, position: node.object.position.toArray() };
    this.movedListener(node.data);
  }
}
