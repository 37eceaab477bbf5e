'use strict';
const { Batch } = require('./lib/batch.cjs');

let written = 0;
let batch;

exports.setup = async () => {
  batch = new Batch(1400, (count) => (written += count));
};

exports.step = async (i) => {
  batch.add(`metric-${i % 120}`, i * 0.5);
  batch.add(`metric-${(i + 60) % 120}`, written / 3);
};
