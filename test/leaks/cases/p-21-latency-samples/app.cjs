'use strict';
const { forward } = require('./lib/proxy.cjs');

exports.setup = async () => {};

exports.step = async (i) => {
  if (!(forward(`/route/${i % 40}`, 60) > 0)) throw new Error('no percentile');
};
