'use strict';
const NodeCache = require('node-cache');

const cache = new NodeCache({ checkperiod: 0, useClones: true });

function search(query) {
  const known = cache.get(query);
  if (known) return known;
  const result = { query, hits: [1, 2, 3, 4].map((n) => `${query} ${n}`) };
  cache.set(query, result);
  if (process.env.LEAK_FIXED && cache.keys().length > 100) cache.flushAll();
  return result;
}

module.exports = { search };
