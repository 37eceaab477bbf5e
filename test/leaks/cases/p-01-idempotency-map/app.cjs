'use strict';
const { pay } = require('./lib/payments.cjs');

const CURRENCIES = ['EUR', 'CHF', 'NOK', 'PLN'];

exports.setup = async () => {};

// One payment, one in five sent twice.
exports.step = async (i) => {
  const key = `pay-${i}-${(i * 2654435761) >>> 0}`;
  const currency = CURRENCIES[i % CURRENCIES.length];
  const first = pay(key, (i % 9000) / 100, currency);
  if (i % 5 === 0 && pay(key, 0, currency) !== first) throw new Error('charged twice');
};
