'use strict';
const { compile } = require('./compile.cjs');

const fired = new Map();

// Thresholds move with the load, so most expressions are new.
function evaluate(host, sample, threshold) {
  const check = compile(`cpu > ${threshold.toFixed(6)} && (mem > 0.5 || disk > ${(threshold / 2).toFixed(6)})`);
  if (check(sample, null)) fired.set(host, (fired.get(host) ?? 0) + 1);
  return fired.get(host) ?? 0;
}

module.exports = { evaluate };
