'use strict';
let shop;

exports.setup = async () => {
  shop = await import('./src/shop.mjs');
};

exports.step = async (i) => {
  if (shop.order(i, `user${i % 900}`) <= 0) throw new Error('empty');
  if (i % 5 === 0) await new Promise(setImmediate);
};
