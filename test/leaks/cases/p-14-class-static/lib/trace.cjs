'use strict';
const { Span } = require('./span.cjs');

const slowest = new Map();

async function traced(name, work) {
  const root = new Span(name, null);
  const child = new Span(`${name}.handler`, root);
  const result = await work();
  child.end(200);
  root.end(200);
  if ((slowest.get(name) ?? 0) < root.duration) slowest.set(name, root.duration);
  return result;
}

module.exports = { traced };
