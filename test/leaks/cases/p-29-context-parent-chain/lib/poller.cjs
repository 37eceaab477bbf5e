'use strict';
const { withContext, current } = require('./trace-context.cjs');

// Schedules the next poll from inside the current one.
class Poller {
  constructor(poll) {
    this.poll = poll;
    this.waiting = null;
    this.context = null;
    this.round = 0;
  }

  start() {
    withContext(`poll-${this.round++}`, () => {
      this.context = current();
      this.poll(this.round);
      setImmediate(() => {
        if (this.waiting) this.waiting();
        this.start();
      });
    });
  }

  next() {
    return new Promise((resolve) => {
      this.waiting = resolve;
    });
  }
}

module.exports = { Poller };
