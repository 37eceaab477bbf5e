'use strict';
const { park } = require('./retries.cjs');

async function perform(id, payload) {
  try {
    if (payload.amount % 10 === 3) throw new Error(`declined: ${payload.reference}`);
    return payload.amount;
  } catch (error) {
    park(id, payload, error);
    return 0;
  }
}

module.exports = { perform };
