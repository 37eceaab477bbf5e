/**
 * Keeps sampling cheap where a process allocates very much. A sample takes 5 to 10 µs, the more the deeper the stack is
 * (`npm run bench:sampling`), so samples must be further apart the more is allocated. How much that is nobody knows before
 * the window is open, and a window that is over soon is better off with more samples.
 */
import type { OpenWindow } from './window';

/** Samples per second: 1 to 3 % of a processor. */
const MOST_SAMPLES = 2500;
/** Bytes between two samples at most: enough for less than 3 % where a process does more than make garbage. */
const COARSEST = 512 * 1024;
/** Milliseconds after which a look at what is allocated begins, and how long it takes. */
const LOOKS = [30_000, 90_000];
const LOOK_MS = 1000;

export type SampledWindow = Pick<OpenWindow, 'samplingInterval'> & {
  readonly inspector: Pick<OpenWindow['inspector'], 'resetTracking' | 'startSampling'>;
};

/**
 * Samples the process more coarsely if need be. Samples taken up to then are lost, since V8 hands them over only after a
 * full GC; so are the ids of objects. Clear the timers when the window closes.
 */
export function limitSampling(window: SampledWindow): NodeJS.Timeout[] {
  const { GCProfiler } = require('node:v8') as typeof import('node:v8');
  return LOOKS.flatMap((after) => {
    const profiler = new GCProfiler(); // should the window close meanwhile, it ends with the garbage
    const end = () => spreadSamples(window, measureRate(profiler.stop()));
    return [setTimeout(() => profiler.start(), after), setTimeout(end, after + LOOK_MS)];
  });
}

type GCProfile = ReturnType<InstanceType<typeof import('node:v8').GCProfiler>['stop']>;

/** Bytes that were allocated in a second, by what came between collections; 0 where there was one at most. */
function measureRate({ statistics, startTime, endTime }: GCProfile): number {
  let bytes = 0;
  for (let at = 1; at < statistics.length; at++) {
    const { beforeGC } = statistics[at]!;
    bytes += beforeGC.heapStatistics.usedHeapSize - statistics[at - 1]!.afterGC.heapStatistics.usedHeapSize;
  }
  return bytes / ((endTime - startTime) / 1000);
}

function spreadSamples(window: SampledWindow, bytesPerSecond: number): void {
  const least = Math.min(bytesPerSecond / MOST_SAMPLES, COARSEST);
  if (window.samplingInterval === null || !(least > window.samplingInterval)) return; // no time, no rate
  window.samplingInterval = 2 ** Math.ceil(Math.log2(least));
  window.inspector.resetTracking();
  window.inspector.startSampling(window.samplingInterval);
}
