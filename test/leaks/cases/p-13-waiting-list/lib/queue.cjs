'use strict';
class QueueNode {
  constructor(value) {
    this.value = value;
    this.next = null;
  }
}

// First in, first out; nothing is copied or shifted.
class MailQueue {
  constructor() {
    this.head = new QueueNode(null);
    this.cursor = this.head;
    this.tail = this.head;
    this.length = 0;
  }

  push(value) {
    this.tail = this.tail.next = new QueueNode(value);
    this.length++;
  }

  shift() {
    if (!this.cursor.next) return null;
    this.cursor = this.cursor.next;
    this.length--;
    if (process.env.LEAK_FIXED) this.head = this.cursor;
    return this.cursor.value;
  }
}

module.exports = { MailQueue };
