'use strict';
const { counted } = require('./counted.cjs');
const calls = {};
const uploads = counted(new Map(), calls);
let last = 0;

class Upload {
  constructor(name, owner) {
    this.name = name;
    this.owner = owner;
    this.parts = Array.from({ length: 6 }, (_, n) => ({ n, etag: name + '-' + n }));
  }
}

function begin(name, owner) {
  uploads.set(++last, new Upload(name, owner));
  return last;
}

function end(id) {
  if (!uploads.has(id)) throw new Error('unknown upload');
  if (process.env.LEAK_FIXED) uploads.delete(id);
}

module.exports = { begin, end };
