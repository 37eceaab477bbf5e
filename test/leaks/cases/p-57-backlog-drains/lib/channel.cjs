'use strict';
class Message {
  constructor(tag, topic) {
    this.tag = tag;
    this.topic = topic;
    this.headers = Array.from({ length: 9 }, (_, n) => `${topic}-${tag}-${n}`);
  }
}

class Channel {
  #backlog = [];
  #unacked = new Map();

  preload(count) {
    for (let tag = 0; tag < count; tag++) this.#backlog.push(new Message(tag, 'backlog'));
  }

  /** Three of the backlog for every two that come. */
  catchUp(tag) {
    this.#backlog.pop();
    if (tag % 2) this.#backlog.pop();
    return this.#backlog.length;
  }

  deliver(tag) {
    this.#unacked.set(tag, new Message(tag, 'live'));
  }

  ack(tag) {
    this.#unacked.delete(tag);
  }
}
module.exports = { Channel };
