'use strict';
const { start, thumbnail } = require('./lib/images.cjs');

exports.setup = () => start();

exports.step = async (i) => {
  thumbnail(i, new Uint8Array(100_000 + (i % 9) * 100).fill(i));
  await new Promise(setImmediate);
};
