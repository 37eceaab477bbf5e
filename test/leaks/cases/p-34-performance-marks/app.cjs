'use strict';
const { timed } = require('./lib/timing.cjs');

const durations = new Float64Array(256);

exports.setup = async () => {};

exports.step = async (i) => {
  const { duration } = await timed(i, { route: `/r/${i % 20}`, user: i % 300 }, async () => i);
  durations[i & 255] = duration;
};
