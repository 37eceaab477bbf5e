'use strict';
const used = new Map();

function charge(user, bytes) {
  used.set(user, ((used.get(user) ?? 0) + bytes) % 1e9);
  return used.get(user);
}

module.exports = { charge };
