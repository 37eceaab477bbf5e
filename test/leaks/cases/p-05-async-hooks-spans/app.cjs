'use strict';
const tracer = require('./lib/tracer.cjs');
const { handle } = require('./lib/handler.cjs');

exports.setup = async () => {
  tracer.enable();
};

exports.step = async (i) => {
  const seen = await handle(`req-${i}`, `/route/${i % 12}`);
  if (seen < 1) throw new Error('not counted');
};
