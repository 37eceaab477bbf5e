'use strict';
const { schedule } = require('./retry.cjs');

class Delivery {
  constructor(id, body) {
    this.id = id;
    this.body = body;
    this.attempts = [];
  }
}

const hooks = new Map();

function deliver(hook, id, body) {
  const delivery = new Delivery(id, JSON.stringify(body));
  if (!hooks.has(hook)) hooks.set(hook, new Set());
  const timer = schedule(delivery, 0);
  hooks.get(hook).add(timer);
  return delivery.body.length;
}

function remove(hook) {
  if (process.env.LEAK_FIXED) for (const timer of hooks.get(hook)) clearTimeout(timer);
  hooks.delete(hook);
}

module.exports = { deliver, remove };
