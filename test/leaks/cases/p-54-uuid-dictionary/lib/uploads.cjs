'use strict';
const { randomBytes } = require('node:crypto');
class Upload {
  constructor(owner, i) {
    this.owner = owner;
    this.parts = Array.from({ length: 5 }, (_, n) => ({ offset: n * 0.5, size: i * 1.5, tag: 't' + i + n }));
  }
}
const open = Object.create(null);
const begin = (owner, i) => {
  const id = randomBytes(12).toString('hex');
  open[id] = new Upload(owner, i);
  return id;
};
const part = (id, offset, size) => open[id].parts.push({ offset, size, tag: id });
const finish = (id) => delete open[id];
module.exports = { begin, part, finish };
