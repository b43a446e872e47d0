import { AmbientLight, DirectionalLight, PointLight, type Scene } from 'three';

const SHADOW_MAP_SIZE = 2048;

export function addLights(scene: Scene): void {
  const ambient = new AmbientLight(0x8090c0, 0.35);

  const key = new DirectionalLight(0xffffff, 1.8);
  key.position.set(20, 30, 10);
  key.castShadow = true;
  key.shadow.mapSize.set(SHADOW_MAP_SIZE, SHADOW_MAP_SIZE);
  key.shadow.camera.near = 1;
  key.shadow.camera.far = 100;
  key.shadow.bias = -0.0005;

  const sun = new PointLight(0xffd9a0, 120, 0, 2);
  sun.name = 'sun';

  scene.add(ambient, key, sun);
}
