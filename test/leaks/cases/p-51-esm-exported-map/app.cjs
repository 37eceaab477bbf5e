'use strict';
const { profile } = require('./lib/profiles.cjs');
let shop;

exports.setup = async () => {
  shop = await import('./src/shop.mjs');
};

exports.step = async (i) => {
  const user = profile(i);
  if (shop.order(i, user.id) <= 0) throw new Error('empty');
  if (i % 5 === 0) await new Promise(setImmediate);
};
