'use strict';
const { deliver, remove } = require('./lib/hooks.cjs');

exports.setup = async () => {};

exports.step = async (i) => {
  deliver(`hook-${i % 10}`, i, {
    event: 'order.created',
    order: i,
    lines: [1, 2, 3].map((n) => ({ n, sku: `sku-${i}-${n}` })),
  });
  if (i % 10 === 9) for (let n = 0; n < 10; n++) remove(`hook-${n}`);
};
