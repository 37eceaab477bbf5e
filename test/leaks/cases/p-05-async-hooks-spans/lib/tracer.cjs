'use strict';
const asyncHooks = require('node:async_hooks');

// Which request an async resource belongs to.
const resources = new Map();
let current = null;

const hook = asyncHooks.createHook({
  init(asyncId, type, trigger) {
    const parent = resources.get(trigger);
    resources.set(asyncId, { type, trigger, request: parent ? parent.request : current, at: performance.now() });
  },
  before(asyncId) {
    current = resources.get(asyncId)?.request ?? null;
  },
  after(asyncId) {
    current = null;
    if (process.env.LEAK_FIXED) resources.delete(asyncId);
  },
  // Only timers and sockets end in destroy() soon; promises would do so when they are collected.
  destroy(asyncId) {
    if (process.env.LEAK_FIXED) resources.delete(asyncId);
  },
});

module.exports = { enable: () => hook.enable(), enter: (request) => (current = request), request: () => current };
