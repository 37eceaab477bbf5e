'use strict';
const lastSeen = {};
const order = [];

function seen(userId, page) {
  const known = lastSeen[userId];
  if (known) {
    known.hits++;
    return known;
  }
  if (process.env.LEAK_FIXED) {
    order.push(userId);
    if (order.length > 100) delete lastSeen[order.shift()];
  }
  lastSeen[userId] = { at: Date.now() / 1000, page: `/u/${userId}${page}`, hits: 1 };
  return lastSeen[userId];
}

module.exports = { seen };
