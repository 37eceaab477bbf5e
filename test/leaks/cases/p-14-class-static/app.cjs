'use strict';
const { traced } = require('./lib/trace.cjs');

exports.setup = async () => {};

exports.step = async (i) => {
  const sum = await traced(`GET /r/${i % 25}`, async () => i + 1);
  if (sum !== i + 1) throw new Error('lost');
};
