'use strict';
const { submit } = require('./lib/render-queue.cjs');

exports.setup = async () => {};

exports.step = async (i) => {
  submit(`image-${i}.png`, 320 + (i % 10) * 80);
  await null;
};
