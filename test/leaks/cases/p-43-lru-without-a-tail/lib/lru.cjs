'use strict';
class Entry {
  constructor(key, value) {
    this.key = key;
    this.value = value;
    this.older = null;
    this.newer = null;
  }
}

class Lru {
  constructor(limit) {
    this.limit = limit;
    this.byKey = new Map();
    this.newest = null;
    this.oldest = null;
  }

  get(key) {
    return this.byKey.get(key)?.value;
  }

  set(key, value) {
    const entry = new Entry(key, value);
    entry.older = this.newest;
    if (this.newest) this.newest.newer = entry;
    this.newest = entry;
    this.oldest ??= entry;
    this.byKey.set(key, entry);
    if (this.byKey.size > this.limit) this.evict();
  }

  evict() {
    const [key, entry] = this.byKey.entries().next().value;
    this.byKey.delete(key);
    if (!process.env.LEAK_FIXED) return;
    this.oldest = entry.newer;
    this.oldest.older = null;
  }
}

module.exports = { Lru };
