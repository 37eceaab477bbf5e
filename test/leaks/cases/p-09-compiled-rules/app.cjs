'use strict';
const { evaluate } = require('./lib/alerts.cjs');

exports.setup = async () => {};

exports.step = async (i) => {
  const wave = (k) => (Math.sin(i * k) + 1) / 2;
  evaluate(`host-${i % 16}`, { cpu: wave(0.7), mem: wave(0.3), disk: wave(0.11) }, 0.3 + wave(1.3) / 3);
};
