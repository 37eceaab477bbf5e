'use strict';
const { run } = require('./lib/runner.cjs');

exports.setup = async () => {};

exports.step = async (i) => {
  const rows = Array.from({ length: 40 }, (_, n) => (((i + n) * 7919) % 1013) + 0.5);
  const totals = await run(`report-${i}`, rows);
  if (totals.length !== 3) throw new Error('incomplete');
};
