'use strict';
const { profile } = require('../../noise/profiles.cjs');

const { receive } = require('./lib/gateway.cjs');
const { histories } = require('./lib/history.cjs');
exports.setup = async () => {
  for (let n = 0; n < 160; n++) histories.add('dev-' + n, 'C', 0.5, 0);
};
exports.step = async (i) => {
  profile(i);
  for (let n = 0; n < 15; n++) receive({ device: 'dev-' + (((i * 15 + n) * 7) % 160), value: (i % 90) / 3 }, i);
};
