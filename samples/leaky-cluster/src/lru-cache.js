'use strict';

/** Keeps the `capacity` entries that were used last. */
class LruCache {
  #entries = new Map();

  constructor(capacity) {
    this.capacity = capacity;
  }

  get size() {
    return this.#entries.size;
  }

  /** The value of a key, undefined when it is not kept. */
  get(key) {
    const value = this.#entries.get(key);
    if (value !== undefined) this.set(key, value);
    return value;
  }

  set(key, value) {
    // A Map keeps the order of insertion, so its first key is the one unused for longest.
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size > this.capacity) this.#entries.delete(this.#entries.keys().next().value);
  }
}

module.exports = { LruCache };
