'use strict';
const LIMIT = 1000;

class History {
  constructor() {
    this.entries = [];
    this.words = Object.create(null);
  }

  add(word, weight) {
    this.words[word] = (this.words[word] ?? 0) + weight;
    this.entries.push({ word, weight, at: performance.now() });
    if (this.entries.length > LIMIT) this.entries.shift();
  }
}

module.exports = { History };
