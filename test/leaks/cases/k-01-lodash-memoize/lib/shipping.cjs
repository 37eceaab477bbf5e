'use strict';
const _ = require('lodash');

const ZONES = ['local', 'country', 'europe', 'world'];

function compute(postcode, grams) {
  const zone = ZONES[_.sumBy([...postcode], (c) => c.charCodeAt(0)) % ZONES.length];
  return { zone, days: 1 + ZONES.indexOf(zone) * 2, cost: 390 + grams / 7.3 };
}

const estimate = _.memoize(compute, (postcode, grams) => `${postcode}/${grams}`);

function quote(postcode, grams) {
  if (process.env.LEAK_FIXED && quote.calls++ % 200 === 0) estimate.cache.clear();
  return estimate(postcode, grams);
}
quote.calls = 0;

module.exports = { quote };
