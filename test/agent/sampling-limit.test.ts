import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { HeapInspector } from '../../src/agent/heap-inspector';
import { limitSampling } from '../../src/agent/sampling-limit';

const LEAST = 64 * 1024;

let inspector: HeapInspector;
let timers: NodeJS.Timeout[] = [];
beforeEach(() => {
  inspector = new HeapInspector();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  for (const timer of timers) clearTimeout(timer);
  vi.useRealTimers();
  inspector.close();
});

function openWindow() {
  const window = { inspector, samplingInterval: LEAST };
  inspector.startSampling(LEAST);
  timers = limitSampling(window);
  return window;
}

/** Garbage for a dozen collections of the young generation, of 16 to 64 MiB: gigabytes in a second. */
function makeGarbage(): number {
  let made = 0;
  for (; made < 10_000_000; made++) if ({ id: made, more: [made, made + 1], name: `n${made}` }.id < 0) return 0;
  return made;
}

it('samples a process more coarsely that allocates very much, from then on', () => {
  const window = openWindow();
  const early = Array.from({ length: 20_000 }, function allocateEarly(_, id) {
    return { id, more: [id] };
  });
  vi.advanceTimersByTime(30_000);
  expect(makeGarbage()).toBeGreaterThan(0);
  vi.advanceTimersByTime(1000);
  expect(window.samplingInterval).toBeGreaterThan(LEAST);
  expect(window.samplingInterval).toBeLessThanOrEqual(512 * 1024);
  const late = Array.from({ length: 2_000_000 }, function allocateLate(_, id) {
    return { id, more: [id] };
  });
  const profile = JSON.stringify(inspector.stopSampling());
  expect(profile).toContain('allocateLate');
  expect(profile).not.toContain('allocateEarly');
  expect(early.length + late.length).toBe(2_020_000);
});

it('leaves one alone that does not, and one that began to when the window was long open', () => {
  const window = openWindow();
  vi.advanceTimersByTime(91_000);
  makeGarbage();
  vi.advanceTimersByTime(600_000);
  expect(window.samplingInterval).toBe(LEAST);
  expect(inspector.isSampling()).toBe(true);
});
