'use strict';
const { place, complete } = require('./lib/orders.cjs');

exports.setup = async () => {};

exports.step = async (i) => {
  place(i, `customer-${i % 80}`, [`sku-${i % 50}`, `sku-${(i + 7) % 50}`, 'shipping']);
  if (i >= 30) complete(i - 30);
};
