/**
 * The live-heap floor: what each major GC of the window leaves. A leak raises it; a heap that merely breathes does not.
 *
 * Node tells of a GC only when the event loop turns, so young garbage of up to a whole semi-space may have piled up
 * since. The old generation has not changed meanwhile, but by what a scavenge promoted: its size is the reading.
 */
import type { PerformanceEntry, PerformanceObserver } from 'node:perf_hooks';
import type { FloorSample } from '../session';

/** Samples kept. When that many are there, every other one goes and from then on only every other GC counts. */
export const FLOOR_CAPACITY = 512;

export class FloorObserver {
  readonly #samples: FloorSample[] = [];
  readonly #observer: PerformanceObserver;
  /** Of this many major GCs one is kept. */
  #stride = 1;
  #seen = 0;

  /**
   * Starts watching. The observer neither keeps the event loop alive nor costs anything once stopped.
   * `countUnits` tells the units of work done so far: growth is judged against work, since traffic is never even.
   */
  constructor(private readonly countUnits: () => number) {
    const { PerformanceObserver, constants } = require('node:perf_hooks') as typeof import('node:perf_hooks');
    this.#observer = new PerformanceObserver((list) => {
      const major = list.getEntries().filter((entry) => readKind(entry) === constants.NODE_PERFORMANCE_GC_MAJOR);
      const last = major.at(-1);
      // Of several collections between two turns only the last one's floor can still be read.
      if (last) this.#take(last.startTime + last.duration);
    });
    this.#observer.observe({ entryTypes: ['gc'] });
  }

  /** Takes a reading right now, outside the count: the caller knows that a full GC has just ended. */
  takeNow(): void {
    this.#push(performance.now());
  }

  /** Stops watching. May be called again. */
  stop(): void {
    this.#observer.disconnect();
  }

  /** The readings from `since` (`performance.now()`) on, in order. */
  read(since: number): FloorSample[] {
    return this.#samples.filter((sample) => sample.monotonic >= since);
  }

  #take(monotonic: number): void {
    this.#seen += 1;
    if (this.#seen % this.#stride !== 0) return;
    this.#push(monotonic);
    if (this.#samples.length < FLOOR_CAPACITY) return;
    thinOut(this.#samples);
    this.#stride *= 2;
  }

  #push(monotonic: number): void {
    this.#samples.push({ monotonic, bytes: readOldGeneration(), units: this.countUnits() });
  }
}

/** Drops every other sample, in place; the first one stays. */
function thinOut(samples: FloorSample[]): void {
  let kept = 0;
  for (let at = 0; at < samples.length; at += 2) samples[kept++] = samples[at]!;
  samples.length = kept;
}

/** Bytes used by all heap spaces but the young ones. */
export function readOldGeneration(): number {
  const v8 = require('node:v8') as typeof import('node:v8');
  let bytes = 0;
  for (const space of v8.getHeapSpaceStatistics()) {
    if (!space.space_name.startsWith('new_')) bytes += space.space_used_size;
  }
  return bytes;
}

function readKind(entry: PerformanceEntry): number | undefined {
  // Which @types/node of version 20 gives to marks and measures only.
  return (entry as PerformanceEntry & { detail?: { kind?: number } }).detail?.kind;
}
