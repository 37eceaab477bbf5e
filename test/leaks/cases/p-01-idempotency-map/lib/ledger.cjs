'use strict';
// The latest postings for the operations screen, and totals per currency.
const latest = [];
const totals = new Map();

function post({ amount, currency, reference }) {
  latest.push({ line: `${reference} ${amount.toFixed(2)} ${currency}`, at: Date.now() });
  if (latest.length > 300) latest.shift();
  totals.set(currency, (totals.get(currency) ?? 0) + amount);
}

module.exports = { post, totals };
