'use strict';
const { EventEmitter } = require('node:events');

class Partition extends EventEmitter {
  constructor() {
    super();
    this.backlog = [];
  }

  async next() {
    while (this.backlog.length === 0) await new Promise((resolve) => this.once('message', resolve));
    return this.backlog.splice(0);
  }
}

const partitions = new Map();
const partition = (topic) => {
  if (!partitions.has(topic)) partitions.set(topic, new Partition());
  return partitions.get(topic);
};

function send(topic, message) {
  const to = partition(topic);
  to.backlog.push(message);
  to.emit('message');
}

module.exports = { send, partition };
