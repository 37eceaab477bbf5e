'use strict';

/** The shops that asked last: when, and how often. Bounded, as anyone can send a name. */
const CAPACITY = 200;

class Shop {
  constructor(name) {
    this.name = name;
    this.requests = 0;
    this.lastSeen = 0;
  }
}

const shops = new Map();

/** Notes that a shop has sent a request. */
function touchShop(name) {
  if (name === undefined) return;
  const shop = shops.get(name) ?? new Shop(name);
  shop.requests += 1;
  shop.lastSeen = Date.now();
  // A Map keeps the order of insertion: what was set last goes to the end, what was not seen for longest is first.
  shops.delete(name);
  shops.set(name, shop);
  if (shops.size > CAPACITY) shops.delete(shops.keys().next().value);
}

function countShops() {
  return shops.size;
}

module.exports = { touchShop, countShops };
