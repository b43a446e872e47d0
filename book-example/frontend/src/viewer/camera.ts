import { PerspectiveCamera } from 'three';
import { OrbitControls } from 'three/addons/controls/OrbitControls.js';

export function createCamera(canvas: HTMLCanvasElement): {
  camera: PerspectiveCamera;
  controls: OrbitControls;
} {
  const camera = new PerspectiveCamera(50, 1, 0.1, 2000);
  camera.position.set(8, 6, 12);
  const controls = new OrbitControls(camera, canvas);
  controls.enableDamping = true;
  controls.dampingFactor = 0.08;
  controls.minDistance = 1;
  controls.maxDistance = 400;
  return { camera, controls };
}
