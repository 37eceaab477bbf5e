'use strict';
const { append } = require('./lib/columns.cjs');

exports.setup = async () => {};

// A batch of rows from one sensor.
exports.step = async (i) => {
  for (let n = 0; n < 120; n++) append({ time: i * 120 + n, value: Math.sin(n), quality: n & 3, source: i % 64 });
};
