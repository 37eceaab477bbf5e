'use strict';
// Answers a repeated request with the first one's result.
const completed = new Map();
const LIMIT = 200;

class PaymentRecord {
  constructor(key, result) {
    this.key = key;
    this.result = result;
    this.storedAt = new Date();
  }
}

function remember(key, result) {
  completed.set(key, new PaymentRecord(key, result));
  if (process.env.LEAK_FIXED && completed.size > LIMIT) completed.delete(completed.keys().next().value);
}

module.exports = { remember, find: (key) => completed.get(key)?.result };
