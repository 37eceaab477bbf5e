'use strict';
const { update } = require('./lib/state.cjs');
const { CartView } = require('./lib/view.cjs');

exports.setup = async () => {};

exports.step = async (i) => {
  const view = new CartView(`user-${i % 30}`, `sku-${i % 10}`);
  if (i % 4 === 0) update(`sku-${i % 10}`, i);
  view.close();
};
