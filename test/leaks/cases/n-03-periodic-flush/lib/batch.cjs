'use strict';
// Points wait here for the next flush to the time series database.
class Batch {
  constructor(size, write) {
    this.size = size;
    this.write = write;
    this.points = [];
    this.byName = new Map();
  }

  add(name, value) {
    const point = { name, value, at: Date.now() / 1000, tags: [`n:${name}`, 'env:prod'] };
    this.points.push(point);
    this.byName.set(`${name}#${this.points.length}`, point);
    if (this.points.length >= this.size) this.flush();
  }

  flush() {
    this.write(this.points.length);
    this.points = [];
    this.byName.clear();
  }
}

module.exports = { Batch };
