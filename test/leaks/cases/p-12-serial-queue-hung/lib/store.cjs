'use strict';
const disk = require('./disk.cjs');

// One write after the other.
class Store {
  constructor() {
    this.tail = Promise.resolve();
    this.cache = new Map();
  }

  put(key, value) {
    this.cache.set(key, value);
    const entry = JSON.stringify({ key, value, at: Date.now() });
    this.tail = this.tail.then(() => disk.write(entry));
  }
}

module.exports = { Store };
