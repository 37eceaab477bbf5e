/**
 * Evidence before the end: when the live heap comes near its limit, a window is opened and captured by itself, once.
 *
 * Read after each major GC, when what is left is alive: the heap without its young garbage, and what lies behind Buffers.
 */
import type { PerformanceObserver } from 'node:perf_hooks';
import { readCgroupMemory } from './cgroup';
import { isMajorCollection, readOldGeneration } from './floor';

/** A window that nothing else closes is captured after this time: growth near the limit is fast. */
const LONGEST_WINDOW_MS = 60_000;

export interface NearLimitActions {
  /** Asks for a window; whether it is being opened. Not while another one is open. */
  readonly open: () => boolean;
  /** Asks for the capture of that window. */
  readonly close: () => void;
}

export class NearLimitWatch {
  readonly #observer: PerformanceObserver;
  #opened = false;
  #timer: NodeJS.Timeout | null = null;

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

  /** After a major GC. */
  look(): void {
    const use = this.readUse();
    if (!this.#opened && use >= this.share) this.#open();
    // Half of what was left is gone: what grows has shown itself, and waiting longer may be too long.
    else if (this.#opened && use >= this.share + (1 - this.share) / 2) this.#close();
  }

  /** Stops watching; a window it has opened stays. */
  stop(): void {
    this.#observer.disconnect();
    if (this.#timer) clearTimeout(this.#timer);
  }

  #open(): void {
    if (!this.actions.open()) return;
    this.#opened = true;
    this.#timer = setTimeout(() => this.#close(), LONGEST_WINDOW_MS).unref();
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
  const ofHeap = live / v8.getHeapStatistics().heap_size_limit;
  const limit = readCgroupMemory()?.limit ?? null;
  return limit === null ? ofHeap : Math.max(ofHeap, (live + process.memoryUsage().external) / limit);
}
