'use strict';
class Ring {
  constructor(size) {
    this.slots = new Array(size).fill(null);
    this.next = 0;
  }

  push(value) {
    this.slots[this.next] = value;
    this.next = (this.next + 1) % this.slots.length;
  }
}

class RequestRecord {
  constructor(id, route, headers) {
    this.id = id;
    this.route = route;
    this.headers = headers;
    this.timings = [1, 2, 3].map((n) => n * 0.7 + (id % 10));
  }
}

module.exports = { Ring, RequestRecord };
