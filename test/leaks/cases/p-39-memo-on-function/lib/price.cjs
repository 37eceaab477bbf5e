'use strict';
const RATES = { de: 0.19, fr: 0.2, ch: 0.081 };

function quote(country, items) {
  const key = `${country}|${items.map(({ sku, n }) => `${sku}x${n}`).join(',')}`;
  quote.cache[key] ??= compute(country, items);
  const result = quote.cache[key];
  if (process.env.LEAK_FIXED) quote.cache = {};
  return result;
}
quote.cache = {};

function compute(country, items) {
  const net = items.reduce((sum, { n, price }) => sum + n * price, 0);
  return { net, tax: net * RATES[country], gross: net * (1 + RATES[country]) };
}

module.exports = { quote };
