'use strict';
// Full is full: entries beyond the limit are not kept.
class Bounded {
  constructor(limit) {
    this.limit = limit;
    this.entries = new Map();
  }

  get(key, make) {
    let value = this.entries.get(key);
    if (value === undefined) {
      value = make(key);
      if (this.entries.size < this.limit) this.entries.set(key, value);
    }
    return value;
  }
}

module.exports = { Bounded };
