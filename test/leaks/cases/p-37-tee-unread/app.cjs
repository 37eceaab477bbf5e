'use strict';
const { exchange } = require('./lib/exchange.cjs');

exports.setup = async () => {};

exports.step = async (i) => {
  if ((await exchange(i)) !== 8) throw new Error('events lost');
};
