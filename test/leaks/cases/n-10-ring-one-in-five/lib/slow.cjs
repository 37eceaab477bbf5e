'use strict';
class SlowRequest {
  constructor(method, url, size) {
    this.url = url;
    this.size = size;
    this.phases = ['dns', 'connect', 'tls', 'send', 'wait', 'receive', 'parse', 'render'].map((name, n) => ({
      name,
      ms: size / (n + 3),
      at: Date.now() + 0.5,
    }));
    this.headers = { method, host: 'shop', length: String(size) + 'b', trace: Math.random().toString(36) };
  }
}
const ring = [];
function note(method, url, size) {
  ring.push(new SlowRequest(method, url, size));
  if (ring.length > 260) ring.shift();
}
module.exports = { note };
