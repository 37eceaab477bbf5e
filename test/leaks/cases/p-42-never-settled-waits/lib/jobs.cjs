'use strict';
const bus = require('./bus.cjs');

const states = { running: 0, done: 0 };

class Job {
  constructor(id) {
    this.id = id;
    this.steps = [];
  }

  async run() {
    states.running++;
    const payload = { id: this.id, fields: Array.from({ length: 12 }, (_, n) => `field ${n} of ${this.id}`) };
    this.steps.push(await bus.publish(this.id, JSON.stringify(payload)));
    states.running--;
    states.done += payload.fields.length;
  }
}

module.exports = { Job };
