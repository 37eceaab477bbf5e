'use strict';
const { Lru } = require('./lru.cjs');

const cache = new Lru(100);

class Thumbnail {
  constructor(id) {
    this.width = 16 + (id % 4);
    this.height = 16;
    this.pixels = Array.from({ length: 32 }, (_, n) => n / 7 + id);
  }
}

function thumbnail(id) {
  let found = cache.get(id);
  if (!found) {
    found = new Thumbnail(id);
    cache.set(id, found);
  }
  return found;
}

module.exports = { thumbnail };
