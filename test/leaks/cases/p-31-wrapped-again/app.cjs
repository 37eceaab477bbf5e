'use strict';
const transport = require('./lib/transport.cjs');
const { reload } = require('./lib/config.cjs');

exports.setup = async () => {};

exports.step = async (i) => {
  const stats = reload(i);
  for (let n = 0; n < 3; n++) transport.send(`message ${i}.${n}`);
  if (stats.calls !== 3) throw new Error('not instrumented');
};
