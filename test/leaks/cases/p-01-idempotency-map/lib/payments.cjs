'use strict';
const { randomBytes } = require('node:crypto');
const idempotency = require('./idempotency.cjs');
const ledger = require('./ledger.cjs');

function pay(key, amount, currency) {
  const known = idempotency.find(key);
  if (known) return known;
  const result = { amount, currency, reference: randomBytes(12).toString('hex') };
  ledger.post(result);
  idempotency.remember(key, result);
  return result;
}

module.exports = { pay };
