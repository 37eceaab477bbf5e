'use strict';
const { freshLayout } = require('./lib/hot-require.cjs');

const sizes = [];

exports.setup = async () => {};

exports.step = async (i) => {
  sizes.push(freshLayout().render(`page ${i}`).length);
  if (sizes.length > 50) sizes.shift();
};
