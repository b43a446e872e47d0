uniform float uTime;
uniform float uStrength;
uniform vec3 uColor;

varying vec3 vNormal;
varying vec3 vToCamera;

void main() {
  float rim = pow(1.0 - abs(dot(vNormal, vToCamera)), 2.5);
  float pulse = 0.85 + 0.15 * sin(uTime * 1.7);
  gl_FragColor = vec4(uColor, rim * pulse * uStrength);
}
