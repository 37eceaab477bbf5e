'use strict';
const { formatter } = require('./formats.cjs');

const LOCALES = ['de-DE', 'en-GB', 'fr-FR', 'ja-JP', 'pl-PL'];
const CURRENCIES = ['EUR', 'GBP', 'JPY', 'PLN', 'CHF', 'USD'];

function line(i, amount) {
  const options = {
    style: 'currency',
    currency: CURRENCIES[i % CURRENCIES.length],
    minimumFractionDigits: i % 5,
    maximumFractionDigits: 5 + (i % 13),
    minimumIntegerDigits: 1 + (i % 19),
  };
  return formatter(LOCALES[i % LOCALES.length], options).format(amount);
}

module.exports = { line };
