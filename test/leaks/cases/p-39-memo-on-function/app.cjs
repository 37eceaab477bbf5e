'use strict';
const { quote } = require('./lib/price.cjs');

const countries = ['de', 'fr', 'ch'];

exports.setup = async () => {};

exports.step = async (i) => {
  const items = [0, 1, 2].map((k) => ({ sku: `sku-${(i * (k + 3)) % 7919}`, n: 1 + (k % 4), price: 9.99 + k }));
  if (!(quote(countries[i % 3], items).gross > 0)) throw new Error('no price');
};
