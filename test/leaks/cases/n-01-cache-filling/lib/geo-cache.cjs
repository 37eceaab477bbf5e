'use strict';
const LIMIT = 1500;
const cache = new Map();

function lookup(ip, resolve) {
  let place = cache.get(ip);
  if (place) {
    cache.delete(ip);
  } else {
    place = resolve(ip);
    if (cache.size >= LIMIT) cache.delete(cache.keys().next().value);
  }
  cache.set(ip, place);
  return place;
}

module.exports = { lookup };
