'use strict';
class Backend {
  constructor(id) {
    this.id = id;
    this.url = `http://10.0.${id % 250}.${(id * 7) % 250}:8080/`;
    this.latencies = Array.from({ length: 40 }, (_, n) => (id + n) / 3);
  }
}

// Backends come and go (spot instances); health checks take the next of them, round robin.
class Balancer {
  constructor() {
    this.backends = new Map();
    this.checks = null;
    this.checked = 0;
  }

  join(id) {
    this.backends.set(id, new Backend(id));
  }

  leave(id) {
    this.backends.delete(id);
  }

  // Paused during an incident: until then the cursor stays where it was.
  checkNext() {
    if (process.env.LEAK_FIXED && this.paused) this.checks = null;
    if (this.paused) return;
    this.checks ??= this.backends.values();
    const { done, value } = this.checks.next();
    if (done) this.checks = null;
    else this.checked += value.url.length;
  }

  pick(n) {
    const at = n % this.backends.size;
    let i = 0;
    for (const backend of this.backends.values()) if (i++ === at) return backend;
    return null;
  }
}

module.exports = { Balancer };
