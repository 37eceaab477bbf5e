/**
 * Evidence before the end: when the live heap comes near its limit, a window is opened and captured by itself, once.
 *
 * Read after each major GC, when what is left is alive: the heap without its young garbage, and what lies behind Buffers.
 */
import type { PerformanceObserver } from 'node:perf_hooks';
import { readCgroupMemory } from './cgroup';
import { readFlags } from './flags';
import { isMajorCollection, readOldGeneration } from './floor';

/** A window that nothing else closes is captured after this time: growth near the limit is fast. */
const LONGEST_WINDOW_MS = 60_000;
/** While that window is open it is looked at more often: V8 may collect nothing more before the limit. */
const LOOK_INTERVAL_MS = 250;
const MB = 1024 * 1024;
/** Of V8's heap limit, at most so much is for the young generation: 3 semi-spaces of 16 to 64 MB on Node 20 to 26. */
const MOST_YOUNG = 192 * MB;

export interface NearLimitActions {
  /** Asks for a window; whether it is being opened. Not while another one is open. */
  readonly open: () => boolean;
  /** Asks for the capture of that window. */
  readonly close: () => void;
}

export class NearLimitWatch {
  readonly #observer: PerformanceObserver;
  #opened = false;
  #timers: NodeJS.Timeout[] = [];

  /** `share`: of the heap's limit or the cgroup's, 0 to 1. Neither keeps the event loop alive nor asks anything of V8 between collections. */
  constructor(
    private readonly share: number,
    private readonly actions: NearLimitActions,
    private readonly readUse: () => number = readShareInUse,
  ) {
    const { PerformanceObserver } = require('node:perf_hooks') as typeof import('node:perf_hooks');
    this.#observer = new PerformanceObserver((list) => {
      if (list.getEntries().some(isMajorCollection)) this.look();
    });
    this.#observer.observe({ entryTypes: ['gc'] });
  }

  /** After a major GC; and in between, while its window is open. */
  look(): void {
    const use = this.readUse();
    if (!this.#opened && use >= this.share) this.#open();
    // Half of what was left is gone: what grows has shown itself, and waiting longer may be too long.
    else if (this.#opened && use >= this.share + (1 - this.share) / 2) this.#close();
  }

  /** Stops watching; a window it has opened stays. */
  stop(): void {
    this.#observer.disconnect();
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #open(): void {
    if (!this.actions.open()) return;
    this.#opened = true;
    const longest = setTimeout(() => this.#close(), LONGEST_WINDOW_MS);
    this.#timers = [longest, setInterval(() => this.look(), LOOK_INTERVAL_MS)];
    for (const timer of this.#timers) timer.unref();
  }

  #close(): void {
    this.stop();
    this.actions.close();
  }
}

/** Of whichever limit is nearer, 0 to 1. */
export function readShareInUse(): number {
  const v8 = require('node:v8') as typeof import('node:v8');
  const live = readOldGeneration();
  const ofHeap = live / (readOldLimit(readFlags()) ?? estimateOldLimit(v8.getHeapStatistics().heap_size_limit));
  const limit = readCgroupMemory()?.limit ?? null;
  return limit === null ? ofHeap : Math.max(ofHeap, (live + process.memoryUsage().external) / limit);
}

/** What was set for the old generation, bytes; null: V8 chose it. The last of several flags counts, as it does for V8. */
export function readOldLimit(flags: readonly string[]): number | null {
  const pattern = /^--max[-_]old[-_]space[-_]size=(\d+)$/;
  const megabytes = flags.map((flag) => pattern.exec(flag)?.[1]).findLast((match) => match !== undefined);
  return megabytes === undefined || megabytes === '0' ? null : Number(megabytes) * MB;
}

function estimateOldLimit(heapLimit: number): number {
  return Math.max(heapLimit / 2, heapLimit - MOST_YOUNG);
}
