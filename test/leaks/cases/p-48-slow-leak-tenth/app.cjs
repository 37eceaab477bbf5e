'use strict';
const { perform } = require('./lib/worker.cjs');

const sums = new Float64Array(50);

exports.setup = async () => {};

exports.step = async (i) => {
  const payload = {
    amount: i,
    reference: `ref-${i}`,
    lines: Array.from({ length: 12 }, (_, n) => ({ n, price: n * 1.1 })),
  };
  sums[i % 50] = await perform(`job-${i}`, payload);
};
