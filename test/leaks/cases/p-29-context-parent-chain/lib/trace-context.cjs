'use strict';
const { AsyncLocalStorage } = require('node:async_hooks');

const storage = new AsyncLocalStorage();

class TraceContext {
  constructor(parent, name) {
    this.parent = process.env.LEAK_FIXED ? null : parent;
    this.name = name;
    this.baggage = new Map([['name', name]]);
  }
}

function withContext(name, work) {
  return storage.run(new TraceContext(storage.getStore() ?? null, name), work);
}

module.exports = { withContext, current: () => storage.getStore() };
