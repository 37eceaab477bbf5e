'use strict';
const { ProbeError } = require('./probe-error.cjs');

class HealthCheck {
  constructor(name) {
    this.name = name;
    this.failures = 0;
    this.lastError = null;
  }

  probe(attempt) {
    if (attempt % 4 === 3) return true;
    this.failures++;
    const cause = process.env.LEAK_FIXED ? null : this.lastError;
    this.lastError = new ProbeError(`${this.name} did not answer (${attempt})`, { probe: this.name, attempt }, cause);
    return false;
  }
}

module.exports = { HealthCheck };
