/** A tab that comes back must not see one giant step. */
const LONGEST_STEP_S = 0.1;

/**
 * Calls `frame` once per displayed frame with the seconds since the last one.
 * Nothing runs while the page is hidden.
 */
export function startLoop(frame: (delta: number, elapsed: number) => void): void {
  let handle = 0;
  let last = performance.now();
  let elapsed = 0;

  const tick = (now: number): void => {
    const delta = Math.min((now - last) / 1000, LONGEST_STEP_S);
    last = now;
    elapsed += delta;
    frame(delta, elapsed);
    handle = requestAnimationFrame(tick);
  };

  const resume = (): void => {
    last = performance.now();
    handle = requestAnimationFrame(tick);
  };

  document.addEventListener('visibilitychange', () => {
    if (document.hidden) cancelAnimationFrame(handle);
    else resume();
  });
  resume();
}
