/**
 * Units of work done, by name, so that growth can be told per request or per job instead of per second.
 */

/** Names beyond this many are counted together as `other`: the profiler of leaks must not have one. */
const MOST_NAMES = 100;

export class UnitCounter {
  readonly #counts = new Map<string, number>();
  #stopCounting: (() => void) | null = null;
  #onFirst: (() => void) | null = null;

  /** Adds `n` units; what is no positive number adds nothing, since this is called where requests are served. */
  add(name: string, n = 1): void {
    if (!(n > 0) || !Number.isFinite(n)) return;
    const known = this.#counts.has(name) || this.#counts.size < MOST_NAMES;
    const key = known ? name : 'other';
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + n);
    this.#tellFirst();
  }

  /** Has `listener` called once, with the next unit of work. */
  onFirst(listener: () => void): void {
    this.#onFirst = listener;
  }

  /** Counts each request a node:http server receives as one unit `request`. */
  countRequests(): void {
    const channel = require('node:diagnostics_channel') as typeof import('node:diagnostics_channel');
    let requests = 0;
    const count = () => {
      requests += 1;
      this.#counts.set('request', requests);
      this.#tellFirst();
    };
    channel.subscribe('http.server.request.start', count);
    this.#stopCounting = () => channel.unsubscribe('http.server.request.start', count);
  }

  stop(): void {
    this.#stopCounting?.();
  }

  /** All units of work together. */
  total(): number {
    let sum = 0;
    for (const count of this.#counts.values()) sum += count;
    return sum;
  }

  #tellFirst(): void {
    const listener = this.#onFirst;
    this.#onFirst = null;
    listener?.();
  }

  read(): Record<string, number> {
    return Object.fromEntries(this.#counts);
  }
}
