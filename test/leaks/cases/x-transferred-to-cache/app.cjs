'use strict';
const { start, put } = require('./lib/tiles.cjs');

exports.setup = () => start();

exports.step = async (i) => {
  const tile = new Float32Array(15_000);
  for (let n = 0; n < tile.length; n += 50) tile[n] = i + n;
  await put(`z12/${i % 64}/${i}`, tile.fill(i));
};
