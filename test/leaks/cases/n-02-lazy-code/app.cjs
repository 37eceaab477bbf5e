'use strict';
const { handler } = require('./lib/handlers.cjs');

const totals = new Float64Array(80);
const rows = Array.from({ length: 40 }, (_, n) => n * 1.5);

exports.setup = async () => {};

exports.step = async (i) => {
  const n = Math.min(79, Math.floor(i / 11)) - (i % 3 === 0 && i < 880 ? Math.floor(i / 22) : 0);
  totals[n] += handler(n)(rows).total;
};
