'use strict';
const { performance } = require('node:perf_hooks');

async function timed(id, detail, work) {
  performance.mark(`start-${id}`, { detail });
  const result = await work();
  performance.mark(`end-${id}`);
  const { duration } = performance.measure(`request-${id}`, `start-${id}`, `end-${id}`);
  if (process.env.LEAK_FIXED) {
    performance.clearMarks(`start-${id}`);
    performance.clearMarks(`end-${id}`);
    performance.clearMeasures(`request-${id}`);
  }
  return { result, duration };
}

module.exports = { timed };
