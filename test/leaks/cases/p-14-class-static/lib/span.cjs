'use strict';
class Span {
  static finished = [];
  static #sequence = 0;

  constructor(name, parent) {
    this.id = ++Span.#sequence;
    this.name = name;
    this.parentId = parent ? parent.id : 0;
    this.attributes = { route: name, status: 0 };
    this.start = performance.now();
  }

  end(status) {
    this.attributes.status = status;
    this.duration = performance.now() - this.start;
    Span.finished.push(this);
    if (process.env.LEAK_FIXED && Span.finished.length >= 100) Span.finished.length = 0;
  }
}

module.exports = { Span };
