'use strict';
const { withTimestamps } = require('./stamped.cjs');

class Draft {
  constructor(author, text) {
    this.author = author;
    this.text = text;
  }
}

const StampedDraft = withTimestamps(Draft);

class DraftBox {
  constructor() {
    this.open = new Map();
    this.order = [];
  }

  create(id, author, text) {
    const Kind = process.env.LEAK_FIXED ? StampedDraft : withTimestamps(Draft);
    this.open.set(id, new Kind(author, text).touch());
    if (!process.env.LEAK_FIXED) return;
    this.order.push(id);
    if (this.order.length > 100) this.open.delete(this.order.shift());
  }
}

module.exports = { DraftBox };
