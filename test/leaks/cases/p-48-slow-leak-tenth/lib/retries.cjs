'use strict';
const failed = new Map();

class FailedJob {
  constructor(id, payload, error) {
    this.id = id;
    this.payload = payload;
    this.error = error;
    this.nextTry = Date.now() + 60_000;
  }
}

function park(id, payload, error) {
  failed.set(id, new FailedJob(id, payload, error));
  if (process.env.LEAK_FIXED && failed.size > 20) failed.delete(failed.keys().next().value);
}

module.exports = { park };
