import { AdditiveBlending, BackSide, Color, Mesh, ShaderMaterial, SphereGeometry } from 'three';

import fragmentShader from './shaders/halo.frag.glsl?raw';
import vertexShader from './shaders/halo.vert.glsl?raw';

const geometry = new SphereGeometry(1.25, 48, 32);

/** The glow around the sun. `uTime` is set by the render loop, in seconds. */
export function createHalo(color: Color): Mesh<SphereGeometry, ShaderMaterial> {
  const material = new ShaderMaterial({
    uniforms: {
      uTime: { value: 0 },
      uStrength: { value: 0.9 },
      uColor: { value: color },
    },
    vertexShader,
    fragmentShader,
    side: BackSide,
    blending: AdditiveBlending,
    transparent: true,
    depthWrite: false,
  });
  return new Mesh(geometry, material);
}
