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

/** Readings in the order they came, thinned out evenly when there are too many. */
export class FloorSeries {
  readonly samples: FloorSample[] = [];
  /** Of this many readings offered one is kept. */
  #stride = 1;
  #offered = 0;

  /** Whether the next reading is one of those to keep; if so, `keep` it. */
  offer(): boolean {
    this.#offered += 1;
    return this.#offered % this.#stride === 0;
  }

  keep(sample: FloorSample): void {
    this.samples.push(sample);
    if (this.samples.length < FLOOR_CAPACITY) return;
    thinOut(this.samples);
    this.#stride *= 2;
  }
}

export class FloorObserver {
  readonly #series = new FloorSeries();
  readonly #observer: PerformanceObserver;

  /**
   * Starts watching. The observer neither keeps the event loop alive nor costs anything once stopped.
   * `countUnits` tells the units of work done so far: growth is judged against work, since traffic is never even.
   */
  constructor(private readonly countUnits: () => number) {
    const { PerformanceObserver } = require('node:perf_hooks') as typeof import('node:perf_hooks');
    this.#observer = new PerformanceObserver((list) => {
      const major = list.getEntries().filter(isMajorCollection);
      const last = major.at(-1);
      // Of several collections between two turns only the last one's floor can still be read.
      if (last && this.#series.offer()) this.#keep(last.startTime + last.duration);
    });
    this.#observer.observe({ entryTypes: ['gc'] });
  }

  /** Takes a reading right now, which is kept whatever came before: a full GC has just ended. */
  takeNow(): void {
    this.#keep(performance.now());
  }

  /** Stops watching. May be called again. */
  stop(): void {
    this.#observer.disconnect();
  }

  /** The readings from `since` (`performance.now()`) on, in order. */
  read(since: number): FloorSample[] {
    return this.#series.samples.filter((sample) => sample.monotonic >= since);
  }

  #keep(monotonic: number): void {
    this.#series.keep({ monotonic, bytes: readOldGeneration(), external: readExternal(), units: this.countUnits() });
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

/** Bytes outside of V8's heap that objects in it hold. */
function readExternal(): number {
  const v8 = require('node:v8') as typeof import('node:v8');
  return v8.getHeapStatistics().external_memory;
}

/** Of entries of type `gc`. */
export function isMajorCollection(entry: PerformanceEntry): boolean {
  const { constants } = require('node:perf_hooks') as typeof import('node:perf_hooks');
  // Which @types/node of version 20 gives to marks and measures only.
  const { detail } = entry as PerformanceEntry & { detail?: { kind?: number } };
  return detail?.kind === constants.NODE_PERFORMANCE_GC_MAJOR;
}
