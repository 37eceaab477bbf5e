'use strict';
const settings = require('./lib/settings.cjs');
const { allow } = require('./lib/limiter.cjs');

exports.setup = async () => {};

exports.step = async (i) => {
  settings.override(i, { requests: 100 + (i % 50), burst: (i % 9) + 0.5 });
  for (let n = 0; n < 5; n++) allow(i * 5 + n);
  if (settings.get('revision') !== i) throw new Error('not applied');
};
