'use strict';

/** Requests that figures are computed from: the last so many, in a ring. */
const CAPACITY = 1_000;

const ring = [];
let next = 0;
let total = 0;

function recordRequest(url, status, ms) {
  ring[next] = { url, status, ms };
  next = (next + 1) % CAPACITY;
  total += 1;
}

/** Requests answered so far, and the median and 99th percentile of the last ones in ms. */
function summarizeRequests() {
  const sorted = ring.map((entry) => entry.ms).sort((one, other) => one - other);
  const at = (share) => sorted[Math.floor(share * (sorted.length - 1))] ?? null;
  return { total, medianMs: at(0.5), p99Ms: at(0.99) };
}

module.exports = { recordRequest, summarizeRequests };
