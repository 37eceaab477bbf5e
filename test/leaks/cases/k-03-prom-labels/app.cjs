'use strict';
const { observe, text } = require('./lib/metrics.cjs');

const METHODS = ['GET', 'PUT', 'POST'];

exports.setup = async () => {};

exports.step = async (i) => {
  observe(METHODS[i % 3], `/api/orders/${i}/lines`, i % 20 ? 200 : 404, (i % 100) / 120);
  if (i % 200 === 0) await text();
};
