'use strict';
class ProbeError extends Error {
  constructor(message, details, cause) {
    super(message, cause ? { cause } : undefined);
    this.details = details;
  }
}

module.exports = { ProbeError };
